"""Carrying out: what is read, what is kept at once, and who takes over."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from industry_brain.accounts.models import User
from industry_brain.awards.jobs import solve as solve_job
from industry_brain.awards.models import AwardRun, Share
from industry_brain.awards.operations import carry_out_run, recover_stalled_runs, running, start_award
from industry_brain.awards.states import RUN_LIFECYCLE, BoundSource, RunState
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.awards.conftest import now
from tests.platform.factories.awards import AwardRunFactory
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db


def test_a_run_whose_requester_may_no_longer_read_the_bids_fails_instead_of_buying_nothing(
    round_: Round, operator: User
) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    operator.memberships.all().delete()

    carry_out_run(run.pk, now=now)

    run.refresh_from_db()
    round_.refresh_from_db()
    assert (run.state, round_.state) == (RunState.FAILED, RoundState.OPENED)
    assert (run.failure_facts["found"], run.failure_facts["wanted"]) == ("0", "2")


def test_a_moment_without_database_does_not_end_a_run(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    away: list[str] = []

    def clock() -> datetime:
        working = any(thread.name.startswith("award ") for thread in threading.enumerate())
        if working and len(away) < 2:
            away.append("away")
            raise OperationalError("database is locked")
        return now()

    carry_out_run(run.pk, now=clock)

    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.PROVED, "")


def test_no_computation_outlives_the_worker_that_lost_its_run(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)

    def clock() -> datetime:
        AwardRun.objects.filter(pk=run.pk).exclude(round_file="").update(attempt=7)
        return now()

    carry_out_run(run.pk, now=clock)

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("award ")]


def test_who_takes_over_goes_on_from_the_award_that_was_checked(run: AwardRun) -> None:
    run.shares.all().delete()
    for rows in (run.lines, run.allocations, run.price_list, run.packages, run.charges):
        rows.all().delete()
    AwardRun.objects.filter(pk=run.pk).update(
        state=RunState.QUEUED, sharing_rule="", shares_file="", statistics={"nodes": 77}
    )

    carry_out_run(run.pk, now=now)

    again = AwardRun.objects.get(pk=run.pk)
    assert (again.state, again.award_file, again.statistics) == (
        RunState.PROVED,
        run.award_file,
        {"nodes": 77},
    )
    assert again.is_shared
    assert not again.points.exists()


def test_a_checked_award_survives_workers_that_die_while_sharing(run: AwardRun) -> None:
    run.shares.all().delete()
    for rows in (run.lines, run.allocations, run.price_list):
        rows.all().delete()
    AwardRun.objects.filter(pk=run.pk).update(
        state=RunState.SOLVING, attempt=4, heartbeat_at=AFTER_BIDS, landed_cost=None
    )

    recover_stalled_runs(at=AFTER_BIDS + timedelta(minutes=1))

    kept = AwardRun.objects.get(pk=run.pk)
    assert (kept.state, kept.landed_cost, kept.is_shared) == (RunState.PROVED, run.landed_cost, False)
    assert kept.unshared_facts == {"count": "4"}
    assert kept.lines.exists()
    assert not Share.objects.filter(run=run).exists()


def test_an_award_tells_who_vouches_for_its_bound(run: AwardRun) -> None:
    assert (run.bound_source, run.is_bound_proved) == (BoundSource.CERTIFICATE, True)


@pytest.mark.parametrize("state", list(RunState))
def test_taking_and_queueing_again_keep_to_the_life_of_runs(state: RunState, round_: Round) -> None:
    run = AwardRunFactory(
        round=round_, state=state, checked_at=AFTER_BIDS, landed_cost=1, evaluated_cost=1, attempt=1
    )
    taken = running._take(run.pk, now)
    assert (taken is not None) == (state in {RunState.QUEUED, RunState.SOLVING})
    AwardRun.objects.filter(pk=run.pk).update(state=state, heartbeat_at=AFTER_BIDS)

    recovered = recover_stalled_runs(at=AFTER_BIDS + timedelta(minutes=5))

    run.refresh_from_db()
    assert bool(recovered) == (state in {RunState.QUEUED, RunState.SOLVING})
    assert run.state == (RunState.QUEUED if recovered else state)
    assert not recovered or state == RunState.QUEUED or RUN_LIFECYCLE.allows(state, RunState.QUEUED)


def test_a_run_that_waits_behind_a_long_search_is_not_queued_again(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)
    DBTaskResult.objects.create(
        task_path=solve_job.module_path,
        args_kwargs={"args": [], "kwargs": {"run_id": run.pk}},
        run_after=AFTER_BIDS,
        backend_name="default",
    )

    waiting = recover_stalled_runs(at=AFTER_BIDS + timedelta(minutes=5))
    DBTaskResult.objects.all().delete()
    lost = recover_stalled_runs(at=AFTER_BIDS + timedelta(minutes=5))

    assert (waiting, lost) == ([], [run])


def test_the_task_of_a_run_does_not_queue_its_own_run_again(round_: Round, operator: User) -> None:
    run = start_award(round_, actor=operator, at=AFTER_BIDS)

    solve_job.func(run.pk)

    run.refresh_from_db()
    assert (run.state, run.attempt) == (RunState.PROVED, 1)
