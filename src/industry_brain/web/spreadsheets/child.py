"""Parse one workbook in a process of its own, started with ``python -I child.py``.

The workbook comes on standard input, the limits as arguments, the cells leave as one JSON
text on standard output.  Address space and processor time are bounded by the kernel, so
whatever a file does to the parser happens here and ends here.  No Django, no network.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import resource
import sys
from decimal import Decimal
from typing import Any

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cell_text(value: Any) -> str:
    """Write a cell exactly as a person would: no float noise, ISO dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    return CONTROL.sub(" ", str(value)).strip()


def number_text(value: float) -> str:
    """Write a number with the fifteen digits a spreadsheet holds.

    >>> number_text(120.0), number_text(0.1 + 0.2), number_text(1e21)
    ('120', '0.3', '1000000000000000000000')
    """
    number = Decimal(format(value, ".15g")) + 0  # a zero has no sign
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def sheets_of(content: bytes, rows: int, columns: int) -> dict[str, Any]:
    """Read every visible sheet, or say that one is larger than allowed."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - after the limits

    found = []
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height > rows or sheet.width > columns:
            return {"problem": "sheet_too_large"}
        start = sheet.start or (0, 0)
        cells = [[cell_text(value) for value in row] for row in sheet.iter_rows()]
        # iter_rows begins at the very top; what lies above the table is not part of it.
        cells = cells[-sheet.height :] if sheet.height else []
        found.append({"name": about.name, "row": start[0] + 1, "rows": cells})
    return {"sheets": found}


def main(arguments: list[str]) -> None:
    """Bound this process, then read."""
    rows, columns, seconds, megabytes = (int(argument) for argument in arguments)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = sheets_of(sys.stdin.buffer.read(), rows, columns)
    except MemoryError:
        answer = {"problem": "sheet_too_large"}
    except Exception as error:  # noqa: BLE001 - whatever the parser says, the file could not be read
        answer = {"problem": "damaged", "detail": type(error).__name__}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1:])
