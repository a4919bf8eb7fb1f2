from datetime import timedelta
from typing import Any

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from industry_brain.records.models import Record
from industry_brain.rounds import operations
from industry_brain.rounds.models import Index, Invitation, Item, Round, ShareRule, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import MembershipFactory, OrganisationFactory
from tests.platform.factories.catalogue import CategoryFactory
from tests.platform.factories.firms import FirmFactory, SupplierFactory
from tests.platform.factories.moments import (
    AFTER_BIDS,
    AFTER_DEMANDS,
    BIDS_CLOSE,
    CALL_OFF_FROM,
    CALL_OFF_UNTIL,
    DEMANDS_CLOSE,
    NOW,
)
from tests.platform.factories.rounds import ItemFactory
from tests.platform.rounds.conftest import RoundAt

S = RoundState
REASON = "the mill is on fire"


def create(actor: User, **facts: Any) -> Round:
    wanted: dict[str, Any] = {
        "title": "轴承钢",
        "category": CategoryFactory(),
        "demands_close_at": DEMANDS_CLOSE,
        "bids_close_at": BIDS_CLOSE,
        "call_off_from": CALL_OFF_FROM,
        "call_off_until": CALL_OFF_UNTIL,
    }
    return operations.create_round(**{**wanted, **facts}, actor=actor, at=NOW)


def test_create_round_drafts_with_one_window_over_the_call_off(operator: User) -> None:
    round_ = create(operator, max_suppliers=3, quality_weight_ppm=50_000)

    window = round_.windows.get()
    assert (round_.reference, round_.state, round_.max_suppliers) == ("R-2026-0001", S.DRAFT, 3)
    assert (window.starts_on, window.ends_on) == (CALL_OFF_FROM, CALL_OFF_UNTIL)
    assert Record.objects.get().action == "rounds.create_round"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"bids_close_at": DEMANDS_CLOSE}, "calendar_order"),
        ({"call_off_until": CALL_OFF_FROM - timedelta(days=1)}, "call_off_order"),
        ({"min_suppliers": 4, "max_suppliers": 3}, "winner_bounds"),
        ({"max_suppliers": 0}, "winner_bounds"),
        ({"annual_rate_ppm": -1}, "rate_bounds"),
        ({"quality_weight_ppm": 1_000_001}, "rate_bounds"),
    ],
)
def test_create_round_refuses_what_cannot_be_meant(facts: dict[str, Any], code: str, operator: User) -> None:
    with pytest.raises(Invalid) as refused:
        create(operator, **facts)

    assert (refused.value.code, Round.objects.exists()) == (code, False)


def test_create_round_is_for_operators(member: User, auditor: User) -> None:
    for actor in (member, auditor):
        with pytest.raises(NotAllowed):
            create(actor)


def test_create_round_asks_for_whom_where_somebody_acts_for_several(
    operator: User, platform: Organisation
) -> None:
    other = OrganisationFactory()
    stranger = OrganisationFactory()
    MembershipFactory(user=operator, organisation=other, role=Role.OPERATOR)
    actor = User.objects.get(pk=operator.pk)

    for named in ("", stranger.reference):
        with pytest.raises(Invalid) as refused:
            create(actor, operator=named)
        assert refused.value.code == "which_operator"
        assert other.reference in str(refused.value)
    assert create(actor, operator=other.reference).operator == other


LEADING = {
    "publish": lambda r, a: operations.publish_round(r, actor=a, at=NOW),
    "edit": lambda r, a: operations.edit_round(r, actor=a, at=NOW, title="x"),
    "windows": lambda r, a: operations.set_windows(r, [], actor=a, at=NOW),
    "indices": lambda r, a: operations.set_indices(r, [], actor=a, at=NOW),
    "rules": lambda r, a: operations.set_share_rules(r, [], actor=a, at=NOW),
    "invite": lambda r, a: operations.invite_supplier(r, SupplierFactory(), actor=a, at=NOW),
    "calendar": lambda r, a: operations.change_calendar(
        r, demands_close_at=DEMANDS_CLOSE, bids_close_at=BIDS_CLOSE, reason=REASON, actor=a, at=NOW
    ),
    "start": lambda r, a: operations.start_bidding(r, actor=a, at=NOW),
    "close": lambda r, a: operations.close_bidding(r, actor=a, at=AFTER_BIDS),
    "cancel": lambda r, a: operations.cancel_round(r, reason=REASON, actor=a, at=NOW),
    "pool": lambda r, a: operations.mark_pooled(r, [], actor=a, at=NOW),
    "open": lambda r, a: operations.mark_opened(r, actor=a, at=NOW),
    "award": lambda r, a: operations.mark_awarded(r, actor=a, at=NOW),
    "final": lambda r, a: operations.mark_final(r, actor=a, at=AFTER_BIDS),
}


@pytest.mark.parametrize("operation", LEADING)
def test_only_the_operator_s_people_lead_a_round(
    operation: str, people: dict[str, User], draft: Round
) -> None:
    for who in ("member", "supplier", "rival", "analyst", "auditor"):
        with pytest.raises(NotAllowed):
            LEADING[operation](draft, people[who])


def test_save_draft_writes_a_round_with_all_its_rows(
    operator: User, draft: Round, supplier_firm: Firm
) -> None:
    other = SupplierFactory()
    wanted = operations.Draft(
        facts={"title": "新标题"},
        windows=[
            Window(code="early", starts_on=CALL_OFF_FROM, ends_on=CALL_OFF_FROM),
            Window(code="late", starts_on=CALL_OFF_UNTIL, ends_on=CALL_OFF_UNTIL),
        ],
        indices=[Index(code="gcr15", name="GCr15", value=52_000_000)],
        share_rules=[ShareRule(max_ppm=600_000), ShareRule(supplier=other, min_ppm=100_000)],
        suppliers=[other],
    )

    saved = operations.save_draft(draft, wanted, actor=operator, at=NOW)

    assert [w.code for w in saved.windows.order_by("starts_on")] == ["early", "late"]
    assert (saved.title, saved.indices.get().value, saved.share_rules.count()) == ("新标题", 52_000_000, 2)
    assert [i.supplier.pk for i in Invitation.objects.filter(round=saved)] == [other.pk]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (ShareRule(), "share_bounds"),
        (ShareRule(max_ppm=1_000_001), "share_bounds"),
        (ShareRule(min_ppm=100), "share_minimum_unnamed"),
    ],
)
def test_set_share_rules_refuses_what_cannot_be_meant(
    rule: ShareRule, code: str, operator: User, draft: Round
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.set_share_rules(draft, [rule], actor=operator, at=NOW)

    assert refused.value.code == code


def test_set_windows_and_indices_refuse_what_cannot_be_meant(operator: User, draft: Round) -> None:
    reversed_ = Window(code="x", starts_on=CALL_OFF_UNTIL, ends_on=CALL_OFF_FROM)
    with pytest.raises(Invalid) as window:
        operations.set_windows(draft, [reversed_], actor=operator, at=NOW)
    with pytest.raises(Invalid) as index:
        operations.set_indices(draft, [Index(code="x", name="x", value=0)], actor=operator, at=NOW)

    assert (window.value.code, index.value.code) == ("window_reversed", "index_value")


def test_a_published_round_is_no_longer_edited(operator: User, round_at: RoundAt) -> None:
    published = round_at(S.COLLECTING)

    for change in ("edit", "windows"):
        with pytest.raises(WrongState):
            LEADING[change](published, operator)


def test_publish_round_refuses_a_passed_deadline(operator: User, draft: Round) -> None:
    with pytest.raises(Invalid) as refused:
        operations.publish_round(draft, actor=operator, at=DEMANDS_CLOSE)

    draft.refresh_from_db()
    assert (refused.value.code, draft.state) == ("deadline_passed", S.DRAFT)
    assert "2026-11-09 17:00" in str(refused.value)


def test_of_two_operators_who_publish_at_once_one_succeeds(
    operator: User, second_operator: User, draft: Round
) -> None:
    seen_by_both = Round.objects.get(pk=draft.pk)
    operations.publish_round(draft, actor=operator, at=NOW)

    with pytest.raises(Conflict):
        operations.publish_round(seen_by_both, actor=second_operator, at=NOW)


def test_change_calendar_moves_only_what_has_not_passed(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.BIDDING)
    later = BIDS_CLOSE + timedelta(days=2)

    def change(**facts: Any) -> Round:
        now = {"demands_close_at": DEMANDS_CLOSE, "bids_close_at": BIDS_CLOSE, "reason": REASON}
        return operations.change_calendar(round_, **{**now, **facts}, actor=operator, at=AFTER_DEMANDS)

    for facts, code in (
        ({"demands_close_at": DEMANDS_CLOSE + timedelta(hours=1)}, "deadline_fixed"),
        ({"bids_close_at": AFTER_DEMANDS}, "deadline_fixed"),
        ({"bids_close_at": later, "reason": " n "}, "reason_missing"),
    ):
        with pytest.raises(Invalid) as refused:
            change(**facts)
        assert refused.value.code == code
    assert change(bids_close_at=later).bids_close_at == later
    assert Record.objects.get().facts["reason"] == REASON


def test_invite_supplier_takes_suppliers_once(operator: User, draft: Round, supplier_firm: Firm) -> None:
    for firm, code in ((FirmFactory(), "not_a_supplier"), (supplier_firm, "invited_already")):
        with pytest.raises(Invalid) as refused:
            operations.invite_supplier(draft, firm, actor=operator, at=NOW)
        assert refused.value.code == code


def test_an_invitation_can_be_taken_back_until_bidding(
    operator: User, round_at: RoundAt, supplier_firm: Firm
) -> None:
    round_ = round_at(S.POOLED)
    operations.withdraw_invitation(round_, supplier_firm, actor=operator, at=NOW)
    with pytest.raises(Invalid):
        operations.withdraw_invitation(round_, supplier_firm, actor=operator, at=NOW)

    operations.invite_supplier(round_, supplier_firm, actor=operator, at=NOW)
    started = operations.start_bidding(round_, actor=operator, at=NOW)
    with pytest.raises(WrongState):
        operations.withdraw_invitation(started, supplier_firm, actor=operator, at=NOW)


def test_start_bidding_needs_an_invitation_and_time(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.POOLED)
    with pytest.raises(Invalid) as late:
        operations.start_bidding(round_, actor=operator, at=BIDS_CLOSE)
    Invitation.objects.all().delete()
    with pytest.raises(Invalid) as alone:
        operations.start_bidding(round_, actor=operator, at=NOW)

    assert (late.value.code, alone.value.code) == ("deadline_passed", "nobody_invited")


def test_close_bidding_keeps_to_the_announced_moment(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.BIDDING)
    with pytest.raises(Invalid) as early:
        operations.close_bidding(round_, actor=operator, at=BIDS_CLOSE - timedelta(seconds=1))

    closed = operations.close_bidding(round_, actor=operator, at=BIDS_CLOSE)

    assert (early.value.code, closed.state, closed.closed_at) == ("before_deadline", S.CLOSED, BIDS_CLOSE)


def test_cancel_round_needs_a_reason_and_an_unfinished_round(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.AWARDED)
    with pytest.raises(Invalid):
        operations.cancel_round(round_, reason="   ", actor=operator, at=NOW)

    cancelled = operations.cancel_round(round_, reason="流标", actor=operator, at=NOW)

    assert (cancelled.state, cancelled.cancel_reason) == (S.CANCELLED, "流标")
    with pytest.raises(WrongState):
        operations.cancel_round(cancelled, reason=REASON, actor=operator, at=NOW)


def test_market_prices_are_noted_until_the_opening(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.POOLED)
    item: Item = ItemFactory(round=round_)
    other: Item = ItemFactory(round=round_)
    prices: dict[Item, int | None] = {item: 52_000_000, other: None}
    operations.set_market_prices(round_, prices, actor=operator, at=NOW)
    with pytest.raises(Invalid):
        operations.set_market_price(item, market_price=0, actor=operator, at=NOW)

    Round.objects.update(state=S.OPENED)
    round_.refresh_from_db()
    fresh = Item.objects.select_related("round").get(pk=item.pk)
    with pytest.raises(WrongState):
        operations.set_market_price(fresh, market_price=1, actor=operator, at=NOW)
    assert fresh.market_price == 52_000_000


def test_an_award_becomes_final_after_the_standstill(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.AWARDING)
    awarded = operations.mark_awarded(round_, actor=operator, at=AFTER_BIDS)
    with pytest.raises(Invalid) as early:
        operations.mark_final(awarded, actor=operator, at=AFTER_BIDS + timedelta(days=2))

    final = operations.mark_final(awarded, actor=operator, at=AFTER_BIDS + timedelta(days=3))

    assert (early.value.code, final.state) == ("standstill", S.FINAL)


def test_a_misspelt_fact_is_a_mistake_of_the_programmer(operator: User, draft: Round) -> None:
    with pytest.raises(TypeError):
        operations.edit_round(draft, actor=operator, at=NOW, titel="x")
