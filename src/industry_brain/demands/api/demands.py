"""Single demands: list, enter, submit, change, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema, Status

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import user_of
from industry_brain.catalogue.queries import get_material
from industry_brain.demands import operations, queries
from industry_brain.demands.api.parts import Key, handled_once
from industry_brain.demands.models import Demand
from industry_brain.firms.queries import get_firm, get_place
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.money import e4_from_price, price_from_e4
from industry_brain.kernel.quantity import grams_from_tonnes, tonnes_from_grams
from industry_brain.rounds.queries import get_round, get_window

router = Router(tags=["demands"])


class DemandOut(Schema):
    """A demand: so many tonnes of a material for a place in a window."""

    reference: str
    round: str
    member: str
    material: str
    place: str
    window: str
    quantity: Decimal
    reserve_price: Decimal | None
    last_price: Decimal | None
    substitutes: list[str]
    excluded_suppliers: list[str]
    written_as: str
    state: str
    submitted_at: datetime | None


class DemandIn(Schema):
    """A demand to be entered; everything is named by code or reference."""

    round: str
    member: str = ""
    material: str
    place: str = ""
    window: str
    quantity: Decimal
    reserve_price: Decimal | None = None
    last_price: Decimal | None = None
    substitutes: list[str] = Field([], max_length=50)
    excluded_suppliers: list[str] = Field([], max_length=50)


class DemandChangeIn(Schema):
    """What changes in a demand; what is left out stays."""

    material: str | None = None
    place: str | None = None
    window: str | None = None
    quantity: Decimal | None = None
    reserve_price: Decimal | None = None
    last_price: Decimal | None = None
    substitutes: list[str] | None = Field(None, max_length=50)
    excluded_suppliers: list[str] | None = Field(None, max_length=50)


class ShownIn(Schema):
    """Which demands are asked for."""

    round: str = ""
    state: str = ""
    limit: int = Field(200, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=1_000_000_000)


class RoundIn(Schema):
    """A round, and the member for whom, where the caller acts for several."""

    round: str
    member: str = ""


@router.get("/", response=list[DemandOut])
def list_demands(request: HttpRequest, shown: Query[ShownIn]) -> list[dict[str, Any]]:
    """Give the demands you may see: your own firm's, or all of your rounds for operators."""
    demands = queries.demands_seen_by(user_of(request))
    if shown.round:
        demands = demands.filter(round__reference=shown.round)
    if shown.state:
        demands = demands.filter(state=shown.state)
    demands = demands.prefetch_related("substitutes", "excluded_suppliers")
    return [_demand(demand) for demand in demands[shown.offset : shown.offset + shown.limit]]


@router.post("/", response={201: DemandOut})
def enter_demand(request: HttpRequest, body: DemandIn, key: str | None = Key) -> Status[dict[str, Any]]:
    """Draft a demand."""
    user = user_of(request)
    round_ = get_round(body.round, seen_by=user)
    member = queries.member_of(user, body.member)

    def carry_out() -> dict[str, str]:
        demand = operations.enter_demand(
            round_,
            member,
            material=get_material(body.material),
            place=get_place(body.place) if body.place else member.place,
            window=get_window(round_, body.window),
            quantity=_grams(body.quantity),
            reserve_price=_e4(body.reserve_price),
            last_price=_e4(body.last_price),
            substitutes=[get_material(code) for code in body.substitutes],
            excluded_suppliers=[get_firm(firm, seen_by=user) for firm in body.excluded_suppliers],
            actor=user,
            at=timezone.now(),
        )
        return {"reference": demand.reference}

    answer = handled_once(user, key, body.dict(), carry_out)
    return Status(201, _demand(queries.get_demand(answer["reference"], seen_by=user)))


@router.post("/submit", response=list[DemandOut])
def submit_demands(request: HttpRequest, body: RoundIn) -> list[dict[str, Any]]:
    """Hand in all drafts of a member in a round."""
    user = user_of(request)
    round_ = get_round(body.round, seen_by=user)
    member = queries.member_of(user, body.member)
    submitted = operations.submit_demands(round_, member, actor=user, at=timezone.now())
    pks = [demand.pk for demand in submitted]
    demands = queries.demands_seen_by(user).filter(pk__in=pks)
    return [_demand(demand) for demand in demands.prefetch_related("substitutes", "excluded_suppliers")]


@router.get("/{reference}", response=DemandOut)
def show_demand(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give one demand."""
    return _demand(queries.get_demand(reference, seen_by=user_of(request)))


@router.patch("/{reference}", response=DemandOut)
def change_demand(request: HttpRequest, reference: str, body: DemandChangeIn) -> dict[str, Any]:
    """Change a demand before demands close; it becomes a draft again."""
    user = user_of(request)
    demand = queries.get_demand(reference, seen_by=user)
    facts = _changes(body.dict(exclude_unset=True), demand, user)
    return _demand(operations.change_demand(demand, **facts, actor=user, at=timezone.now()))


@router.post("/{reference}/withdraw", response=DemandOut)
def withdraw_demand(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Take a demand back before demands close."""
    user = user_of(request)
    demand = queries.get_demand(reference, seen_by=user)
    return _demand(operations.withdraw_demand(demand, actor=user, at=timezone.now()))


def _changes(facts: dict[str, Any], demand: Demand, user: User) -> dict[str, Any]:
    read: dict[str, Callable[[Any], Any]] = {
        "material": get_material,
        "place": get_place,
        "window": lambda code: get_window(demand.round, code),
        "quantity": _grams,
        "reserve_price": _e4,
        "last_price": _e4,
        "substitutes": lambda codes: [get_material(code) for code in codes],
        "excluded_suppliers": lambda firms: [get_firm(firm, seen_by=user) for firm in firms],
    }
    may_be_emptied = ("reserve_price", "last_price")
    return {
        name: read[name](value)
        for name, value in facts.items()
        if value is not None or name in may_be_emptied
    }


def _grams(tonnes: Decimal) -> int:
    try:
        return grams_from_tonnes(tonnes)
    except (ValueError, ArithmeticError) as error:
        raise Invalid(
            _("A quantity is a number of tonnes with at most three decimals."), code="quantity_places"
        ) from error


def _e4(price: Decimal | None) -> int | None:
    try:
        return None if price is None else e4_from_price(price)
    except (ValueError, ArithmeticError) as error:
        raise Invalid(
            _("A price is a number of yuan per tonne with at most four decimals."), code="price_places"
        ) from error


def _price(e4: int | None) -> Decimal | None:
    return None if e4 is None else price_from_e4(e4)


def _demand(demand: Demand) -> dict[str, Any]:
    return {
        "reference": demand.reference,
        "round": demand.round.reference,
        "member": demand.member.reference,
        "material": demand.material.code,
        "place": demand.place.code,
        "window": demand.window.code,
        "quantity": tonnes_from_grams(demand.quantity),
        "reserve_price": _price(demand.reserve_price),
        "last_price": _price(demand.last_price),
        "substitutes": [material.code for material in demand.substitutes.all()],
        "excluded_suppliers": [firm.reference for firm in demand.excluded_suppliers.all()],
        "written_as": demand.written_as,
        "state": demand.state,
        "submitted_at": demand.submitted_at,
    }
