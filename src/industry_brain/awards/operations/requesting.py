"""Asking for an award, and asking to stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.awards.models import AwardRun
from industry_brain.awards.operations.lease import light, lock_run
from industry_brain.awards.operations.running import STALE
from industry_brain.awards.permissions import may_lead
from industry_brain.awards.states import RUN_LIFECYCLE, WITH_AWARD, RunState
from industry_brain.kernel.access import require
from industry_brain.kernel.background import enqueue_on_commit
from industry_brain.kernel.errors import Invalid, WrongState
from industry_brain.kernel.lifecycle import lock, move
from industry_brain.kernel.numbering import next_reference, of_year
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round
from industry_brain.rounds.operations import mark_awarding, mark_opened_again
from industry_brain.rounds.permissions import may_run
from industry_brain.rounds.states import RoundState

LEAST_SECONDS, MOST_SECONDS = 1, 3600
USUAL_SECONDS = 300


@transaction.atomic
def start_award(round_: Round, *, limit_seconds: int = USUAL_SECONDS, actor: User, at: datetime) -> AwardRun:
    """Begin to work out the award of an opened round; a worker carries it out."""
    require(may_run, actor, round_)
    if not LEAST_SECONDS <= limit_seconds <= MOST_SECONDS:
        raise Invalid(
            _("A search takes {least} to {most} seconds; {wanted} is outside that."),
            code="limit_seconds",
            least=LEAST_SECONDS,
            most=MOST_SECONDS,
            wanted=limit_seconds,
        )
    fresh = lock(round_)
    _refuse_second(fresh)
    mark_awarding(fresh, actor=actor, at=at)
    run = AwardRun.objects.create(
        reference=next_reference(of_year("A", at)),
        round=fresh,
        limit_seconds=limit_seconds,
        requested_by=actor,
        requested_at=at,
        heartbeat_at=at,
    )
    enqueue_on_commit("awards.solve", run_id=run.pk)
    record("awards.start_award", run, actor=actor, at=at, round=fresh.reference, seconds=limit_seconds)
    return run


def _refuse_second(round_: Round) -> None:
    if round_.state != RoundState.AWARDING:
        return
    run = light().filter(round=round_, set_aside_at=None).order_by("-requested_at", "-pk").first()
    if run is None:
        return
    if run.state in WITH_AWARD:
        raise WrongState(
            _("{round} has the award {run} already. Set it aside before you work out another."),
            code="has_award",
            round=round_,
            run=run,
        )
    raise WrongState(
        _("The award {run} of {round} is being worked out. Wait for it or stop it."),
        code="in_progress",
        round=round_,
        run=run,
    )


@transaction.atomic
def stop_award(run: AwardRun, *, actor: User, at: datetime) -> AwardRun:
    """Ask a computation to stop; the best award found so far is kept, checked and shared.

    A run that no worker has begun, or whose worker died, ends at once without an award.
    """
    require(may_lead, actor, run)
    round_ = lock(run.round)
    fresh = lock_run(run)
    silent = fresh.heartbeat_at is None or fresh.heartbeat_at < at - STALE
    if fresh.state == RunState.QUEUED or (fresh.state == RunState.SOLVING and silent):
        move(fresh, RUN_LIFECYCLE, to=RunState.STOPPED, stop_requested_at=at, finished_at=at)
        if round_.state == RoundState.AWARDING:
            mark_opened_again(round_, actor=actor, at=at)
    elif fresh.state == RunState.SOLVING:
        fresh.stop_requested_at = at
        fresh.save(update_fields=["stop_requested_at"])
    else:
        raise WrongState(
            _("{run} has ended already ({state}); there is nothing to stop."),
            code="ended",
            run=fresh,
            state=RunState(fresh.state).label,
        )
    record("awards.stop_award", fresh, actor=actor, at=at)
    return fresh
