"""Carrying a computation out in a worker, and taking over from workers that died.

A run belongs to the worker whose ``attempt`` it carries: every write names that number, so
a worker that was thought dead, and comes back, changes nothing.  The database hears from the
worker twice a second; silence of ``STALE`` means that it died.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_noop as _

from brain_engines.awards.io import BadRoundFile, write_round
from brain_engines.awards.problem import AwardStatus, Conflict, Relaxation
from brain_engines.awards.problem import Round as RoundFile
from industry_brain.awards.engine import Computation, Found, Outcome, StoppedEarly, read_results, state_round
from industry_brain.awards.models import (
    Allocation,
    AwardedCharge,
    AwardedPackage,
    AwardLine,
    AwardRun,
    ListPrice,
    ProgressPoint,
    Share,
)
from industry_brain.awards.states import RunPhase, RunState
from industry_brain.bids.queries import opened_bids
from industry_brain.kernel.background import enqueue_on_commit
from industry_brain.kernel.errors import DomainError
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.money import fen_from_yuan
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round
from industry_brain.rounds.operations import mark_opened_again
from industry_brain.rounds.states import RoundState

BEAT_SECONDS = 0.5
LISTEN_SECONDS = 6.0
STALE = timedelta(seconds=30)
FORGOTTEN = timedelta(minutes=2)
MOST_ATTEMPTS = 4

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)

FAILED_OTHERWISE = _(
    "The computation broke off through a fault of ours ({kind}). The bids are untouched; try again, "
    "and tell whoever runs the platform if it happens again."
)
FAILED_BAD_ROUND = _("The round cannot be awarded as it stands: {problems}")
FAILED_TOO_OFTEN = _(
    "The worker died {count} times while working on this award. Give it more memory or try a shorter search."
)
STOPPED_EMPTY = _("The search was stopped before it had found any award. Give it more time.")


class LostLease(Exception):
    """Another worker carries this run now, or somebody ended it."""


def carry_out_run(run_id: int, *, now: Clock) -> None:
    """Work an award out, check it, and keep it; does nothing if the run is in other hands."""
    run = _take(run_id, now)
    if run is None:
        return
    try:
        opened = opened_bids(run.round, seen_by=run.requested_by)
        stated = state_round(run.round, opened)
        text = write_round(stated)
        AwardRun.objects.filter(pk=run.pk, attempt=run.attempt).update(round_file=text)
        computation = Computation(stated, run.limit_seconds)
        _watch(run, computation, now)
        _conclude(run, stated, computation, now)
    except LostLease:
        logger.warning("%s is carried out by another worker", run)
    except BadRoundFile as bad:
        problems = " ".join(str(problem) for problem in bad.errors[:5])
        _fail(run, RunState.FAILED, FAILED_BAD_ROUND, now(), problems=problems)
    except DomainError as refusal:
        with translation.override(None):  # the untranslated sentence, to be said in each reader's language
            sentence = str(refusal.message)
        facts = {key: str(fact) for key, fact in refusal.facts.items()}
        _fail(run, RunState.FAILED, sentence, now(), **facts)
    except Exception as error:
        logger.exception("%s broke off", run)
        _fail(run, RunState.FAILED, FAILED_OTHERWISE, now(), kind=type(error).__name__)


def _take(run_id: int, now: Clock) -> AwardRun | None:
    """Become the worker of a waiting run, or of one whose worker fell silent."""
    run = AwardRun.objects.select_related("round", "requested_by").get(pk=run_id)
    if run.state == RunState.SOLVING and not _is_silent(run):
        return None
    taken = AwardRun.objects.filter(
        pk=run_id, attempt=run.attempt, state__in=[RunState.QUEUED, RunState.SOLVING]
    ).update(
        state=RunState.SOLVING,
        phase=RunPhase.READING,
        attempt=F("attempt") + 1,
        started_at=now(),
        heartbeat_at=now(),
        best_cost=None,
        bound=None,
        gap_ppb=None,
    )
    if not taken:
        return None
    ProgressPoint.objects.filter(run=run_id).delete()
    run.attempt += 1
    run.state = RunState.SOLVING
    return run


def _is_silent(run: AwardRun) -> bool:
    """Listen for the heart of a run's worker; a task may come back while its first worker lives."""
    beat = run.heartbeat_at
    for _beat in range(int(LISTEN_SECONDS / BEAT_SECONDS)):
        time.sleep(BEAT_SECONDS)
        heard = AwardRun.objects.filter(pk=run.pk).values_list("heartbeat_at", "attempt").get()
        if heard != (beat, run.attempt):
            return False
    return True


def _watch(run: AwardRun, computation: Computation, now: Clock) -> None:
    """Start the computation and tell the database how far it is until it ends."""
    computation.start()
    honoured = last = None
    while not computation.look(BEAT_SECONDS):
        snapshot = computation.snapshot
        _beat(run, computation, now())
        if (snapshot.best, snapshot.bound) != last:
            last = (snapshot.best, snapshot.bound)
            ProgressPoint.objects.create(
                run=run,
                milliseconds=snapshot.milliseconds,
                best_cost=None if snapshot.best is None else fen_from_yuan(snapshot.best),
                bound=None if snapshot.bound is None else fen_from_yuan(snapshot.bound),
            )
        asked, state = (
            AwardRun.objects.filter(pk=run.pk).values_list("stop_requested_at", "round__state").get()
        )
        if asked != honoured or state == RoundState.CANCELLED:
            honoured = asked
            computation.stop.set()


def _beat(run: AwardRun, computation: Computation, at: datetime) -> None:
    snapshot = computation.snapshot
    facts: dict[str, Any] = {"heartbeat_at": at, "phase": snapshot.phase}
    if snapshot.bound is not None:
        facts["bound"] = fen_from_yuan(snapshot.bound)
    if snapshot.best is not None:
        facts["best_cost"] = fen_from_yuan(snapshot.best)
    if snapshot.gap is not None:
        facts["gap_ppb"] = int(snapshot.gap * 10**9)
    try:
        _write(run, **facts)
    except LostLease:
        computation.stop.set()
        raise


def _write(run: AwardRun, **facts: Any) -> None:
    """Write columns of a run that is still this worker's."""
    mine = AwardRun.objects.filter(pk=run.pk, attempt=run.attempt, state=RunState.SOLVING)
    if not mine.update(**facts):
        raise LostLease


def _conclude(run: AwardRun, stated: RoundFile, computation: Computation, now: Clock) -> None:
    if isinstance(computation.failure, StoppedEarly):
        _fail(run, RunState.STOPPED, STOPPED_EMPTY, now())
    elif computation.failure is not None:
        _fail(run, RunState.FAILED, FAILED_OTHERWISE, now(), kind=type(computation.failure).__name__)
    elif computation.outcome is not None:
        _keep(run, read_results(run, stated, computation.outcome), computation.outcome, now())


STATES = {
    AwardStatus.OPTIMAL: RunState.PROVED,
    AwardStatus.FEASIBLE: RunState.WITHIN_GAP,
    AwardStatus.INFEASIBLE: RunState.INFEASIBLE,
}


@transaction.atomic
def _keep(run: AwardRun, found: Found, outcome: Outcome, at: datetime) -> None:
    """Keep what was found and checked, all of it or nothing."""
    round_ = lock(run.round)
    state = STATES[outcome.award.status]
    terms: list[Conflict | Relaxation] = [*outcome.award.conflicts, *outcome.award.relaxations]
    conflicts = [
        {
            "kind": type(term).__name__.lower(),
            "place": term.place,
            "code": term.code,
            "message": term.message,
            "facts": dict(term.facts),
        }
        for term in terms
    ]
    _write(
        run,
        state=state,
        phase=RunPhase.DONE,
        finished_at=at,
        checked_at=at,
        conflicts=conflicts,
        **found.columns,
    )
    AwardLine.objects.bulk_create(found.lines)
    AwardedPackage.objects.bulk_create(found.packages)
    AwardedCharge.objects.bulk_create(found.charges)
    Allocation.objects.bulk_create(found.allocations)
    ListPrice.objects.bulk_create(found.price_list)
    Share.objects.bulk_create(found.shares)
    if state == RunState.INFEASIBLE:
        _give_back(round_, run, at)
    record(
        "awards.carry_out_run",
        run,
        actor=run.requested_by,
        at=at,
        state=str(state.value),
        round_sha256=outcome.award.round_sha256,
        award_sha256=_digest(outcome.award_file),
        proof_sha256=_digest(outcome.proof_file),
        shares_sha256=_digest(outcome.shares_file),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


@transaction.atomic
def _fail(run: AwardRun, state: RunState, sentence: str, at: datetime, **facts: object) -> None:
    """Keep why there is no award, and give the round back, unless the run is in other hands."""
    round_ = lock(run.round)
    try:
        _write(run, state=state, phase=RunPhase.DONE, finished_at=at, failure=sentence, failure_facts=facts)
    except LostLease:
        return
    _give_back(round_, run, at)
    record("awards.fail_run", run, actor=run.requested_by, at=at, state=str(state.value))


def _give_back(round_: Round, run: AwardRun, at: datetime) -> None:
    """Let the round go back to its opened bids; a cancelled one stays cancelled."""
    if round_.state == RoundState.AWARDING:
        mark_opened_again(round_, actor=run.requested_by, at=at)


def recover_stalled_runs(*, at: datetime) -> list[AwardRun]:
    """Queue again the runs whose worker fell silent, and those whose turn never came.

    A run that outlived ``MOST_ATTEMPTS`` workers fails, because it may be what kills them.
    """
    stalled = AwardRun.objects.filter(state=RunState.SOLVING, heartbeat_at__lt=at - STALE)
    forgotten = AwardRun.objects.filter(state=RunState.QUEUED, heartbeat_at__lt=at - FORGOTTEN)
    recovered = []
    for run in (stalled | forgotten).select_related("round", "requested_by"):
        if run.state == RunState.SOLVING and run.attempt >= MOST_ATTEMPTS:
            _fail(run, RunState.FAILED, FAILED_TOO_OFTEN, at, count=run.attempt)
        elif _queue_again(run, at):
            recovered.append(run)
    return recovered


@transaction.atomic
def _queue_again(run: AwardRun, at: datetime) -> bool:
    mine = AwardRun.objects.filter(
        pk=run.pk, attempt=run.attempt, state=run.state, heartbeat_at=run.heartbeat_at
    )
    # A silent worker that wakes up finds the run queued, or under another number, and leaves it alone.
    if not mine.update(state=RunState.QUEUED, heartbeat_at=at):
        return False
    enqueue_on_commit("awards.solve", run_id=run.pk)
    record("awards.recover_run", run, actor=run.requested_by, at=at, attempt=run.attempt)
    return True
