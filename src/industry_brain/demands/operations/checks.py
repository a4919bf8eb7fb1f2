"""What must hold of a demand; each refuses with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from industry_brain.catalogue.models import Material
from industry_brain.demands.engine.cells import MOST_TONNES, MOST_YUAN
from industry_brain.demands.models import Demand
from industry_brain.demands.queries import takes_demands
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, Invalid, WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.money import E4_PER_YUAN
from industry_brain.kernel.quantity import GRAMS_PER_KILOGRAM, GRAMS_PER_TONNE
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState


def require_collecting(round_: Round, at: datetime) -> Round:
    """Lock the round and refuse unless it takes demands at this moment."""
    fresh = lock(round_)
    if takes_demands(fresh, at):
        return fresh
    if fresh.state != RoundState.COLLECTING:
        raise WrongState(
            _("{round} is at “{state}”; demands can be entered and changed only while they are collected."),
            code="not_collecting",
            round=fresh,
            state=RoundState(fresh.state).label,
        )
    raise WrongState(
        _("Demands in {round} closed on {deadline:%Y-%m-%d %H:%M}. Ask the operator about late demands."),
        code="demands_closed",
        round=fresh,
        deadline=localtime(fresh.demands_close_at),
    )


def check_demand(demand: Demand, substitutes: Sequence[Material], excluded_suppliers: Sequence[Firm]) -> None:
    """Refuse a demand that cannot be meant."""
    _check_quantity(demand.quantity)
    for price in (demand.reserve_price, demand.last_price):
        if price is not None and not 0 < price <= MOST_YUAN * E4_PER_YUAN:
            raise Invalid(
                _(
                    "A price lies above 0 and at most at {most} yuan per tonne; "
                    "leave it out if there is none."
                ),
                code="price_bounds",
                most=f"{MOST_YUAN:,}",
            )
    if demand.window.round_id != demand.round_id:
        raise Invalid(
            _("{window} is not a delivery window of {round}."),
            code="window_of_another_round",
            window=demand.window,
            round=demand.round,
        )
    for material in (demand.material, *substitutes):
        if material.category_id != demand.round.category_id:
            raise Invalid(
                _("{material} does not belong to the category {category} of this round."),
                code="category_of_another_round",
                material=material.code,
                category=demand.round.category,
            )
    if demand.material in substitutes:
        raise Invalid(_("A material cannot stand in for itself."), code="substitute_same")
    for firm in excluded_suppliers:
        if not firm.is_supplier:
            raise Invalid(_("{firm} is not a supplier."), code="not_a_supplier", firm=firm)


def check_once(demand: Demand) -> None:
    """Refuse a second demand of a member for the same material, place and window."""
    others = Demand.objects.filter(
        round=demand.round,
        member=demand.member,
        material=demand.material,
        place=demand.place,
        window=demand.window,
    )
    other = others.exclude(state="withdrawn").exclude(pk=demand.pk).first()
    if other is not None:
        raise Conflict(
            _("{other} already asks for this material at this place and time. Change its quantity instead."),
            code="demand_exists",
            other=other.reference,
        )


def _check_quantity(grams: int) -> None:
    if not 0 < grams <= MOST_TONNES * GRAMS_PER_TONNE:
        raise Invalid(
            _("A quantity lies above 0 and at most at {most} tonnes."),
            code="quantity_bounds",
            most=f"{MOST_TONNES:,}",
        )
    if grams % GRAMS_PER_KILOGRAM:
        raise Invalid(
            _("A quantity is in whole kilograms (three decimals of a tonne)."), code="quantity_places"
        )
