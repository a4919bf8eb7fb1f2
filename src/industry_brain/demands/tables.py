"""How demands and sheets are drawn: grids of cells, each with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from industry_brain.demands.engine import FIELDS, Fault, fault_from_json, find_headings, said
from industry_brain.demands.engine.faults import WHOLE_ROW
from industry_brain.demands.models import Sheet, SheetRow
from industry_brain.demands.states import DemandState, RowState
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.language import localised
from industry_brain.web.spreadsheets import Table

EMPTY_ROWS = 12
# Each row has nine fields, and a form at most DATA_UPLOAD_MAX_NUMBER_FIELDS of them.
MOST_GRID_ROWS = 2_000
# Longer pastes are kept as one text: that many inputs would only slow the page down.
MOST_PASTED_ROWS = 300
NUMBERS = ("quantity", "reserve_price", "last_price")
TONES = {
    DemandState.DRAFT: "warn",
    DemandState.SUBMITTED: "good",
    DemandState.POOLED: "info",
    DemandState.WITHDRAWN: "",
}


@dataclass(frozen=True)
class Choice:
    """Something to put into a cell: the value of its button, and what is written on it."""

    value: str
    label: str


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a cell, said in the reader's language, and what could stand there."""

    heading: str | Promise
    sentence: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the grid."""

    name: str
    text: str
    heading: str | Promise
    faulty: bool
    number: bool
    wide: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the grid with its check."""

    row: SheetRow
    cells: tuple[Cell, ...]
    complaints: tuple[Complaint, ...]

    @property
    def waits(self) -> bool:
        """Whether the row still has to be corrected."""
        return self.row.state == RowState.FAULTY

    @property
    def taken(self) -> bool:
        """Whether the row has become a demand."""
        return self.row.state == RowState.TAKEN


def tone_of(state: str) -> str:
    """Give the tone in which a demand's state is drawn."""
    return TONES[DemandState(state)]


def grid_of(sheet: Sheet, rows: Iterable[SheetRow]) -> list[Row]:
    """Draw rows of a sheet."""
    headings = [_heading(column) for column in sheet.columns]
    return [_row(sheet, row, headings) for row in rows]


def headings_of(sheet: Sheet) -> list[tuple[str | Promise, str | Promise | None]]:
    """Give the columns of a sheet as they were headed, and the field each was read as."""
    return [(_heading(column), FIELDS.get(column["field"] or "")) for column in sheet.columns]


def corrections_of(posted: Mapping[str, str], rows: Iterable[SheetRow], width: int) -> dict[int, list[str]]:
    """Read the cells of waiting rows out of a posted grid; a pressed choice replaces its cell."""
    corrections = {}
    pick = re.fullmatch(r"(\d+):(\d+):(.*)", posted.get("pick", ""), re.DOTALL)
    for row in rows:
        if row.state != RowState.FAULTY or f"c-{row.number}-0" not in posted:
            continue
        cells = [posted.get(f"c-{row.number}-{column}", "") for column in range(width)]
        if pick and int(pick[1]) == row.number and int(pick[2]) < width:
            cells[int(pick[2])] = pick[3]
        corrections[row.number] = cells
    return corrections


def table_of(posted: Mapping[str, str]) -> Table:
    """Read a filled grid out of a form: our headings, then every row under the number it has in the grid."""
    numbers = {
        int(found[1]) for name in posted if (found := re.fullmatch(r"material-(\d{1,5})", name)) is not None
    }
    if len(numbers) > MOST_GRID_ROWS:
        raise Invalid(
            _(
                "The grid holds {count} rows and takes at most {most} at once; nothing was imported. "
                "Paste the cells into the text field below the grid, or upload them as a file."
            ),
            code="grid_too_long",
            count=f"{len(numbers):,}",
            most=f"{MOST_GRID_ROWS:,}",
        )
    rows = [tuple(posted.get(f"{field}-{n}", "").strip() for field in FIELDS) for n in sorted(numbers)]
    if find_headings(rows[:1]) == 0:
        return Table(tuple(rows), first_row=1)  # headings that were pasted along say what is where
    return Table((tuple(FIELDS), *rows), first_row=0)


def _row(sheet: Sheet, row: SheetRow, headings: Sequence[str | Promise]) -> Row:
    faults = [fault_from_json(kept) for kept in row.faults] if row.state == RowState.FAULTY else []
    at_fault = {fault.column for fault in faults}
    texts = [*row.cells, *[""] * (len(headings) - len(row.cells))]
    cells = tuple(
        Cell(
            name=f"c-{row.number}-{place}",
            text=text,
            heading=headings[place] if place < len(headings) else "",
            faulty=bool(_field(sheet, place)) and _field(sheet, place) in at_fault,
            number=_field(sheet, place) in NUMBERS,
            wide=_field(sheet, place) == "material",
        )
        for place, text in enumerate(texts)
    )
    return Row(row, cells, tuple(_complaint(sheet, row, fault) for fault in faults))


def _complaint(sheet: Sheet, row: SheetRow, fault: Fault) -> Complaint:
    place = next((n for n in range(len(sheet.columns)) if _field(sheet, n) == fault.column), None)
    choices: tuple[Choice, ...] = ()
    if place is not None:
        choices = tuple(
            Choice(f"{row.number}:{place}:{o.key}", localised(o.name, o.name_en)) for o in fault.options
        )
    heading = "" if fault.column == WHOLE_ROW else FIELDS.get(fault.column, fault.column)
    return Complaint(heading, said(fault), choices)


def _field(sheet: Sheet, place: int) -> str:
    return (sheet.columns[place]["field"] or "") if place < len(sheet.columns) else ""


def _heading(column: Mapping[str, Any]) -> str | Promise:
    ours = FIELDS.get(column["field"] or "", "")
    return ours if column["text"] in ("", column["field"]) else column["text"]
