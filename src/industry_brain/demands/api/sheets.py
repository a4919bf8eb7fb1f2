"""Sheets: import rows or a file, look at what became of them, correct and drop rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import user_of
from industry_brain.demands import operations, queries
from industry_brain.demands.api.parts import Key, handled_once
from industry_brain.demands.engine import fault_from_json, read_sheet, said
from industry_brain.demands.models import Sheet, SheetRow
from industry_brain.rounds.queries import get_round
from industry_brain.web.spreadsheets import Table, read_table

router = Router(tags=["demands"])
MOST_ROWS = 20_000


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


@router.post("/sheets", response={201: SheetOut})
def import_sheet(request: HttpRequest, body: SheetIn, key: str | None = Key) -> Status[dict[str, Any]]:
    """Import rows: those that hold become drafts, the others say what is wrong."""
    table = Table(tuple(map(tuple, body.rows)))
    return Status(201, _imported(user_of(request), body, table, body.file_name, key))


@router.post("/sheets/file", response={201: SheetOut})
def import_file(
    request: HttpRequest, body: Form[FileIn], file: File[UploadedFile], key: str | None = Key
) -> Status[dict[str, Any]]:
    """Import a file (.xlsx, .xls, .csv; UTF-8 or GBK)."""
    table = read_table(file.read(), file.name or "")
    return Status(201, _imported(user_of(request), body, table, file.name or "", key))


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


def _imported(
    user: User, body: SheetIn | FileIn, table: Table, file_name: str, key: str | None
) -> dict[str, Any]:
    round_ = get_round(body.round, seen_by=user)
    member = queries.member_of(user, body.member)
    read = read_sheet(round_, member, table.rows, first_row=table.first_row)

    def carry_out() -> dict[str, str]:
        sheet = operations.import_sheet(
            round_, member, read, file_name=file_name, actor=user, at=timezone.now()
        )
        return {"reference": sheet.reference}

    request = {"round": body.round, "member": body.member, "rows": table.rows, "file_name": file_name}
    answer = handled_once(user, key, request, carry_out)
    return _sheet(queries.get_sheet(answer["reference"], seen_by=user))


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
