"""Rounds through the REST API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema, Status
from ninja.params.functions import Header
from pydantic import AwareDatetime, ConfigDict, StrictInt

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import user_of
from industry_brain.catalogue.queries import get_category
from industry_brain.firms.queries import get_firm
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.idempotency import once
from industry_brain.kernel.money import e4_from_price, price_from_e4
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds import operations, queries
from industry_brain.rounds.models import Index, Item, Round, ShareRule, Window
from industry_brain.rounds.operations.bounds import LARGEST_E4, check_price
from industry_brain.rounds.permissions import may_oversee, may_run
from industry_brain.rounds.states import BreakawayCapacity

router = Router(tags=["rounds"])
Key: str | None = Header(None, alias="Idempotency-Key")


class NarrowedIn(Schema):
    """Which rounds are asked for."""

    state: str = ""
    category: str = ""
    q: str = ""
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000_000)


class RoundOut(Schema):
    """A round: where it stands and its calendar."""

    reference: str
    title: str
    title_en: str
    category: str
    operator: str
    state: str
    demands_close_at: datetime
    bids_close_at: datetime
    call_off_from: date
    call_off_until: date
    standstill_until: datetime | None
    cancel_reason: str

    @staticmethod
    def resolve_category(round_: Any) -> str:
        """Give the category's code."""
        return str(_part(round_, "category").code)

    @staticmethod
    def resolve_operator(round_: Any) -> str:
        """Give the operator's reference."""
        return str(_part(round_, "operator").reference)


class WindowOut(Schema):
    """A delivery window."""

    code: str
    starts_on: date
    ends_on: date
    max_lead_days: int | None = None


class IndexOut(Schema):
    """A price index; the value is in yuan per tonne."""

    code: str
    name: str
    value: Decimal


class ShareRuleOut(Schema):
    """A bound on the share of a supplier (by reference), or of each; in millionths."""

    supplier: str | None = None
    min_ppm: int | None = None
    max_ppm: int | None = None


class ItemOut(Schema):
    """What is bought: tonnes of a material for a place in a window; prices in yuan per tonne."""

    code: str
    material: str
    place: str
    window: str
    quantity: Decimal
    market_price: Decimal | None


class RoundFullOut(RoundOut):
    """A round with all that its rules say and what is bought."""

    terms: str
    max_suppliers: int | None
    min_suppliers: int | None
    max_suppliers_per_item: int | None
    annual_rate_ppm: int
    quality_weight_ppm: int
    breakaway_capacity: str
    standstill_days: int
    windows: list[WindowOut]
    indices: list[IndexOut]
    share_rules: list[ShareRuleOut]
    items: list[ItemOut]
    suppliers: list[str] | None


class RulesIn(Schema):
    """Rules of the award; a bound on winners may be null for none.  What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    max_suppliers: StrictInt | None = None
    min_suppliers: StrictInt | None = None
    max_suppliers_per_item: StrictInt | None = None
    annual_rate_ppm: StrictInt = 0
    quality_weight_ppm: StrictInt = 0
    breakaway_capacity: BreakawayCapacity = BreakawayCapacity.PRO_RATA
    standstill_days: StrictInt = 3
    terms: str = ""


class RoundIn(Schema):
    """A round as it is drafted; ``operator`` is for those who act for several."""

    title: str
    title_en: str = ""
    category: str
    demands_close_at: AwareDatetime
    bids_close_at: AwareDatetime
    call_off_from: date
    call_off_until: date
    operator: str = ""
    rules: RulesIn = RulesIn()


class RoundChangeIn(Schema):
    """Facts of a draft that change; what is left out stays."""

    title: str | None = None
    title_en: str | None = None
    category: str | None = None
    demands_close_at: AwareDatetime | None = None
    bids_close_at: AwareDatetime | None = None
    call_off_from: date | None = None
    call_off_until: date | None = None
    rules: RulesIn = RulesIn()


class CalendarIn(Schema):
    """New deadlines and why."""

    demands_close_at: AwareDatetime
    bids_close_at: AwareDatetime
    reason: str


class ReasonIn(Schema):
    """Why."""

    reason: str


class SupplierIn(Schema):
    """A supplier, by reference."""

    supplier: str


class MarketPriceIn(Schema):
    """A market reference price in yuan per tonne, or none."""

    market_price: Decimal | None


@router.get("/", response=list[RoundOut])
def list_rounds(request: HttpRequest, narrowed: Query[NarrowedIn]) -> list[Round]:
    """Give the rounds you may see, newest first, at most 200 at a time."""
    rounds = queries.find_rounds(
        user_of(request), state=narrowed.state, category=narrowed.category, text=narrowed.q
    )
    return list(rounds[narrowed.offset : narrowed.offset + narrowed.limit])


@router.get("/{reference}", response=RoundFullOut)
def show_round(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give one round with its rules and items."""
    user = user_of(request)
    return _full(queries.get_round(reference, seen_by=user), user)


@router.post("/", response={201: RoundOut})
def create_round(request: HttpRequest, body: RoundIn, key: str | None = Key) -> Status[Round]:
    """Draft a round."""
    user, facts = user_of(request), body.dict(exclude={"rules"})
    rules = body.rules.dict(exclude_unset=True)
    category = get_category(facts.pop("category"))

    def carry_out() -> dict[str, str]:
        drafted = operations.create_round(**facts, **rules, category=category, actor=user, at=timezone.now())
        return {"reference": drafted.reference}

    answer = once(key, actor=user.username, request=body.dict(), at=timezone.now(), carry_out=carry_out)
    return Status(201, queries.get_round(answer["reference"], seen_by=user))


@router.patch("/{reference}", response=RoundOut)
def edit_round(request: HttpRequest, reference: str, body: RoundChangeIn) -> Round:
    """Change facts of a draft."""
    user, round_ = _found(request, reference)
    sent = body.dict(exclude_unset=True, exclude={"rules"})
    facts = {name: value for name, value in sent.items() if value is not None}
    facts.update(body.rules.dict(exclude_unset=True))
    if "category" in facts:
        facts["category"] = get_category(facts["category"])
    return operations.edit_round(round_, actor=user, at=timezone.now(), **facts)


@router.put("/{reference}/windows", response=list[WindowOut])
def set_windows(request: HttpRequest, reference: str, body: list[WindowOut]) -> object:
    """Replace the delivery windows of a draft."""
    user, round_ = _found(request, reference)
    windows = [Window(**row.dict()) for row in body]
    operations.set_windows(round_, windows, actor=user, at=timezone.now())
    return queries.windows_of(round_)


@router.put("/{reference}/indices", response=list[IndexOut])
def set_indices(request: HttpRequest, reference: str, body: list[IndexOut]) -> object:
    """Replace the price indices."""
    user, round_ = _found(request, reference)
    indices = [Index(code=row.code, name=row.name, value=_e4(row.value)) for row in body]
    operations.set_indices(round_, indices, actor=user, at=timezone.now())
    return [_index(index) for index in queries.indices_of(round_)]


@router.put("/{reference}/share-rules", response=list[ShareRuleOut])
def set_share_rules(request: HttpRequest, reference: str, body: list[ShareRuleOut]) -> object:
    """Replace the bounds on suppliers' shares of a draft."""
    user, round_ = _found(request, reference)
    rules = [
        ShareRule(
            supplier=get_firm(row.supplier, seen_by=user) if row.supplier else None,
            min_ppm=row.min_ppm,
            max_ppm=row.max_ppm,
        )
        for row in body
    ]
    operations.set_share_rules(round_, rules, actor=user, at=timezone.now())
    return [_share_rule(rule) for rule in queries.share_rules_of(round_)]


@router.post("/{reference}/invitations", response={201: SupplierIn})
def invite_supplier(request: HttpRequest, reference: str, body: SupplierIn) -> Status[SupplierIn]:
    """Let a supplier bid."""
    user, round_ = _found(request, reference)
    firm = get_firm(body.supplier, seen_by=user)
    operations.invite_supplier(round_, firm, actor=user, at=timezone.now())
    return Status(201, body)


@router.delete("/{reference}/invitations/{supplier}", response={204: None})
def withdraw_invitation(request: HttpRequest, reference: str, supplier: str) -> Status[None]:
    """Take back an invitation before bidding opens."""
    user, round_ = _found(request, reference)
    firm = get_firm(supplier, seen_by=user)
    operations.withdraw_invitation(round_, firm, actor=user, at=timezone.now())
    return Status(204, None)


@router.post("/{reference}/publish", response=RoundOut)
def publish_round(request: HttpRequest, reference: str) -> Round:
    """Open a drafted round for demands."""
    user, round_ = _found(request, reference)
    return operations.publish_round(round_, actor=user, at=timezone.now())


@router.post("/{reference}/calendar", response=RoundOut)
def change_calendar(request: HttpRequest, reference: str, body: CalendarIn) -> Round:
    """Move deadlines that have not passed."""
    user, round_ = _found(request, reference)
    return operations.change_calendar(round_, **body.dict(), actor=user, at=timezone.now())


@router.put("/{reference}/items/{path:item}/market-price", response=ItemOut)
def set_market_price(request: HttpRequest, reference: str, item: str, body: MarketPriceIn) -> dict[str, Any]:
    """Note the market reference price of an item."""
    user, round_ = _found(request, reference)
    price = None if body.market_price is None else _e4(body.market_price)
    found = queries.get_item(round_, item)
    return _item(operations.set_market_price(found, market_price=price, actor=user, at=timezone.now()))


@router.post("/{reference}/start-bidding", response=RoundOut)
def start_bidding(request: HttpRequest, reference: str) -> Round:
    """Show the pooled items to the invited suppliers and take bids."""
    user, round_ = _found(request, reference)
    return operations.start_bidding(round_, actor=user, at=timezone.now())


@router.post("/{reference}/close-bidding", response=RoundOut)
def close_bidding(request: HttpRequest, reference: str) -> Round:
    """Take no more bids; possible from the announced moment on."""
    user, round_ = _found(request, reference)
    return operations.close_bidding(round_, actor=user, at=timezone.now())


@router.post("/{reference}/cancel", response=RoundOut)
def cancel_round(request: HttpRequest, reference: str, body: ReasonIn) -> Round:
    """End a round without an award."""
    user, round_ = _found(request, reference)
    return operations.cancel_round(round_, reason=body.reason, actor=user, at=timezone.now())


def _part(round_: Any, name: str) -> Any:
    return round_[name] if isinstance(round_, dict) else getattr(round_, name)


def _found(request: HttpRequest, reference: str) -> tuple[User, Round]:
    user = user_of(request)
    return user, queries.get_round(reference, seen_by=user)


def _e4(price: Decimal) -> int:
    if abs(price) > LARGEST_E4:  # spares the exact arithmetic below a number of a million digits
        check_price(LARGEST_E4 + 1)
    try:
        return e4_from_price(price)
    except (ValueError, ArithmeticError) as error:
        raise Invalid(
            _("A price per tonne has at most four decimals; {price} has more."),
            code="price_places",
            price=price,
        ) from error


def _full(round_: Round, user: User) -> dict[str, Any]:
    shown = {name: getattr(round_, name) for name in (*operations.EDITABLE, "reference", "state")}
    rules = [r for r in queries.share_rules_of(round_) if r.supplier is None or may_run(user, round_)]
    oversees = may_oversee(user, round_)
    return {
        **shown,
        "category": round_.category,
        "operator": round_.operator,
        "standstill_until": round_.standstill_until,
        "cancel_reason": round_.cancel_reason,
        "windows": list(queries.windows_of(round_)),
        "indices": [_index(index) for index in queries.indices_of(round_)],
        "share_rules": [_share_rule(rule) for rule in rules],
        "items": [_item(item) for item in queries.items_of(round_)],
        "suppliers": [f.reference for f in queries.invited_suppliers(round_)] if oversees else None,
    }


def _index(index: Index) -> dict[str, Any]:
    return {"code": index.code, "name": index.name, "value": price_from_e4(index.value)}


def _share_rule(rule: ShareRule) -> dict[str, Any]:
    supplier = rule.supplier.reference if rule.supplier else None
    return {"supplier": supplier, "min_ppm": rule.min_ppm, "max_ppm": rule.max_ppm}


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "material": item.material.code,
        "place": item.place.code,
        "window": item.window.code,
        "quantity": tonnes_from_grams(item.quantity),
        "market_price": None if item.market_price is None else price_from_e4(item.market_price),
    }
