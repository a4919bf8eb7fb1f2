"""The life of a round.

draft ──▶ collecting ──▶ pooled ──▶ bidding ──▶ closed ──▶ opened ──▶ awarding ──▶ awarded ──▶ final
  └───────────┴────────────┴──────────┴───────────┴──────────┴──▲───────│──┴──────────┴──▶ cancelled
                                                                └───────┘  (no award: back to opened)
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from industry_brain.kernel.lifecycle import Lifecycle


class RoundState(models.TextChoices):
    """Where a round stands."""

    DRAFT = "draft", pgettext_lazy("round", "draft")
    COLLECTING = "collecting", _("collecting demands")
    POOLED = "pooled", _("pooled")
    BIDDING = "bidding", _("bidding")
    CLOSED = "closed", _("bids closed")
    OPENED = "opened", _("opened")
    AWARDING = "awarding", _("awarding")
    AWARDED = "awarded", _("awarded, standstill")
    FINAL = "final", _("final")
    CANCELLED = "cancelled", _("cancelled")


_CANCEL = RoundState.CANCELLED
ROUND_LIFECYCLE = Lifecycle(
    {
        RoundState.DRAFT: frozenset({RoundState.COLLECTING, _CANCEL}),
        RoundState.COLLECTING: frozenset({RoundState.POOLED, _CANCEL}),
        RoundState.POOLED: frozenset({RoundState.BIDDING, _CANCEL}),
        RoundState.BIDDING: frozenset({RoundState.CLOSED, _CANCEL}),
        RoundState.CLOSED: frozenset({RoundState.OPENED, _CANCEL}),
        RoundState.OPENED: frozenset({RoundState.AWARDING, _CANCEL}),
        RoundState.AWARDING: frozenset({RoundState.OPENED, RoundState.AWARDED, _CANCEL}),
        RoundState.AWARDED: frozenset({RoundState.FINAL, _CANCEL}),
        RoundState.FINAL: frozenset(),
        RoundState.CANCELLED: frozenset(),
    }
)

# States in which bids have been opened and may be read by those entitled.
AFTER_OPENING = (RoundState.OPENED, RoundState.AWARDING, RoundState.AWARDED, RoundState.FINAL)
# The stages drawn on the timeline, in order.
STAGES = tuple(state for state in RoundState if state is not RoundState.CANCELLED)


class BreakawayCapacity(models.TextChoices):
    """How much of a supplier's capacity a group that left the pool could use."""

    PRO_RATA = "pro-rata", _("in proportion to its demand")
    FULL = "full", _("all of it")
