"""How large an upload may be, and the one refusal that says why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Invalid


class UnreadableSheet(Invalid):
    """An upload or paste that cannot be read as a table, and why."""


@dataclass(frozen=True)
class Limits:
    """What one upload may take."""

    megabytes: int = 10
    rows: int = 20_000
    columns: int = 64
    signs: int = 4_096
    seconds: int = 10
    memory_megabytes: int = 512


def too_large_file(megabytes: int) -> UnreadableSheet:
    """Refuse a file before looking into it."""
    return UnreadableSheet(
        _("The file is larger than {megabytes} MB. Keep only the sheet with the table and save it again."),
        code="file_too_large",
        megabytes=megabytes,
    )


def too_large_sheet(limits: Limits) -> UnreadableSheet:
    """Refuse more cells than a table of this platform can have."""
    return UnreadableSheet(
        _(
            "The sheet is larger than {rows} rows by {columns} columns. Delete empty rows and columns behind "
            "the table (select them, then Delete), or split the table into several files."
        ),
        code="sheet_too_large",
        rows=limits.rows,
        columns=limits.columns,
    )


def long_cell(row: int, column: int, limits: Limits) -> UnreadableSheet:
    """Refuse a cell that holds a text no table needs."""
    return UnreadableSheet(
        _("The cell in row {row}, column {column} holds more than {signs} signs. Shorten it."),
        code="cell_too_long",
        row=row,
        column=column,
        signs=limits.signs,
    )


def not_a_table() -> UnreadableSheet:
    """Refuse a file of another kind."""
    return UnreadableSheet(
        _("This file is not a spreadsheet. Upload .xlsx, .xls or .csv, or paste the cells into the grid."),
        code="not_a_spreadsheet",
    )


def damaged() -> UnreadableSheet:
    """Refuse a spreadsheet that its own format cannot explain."""
    return UnreadableSheet(
        _(
            "The file is damaged or protected by a password. "
            "Open it, save it under a new name, and try again."
        ),
        code="damaged",
    )


def unsafe(part: str) -> UnreadableSheet:
    """Refuse a workbook that carries more than tables."""
    return UnreadableSheet(
        _(
            "The workbook contains “{part}”, which is not accepted here (macros, links to other files, "
            "embedded objects, or a manipulated archive). Copy the table into a new workbook and upload that."
        ),
        code="unsafe_workbook",
        part=part[:80],
    )


def no_rows() -> UnreadableSheet:
    """Refuse a file without a single filled cell."""
    return UnreadableSheet(_("There is no filled cell in this file."), code="empty")


def unknown_encoding() -> UnreadableSheet:
    """Refuse a text whose signs cannot be told."""
    return UnreadableSheet(
        _(
            "The signs of this text file cannot be read (neither UTF-8 nor GBK). "
            "Save it as .xlsx and try again."
        ),
        code="unknown_encoding",
    )
