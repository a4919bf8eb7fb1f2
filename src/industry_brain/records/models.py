"""The record: what happened, who did it, and the hash that binds it to all before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """One operation that took place.  Rows are never changed or deleted; triggers refuse it.

    ``sha256`` covers the canonical text of this row and ``previous_sha256``, so a row
    altered, removed or slipped in later breaks the chain from there on.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("actor"), max_length=150)
    action = models.CharField(_("action"), max_length=60)
    subject_type = models.CharField(_("kind of thing"), max_length=40)
    subject = models.CharField(_("thing"), max_length=80)
    facts = models.JSONField(_("facts"), default=dict)
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(name="record_by_subject", fields=["subject_type", "subject", "number"])]
        verbose_name = _("record")

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The end of the chain: locked by whoever appends, so that records have one order."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="record_head_is_single", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"head at {self.number}"
