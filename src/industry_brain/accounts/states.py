"""The roles in which people act."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """In which capacity a person acts for an organisation."""

    MEMBER = "member", _("member firm")
    SUPPLIER = "supplier", _("supplier")
    OPERATOR = "operator", _("operator")
    ANALYST = "analyst", _("bureau analyst")
    COMMISSIONER = "commissioner", _("service commissioner")
    AUDITOR = "auditor", _("auditor")
