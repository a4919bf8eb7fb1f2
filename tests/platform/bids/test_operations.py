import json
from datetime import timedelta
from typing import Any

import pytest

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.bids import operations, queries, sealing
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState
from industry_brain.records.models import Record
from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.states import RoundState
from tests.platform.bids.conftest import FAR
from tests.platform.factories.accounts import person
from tests.platform.factories.bids import content
from tests.platform.factories.moments import AFTER_DEMANDS

AT = AFTER_DEMANDS


def saved(round_: Round, firm: Firm, says: dict[str, Any], actor: User) -> Bid:
    return operations.save_draft(round_, firm, content=says, actor=actor, at=AT)


def test_a_draft_keeps_whatever_was_typed(bidding: Round, supplier: User, supplier_firm: Firm) -> None:
    says = {"offers": [{"item": "no such item", "price": "about 5,000"}], "payment_days": "soon"}
    bid = saved(bidding, supplier_firm, says, supplier)
    bid.refresh_from_db()
    assert (bid.draft, bid.state, bid.draft_saved_at) == (says, BidState.DRAFT, AT)


@pytest.fixture
def colleague(supplier_firm: Firm) -> User:
    """Tang sells for the same steelworks as Sun."""
    return person(Role.SUPPLIER, supplier_firm, "tang")


def test_a_colleagues_draft_is_not_written_over(
    bidding: Round, supplier: User, colleague: User, supplier_firm: Firm, items: list[Item]
) -> None:
    read = queries.version_of(saved(bidding, supplier_firm, content(*items), supplier))
    theirs = content(*items, price="5600")
    operations.save_draft(bidding, supplier_firm, content=theirs, read=read, actor=colleague, at=AT)

    with pytest.raises(Conflict) as refusal:
        operations.save_draft(bidding, supplier_firm, content={}, read=read, actor=supplier, at=AT)

    assert refusal.value.code == "draft_changed"
    assert Bid.objects.get().draft == theirs


def test_of_two_first_drafts_the_second_is_refused(
    bidding: Round, supplier: User, colleague: User, supplier_firm: Firm, items: list[Item]
) -> None:
    saved(bidding, supplier_firm, content(*items), supplier)

    with pytest.raises(Conflict):
        operations.save_draft(bidding, supplier_firm, content={}, read="", actor=colleague, at=AT)


def test_ones_own_later_draft_replaces_the_earlier_one_from_the_same_page(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    for price in ("5600", "5500"):
        bid = operations.save_draft(
            bidding, supplier_firm, content=content(*items, price=price), read="", actor=supplier, at=AT
        )

    assert bid.draft == content(*items, price="5500")


def test_nothing_is_sealed_but_what_the_person_saw(
    bidding: Round, supplier: User, colleague: User, supplier_firm: Firm, items: list[Item]
) -> None:
    seen = saved(bidding, supplier_firm, content(*items), supplier)
    saved(bidding, supplier_firm, content(*items, price="1"), colleague)

    with pytest.raises(Conflict, match="after you had opened it"):
        operations.submit_bid(seen, actor=supplier, at=AT)

    assert not Revision.objects.exists()


def test_a_draft_that_did_not_change_leaves_no_entry(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    saved(bidding, supplier_firm, content(*items), supplier)
    before = Record.objects.count()
    saved(bidding, supplier_firm, content(*items), supplier)
    assert Record.objects.count() == before


def test_a_draft_of_another_shape_is_refused_with_its_place(
    bidding: Round, supplier: User, supplier_firm: Firm
) -> None:
    with pytest.raises(Invalid, match="tiers") as refusal:
        saved(bidding, supplier_firm, {"discounts": [{"tiers": 5, "colour": "red"}]}, supplier)
    assert {place["place"] for place in refusal.value.facts["places"]} == {
        "discounts[0]",
        "discounts[0].tiers",
    }


@pytest.mark.parametrize("who", ["operator", "rival", "uninvited", "member", "auditor"])
def test_nobody_else_writes_a_suppliers_draft(
    who: str, bidding: Round, supplier_firm: Firm, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        saved(bidding, supplier_firm, {}, request.getfixturevalue(who))
    assert not Bid.objects.exists()


def test_submitting_seals_the_draft_and_gives_a_receipt(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items), supplier)
    revision = operations.submit_bid(bid, actor=supplier, at=AT)
    bid.refresh_from_db()
    assert (bid.state, bid.revision, bid.submitted_at) == (BidState.SUBMITTED, revision, AT)
    assert revision.receipt == f"{bid.reference}-01-{revision.sha256[:8]}"
    assert queries.content_of(revision, seen_by=supplier) == {
        **content(*items),
        "supplier": supplier_firm.reference,
    }


def test_submitting_again_replaces_the_valid_revision_and_keeps_the_old_one(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items), supplier)
    first = operations.submit_bid(bid, actor=supplier, at=AT)
    bid = saved(bidding, supplier_firm, content(*items, price="5600"), supplier)
    second = operations.submit_bid(bid, actor=supplier, at=AT + timedelta(hours=1))
    bid.refresh_from_db()
    assert bid.revision == second
    assert [r.number for r in queries.revisions_of(bid, seen_by=supplier)] == [2, 1]
    assert queries.content_of(first, seen_by=supplier)["offers"][0]["price"] == "5650.00"


def test_a_faulty_bid_is_not_submitted_and_says_where(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items, price="-1"), supplier)
    with pytest.raises(Invalid) as refusal:
        operations.submit_bid(bid, actor=supplier, at=AT)
    assert refusal.value.code == "bid_faulty"
    assert [p["path"] for p in refusal.value.facts["places"]] == ["offers[0].price", "offers[1].price"]
    assert "item 1 · price" in str(refusal.value)
    assert not Revision.objects.exists()


def test_a_late_bid_is_refused_and_the_draft_and_the_earlier_bid_stay(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items), supplier)
    revision = operations.submit_bid(bid, actor=supplier, at=AT)
    for late in (
        lambda: operations.submit_bid(bid, actor=supplier, at=FAR),
        lambda: operations.withdraw_bid(bid, actor=supplier, at=FAR),
        lambda: operations.save_draft(bidding, supplier_firm, content={}, actor=supplier, at=FAR),
    ):
        with pytest.raises(WrongState, match="2099-01-01 17:00") as refusal:
            late()
        assert refusal.value.code == "bids_closed"
    bid.refresh_from_db()
    assert (bid.draft, bid.revision) == (content(*items), revision)


@pytest.mark.parametrize("state", [s for s in RoundState if s is not RoundState.BIDDING])
def test_a_round_at_any_other_stage_takes_no_bid(
    state: RoundState, bidding: Round, supplier: User, supplier_firm: Firm
) -> None:
    Round.objects.filter(pk=bidding.pk).update(state=state, cancel_reason="because")
    with pytest.raises(WrongState):
        saved(bidding, supplier_firm, {}, supplier)


def test_a_withdrawn_bid_is_not_opened_but_can_be_submitted_again(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items), supplier)
    operations.submit_bid(bid, actor=supplier, at=AT)
    bid = operations.withdraw_bid(bid, actor=supplier, at=AT)
    assert (bid.state, bid.revision, bid.withdrawn_at) == (BidState.WITHDRAWN, None, AT)
    again = operations.submit_bid(bid, actor=supplier, at=AT)
    bid.refresh_from_db()
    assert (bid.state, bid.revision, bid.withdrawn_at, again.number) == (BidState.SUBMITTED, again, None, 2)


def test_only_a_submitted_bid_can_be_withdrawn(bidding: Round, supplier: User, supplier_firm: Firm) -> None:
    bid = saved(bidding, supplier_firm, {}, supplier)
    with pytest.raises(WrongState):
        operations.withdraw_bid(bid, actor=supplier, at=AT)


@pytest.mark.parametrize("who", ["operator", "rival", "member", "auditor"])
def test_nobody_else_submits_or_withdraws(
    who: str, bidding: Round, supplier: User, supplier_firm: Firm, request: pytest.FixtureRequest
) -> None:
    bid = saved(bidding, supplier_firm, {}, supplier)
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        operations.submit_bid(bid, actor=actor, at=AT)
    with pytest.raises(NotAllowed):
        operations.withdraw_bid(bid, actor=actor, at=AT)


@pytest.fixture
def two_bids(
    bidding: Round, supplier: User, supplier_firm: Firm, rival: User, rival_firm: Firm, items: list[Item]
) -> list[Revision]:
    """Both suppliers have submitted; a third has only a draft."""
    revisions = []
    for firm, actor in ((supplier_firm, supplier), (rival_firm, rival)):
        bid = saved(bidding, firm, content(*items), actor)
        revisions.append(operations.submit_bid(bid, actor=actor, at=AT))
    return revisions


def test_opening_opens_every_valid_bid_and_names_it_in_the_record(
    bidding: Round, operator: User, supplier_firm: Firm, two_bids: list[Revision]
) -> None:
    opened = operations.open_bids(bidding, actor=operator, at=FAR)
    bidding.refresh_from_db()
    assert (bidding.state, bidding.opened_at, bidding.closed_at) == (RoundState.OPENED, FAR, FAR)
    assert [bid.state for bid in opened] == [BidState.OPENED, BidState.OPENED]
    entry = Record.objects.order_by("-number").first()
    assert entry is not None
    assert entry.action == "bids.open_bids"
    assert [bid["receipt"] for bid in entry.facts["bids"]] == [r.receipt for r in two_bids]
    assert "5650" not in json.dumps(entry.facts)


def test_the_record_shows_afterwards_that_each_opened_bid_came_in_before(
    bidding: Round, operator: User, two_bids: list[Revision]
) -> None:
    operations.open_bids(bidding, actor=operator, at=FAR)
    entries = [e.facts["entry"] for e in Record.objects.filter(action="bids.sealed_entry")]
    assert all(sealing.opaque(revision.sha256) in entries for revision in two_bids)


def test_drafts_and_withdrawn_bids_stay_closed(
    bidding: Round, operator: User, rival: User, two_bids: list[Revision]
) -> None:
    operations.withdraw_bid(two_bids[1].bid, actor=rival, at=AT)
    opened = operations.open_bids(bidding, actor=operator, at=FAR)
    assert [bid.pk for bid in opened] == [two_bids[0].bid_id]


def test_bids_are_not_opened_before_the_announced_moment(
    bidding: Round, operator: User, two_bids: list[Revision]
) -> None:
    with pytest.raises(DomainError) as refusal:
        operations.open_bids(bidding, actor=operator, at=FAR - timedelta(seconds=1))
    assert refusal.value.code == "before_deadline"
    assert not Bid.objects.filter(state=BidState.OPENED).exists()


@pytest.mark.parametrize("who", ["supplier", "rival", "member", "analyst", "auditor"])
def test_nobody_but_the_operator_opens(
    who: str, bidding: Round, two_bids: list[Revision], request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        operations.open_bids(bidding, actor=request.getfixturevalue(who), at=FAR)


def test_of_two_operators_who_open_at_once_one_succeeds(
    bidding: Round, operator: User, second_operator: User, two_bids: list[Revision]
) -> None:
    Round.objects.filter(pk=bidding.pk).update(state=RoundState.CLOSED, closed_at=FAR)
    one, other = Round.objects.get(pk=bidding.pk), Round.objects.get(pk=bidding.pk)
    operations.open_bids(one, actor=operator, at=FAR)
    with pytest.raises(Conflict):
        operations.open_bids(other, actor=second_operator, at=FAR)
    assert Record.objects.filter(action="bids.open_bids").count() == 1


def test_opening_twice_is_refused(bidding: Round, operator: User, two_bids: list[Revision]) -> None:
    operations.open_bids(bidding, actor=operator, at=FAR)
    bidding.refresh_from_db()
    with pytest.raises(WrongState):
        operations.open_bids(bidding, actor=operator, at=FAR)


def test_an_envelope_that_was_tampered_with_stops_the_opening(
    bidding: Round, operator: User, two_bids: list[Revision]
) -> None:
    changed = two_bids[1].sealed.replace("5650.00", "5600.00")
    assert changed != two_bids[1].sealed
    Revision.objects.filter(pk=two_bids[1].pk).update(sealed=changed)
    with pytest.raises(Conflict, match=two_bids[1].receipt) as refusal:
        operations.open_bids(bidding, actor=operator, at=FAR)
    assert refusal.value.code == "seal_broken"
    bidding.refresh_from_db()
    assert bidding.state == RoundState.BIDDING
    assert not Bid.objects.filter(state=BidState.OPENED).exists()


def test_a_round_without_bids_can_be_opened(bidding: Round, operator: User) -> None:
    assert operations.open_bids(bidding, actor=operator, at=FAR) == []


def test_entries_before_the_opening_are_all_alike(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    bid = saved(bidding, supplier_firm, content(*items), supplier)
    operations.submit_bid(bid, actor=supplier, at=AT)
    operations.withdraw_bid(bid, actor=supplier, at=AT)
    entries = Record.objects.filter(action__startswith="bids.")
    assert {(e.action, e.actor, e.subject) for e in entries} == {
        ("bids.sealed_entry", "(sealed)", bidding.reference)
    }
    assert [set(e.facts) for e in entries] == [{"entry"}] * 3
    assert len({e.facts["entry"] for e in entries}) == 3
