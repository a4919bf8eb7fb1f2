"""What must hold before a round changes; each refuses with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Conflict, Invalid, WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.rounds.models import Round
from industry_brain.rounds.operations.bounds import LEAST_REASON, LONGEST_REASON, check_text
from industry_brain.rounds.states import RoundState


def in_states(round_: Round, *states: RoundState) -> Round:
    """Lock the round and refuse unless it stands at one of the states."""
    fresh = lock(round_)
    if fresh.state != round_.state:
        raise Conflict(
            _("{thing} was changed by somebody else just now. Look at it again before you go on."),
            code="conflict",
            thing=round_,
        )
    if fresh.state not in states:
        raise WrongState(
            _("{round} is at “{state}”; this is possible only at: {states}."),
            code="wrong_state",
            round=fresh,
            state=RoundState(fresh.state).label,
            states=", ".join(str(state.label) for state in states),
        )
    return fresh


def take(round_: Round, *states: RoundState) -> None:
    """Lock the round as :func:`in_states` does and bring the caller's row up to date.

    Deadlines move while the state stays; whoever judges by one must judge by the latest.
    """
    fresh = in_states(round_, *states)
    for field in Round._meta.concrete_fields:
        setattr(round_, field.attname, getattr(fresh, field.attname))


def check_names(facts: dict[str, Any], allowed: Sequence[str]) -> None:
    """Guard against a misspelt fact; a mistake of a programmer, not of a user."""
    unknown = sorted(set(facts) - set(allowed))
    if unknown:
        raise TypeError(f"no such facts of a round: {', '.join(unknown)}")


def check_calendar(demands: datetime, bids: datetime, call_off_from: date, call_off_until: date) -> None:
    """Refuse a calendar in which something ends before it begins."""
    if bids <= demands:
        raise Invalid(
            _("Bids must close after demands: {bids:%Y-%m-%d %H:%M} is not after {demands:%Y-%m-%d %H:%M}."),
            code="calendar_order",
            bids=localtime(bids),
            demands=localtime(demands),
        )
    if call_off_until < call_off_from:
        raise Invalid(_("The call-off window ends before it starts."), code="call_off_order")


def check_deadline_may_move(before: datetime, after: datetime, at: datetime) -> None:
    """Refuse to move a deadline that has passed, or one into the past."""
    if before == after:
        return
    if before <= at or after <= at:
        raise Invalid(
            _(
                "A deadline that has passed cannot be moved, nor one moved into the past "
                "({before:%Y-%m-%d %H:%M})."
            ),
            code="deadline_fixed",
            before=localtime(before),
        )


def require_reason(reason: str) -> None:
    """Refuse without a reason that others can read."""
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(
            _("Give a reason of at least {least} characters; everybody concerned will read it."),
            code="reason_missing",
            least=LEAST_REASON,
        )
    check_text(_("Reason"), reason, longest=LONGEST_REASON)
