"""Bids and their sealed revisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.bids.states import BidState, SealingTier
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round


class Bid(models.Model):
    """What one supplier offers in one round; readable by its own people until the opening.

    ``draft`` holds the bid being written, in the shape of a bid of ``round-format.md``.  The
    reference is made of the round's and the supplier's, because a running number would tell
    how many others bid.
    Changed only through :mod:`industry_brain.bids.operations`.
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bids")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="bids")
    state = models.CharField(_("state"), max_length=12, choices=BidState.choices, default=BidState.DRAFT)
    draft = models.JSONField(_("draft"), default=dict)
    draft_saved_at = models.DateTimeField(_("draft saved at"), null=True)
    draft_saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    revision = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("valid revision")
    )

    class Meta:
        verbose_name = _("bid")
        constraints = [models.UniqueConstraint(name="bid_once_per_supplier", fields=["round", "supplier"])]

    def __str__(self) -> str:
        return self.reference


class Revision(models.Model):
    """One submitted version of a bid, kept for ever.

    ``sealed`` is the envelope's body as :mod:`industry_brain.bids.sealing` made it at
    ``tier``; ``sha256`` is the salted commitment printed on the supplier's receipt.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    receipt = models.CharField(_("receipt number"), max_length=60, unique=True)
    tier = models.CharField(_("sealing"), max_length=2, choices=SealingTier.choices)
    sealed = models.TextField(_("sealed content"))
    sha256 = models.CharField(_("digest"), max_length=64)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"))

    class Meta:
        constraints = [models.UniqueConstraint(name="revision_once_per_bid", fields=["bid", "number"])]

    def __str__(self) -> str:
        return self.receipt
