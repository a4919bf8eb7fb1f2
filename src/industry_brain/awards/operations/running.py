"""Carrying a computation out in a worker, and taking over from workers that died.

The database hears from the worker twice a second; silence of ``STALE`` means that it died.
What was checked is written down at once, so that whoever takes over need not search again.
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

from brain_engines.awards.io import BadRoundFile, read_award, read_round, round_sha256, write_round
from brain_engines.awards.problem import AwardStatus, Conflict, Relaxation
from brain_engines.awards.problem import Round as RoundFile
from brain_engines.awards.solve import BoundSource
from industry_brain.accounts.models import User
from industry_brain.awards.engine import (
    Checked,
    Computation,
    Found,
    Outcome,
    StoppedEarly,
    Unshared,
    read_results,
    state_round,
)
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
from industry_brain.awards.operations.lease import LostLease, light, patiently, require_move, write
from industry_brain.awards.states import RUNNING, RunPhase, RunState
from industry_brain.bids.models import Bid
from industry_brain.bids.queries import opened_bids
from industry_brain.bids.states import BidState
from industry_brain.kernel.background import enqueue_on_commit, is_waiting
from industry_brain.kernel.errors import DomainError, Invalid
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.money import fen_from_yuan
from industry_brain.records.models import Record
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
BIDS_MISSING = _(
    "{person} can read {found} of the {wanted} opened bids, so no award was worked out. "
    "Let somebody who may read all of them start it."
)
SHARES_TOO_OFTEN = _(
    "The worker died {count} times while sharing the bill of this award. Give it more memory and try again."
)
STOPPED_EMPTY = _("The search was stopped before it had found any award. Give it more time.")


def carry_out_run(run_id: int, *, now: Clock) -> None:
    """Work an award out, check it, and keep it; does nothing if the run is in other hands."""
    run = _take(run_id, now)
    if run is None:
        return
    try:
        stated = state_round(run.round, _every_bid(run.round, run.requested_by))
        write(run, round_file=write_round(stated))
        computation = Computation(stated, run.limit_seconds, checked_before(run, stated))
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


def _every_bid(round_: Round, reader: User) -> tuple[dict[str, Any], ...]:
    """Read the opened bids, and refuse if the reader does not get every one that was opened."""
    found = opened_bids(round_, seen_by=reader)
    openings = Record.objects.filter(action="bids.open_bids", subject=round_.reference)
    opening = openings.order_by("-number").first()
    opened = Bid.objects.filter(round=round_, state=BidState.OPENED).count()
    wanted = opened if opening is None else max(opened, len(opening.facts["bids"]))
    if len(found) != wanted:
        raise Invalid(BIDS_MISSING, code="bids_missing", person=reader, found=len(found), wanted=wanted)
    return found


def checked_before(run: AwardRun, stated: RoundFile) -> Checked | None:
    """Read the award of this round as stated that an earlier worker had checked and written down."""
    if not run.award_file or not run.bound_source:
        return None
    award = read_award(run.award_file)
    if award.round_sha256 != round_sha256(stated):
        return None
    source = BoundSource(run.bound_source)
    return Checked(award, run.award_file, run.proof_file, source, dict(run.statistics))


def _take(run_id: int, now: Clock) -> AwardRun | None:
    """Become the worker of a waiting run, or of one whose worker fell silent."""
    run = light().select_related("round", "requested_by").get(pk=run_id)
    if run.state not in RUNNING or (run.state == RunState.SOLVING and not _is_silent(run)):
        return None
    require_move(run.state, RunState.SOLVING)
    taken = AwardRun.objects.filter(pk=run_id, attempt=run.attempt, state=run.state).update(
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
    watch = _Watch(run, computation)
    computation.start()
    try:
        while not computation.look(BEAT_SECONDS):
            patiently(lambda: watch.beat(now()))
    finally:
        if not computation.end():
            logger.error("The computation of %s does not end", run)


class _Watch:
    """Carries news between a computation and its run; every step may be done twice."""

    def __init__(self, run: AwardRun, computation: Computation) -> None:
        self.run, self.computation = run, computation
        self.kept = computation.checked
        self.last: object = None

    def beat(self, at: datetime) -> None:
        """Say how far the computation is, and hear whether it shall go on."""
        snapshot = self.computation.snapshot
        facts: dict[str, Any] = {"heartbeat_at": at, "phase": snapshot.phase}
        if snapshot.bound is not None:
            facts["bound"] = fen_from_yuan(snapshot.bound)
        if snapshot.best is not None:
            facts["best_cost"] = fen_from_yuan(snapshot.best)
        if snapshot.gap is not None:
            facts["gap_ppb"] = int(snapshot.gap * 10**9)
        write(self.run, **facts)
        self._draw()
        self._keep_checked()
        self._listen()

    def _draw(self) -> None:
        snapshot = self.computation.snapshot
        if (snapshot.best, snapshot.bound) == self.last:
            return
        ProgressPoint.objects.create(
            run=self.run,
            milliseconds=snapshot.milliseconds,
            best_cost=None if snapshot.best is None else fen_from_yuan(snapshot.best),
            bound=None if snapshot.bound is None else fen_from_yuan(snapshot.bound),
        )
        self.last = (snapshot.best, snapshot.bound)

    def _keep_checked(self) -> None:
        """Write an award down as soon as the checkers have accepted it."""
        checked = self.computation.accepted
        if checked is None or checked is self.kept:
            return
        write(
            self.run,
            award_file=checked.award_file,
            proof_file=checked.proof_file,
            bound_source=checked.bound_source.value,
            round_sha256=checked.award.round_sha256,
            statistics=dict(checked.statistics),
        )
        self.kept = checked

    def _listen(self) -> None:
        asked, state = (
            AwardRun.objects.filter(pk=self.run.pk).values_list("stop_requested_at", "round__state").get()
        )
        if asked is not None:
            self.computation.stop.set()
        if state == RoundState.CANCELLED:
            self.computation.abandon.set()


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
    write(
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
        award_sha256=digest(outcome.checked.award_file),
        proof_sha256=digest(outcome.checked.proof_file),
        shares_sha256=digest(outcome.shares_file),
    )


def digest(text: str) -> str:
    """Give the SHA-256 of a file, or nothing of no file."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


@transaction.atomic
def _fail(run: AwardRun, state: RunState, sentence: str, at: datetime, **facts: object) -> None:
    """Keep why there is no award, and give the round back, unless the run is in other hands."""
    round_ = lock(run.round)
    try:
        write(run, state=state, phase=RunPhase.DONE, finished_at=at, failure=sentence, failure_facts=facts)
    except LostLease:
        return
    _give_back(round_, run, at)
    record("awards.fail_run", run, actor=run.requested_by, at=at, state=str(state.value))


def _give_back(round_: Round, run: AwardRun, at: datetime) -> None:
    """Let the round go back to its opened bids; a cancelled one stays cancelled."""
    if round_.state == RoundState.AWARDING:
        mark_opened_again(round_, actor=run.requested_by, at=at)


def recover_stalled_runs(*, at: datetime, besides: int | None = None) -> list[AwardRun]:
    """Queue again the runs whose worker fell silent, and those whose task got lost.

    A run that outlived ``MOST_ATTEMPTS`` workers ends, because it may be what kills them: with its
    award if one had been checked.  ``besides`` is the run that the caller is about to carry out.
    """
    stalled = light().filter(state=RunState.SOLVING, heartbeat_at__lt=at - STALE)
    forgotten = light().filter(state=RunState.QUEUED, heartbeat_at__lt=at - FORGOTTEN)
    own = [] if besides is None else [besides]
    recovered = []
    for run in (stalled | forgotten).exclude(pk__in=own).select_related("round", "requested_by"):
        if run.state == RunState.QUEUED and is_waiting("awards.solve", run_id=run.pk):
            continue
        if run.state == RunState.SOLVING and run.attempt >= MOST_ATTEMPTS:
            _give_up(run, at)
        elif _queue_again(run, at):
            recovered.append(run)
    return recovered


def _give_up(run: AwardRun, at: datetime) -> None:
    """End a run that killed its workers; an award that was checked before is kept without shares."""
    stated = read_round(run.round_file) if run.round_file else None
    checked = None if stated is None else checked_before(run, stated)
    if stated is None or checked is None or checked.award.status is AwardStatus.INFEASIBLE:
        _fail(run, RunState.FAILED, FAILED_TOO_OFTEN, at, count=run.attempt)
        return
    outcome = Outcome(checked, unshared=Unshared(SHARES_TOO_OFTEN, {"count": str(run.attempt)}))
    try:
        _keep(run, read_results(run, stated, outcome), outcome, at)
    except LostLease:
        logger.warning("%s came back to life", run)


@transaction.atomic
def _queue_again(run: AwardRun, at: datetime) -> bool:
    if run.state != RunState.QUEUED:
        require_move(run.state, RunState.QUEUED)
    mine = AwardRun.objects.filter(
        pk=run.pk, attempt=run.attempt, state=run.state, heartbeat_at=run.heartbeat_at
    )
    # A silent worker that wakes up finds the run queued, or under another number, and leaves it alone.
    if not mine.update(state=RunState.QUEUED, heartbeat_at=at):
        return False
    enqueue_on_commit("awards.solve", run_id=run.pk)
    record("awards.recover_run", run, actor=run.requested_by, at=at, attempt=run.attempt)
    return True
