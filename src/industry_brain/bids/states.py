"""The life of a bid.

draft ──▶ submitted ──▶ opened
              │  ▲
              ▼  │
           withdrawn        (submitted again: a new revision replaces the valid one)
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from industry_brain.kernel.lifecycle import Lifecycle


class BidState(models.TextChoices):
    """Where a bid stands."""

    DRAFT = "draft", pgettext_lazy("bid", "draft")
    SUBMITTED = "submitted", pgettext_lazy("bid", "submitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("bid", "withdrawn")
    OPENED = "opened", pgettext_lazy("bid", "opened")


BID_LIFECYCLE = Lifecycle(
    {
        BidState.DRAFT: frozenset({BidState.SUBMITTED}),
        BidState.SUBMITTED: frozenset({BidState.SUBMITTED, BidState.WITHDRAWN, BidState.OPENED}),
        BidState.WITHDRAWN: frozenset({BidState.SUBMITTED}),
        BidState.OPENED: frozenset(),
    }
)


class SealingTier(models.TextChoices):
    """How a bid is kept from other eyes until the opening, and what that does not give."""

    SERVER = "T0", _("sealed by the server: whoever runs the database could read it")
