"""Starting, computing, stopping, approving, setting aside, making final."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.awards.models import Allocation, AwardLine, AwardRun, ListPrice, Share
from industry_brain.awards.operations import (
    approve_award,
    carry_out_run,
    finalise_award,
    recover_stalled_runs,
    set_award_aside,
    start_award,
    stop_award,
)
from industry_brain.awards.states import RunState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState
from industry_brain.records.models import Record
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.awards.conftest import now
from tests.platform.factories.accounts import person
from tests.platform.factories.awards import AwardRunFactory, offer, opened_round
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db
LATER = AFTER_BIDS + timedelta(days=10)
Solve = Callable[[Round], AwardRun]


def test_an_award_is_the_cheapest_and_proved(run: AwardRun, supplier_firm: Firm) -> None:
    lines = AwardLine.objects.filter(run=run).values_list("supplier", "quantity", "unit_price")

    assert (run.state, run.landed_cost, run.gap_ppb) == (RunState.PROVED, 110_200_000, 0)
    assert sorted(lines) == [
        (supplier_firm.pk, 80_000_000, 55_100_000),
        (supplier_firm.pk, 120_000_000, 55_100_000),
    ]


def test_payments_add_up_to_the_bill_and_nobody_pays_more_than_alone(run: AwardRun) -> None:
    shares = list(Share.objects.filter(run=run))

    assert sum(share.payment for share in shares) == run.landed_cost
    assert [(s.payment, s.stand_alone) for s in shares] == [(55_100_000, 57_000_000)] * 2
    assert run.is_stable is True


def test_baselines_are_kept_with_every_share(run: AwardRun) -> None:
    share = Share.objects.filter(run=run).first()

    assert share is not None
    assert (share.quantity, share.market, share.last_contract) == (100_000_000, 60_000_000, 59_000_000)


def test_every_demand_is_allocated_in_full(run: AwardRun) -> None:
    for allocation in Allocation.objects.filter(run=run).select_related("demand"):
        assert allocation.quantity == allocation.demand.quantity
    assert Allocation.objects.filter(run=run).count() == 4
    assert ListPrice.objects.filter(run=run).count() == 2


def test_comparisons_stand_beside_the_award(run: AwardRun) -> None:
    landed = {code: found["landed"] for code, found in run.comparisons.items()}

    assert landed["single"] == 110_200_000
    assert landed["alone"] == 114_000_000
    assert landed["no_discounts"] == 114_000_000


def test_the_files_are_those_that_were_checked(run: AwardRun, round_: Round) -> None:
    award, shares = json.loads(run.award_file), json.loads(run.shares_file)

    assert (award["round"], award["status"], award["landed_cost"]) == (
        round_.reference,
        "optimal",
        "1102000.00",
    )
    assert award["round_sha256"] == run.round_sha256
    assert shares["total"] == "1102000.00"
    assert run.proof_file


def test_start_award_is_for_the_rounds_operator(round_: Round, member: User, auditor: User) -> None:
    for stranger in (member, auditor):
        with pytest.raises(NotAllowed):
            start_award(round_, actor=stranger, at=AFTER_BIDS)


@pytest.mark.parametrize("seconds", [0, 3601, -5])
def test_start_award_refuses_a_senseless_time_limit(round_: Round, operator: User, seconds: int) -> None:
    with pytest.raises(Invalid) as refused:
        start_award(round_, limit_seconds=seconds, actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "limit_seconds"


def test_start_award_refuses_a_second_run_while_one_computes(
    round_: Round, operator: User, second_operator: User
) -> None:
    start_award(round_, actor=operator, at=AFTER_BIDS)
    round_.refresh_from_db()

    with pytest.raises(WrongState) as refused:
        start_award(round_, actor=second_operator, at=AFTER_BIDS)

    assert refused.value.code == "in_progress"


def test_of_two_people_who_start_at_once_one_succeeds(
    round_: Round, operator: User, second_operator: User
) -> None:
    seen_by_both = Round.objects.get(pk=round_.pk)
    start_award(round_, actor=operator, at=AFTER_BIDS)

    with pytest.raises(DomainError):
        start_award(seen_by_both, actor=second_operator, at=AFTER_BIDS)
    assert AwardRun.objects.filter(round=round_).count() == 1


def test_start_award_needs_opened_bids(operator: User, platform: Organisation, member_firm: Firm) -> None:
    round_ = opened_round(platform, [member_firm], {}, state=RoundState.CLOSED)

    with pytest.raises(WrongState):
        start_award(round_, actor=operator, at=AFTER_BIDS)


def test_a_round_with_an_award_wants_it_set_aside_before_another(run: AwardRun, operator: User) -> None:
    with pytest.raises(WrongState) as refused:
        start_award(run.round, actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "has_award"


def test_an_impossible_round_says_what_cannot_hold_together(
    platform: Organisation, member_firm: Firm, supplier_firm: Firm, solve: Solve
) -> None:
    bid = offer("5800.00", capacities=[{"items": "all", "max": "70"}])
    round_ = opened_round(platform, [member_firm], {supplier_firm: bid})

    run = solve(round_)

    codes = {term["code"] for term in run.conflicts if term["kind"] == "conflict"}
    assert (run.state, run.round.state) == (RunState.INFEASIBLE, RoundState.OPENED)
    assert "capacity" in codes
    assert any(term["kind"] == "relaxation" for term in run.conflicts)


def test_a_round_without_any_bid_is_impossible_and_not_broken(
    platform: Organisation, member_firm: Firm, solve: Solve
) -> None:
    run = solve(opened_round(platform, [member_firm], {}))

    assert (run.state, run.round.state, run.failure) == (RunState.INFEASIBLE, RoundState.OPENED, "")


def test_a_broken_seal_fails_the_run_and_gives_the_round_back(round_: Round, solve: Solve) -> None:
    revision = round_.bids.get(supplier__name="东特钢").revision
    assert revision is not None
    type(revision).objects.filter(pk=revision.pk).update(sha256="0" * 64)

    run = solve(round_)

    assert (run.state, run.round.state) == (RunState.FAILED, RoundState.OPENED)
    assert revision.receipt in run.failure.format(**run.failure_facts)


def test_stop_before_a_worker_came_ends_the_run(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)

    stop_award(run, actor=operator, at=AFTER_BIDS)
    carry_out_run(run.pk, now=now)

    run.refresh_from_db()
    round_.refresh_from_db()
    assert (run.state, run.attempt, round_.state) == (RunState.STOPPED, 0, RoundState.OPENED)


def test_stop_asks_a_working_run_to_stop(operator: User, platform: Organisation) -> None:
    run = AwardRunFactory(solving=True, round__operator=platform)

    stop_award(run, actor=operator, at=AFTER_BIDS)

    run.refresh_from_db()
    assert (run.state, run.stop_requested_at) == (RunState.SOLVING, AFTER_BIDS)


def test_stop_of_a_run_whose_worker_died_ends_it(operator: User, platform: Organisation) -> None:
    run = AwardRunFactory(solving=True, round__operator=platform)

    stop_award(run, actor=operator, at=AFTER_BIDS + timedelta(seconds=31))

    run.refresh_from_db()
    run.round.refresh_from_db()
    assert (run.state, run.round.state) == (RunState.STOPPED, RoundState.OPENED)


def test_stop_refuses_where_nothing_runs(run: AwardRun, operator: User) -> None:
    with pytest.raises(WrongState):
        stop_award(run, actor=operator, at=AFTER_BIDS)


def test_carrying_out_twice_changes_nothing(run: AwardRun) -> None:
    before = AwardRun.objects.values().get(pk=run.pk)

    carry_out_run(run.pk, now=now)

    assert AwardRun.objects.values().get(pk=run.pk) == before


def test_a_living_worker_keeps_its_run(monkeypatch: pytest.MonkeyPatch) -> None:
    run = AwardRunFactory(solving=True)

    def beat(_seconds: float) -> None:
        AwardRun.objects.filter(pk=run.pk).update(heartbeat_at=now())

    monkeypatch.setattr("industry_brain.awards.operations.running.time.sleep", beat)
    carry_out_run(run.pk, now=now)

    run.refresh_from_db()
    assert (run.state, run.attempt) == (RunState.SOLVING, 1)


def test_a_worker_that_lost_its_run_writes_nothing(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    taken_over: list[int] = []

    def clock() -> Any:
        if not taken_over and AwardRun.objects.get(pk=run.pk).round_file:
            taken_over.append(AwardRun.objects.filter(pk=run.pk).update(attempt=7))
        return now()

    carry_out_run(run.pk, now=clock)

    run.refresh_from_db()
    assert taken_over == [1]
    assert (run.state, run.attempt, run.landed_cost) == (RunState.SOLVING, 7, None)
    assert not AwardLine.objects.filter(run=run).exists()


def test_a_silent_run_is_queued_again_and_a_living_one_is_not() -> None:
    silent = AwardRunFactory(solving=True)
    living = AwardRunFactory(solving=True, heartbeat_at=AFTER_BIDS + timedelta(seconds=20))

    recovered = recover_stalled_runs(at=AFTER_BIDS + timedelta(seconds=31))

    silent.refresh_from_db()
    living.refresh_from_db()
    assert recovered == [silent]
    assert (silent.state, living.state) == (RunState.QUEUED, RunState.SOLVING)


def test_a_run_that_outlived_too_many_workers_fails(platform: Organisation, operator: User) -> None:
    run = AwardRunFactory(solving=True, attempt=4, round__operator=platform, requested_by=operator)

    recover_stalled_runs(at=AFTER_BIDS + timedelta(minutes=1))

    run.refresh_from_db()
    run.round.refresh_from_db()
    assert (run.state, run.failure_facts, run.round.state) == (
        RunState.FAILED,
        {"count": 4},
        RoundState.OPENED,
    )


def test_a_cancelled_round_stays_cancelled_when_its_run_ends(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    Round.objects.filter(pk=round_.pk).update(state=RoundState.CANCELLED, cancel_reason="no longer wanted")

    carry_out_run(run.pk, now=now)

    round_.refresh_from_db()
    assert round_.state == RoundState.CANCELLED


def test_two_different_people_approve(run: AwardRun, operator: User, second_operator: User) -> None:
    approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)
    run.round.refresh_from_db()
    after_one = (run.round.state, AwardRun.objects.get(pk=run.pk).approved_at)
    approve_award(run, reason="同意", actor=second_operator, at=AFTER_BIDS)
    run.round.refresh_from_db()

    assert after_one == (RoundState.AWARDING, None)
    assert run.round.state == RoundState.AWARDED
    assert AwardRun.objects.get(pk=run.pk).approved_at == AFTER_BIDS
    assert run.round.standstill_until == AFTER_BIDS + timedelta(days=3)


def test_who_became_an_operator_after_the_request_does_not_approve(
    run: AwardRun, platform: Organisation
) -> None:
    late = person(Role.OPERATOR, platform, "ghost")
    late.memberships.update(created_at=run.requested_at + timedelta(seconds=1))

    with pytest.raises(NotAllowed) as refused:
        approve_award(run, reason="cheapest and fair", actor=late, at=AFTER_BIDS)

    assert refused.value.code == "operator_too_new"


def test_the_same_person_cannot_approve_twice(run: AwardRun, operator: User) -> None:
    approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)

    with pytest.raises(Invalid) as refused:
        approve_award(run, reason="and once more", actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "approved_already"


@pytest.mark.parametrize("reason", ["", "   ", "k  "])
def test_approval_needs_a_reason(run: AwardRun, operator: User, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        approve_award(run, reason=reason, actor=operator, at=AFTER_BIDS)

    assert refused.value.code == "reason_missing"


def test_approval_is_for_the_operators_people(run: AwardRun, member: User, auditor: User) -> None:
    for stranger in (member, auditor):
        with pytest.raises(NotAllowed):
            approve_award(run, reason="cheapest and fair", actor=stranger, at=AFTER_BIDS)


def test_a_run_without_award_cannot_be_approved(platform: Organisation, operator: User) -> None:
    run = AwardRunFactory(round__operator=platform)

    with pytest.raises(WrongState):
        approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)


def test_an_award_set_aside_makes_room_for_another(run: AwardRun, operator: User, solve: Solve) -> None:
    set_award_aside(run, reason="a capacity was misread", actor=operator, at=AFTER_BIDS)
    run.round.refresh_from_db()
    again = solve(run.round)

    with pytest.raises(WrongState):
        approve_award(run, reason="cheapest and fair", actor=operator, at=AFTER_BIDS)
    assert (again.state, again.award_file) == (RunState.PROVED, run.award_file)


def test_an_approved_award_cannot_be_set_aside(approved: AwardRun, operator: User) -> None:
    with pytest.raises(WrongState):
        set_award_aside(approved, reason="too late for this", actor=operator, at=AFTER_BIDS)


def test_an_award_becomes_final_after_the_standstill(approved: AwardRun, operator: User) -> None:
    with pytest.raises(Invalid) as refused:
        finalise_award(approved, actor=operator, at=AFTER_BIDS + timedelta(days=2))
    finalise_award(approved, actor=operator, at=LATER)

    approved.round.refresh_from_db()
    assert refused.value.code == "standstill"
    assert (approved.round.state, approved.round.final_at) == (RoundState.FINAL, LATER)


def test_an_award_that_was_not_approved_does_not_become_final(run: AwardRun, operator: User) -> None:
    with pytest.raises((WrongState, Conflict)):
        finalise_award(run, actor=operator, at=LATER)


def test_every_step_is_in_the_record_without_a_bid_in_it(approved: AwardRun) -> None:
    records = Record.objects.filter(subject=approved.reference).order_by("number")

    assert [row.action for row in records] == [
        "awards.start_award",
        "awards.carry_out_run",
        "awards.approve_award",
        "awards.approve_award",
    ]
    assert "5800" not in json.dumps([row.facts for row in records])
