"""Approving an award, setting it aside, making it final."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acted_since
from industry_brain.accounts.states import Role
from industry_brain.awards.models import Approval, AwardRun
from industry_brain.awards.operations.lease import lock_run
from industry_brain.awards.permissions import may_lead
from industry_brain.awards.states import WITH_AWARD, RunState
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid, NotAllowed, WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round
from industry_brain.rounds.operations import mark_awarded, mark_final, mark_opened_again
from industry_brain.rounds.states import RoundState

NEEDED = 2
LEAST_REASON = 2  # two characters are a whole reason in Chinese


@transaction.atomic
def approve_award(run: AwardRun, *, reason: str, actor: User, at: datetime) -> Approval:
    """Agree to an award; with the second person's agreement the round is awarded.

    Members and suppliers see their results from then on, and the standstill begins.
    """
    require(may_lead, actor, run)
    round_, fresh = decidable(run)
    _require_reason(reason)
    if not acted_since(actor, round_.operator_id, Role.OPERATOR, fresh.requested_at):
        raise NotAllowed(
            _(
                "You became an operator after {run} was requested; "
                "somebody who was one before has to approve."
            ),
            code="operator_too_new",
            run=fresh,
        )
    if not fresh.is_shared:
        raise WrongState(
            _("The bill of {run} is not shared yet, so nobody could know what it pays. Share it first."),
            code="not_shared",
            run=fresh,
        )
    if fresh.approvals.filter(person=actor).exists():
        raise Invalid(
            _("You approved {run} already. Two different people have to approve an award."),
            code="approved_already",
            run=fresh,
        )
    approval = Approval.objects.create(run=fresh, person=actor, reason=reason.strip(), approved_at=at)
    count = fresh.approvals.count()
    if count == NEEDED:
        fresh.approved_at = at
        fresh.save(update_fields=["approved_at"])
        mark_awarded(round_, actor=actor, at=at)
    record("awards.approve_award", fresh, actor=actor, at=at, reason=reason.strip(), approvals=count)
    return approval


@transaction.atomic
def set_award_aside(run: AwardRun, *, reason: str, actor: User, at: datetime) -> AwardRun:
    """Do without an award that was not approved; the round goes back to its opened bids."""
    require(may_lead, actor, run)
    round_, fresh = decidable(run)
    _require_reason(reason)
    fresh.set_aside_at, fresh.set_aside_reason = at, reason.strip()
    fresh.save(update_fields=["set_aside_at", "set_aside_reason"])
    mark_opened_again(round_, actor=actor, at=at)
    record("awards.set_award_aside", fresh, actor=actor, at=at, reason=reason.strip())
    return fresh


@transaction.atomic
def finalise_award(run: AwardRun, *, actor: User, at: datetime) -> AwardRun:
    """Make an approved award final once the standstill has passed."""
    require(may_lead, actor, run)
    round_, fresh = lock(run.round), lock_run(run)
    if fresh.approved_at is None:
        raise WrongState(
            _("{run} is not approved by two people yet; only an approved award becomes final."),
            code="not_approved",
            run=fresh,
        )
    mark_final(round_, actor=actor, at=at)
    record("awards.finalise_award", fresh, actor=actor, at=at)
    return fresh


def decidable(run: AwardRun) -> tuple[Round, AwardRun]:
    """Lock round and run, and refuse unless there is a checked award to decide about."""
    round_, fresh = lock(run.round), lock_run(run)
    if fresh.state not in WITH_AWARD or fresh.set_aside_at is not None:
        raise WrongState(
            _("{run} holds no award that could be decided about ({state})."),
            code="no_award_to_decide",
            run=fresh,
            state=RunState(fresh.state).label if fresh.set_aside_at is None else _("set aside"),
        )
    if round_.state != RoundState.AWARDING:
        raise WrongState(
            _("{round} is at “{state}”; an award is decided while the round is being awarded."),
            code="wrong_state",
            round=round_,
            state=RoundState(round_.state).label,
        )
    return round_, fresh


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(
            _("Give a reason of at least {least} characters; it stands in the minutes."),
            code="reason_missing",
            least=LEAST_REASON,
        )
    if len(reason.strip()) > 500:
        raise Invalid(_("Keep the reason below 500 characters."), code="reason_too_long")
