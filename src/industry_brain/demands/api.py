"""Demands through the REST API.  Weights are tonnes and prices yuan per tonne, as decimals in strings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.params.functions import Header

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import user_of
from industry_brain.catalogue.queries import get_material
from industry_brain.demands import operations, queries
from industry_brain.demands.engine import fault_from_json, said
from industry_brain.demands.models import Demand, Sheet, SheetRow
from industry_brain.demands.permissions import may_see_picture
from industry_brain.firms.queries import get_firm, get_place
from industry_brain.kernel.errors import Invalid, NotFound
from industry_brain.kernel.idempotency import once
from industry_brain.kernel.money import e4_from_price, price_from_e4
from industry_brain.kernel.quantity import grams_from_tonnes, tonnes_from_grams
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import get_round, get_window
from industry_brain.web.spreadsheets import read_table

router = Router(tags=["demands"])
Key: str | None = Header(None, alias="Idempotency-Key")
MOST_ROWS = 20_000


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


class SheetIn(Schema):
    """A sheet as rows of texts; the first row with known headings says what the columns are."""

    round: str
    member: str = ""
    rows: list[list[str]] = Field(max_length=MOST_ROWS)
    file_name: str = ""


class FileIn(Schema):
    """For which round and member a file is."""

    round: str
    member: str = ""


class CellsIn(Schema):
    """The cells of a row in the order of the sheet's columns."""

    cells: list[str] = Field(max_length=64)


class OptionOut(Schema):
    """What could stand in a cell."""

    key: str
    zh: str
    en: str


class FaultOut(Schema):
    """What is wrong with a cell; an empty column means the whole row."""

    column: str
    code: str
    message: str
    options: list[OptionOut]


class RowOut(Schema):
    """A row of a sheet: its cells, and what became of it."""

    number: int
    state: str
    cells: list[str]
    demand: str | None
    faults: list[FaultOut]


class ColumnOut(Schema):
    """A column of a sheet and the field it was read as, if any."""

    text: str
    field: str | None


class SheetOut(Schema):
    """An imported sheet."""

    reference: str
    round: str
    member: str
    file_name: str
    imported_at: datetime
    columns: list[ColumnOut]
    rows: list[RowOut]


class RoundIn(Schema):
    """A round, and the member for whom, where the caller acts for several."""

    round: str
    member: str = ""


class TotalOut(Schema):
    """What the pool wants of a material; none where too few members want it to say so."""

    material: str
    members: int
    quantity: Decimal | None


class PooledOut(Schema):
    """An item of the pool."""

    code: str
    quantity: Decimal


class PictureColumnOut(Schema):
    """What one item of the pool is."""

    material: str
    place: str
    window: str
    quantity: Decimal


class PictureRowOut(Schema):
    """What a member wants of each item."""

    member: str
    quantities: list[Decimal]
    total: Decimal
    drafts: int


class PictureOut(Schema):
    """Who wants what, and who has submitted nothing."""

    columns: list[PictureColumnOut]
    rows: list[PictureRowOut]
    missing: list[str]
    total: Decimal
    drafts: int
    complete: bool


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

    answer = _once(user, key, body.dict(), carry_out)
    return Status(201, _demand(queries.get_demand(answer["reference"], seen_by=user)))


@router.post("/submit", response=list[DemandOut])
def submit_demands(request: HttpRequest, body: RoundIn) -> list[dict[str, Any]]:
    """Hand in all drafts of a member in a round."""
    user = user_of(request)
    round_ = get_round(body.round, seen_by=user)
    member = queries.member_of(user, body.member)
    submitted = operations.submit_demands(round_, member, actor=user, at=timezone.now())
    pks = [demand.pk for demand in submitted]
    return [_demand(demand) for demand in queries.demands_seen_by(user).filter(pk__in=pks)]


@router.get("/totals/{round_reference}", response=list[TotalOut])
def show_totals(request: HttpRequest, round_reference: str) -> list[dict[str, Any]]:
    """Give what the pool wants by material; totals over fewer than three members may be withheld."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    return [
        {
            "material": total.material.code,
            "members": total.members,
            "quantity": None if total.quantity is None else tonnes_from_grams(total.quantity),
        }
        for total in queries.totals(round_, seen_by=user)
    ]


@router.get("/pool/{round_reference}", response=PictureOut)
def show_pool(request: HttpRequest, round_reference: str) -> dict[str, Any]:
    """Give who wants what and who is missing; for the operator and auditors."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    if not may_see_picture(user, round_):
        raise NotFound(_("There is no round {reference}."), code="no_round", reference=round_reference)
    return _picture(queries.pooled_picture(round_))


@router.post("/pool/{round_reference}", response=list[PooledOut])
def pool_round(request: HttpRequest, round_reference: str) -> list[dict[str, Any]]:
    """Add the submitted demands up to what is bought."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    items = operations.pool_round(round_, actor=user, at=timezone.now())
    return [{"code": item.code, "quantity": tonnes_from_grams(item.quantity)} for item in items]


@router.post("/sheets", response={201: SheetOut})
def import_sheet(request: HttpRequest, body: SheetIn, key: str | None = Key) -> Status[dict[str, Any]]:
    """Import rows: those that hold become drafts, the others say what is wrong."""
    return Status(201, _imported(user_of(request), body, key))


@router.post("/sheets/file", response={201: SheetOut})
def import_file(
    request: HttpRequest, body: Form[FileIn], file: File[UploadedFile], key: str | None = Key
) -> Status[dict[str, Any]]:
    """Import a file (.xlsx, .xls, .csv; UTF-8 or GBK)."""
    table = read_table(file.read(), file.name or "")
    rows = [list(row) for row in table.rows]
    whole = SheetIn(round=body.round, member=body.member, rows=rows, file_name=file.name or "")
    return Status(201, _imported(user_of(request), whole, key))


@router.get("/sheets/{reference}", response=SheetOut)
def show_sheet(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give a sheet with all its rows."""
    return _sheet(queries.get_sheet(reference, seen_by=user_of(request)))


@router.put("/sheets/{reference}/rows/{number}", response=RowOut)
def correct_row(request: HttpRequest, reference: str, number: int, body: CellsIn) -> dict[str, Any]:
    """Put corrected cells into a row that waits."""
    user = user_of(request)
    row = queries.get_row(queries.get_sheet(reference, seen_by=user), number)
    return _row(operations.correct_row(row, body.cells, actor=user, at=timezone.now()))


@router.delete("/sheets/{reference}/rows/{number}", response=RowOut)
def drop_row(request: HttpRequest, reference: str, number: int) -> dict[str, Any]:
    """Set a row aside; its cells are kept."""
    user = user_of(request)
    row = queries.get_row(queries.get_sheet(reference, seen_by=user), number)
    return _row(operations.drop_row(row, actor=user, at=timezone.now()))


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


def _once(user: User, key: str | None, request: object, carry_out: Callable[[], dict[str, str]]) -> Any:
    return once(key, actor=user.username, request=request, at=timezone.now(), carry_out=carry_out)


def _imported(user: User, body: SheetIn, key: str | None) -> dict[str, Any]:
    round_: Round = get_round(body.round, seen_by=user)
    member = queries.member_of(user, body.member)

    def carry_out() -> dict[str, str]:
        sheet = operations.import_sheet(
            round_, member, body.rows, file_name=body.file_name, actor=user, at=timezone.now()
        )
        return {"reference": sheet.reference}

    return _sheet(queries.get_sheet(_once(user, key, body.dict(), carry_out)["reference"], seen_by=user))


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


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "reference": sheet.reference,
        "round": sheet.round.reference,
        "member": sheet.member.reference,
        "file_name": sheet.file_name,
        "imported_at": sheet.imported_at,
        "columns": sheet.columns,
        "rows": [_row(row) for row in queries.rows_of(sheet)],
    }


def _row(row: SheetRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "cells": row.cells,
        "demand": row.demand.reference if row.demand else None,
        "faults": [{**kept, "message": said(fault_from_json(kept))} for kept in row.faults],
    }


def _picture(picture: queries.Picture) -> dict[str, Any]:
    return {
        "columns": [
            {
                "material": c.material.code,
                "place": c.place.code,
                "window": c.window.code,
                "quantity": tonnes_from_grams(c.quantity),
            }
            for c in picture.columns
        ],
        "rows": [
            {
                "member": row.member.reference,
                "quantities": [tonnes_from_grams(grams) for grams in row.quantities],
                "total": tonnes_from_grams(row.total),
                "drafts": row.drafts,
            }
            for row in picture.rows
        ],
        "missing": [firm.reference for firm in picture.missing],
        "total": tonnes_from_grams(picture.total),
        "drafts": picture.drafts,
        "complete": picture.complete,
    }
