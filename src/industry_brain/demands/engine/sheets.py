"""Reading a whole sheet: what its columns mean, and what each of its rows says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from industry_brain.demands.engine.columns import FIELDS, Heading, find_headings, headings_of
from industry_brain.demands.engine.rows import Reader, Reading
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Invalid
from industry_brain.rounds.models import Round

Table = Sequence[Sequence[str]]
MOST_ROWS = 20_000
MOST_COLUMNS = 64
LONGEST_CELL = 4_096


@dataclass(frozen=True)
class ReadRow:
    """A row that holds anything, and what it says; titles and notes above the headings say nothing."""

    number: int
    cells: list[str]
    reading: Reading | None


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it was understood."""

    headings: list[Heading]
    rows: tuple[ReadRow, ...]


def read_sheet(round_: Round, member: Firm, table: Table, *, first_row: int = 1) -> ReadSheet:
    """Read the rows of a member's sheet.

    ``first_row`` is the number that the first row of the table has where the person looks at it.
    This takes seconds for large sheets, so it is done before anything is locked.
    """
    table = bounded(table)
    place = find_headings(table)
    headings = [Heading(text, text) for text in FIELDS] if place is None else headings_of(table[place])
    reader = Reader(round_, member)
    rows = tuple(
        ReadRow(
            number=first_row + index,
            cells=cells,
            reading=None if place is not None and index < place else reader.read(headings, cells),
        )
        for index, cells in enumerate(table)
        if index != place and any(cell.strip() for cell in cells)
    )
    return ReadSheet(headings, rows)


def bounded(table: Table) -> list[list[str]]:
    """Refuse a sheet nobody fills in by hand; give the cells in signs that both databases can keep."""
    if len(table) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in table):
        raise Invalid(
            _("A sheet has at most {rows} rows and {columns} columns. Split it and import the parts."),
            code="sheet_too_large",
            rows=f"{MOST_ROWS:,}",
            columns=MOST_COLUMNS,
        )
    return [[storable(cell) for cell in row] for row in table]


def storable(cell: str) -> str:
    """Give a cell in signs that both databases can keep, and not longer than any cell needs."""
    return cell[:LONGEST_CELL].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
