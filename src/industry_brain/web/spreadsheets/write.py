"""Write workbooks: typed columns, frozen headings, and no text that a spreadsheet would execute."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

Kind = Literal["text", "integer", "money", "weight", "price", "percent", "date", "moment"]

FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {},
    "integer": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "weight": {"num_format": "#,##0.000"},
    "price": {"num_format": "#,##0.00##"},
    "percent": {"num_format": "0.00%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}
WIDTHS: dict[Kind, int] = {
    "text": 22,
    "integer": 10,
    "money": 16,
    "weight": 14,
    "price": 14,
    "percent": 10,
    "date": 12,
    "moment": 17,
}
# Stored whole numbers become the numbers people calculate with, exactly.
SHIFTS: dict[Kind, int] = {"integer": 0, "money": -2, "weight": -6, "price": -4, "percent": -6}
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
HIGHEST = 32_767


@dataclass(frozen=True)
class Column:
    """A heading and what stands under it: fen, grams, 1/10,000 yuan, millionths, texts, times."""

    heading: str | Promise
    kind: Kind = "text"
    width: int = 0


@dataclass(frozen=True)
class Sheet:
    """A named table; ``notes`` are lines above it (what this is, of when, how computed)."""

    name: str | Promise
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str | Promise] = field(default=())


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets into one .xlsx; texts stay texts whatever they begin with."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        taken: set[str] = set()
        styles = _styles(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(str(sheet.name), taken)), sheet, styles)
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    styles: dict[str, Any] = {kind: book.add_format(options) for kind, options in FORMATS.items()}
    styles["quoted"] = book.add_format({"quote_prefix": True})
    styles["note"] = book.add_format({"italic": True})
    styles["heading"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    return styles


def _sheet_name(name: str, taken: set[str]) -> str:
    """Give a name that spreadsheets allow and that no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:28] or "Sheet"
    chosen, number = plain, 2
    while chosen.casefold() in taken:
        chosen, number = f"{plain} {number}", number + 1
    taken.add(chosen.casefold())
    return chosen


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    top = len(sheet.notes)
    for line, note in enumerate(sheet.notes):
        page.write_string(line, 0, str(note), styles["note"])
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, str(column.heading), styles["heading"])
        page.set_column(place, place, column.width or WIDTHS[column.kind])
    page.freeze_panes(top + 1, 1)
    for line, row in enumerate(sheet.rows, start=top + 1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, (line, place), column.kind, value, styles)


def _write_cell(page: Any, place: tuple[int, int], kind: Kind, value: object, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if kind in SHIFTS and isinstance(value, (int, Decimal)):
        page.write_number(*place, Decimal(value).scaleb(SHIFTS[kind]), styles[kind])
    elif kind in {"date", "moment"} and isinstance(value, (date, datetime)):
        page.write_datetime(*place, _naive(value), styles[kind])
    else:
        text = str(value)[:HIGHEST]
        page.write_string(*place, text, styles["quoted"] if text.startswith(RISKY) else styles["text"])


def _naive(at: date) -> date:
    """Spreadsheets know no time zones: give the local time."""
    if isinstance(at, datetime) and timezone.is_aware(at):
        return timezone.localtime(at).replace(tzinfo=None)
    return at
