"""People, organisations, and who acts for whom."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.states import Role
from industry_brain.kernel.language import localised


class Organisation(models.Model):
    """A legal entity or public body for which people act.

    Changed only through :mod:`industry_brain.accounts.operations` and, for firms,
    :mod:`industry_brain.firms.operations`.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    name = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return localised(self.name, self.name_en)


class User(AbstractUser):
    """A person; what they may do follows from their memberships."""

    first_name = None  # type: ignore[assignment] # one name field suits Chinese and English names
    last_name = None  # type: ignore[assignment] # as above
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    organisations = models.ManyToManyField(Organisation, through="Membership", related_name="people")

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return localised(self.name, self.name_en) or self.username


class Membership(models.Model):
    """That a person acts for an organisation in a role, and since when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["user", "organisation", "role"]),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {Role(self.role).label}"


class ApiToken(models.Model):
    """A secret with which a program acts for a person; only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    label = models.CharField(_("what it is for"), max_length=80)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    def __str__(self) -> str:
        return self.label
