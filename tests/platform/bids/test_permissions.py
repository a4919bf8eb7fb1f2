from collections.abc import Callable
from typing import Any

import pytest

from industry_brain.accounts.models import User
from industry_brain.bids import permissions
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.bids import BidFactory
from tests.platform.factories.moments import AFTER_BIDS

PEOPLE = (
    "operator",
    "second_operator",
    "supplier",
    "rival",
    "uninvited",
    "member",
    "analyst",
    "auditor",
)
CLOSED, OPENED = {"closed_at": AFTER_BIDS}, {"closed_at": AFTER_BIDS, "opened_at": AFTER_BIDS}
# who may, by predicate and stage; everybody else may not
TABLE: list[tuple[str, str, dict[str, Any], set[str]]] = [
    ("may_open", "bidding", {}, {"operator", "second_operator"}),
    ("may_open", "closed", CLOSED, {"operator", "second_operator"}),
    ("may_count", "bidding", {}, set()),
    ("may_count", "closed", CLOSED, {"operator", "second_operator", "auditor"}),
    ("may_count", "opened", OPENED, {"operator", "second_operator", "auditor"}),
    ("may_read_all", "bidding", {}, set()),
    ("may_read_all", "closed", CLOSED, set()),
    ("may_read_all", "opened", OPENED, {"operator", "second_operator", "auditor"}),
    ("may_read_all", "cancelled", CLOSED, set()),
]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("predicate", "state", "moments", "allowed"), TABLE)
def test_on_a_round(
    who: str,
    predicate: str,
    state: str,
    moments: dict[str, Any],
    allowed: set[str],
    bidding: Round,
    request: pytest.FixtureRequest,
) -> None:
    actor: User = request.getfixturevalue(who)
    bidding.state = RoundState(state)
    for name, at in moments.items():
        setattr(bidding, name, at)
    may: Callable[[User, Round], bool] = getattr(permissions, predicate)
    assert may(actor, bidding) == (who in allowed)


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_own_people_of_an_invited_supplier_bid_for_it(
    who: str, bidding: Round, supplier_firm: Firm, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    assert permissions.may_bid(actor, (bidding, supplier_firm)) == (who == "supplier")
    assert permissions.may_write(actor, BidFactory(round=bidding, supplier=supplier_firm)) == (
        who == "supplier"
    )


def test_a_supplier_that_was_not_invited_may_not_bid(bidding: Round, uninvited: User) -> None:
    firm = Firm.objects.get(pk=uninvited.organisations.get().pk)
    assert permissions.may_act_for(uninvited, firm)
    assert not permissions.may_bid(uninvited, (bidding, firm))


def test_nobody_bids_before_bidding_opens(bidding: Round, supplier: User, supplier_firm: Firm) -> None:
    Round.objects.filter(pk=bidding.pk).update(bidding_at=None)
    assert not permissions.may_bid(supplier, (bidding, supplier_firm))
