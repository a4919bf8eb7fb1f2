"""The bid's form: grids of inputs out of a content, and a content out of what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict  # noqa: TID251 - what a form posts
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from industry_brain.bids.engine import (
    CHOICES,
    GRID_LIST,
    Basis,
    Fault,
    Grid,
    GridColumn,
    Row,
    Rows,
    content_from_rows,
    rows_from_content,
)
from industry_brain.rounds.models import Item
from industry_brain.web.formats import trimmed
from industry_brain.web.forms import exact_number

Text = str | Promise
SHARES = (100_000, 500_000, 1_000_000)
BLANK_ROWS = 1
_NAME = re.compile(r"([a-z]+)-(\d{1,5})-([a-z_]+)")


@dataclass(frozen=True)
class FormCell:
    """One input: its name, what stands in it, what may, and what is wrong with it."""

    name: str
    value: str
    column: GridColumn
    choices: tuple[tuple[str, Text], ...]
    label: str
    is_faulty: bool
    if_empty: Text = ""

    @property
    def is_unknown(self) -> bool:
        """Whether something stands in the cell that is none of the choices."""
        return bool(self.value) and self.value not in {value for value, _label in self.choices}

    @property
    def shown(self) -> str:
        """What stands in the cell, as a reader sees it: choices by their label, figures grouped."""
        label = next((str(label) for value, label in self.choices if value == self.value), None)
        if label is not None:
            return label
        if self.is_number and self.value:
            try:
                return trimmed(exact_number(self.value), 2 if self.column.kind in ("price", "amount") else 0)
            except ValueError:
                return self.value
        return self.value or str(self.if_empty)

    @property
    def is_number(self) -> bool:
        """Whether the cell is set to the right."""
        return self.column.kind in ("price", "weight", "amount", "percent")


@dataclass(frozen=True)
class FormRow:
    """One row: what it is about, its inputs, and the sentences about it."""

    number: int
    lead: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    cells: tuple[FormCell, ...]
    faults: tuple[Fault, ...]
    trial: str = ""
    item: Item | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any cell of the row."""
        return not any(cell.value for cell in self.cells)

    @property
    def place(self) -> str:
        """Where and when the item is wanted."""
        return "" if self.item is None else f"{self.item.place} · {self.item.window}"

    @property
    def wanted(self) -> int | None:
        """How much of the item is wanted, in grams."""
        return None if self.item is None else self.item.quantity

    @property
    def market(self) -> int | None:
        """The market reference price of the item."""
        return None if self.item is None else self.item.market_price


@dataclass(frozen=True)
class FormGrid:
    """One grid of inputs; ``template`` is an empty row for those added in the browser."""

    grid: Grid
    lead: tuple[Text, ...]
    rows: tuple[FormRow, ...]
    template: FormRow | None
    columns: tuple[FormCell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any cell."""
        return not any(cell.value for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class BidForm:
    """All grids, and the faults that no cell or row could be found for."""

    grids: dict[str, FormGrid] = field(default_factory=dict)
    general: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()


def content_from_post(post: QueryDict, basis: Basis) -> dict[str, Any]:
    """Read the bid that a form posted."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for key, value in post.items():
        parts = _NAME.fullmatch(key)
        if parts and isinstance(value, str):
            found.setdefault(parts[1], {}).setdefault(int(parts[2]), {})[parts[3]] = value
    grids = {name: [rows[number] for number in sorted(rows)] for name, rows in found.items()}
    return content_from_rows(grids, basis)


def trials_from_post(post: Mapping[str, Any]) -> dict[str, str]:
    """Read the quantities typed only to try the bid out, by item code."""
    return {
        post[f"offers-{number}-item"]: str(value)
        for key, value in post.items()
        if key.endswith("-trial")
        and value
        and (number := key.split("-")[1])
        and f"offers-{number}-item" in post
    }


def quantities_of(trials: Mapping[str, str]) -> dict[str, Decimal]:
    """Turn trial quantities into tonnes; what is no sensible number counts as not typed."""
    found: dict[str, Decimal] = {}
    for code, text in trials.items():
        try:
            number = exact_number(text)
        except ValueError:
            continue
        if 0 < number < 10**6:
            found[code] = number
    return found


def share_of(text: str) -> int:
    """Read the share of the pooled quantity to try out, in millionths."""
    return next((share for share in SHARES if str(share) == text), SHARES[-1])


def form_of(
    content: Mapping[str, Any],
    basis: Basis,
    *,
    faults: Iterable[Fault] = (),
    trials: Mapping[str, str] | None = None,
    blank_rows: int = BLANK_ROWS,
) -> BidForm:
    """Draw a bid as grids of inputs, every fault beside the cell it is about."""
    faults = tuple(faults)
    rows = rows_from_content(content, basis)
    maker = _Maker(basis, _assigned(faults, rows), trials or {})
    grids = {grid.name: maker.grid(grid, rows[grid.name], blank_rows) for grid in GRID_LIST}
    placed = {id(fault) for found in maker.faults.values() for fault in found}
    general = tuple(fault for fault in faults if id(fault) not in placed)
    return BidForm(grids, general, faults)


class _Maker:
    """Builds grids; ``faults`` are given by the identity of the row they were found for."""

    def __init__(
        self, basis: Basis, faults: Mapping[int, tuple[Fault, ...]], trials: Mapping[str, str]
    ) -> None:
        self.basis, self.faults, self.trials = basis, faults, trials

    def grid(self, grid: Grid, rows: list[Row], blank_rows: int) -> FormGrid:
        blanks = [] if grid.fixed else [Row(dict.fromkeys((c.name for c in grid.columns), ""))] * blank_rows
        made = [self.row(grid, str(number), row) for number, row in enumerate([*rows, *blanks])]
        empty = self.row(grid, "__index__", Row(dict.fromkeys((c.name for c in grid.columns), "")))
        template = None if grid.fixed else empty
        return FormGrid(grid, LEADS.get(grid.name, ()), tuple(made), template, empty.cells)

    def row(self, grid: Grid, index: str, row: Row) -> FormRow:
        faults = self.faults.get(id(row), ())
        lead, hidden = self.lead(grid, row)
        number = int(index) + 1 if index.isdigit() else 0
        known = self.basis.by_code.get(row.cells.get("item", "")) if grid.name == "offers" else None
        shown = [c for c in grid.columns if c.name not in hidden]
        return FormRow(
            number=number,
            lead=lead,
            hidden=tuple((f"{grid.name}-{index}-{name}", row.cells.get(name, "")) for name in hidden),
            cells=tuple(self.cell(grid, column, index, row, faults) for column in shown),
            faults=faults,
            trial=self.trials.get(row.cells.get("item", ""), "") if grid.name == "offers" else "",
            item=None if known is None else known.item,
        )

    def cell(
        self, grid: Grid, column: GridColumn, index: str, row: Row, faults: tuple[Fault, ...]
    ) -> FormCell:
        paths = row.paths.get(column.name, [])
        number = int(index) + 1 if index.isdigit() else ""
        return FormCell(
            name=f"{grid.name}-{index}-{column.name}",
            value=row.cells.get(column.name, ""),
            column=column,
            choices=self.choices(column.name),
            label=f"{grid.title} {number} · {column.heading}",
            if_empty=_("all") if column.name == "items" and row.cells.get("kind") != "" else "",
            is_faulty=any(_inside(fault.path, path) for fault in faults for path in paths),
        )

    def choices(self, name: str) -> tuple[tuple[str, Text], ...]:
        if name == "index":
            return tuple((index.code, str(index)) for index in self.basis.indices)
        return CHOICES.get(name, ())

    def lead(self, grid: Grid, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Say what a fixed row is about, and which of its cells are hidden inputs."""
        if grid.name == "offers":
            known = self.basis.by_code.get(row.cells["item"])
            return (row.cells["item"] if known is None else known.label,), ("item",)
        if grid.name == "freight":
            place = next((p for p in self.basis.places if p.code == row.cells["place"]), None)
            return (row.cells["place"] if place is None else str(place),), ("place",)
        return (), ()


LEADS: dict[str, tuple[Text, ...]] = {
    grid.name: (grid.columns[0].heading,) for grid in GRID_LIST if grid.name in ("offers", "freight")
}


def _inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _assigned(faults: tuple[Fault, ...], rows: Rows) -> dict[int, tuple[Fault, ...]]:
    """Give each fault to the row that lies closest around it, or else to the first row inside it."""
    every = [row for grid in rows.values() for row in grid]
    found: dict[int, tuple[Fault, ...]] = {}
    for fault in faults:
        around = max(every, key=lambda row: _closeness(fault, row), default=None)
        if around is None or not _closeness(fault, around):
            inner = (row for row in every if any(_inside(base, fault.path) for base in row.bases if base))
            around = next(inner, None)
        if around is not None:
            found[id(around)] = (*found.get(id(around), ()), fault)
    return found


def _closeness(fault: Fault, row: Row) -> int:
    """Count the signs of the longest place of a row that the fault lies in."""
    cells = [path for paths in row.paths.values() for path in paths]
    return max((len(base) for base in (*row.bases, *cells) if base and _inside(fault.path, base)), default=0)
