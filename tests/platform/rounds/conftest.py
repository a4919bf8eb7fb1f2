"""Rounds at every stage, as seen by everybody."""

from collections.abc import Callable

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.moments import AFTER_BIDS, AFTER_DEMANDS, NOW
from tests.platform.factories.rounds import InvitationFactory, RoundFactory, WindowFactory

MOMENTS = {
    RoundState.COLLECTING: {"published_at": NOW},
    RoundState.POOLED: {"pooled_at": AFTER_DEMANDS},
    RoundState.BIDDING: {"bidding_at": AFTER_DEMANDS},
    RoundState.CLOSED: {"closed_at": AFTER_BIDS},
    RoundState.OPENED: {"opened_at": AFTER_BIDS},
    RoundState.AWARDING: {},
    RoundState.AWARDED: {"awarded_at": AFTER_BIDS, "standstill_until": AFTER_BIDS},
    RoundState.FINAL: {"final_at": AFTER_BIDS},
}
RoundAt = Callable[[RoundState], Round]


@pytest.fixture
def people(
    operator: User, member: User, supplier: User, analyst: User, auditor: User, rival: User
) -> dict[str, User]:
    """One of each kind; ``rival`` sells for a supplier that is not invited."""
    return {
        "operator": operator,
        "member": member,
        "supplier": supplier,
        "rival": rival,
        "analyst": analyst,
        "auditor": auditor,
    }


@pytest.fixture
def round_at(platform: Organisation, supplier_firm: Firm) -> RoundAt:
    """Give a round of the platform at a stage, with its moments, a window and one invitation."""

    def make(state: RoundState) -> Round:
        facts: dict[str, object] = {}
        for stage, moments in MOMENTS.items():
            facts.update(moments)
            if stage == state:
                break
        if state in (RoundState.DRAFT, RoundState.CANCELLED):
            facts = {}
        if state == RoundState.CANCELLED:
            facts = {"published_at": NOW, "cancelled_at": NOW, "cancel_reason": "nobody came"}
        round_ = RoundFactory(reference="R-2026-0001", operator=platform, state=state, **facts)
        WindowFactory(round=round_, code="all")
        InvitationFactory(round=round_, supplier=supplier_firm)
        return round_

    return make


@pytest.fixture
def draft(round_at: RoundAt) -> Round:
    return round_at(RoundState.DRAFT)
