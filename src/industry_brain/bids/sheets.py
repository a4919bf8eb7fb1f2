"""A bid as a workbook: a sheet for each grid, to be filled in outside and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from industry_brain.bids.engine import CHOICES, GRID_LIST, Basis, Grid, content_from_rows, rows_from_content
from industry_brain.bids.engine.rows import plain
from industry_brain.kernel.errors import Invalid
from industry_brain.web.spreadsheets import Column, Sheet, Table, read_tables, workbook

SCALES = {"price": 4, "percent": 4, "amount": 4, "weight": 6}  # how `workbook` expects its figures
HEADING_ROWS = 12  # headings stand below at most so many lines of notes
_ABOUT = _(
    "Fill in the sheets and upload the file again; what you do not offer stays empty. Columns and "
    "sheets may be moved, but keep their names."
)


def bid_workbook(content: Mapping[str, Any], basis: Basis) -> bytes:
    """Write a bid, or an empty one, as a workbook with every item already in it."""
    rows = rows_from_content(content, basis)
    sheets = [_sheet(grid, rows[grid.name], basis) for grid in GRID_LIST]
    return workbook([*sheets, _item_sheet(basis), _word_sheet(basis)])


def content_from_workbook(data: bytes, file_name: str, basis: Basis) -> dict[str, Any]:
    """Read a bid out of an uploaded workbook (or one sheet of prices as text), cell by cell as typed."""
    grids: dict[str, list[dict[str, str]]] = {}
    tables = read_tables(data, file_name)
    for table in tables:
        found = _grid_of(table, only=len(tables) == 1)
        if found is not None:
            grid, head, columns = found
            grids.setdefault(grid.name, []).extend(_rows(table, grid, head, columns, basis))
    if not grids:
        raise Invalid(
            _(
                "No sheet of this file has the headings of a bid. Download the template of {round} and "
                "fill that in."
            ),
            code="no_bid_sheet",
            round=basis.reference,
        )
    return content_from_rows(grids, basis)


def _sheet(grid: Grid, rows: Iterable[Any], basis: Basis) -> Sheet:
    columns = [
        Column(_heading(column), "weight" if column.kind == "weight" else "price")
        if column.kind in SCALES
        else Column(_heading(column))
        for column in grid.columns
    ]
    lines = []
    for row in rows:
        cells = dict(row.cells)
        if grid.name == "offers" and cells["item"] in basis.by_code:
            cells["item"] = str(basis.by_code[cells["item"]].number)
        lines.append([_figure(cells.get(c.name, ""), c.kind) for c in grid.columns])
    if grid.name == "offers":
        columns.append(Column(_("Material"), width=36))
        lines = [[*line, _item_name(line[0], basis)] for line in lines]
    return Sheet(grid.title, columns, lines, notes=[_ABOUT, grid.hint])


def _heading(column: Any) -> str:
    return f"{column.heading} ({column.unit})" if column.unit else str(column.heading)


def _item_name(number: object, basis: Basis) -> str:
    item = next((row for row in basis.items if str(row.number) == number), None)
    return "" if item is None else item.label


def _figure(text: str, kind: str) -> object:
    """Give a number as a number, scaled as the writer expects it, and anything else as typed."""
    scale = SCALES.get(kind)
    if scale is None or not text:
        return text
    try:
        return Decimal(plain(text)).scaleb(scale)
    except ArithmeticError:
        return text


def _item_sheet(basis: Basis) -> Sheet:
    columns = [
        Column(_("Item number"), "integer"),
        Column(_("Material"), width=36),
        Column(_("Delivery place")),
        Column(_("Delivery window")),
        Column(_("Pooled quantity (t)"), "weight"),
        Column(_("Market reference (yuan/t)"), "price"),
        Column(_("Code")),
    ]
    lines = [
        [
            row.number,
            row.label,
            str(row.item.place),
            str(row.item.window),
            row.item.quantity,
            row.item.market_price,
            row.code,
        ]
        for row in basis.items
    ]
    return Sheet(_("Items of the round"), columns, lines)


def _word_sheet(basis: Basis) -> Sheet:
    """List the words that choices may take."""
    lines = [
        [grid.title, column.heading, code, label]
        for grid in GRID_LIST
        for column in grid.columns
        if column.kind == "choice"
        for code, label in _choices(column.name, basis)
    ]
    heads = [Column(_("Sheet")), Column(_("Column")), Column(_("Write")), Column(_("Meaning"), width=48)]
    return Sheet(_("Words to use"), heads, lines)


def _choices(name: str, basis: Basis) -> Iterable[tuple[str, object]]:
    if name == "index":
        return [(index.code, str(index)) for index in basis.indices]
    return CHOICES[name]


def _names(grid: Grid) -> dict[str, str]:
    """Every heading under which a column may stand: in both languages, with or without its unit."""
    found: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for column in grid.columns:
                for heading in (column.name, str(column.heading), _heading(column)):
                    found[heading.strip().lower()] = column.name
    return found


def _titles(grid: Grid) -> set[str]:
    found = {grid.name}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.add(str(grid.title).strip().lower())
    return found


def _grid_of(table: Table, *, only: bool) -> tuple[Grid, int, dict[int, str]] | None:
    """Find the grid a sheet belongs to, by its name (a lone sheet by its headings), and its columns."""
    for grid in GRID_LIST:
        named = table.sheet.strip().lower() in _titles(grid)
        names = _names(grid)
        if not (named or only):
            continue
        for number, row in enumerate(table.rows[:HEADING_ROWS]):
            columns = {
                place: names[cell.strip().lower()]
                for place, cell in enumerate(row)
                if cell.strip().lower() in names
            }
            if len(set(columns.values())) >= 2:
                return grid, number, columns
    return None


def _rows(
    table: Table, grid: Grid, head: int, columns: Mapping[int, str], basis: Basis
) -> Iterable[dict[str, str]]:
    for row in table.rows[head + 1 :]:
        cells = {name: row[place] for place, name in columns.items() if place < len(row)}
        if grid.name == "freight":
            cells["place"] = _place_code(cells.get("place", ""), basis)
        if any(value.strip() for value in cells.values()):
            yield cells


def _place_code(text: str, basis: Basis) -> str:
    """Find a place by code or by either name."""
    wanted = text.strip().lower()
    for place in basis.places:
        if wanted in {place.code.lower(), place.name.lower(), place.name_en.lower()}:
            return place.code
    return text.strip()
