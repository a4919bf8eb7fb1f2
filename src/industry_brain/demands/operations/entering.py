"""Entering, changing, submitting and withdrawing single demands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.demands.models import Demand
from industry_brain.demands.operations.checks import check_demand, check_once, require_collecting
from industry_brain.demands.permissions import may_change, may_enter_for
from industry_brain.demands.states import DEMAND_LIFECYCLE, DemandState
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.lifecycle import lock, move
from industry_brain.kernel.numbering import next_reference, of_year
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round, Window

CHANGEABLE = ("material", "place", "window", "quantity", "reserve_price", "last_price", "written_as")


@transaction.atomic
def enter_demand(
    round_: Round,
    member: Firm,
    *,
    material: Material,
    place: Place,
    window: Window,
    quantity: int,
    reserve_price: int | None = None,
    last_price: int | None = None,
    substitutes: Sequence[Material] = (),
    excluded_suppliers: Sequence[Firm] = (),
    written_as: str = "",
    actor: User,
    at: datetime,
) -> Demand:
    """Draft a demand of a member; it counts once it is submitted."""
    require(may_enter_for, actor, member)
    fresh = require_collecting(round_, at)
    demand = Demand(
        round=fresh,
        member=member,
        material=material,
        place=place,
        window=window,
        quantity=quantity,
        reserve_price=reserve_price,
        last_price=last_price,
        written_as=written_as,
        entered_by=actor,
        entered_at=at,
    )
    check_demand(demand, substitutes, excluded_suppliers)
    check_once(demand)
    demand.reference = next_reference(of_year("D", at))
    demand.save(force_insert=True)
    demand.substitutes.set(substitutes)
    demand.excluded_suppliers.set(excluded_suppliers)
    record("demands.enter_demand", demand, actor=actor, at=at, round=fresh.reference)
    return demand


@transaction.atomic
def change_demand(
    demand: Demand,
    *,
    actor: User,
    at: datetime,
    substitutes: Sequence[Material] | None = None,
    excluded_suppliers: Sequence[Firm] | None = None,
    **facts: Any,
) -> Demand:
    """Change a demand before demands close; a submitted one becomes a draft again."""
    require(may_change, actor, demand)
    unknown = sorted(set(facts) - set(CHANGEABLE))
    if unknown:
        raise TypeError(f"no such facts of a demand: {', '.join(unknown)}")
    require_collecting(demand.round, at)
    fresh = lock(demand)
    if fresh.state != DemandState.DRAFT:
        move(fresh, DEMAND_LIFECYCLE, to=DemandState.DRAFT, submitted_at=None)
    for name, value in facts.items():
        setattr(fresh, name, value)
    instead = list(fresh.substitutes.all()) if substitutes is None else list(substitutes)
    without = list(fresh.excluded_suppliers.all()) if excluded_suppliers is None else list(excluded_suppliers)
    check_demand(fresh, instead, without)
    check_once(fresh)
    fresh.save(update_fields=list(facts) or None)
    fresh.substitutes.set(instead)
    fresh.excluded_suppliers.set(without)
    record("demands.change_demand", fresh, actor=actor, at=at, changed=sorted(facts))
    return fresh


@transaction.atomic
def submit_demands(round_: Round, member: Firm, *, actor: User, at: datetime) -> list[Demand]:
    """Hand in all drafts of a member; from now on the pool counts on them."""
    require(may_enter_for, actor, member)
    fresh = require_collecting(round_, at)
    drafts = list(
        Demand.objects.select_for_update(of=("self",)).filter(
            round=fresh, member=member, state=DemandState.DRAFT
        )
    )
    if not drafts:
        raise Invalid(
            _("There is nothing to submit in {round}. Enter a demand first."), code="no_draft", round=fresh
        )
    Demand.objects.filter(pk__in=[d.pk for d in drafts]).update(state=DemandState.SUBMITTED, submitted_at=at)
    for draft in drafts:
        draft.state, draft.submitted_at = DemandState.SUBMITTED, at
    record("demands.submit_demands", fresh, actor=actor, at=at, member=member.reference, count=len(drafts))
    return drafts


@transaction.atomic
def withdraw_demand(demand: Demand, *, actor: User, at: datetime) -> Demand:
    """Take a demand back before demands close; it stays on record."""
    require(may_change, actor, demand)
    require_collecting(demand.round, at)
    move(demand, DEMAND_LIFECYCLE, to=DemandState.WITHDRAWN)
    record("demands.withdraw_demand", demand, actor=actor, at=at)
    return demand
