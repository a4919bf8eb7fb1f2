"""The life of a demand, and of a row in an imported sheet.

draft ──▶ submitted ──▶ pooled
  └──────────┴──▶ withdrawn          withdrawn ──▶ draft
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from industry_brain.kernel.lifecycle import Lifecycle


class DemandState(models.TextChoices):
    """Where a demand stands."""

    DRAFT = "draft", pgettext_lazy("demand", "draft")
    SUBMITTED = "submitted", pgettext_lazy("demand", "submitted")
    POOLED = "pooled", pgettext_lazy("demand", "pooled")
    WITHDRAWN = "withdrawn", pgettext_lazy("demand", "withdrawn")


DEMAND_LIFECYCLE = Lifecycle(
    {
        DemandState.DRAFT: frozenset({DemandState.SUBMITTED, DemandState.WITHDRAWN}),
        DemandState.SUBMITTED: frozenset({DemandState.POOLED, DemandState.DRAFT, DemandState.WITHDRAWN}),
        DemandState.POOLED: frozenset(),
        DemandState.WITHDRAWN: frozenset({DemandState.DRAFT}),
    }
)


class RowState(models.TextChoices):
    """What became of a row of an imported sheet."""

    TAKEN = "taken", _("taken over")
    FAULTY = "faulty", _("to be corrected")
    DROPPED = "dropped", _("set aside by you")
