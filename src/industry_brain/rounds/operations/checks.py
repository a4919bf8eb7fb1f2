"""What must hold before a round changes; each refuses with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Conflict, Invalid, WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.rounds.models import Round, ShareRule
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


def check_rules(rules: dict[str, Any]) -> None:
    """Refuse bounds on winners, rates and weights that cannot be meant."""
    least, most = rules.get("min_suppliers"), rules.get("max_suppliers")
    if least is not None and most is not None and least > most:
        raise Invalid(
            _("At least {least} and at most {most} winners cannot both hold."),
            code="winner_bounds",
            least=least,
            most=most,
        )
    for name in ("max_suppliers", "min_suppliers", "max_suppliers_per_item"):
        if rules.get(name) is not None and rules[name] < 1:
            raise Invalid(
                _("A number of winners is 1 or more; leave it empty for no bound."), code="winner_bounds"
            )
    for name in ("annual_rate_ppm", "quality_weight_ppm"):
        if not 0 <= rules.get(name, 0) <= 1_000_000:
            raise Invalid(_("Rates and weights lie between 0 % and 100 %."), code="rate_bounds")


def check_share_rule(rule: ShareRule) -> None:
    """Refuse a bound on a supplier's share that cannot be meant."""
    bounds = [ppm for ppm in (rule.min_ppm, rule.max_ppm) if ppm is not None]
    if not bounds or any(not 0 <= ppm <= 1_000_000 for ppm in bounds):
        raise Invalid(_("A share lies between 0 % and 100 %."), code="share_bounds")
    if rule.min_ppm is not None and rule.supplier_id is None:
        raise Invalid(_("A minimum share needs a named supplier."), code="share_minimum_unnamed")
    if rule.min_ppm is not None and rule.max_ppm is not None and rule.min_ppm > rule.max_ppm:
        raise Invalid(_("A share's minimum is above its maximum."), code="share_bounds")


def require_reason(reason: str) -> None:
    """Refuse without a reason that others can read."""
    if len(reason.strip()) < 5:
        raise Invalid(
            _("Give a reason of at least five characters; everybody concerned will read it."),
            code="reason_missing",
        )
