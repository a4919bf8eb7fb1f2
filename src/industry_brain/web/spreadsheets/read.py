"""Read uploads and pastes into tables of exact texts.

The order is the defence: size, kind by its first bytes (never by its name), archive guard,
then a parser in a process with bounded memory and time.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from industry_brain.web.spreadsheets import child
from industry_brain.web.spreadsheets.guard import check_archive
from industry_brain.web.spreadsheets.limits import (
    Limits,
    damaged,
    long_cell,
    no_rows,
    not_a_table,
    too_large_file,
    too_large_sheet,
    unknown_encoding,
)

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = "\t,;|"
USUAL = Limits()


@dataclass(frozen=True)
class Table:
    """Cells as texts, all rows equally long, and where the first row stands in its sheet."""

    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""
    first_row: int = 1

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give each row with the number it has in the sheet."""
        return enumerate(self.rows, start=self.first_row)


def read_table(content: bytes, filename: str = "", limits: Limits = USUAL) -> Table:
    """Read the first sheet that holds anything."""
    return read_tables(content, filename, limits)[0]


def read_tables(content: bytes, filename: str = "", limits: Limits = USUAL) -> list[Table]:
    """Read every visible sheet that holds anything; at least one, or the file is refused."""
    if len(content) > limits.megabytes * 2**20:
        raise too_large_file(limits.megabytes)
    if content.startswith(ZIP):
        check_archive(content)
        return _read_workbook(content, limits)
    if content.startswith(OLE):
        return _read_workbook(content, limits)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise not_a_table()
    return [_read_text(_decoded(content), Path(filename).stem[:80], limits)]


def read_pasted(text: str, limits: Limits = USUAL) -> Table:
    """Read cells pasted from a spreadsheet (separated by tabs) or from a text (commas)."""
    if len(text) > limits.megabytes * 2**20:
        raise too_large_file(limits.megabytes)
    return _read_text(text, "", limits)


def _read_workbook(content: bytes, limits: Limits) -> list[Table]:
    answer = _ask_child(content, limits)
    if answer.get("problem") == "sheet_too_large":
        raise too_large_sheet(limits)
    if "problem" in answer:
        raise damaged()
    tables = [
        table
        for sheet in answer["sheets"]
        if (table := _table(sheet["rows"], sheet["name"], sheet["row"], limits)).rows
    ]
    if not tables:
        raise no_rows()
    return tables


def _ask_child(content: bytes, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-I", str(Path(child.__file__))]
    bounds = [limits.rows, limits.columns, limits.seconds, limits.memory_megabytes]
    try:
        done = subprocess.run(  # noqa: S603 - our own file with whole numbers as arguments
            [*command, *map(str, bounds)],
            input=content,
            capture_output=True,
            timeout=3 * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_large_sheet(limits) from None
    if done.returncode:  # ended by a limit: out of memory or out of time
        raise too_large_sheet(limits)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _decoded(content: bytes) -> str:
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unknown_encoding()


def _delimiter(text: str) -> str:
    """Choose the sign that cuts the first lines into the most equal parts."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def fit(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=fit)


def _read_text(text: str, name: str, limits: Limits) -> Table:
    text = re.sub(r"\r\n?", "\n", text)
    try:
        rows = list(_bounded(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), limits))
    except csv.Error:
        raise damaged() from None
    table = _table(rows, name, 1, limits)
    if not table.rows:
        raise no_rows()
    return table


def _bounded(rows: Iterable[list[str]], limits: Limits) -> Iterator[list[str]]:
    for number, row in enumerate(rows, start=1):
        if number > limits.rows:
            raise too_large_sheet(limits)
        yield [child.cell_text(cell) for cell in row]


def _table(rows: list[list[str]], name: str, first_row: int, limits: Limits) -> Table:
    """Drop empty rows and columns behind the table, make rows equally long, check the cells."""
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    height = max((place + 1 for place, row in enumerate(rows) if any(row)), default=0)
    if width > limits.columns or height > limits.rows:
        raise too_large_sheet(limits)
    for number, row in enumerate(rows[:height], start=first_row):
        for column, cell in enumerate(row, start=1):
            if len(cell) > limits.signs:
                raise long_cell(number, column, limits)
    even = tuple(tuple((row + [""] * width)[:width]) for row in rows[:height])
    return Table(even, name, first_row)
