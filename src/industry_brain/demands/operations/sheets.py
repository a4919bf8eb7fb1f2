"""Importing sheets: good rows become drafts at once, the others wait with what is wrong; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from industry_brain.accounts.models import User
from industry_brain.demands.engine import FIELDS, Fault, Heading, Reader, Wanted, find_headings, headings_of
from industry_brain.demands.engine.faults import WHOLE_ROW
from industry_brain.demands.models import Demand, Sheet, SheetRow
from industry_brain.demands.operations.checks import require_collecting
from industry_brain.demands.permissions import may_correct, may_enter_for
from industry_brain.demands.queries import demands_of
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid, WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.numbering import next_reference, next_references
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState

Table = Sequence[Sequence[str]]
BATCH = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 64
LONGEST_CELL = 4_096


@transaction.atomic
def import_sheet(
    round_: Round, member: Firm, table: Table, *, file_name: str = "", actor: User, at: datetime
) -> Sheet:
    """Keep a sheet as it came; its good rows become drafts, the others say what is wrong in which column.

    When the round takes no demands any more the sheet is kept all the same, with that as
    the fault of every row.
    """
    require(may_enter_for, actor, member)
    table = _bounded(table)
    fresh = lock(round_)
    place = find_headings(table)
    headings = headings_of(table[place] if place is not None else list(map(str, FIELDS)))
    if place is None:
        headings = [Heading(text, text) for text in FIELDS]
    sheet = Sheet.objects.create(
        reference=next_reference(f"S-{at.year}"),
        round=fresh,
        member=member,
        file_name=_storable(file_name)[:200],
        columns=[heading.as_json() for heading in headings],
        imported_by=actor,
        imported_at=at,
    )
    rows = [
        SheetRow(sheet=sheet, number=number, cells=list(cells), state=RowState.FAULTY)
        for number, cells in enumerate(table, start=1)
        if number != (place or 0) + (place is not None) and any(cell.strip() for cell in cells)
    ]
    for row in rows:
        if place is not None and row.number <= place:
            row.state = RowState.DROPPED  # titles and notes above the headings
    _take_over(sheet, rows, headings, actor=actor, at=at)
    SheetRow.objects.bulk_create(rows, batch_size=BATCH)
    taken = sum(row.state == RowState.TAKEN for row in rows)
    record("demands.import_sheet", sheet, actor=actor, at=at, rows=len(rows), taken=taken)
    return sheet


@transaction.atomic
def correct_rows(
    sheet: Sheet, corrections: Mapping[int, Sequence[str]], *, actor: User, at: datetime
) -> list[SheetRow]:
    """Put corrected cells into rows that wait, and read every waiting row again.

    Cells by row number.  Rows that hold now become drafts.
    """
    require(may_correct, actor, sheet)
    require_collecting(sheet.round, at)
    rows = list(SheetRow.objects.select_for_update(of=("self",)).filter(sheet=sheet, state=RowState.FAULTY))
    unknown = set(corrections) - {row.number for row in rows}
    if unknown:
        raise WrongState(
            gettext_lazy("Row {row} of {sheet} does not wait for a correction any more."),
            code="row_not_faulty",
            row=min(unknown),
            sheet=sheet.reference,
        )
    _bounded(list(corrections.values()))
    for row in rows:
        row.cells = [_storable(cell) for cell in corrections.get(row.number, row.cells)]
    _take_over(sheet, rows, kept_headings(sheet), actor=actor, at=at)
    SheetRow.objects.bulk_update(rows, ["cells", "faults", "state", "demand"], batch_size=BATCH)
    taken = sum(row.state == RowState.TAKEN for row in rows)
    record("demands.correct_rows", sheet, actor=actor, at=at, rows=sorted(corrections)[:BATCH], taken=taken)
    return rows


def correct_row(row: SheetRow, cells: Sequence[str], *, actor: User, at: datetime) -> SheetRow:
    """Put corrected cells into one row that waits; it becomes a draft if it holds now."""
    rows = correct_rows(row.sheet, {row.number: cells}, actor=actor, at=at)
    return next(corrected for corrected in rows if corrected.number == row.number)


@transaction.atomic
def drop_row(row: SheetRow, *, actor: User, at: datetime) -> SheetRow:
    """Set a row aside that shall not become a demand; its cells are kept."""
    require(may_correct, actor, row.sheet)
    fresh = lock(row)
    if fresh.state != RowState.FAULTY:
        raise WrongState(
            gettext_lazy("Row {row} of {sheet} does not wait for a correction any more."),
            code="row_not_faulty",
            row=row.number,
            sheet=row.sheet.reference,
        )
    fresh.state = RowState.DROPPED
    fresh.save(update_fields=["state"])
    record("demands.drop_row", row.sheet, actor=actor, at=at, row=row.number)
    return fresh


def kept_headings(sheet: Sheet) -> list[Heading]:
    """Give the headings of a sheet as they were read when it came."""
    return [Heading(c["text"], c["field"], c["per_kilogram"]) for c in sheet.columns]


def _bounded(table: Table) -> Table:
    """Refuse a sheet nobody fills in by hand; give the cells in signs that both databases can keep."""
    if len(table) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in table):
        raise Invalid(
            gettext_lazy(
                "A sheet has at most {rows} rows and {columns} columns. Split it and import the parts."
            ),
            code="sheet_too_large",
            rows=f"{MOST_ROWS:,}",
            columns=MOST_COLUMNS,
        )
    return [[_storable(cell) for cell in row] for row in table]


def _storable(cell: str) -> str:
    return cell[:LONGEST_CELL].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _take_over(
    sheet: Sheet, rows: Iterable[SheetRow], headings: Sequence[Heading], *, actor: User, at: datetime
) -> None:
    """Read the waiting rows and make drafts of those that hold."""
    reader = Reader(sheet.round, sheet.member)
    closed = _closed(sheet.round, at)
    known: dict[tuple[int, int, int], Demand] = {
        (d.material_id, d.place_id, d.window_id): d for d in demands_of(sheet.round, sheet.member)
    }
    drafts: list[tuple[Wanted, Demand]] = []
    for row in rows:
        if row.state != RowState.FAULTY:
            continue
        reading = reader.read(headings, row.cells)
        faults = [*([closed] if closed else ()), *reading.faults]
        if reading.wanted is not None and not faults:
            demand = known.get(reading.wanted.key)
            if demand is None:
                demand = _draft(sheet, reading.wanted, actor=actor, at=at)
                known[reading.wanted.key] = demand
                drafts.append((reading.wanted, demand))
            elif not _same(demand, reading.wanted):
                faults.append(_exists(demand))
            row.demand = demand
        row.faults = [fault.as_json() for fault in faults]
        row.state = RowState.FAULTY if faults else RowState.TAKEN
        if faults:
            row.demand = None
    _save(drafts, at)


def _draft(sheet: Sheet, wanted: Wanted, *, actor: User, at: datetime) -> Demand:
    return Demand(
        round=sheet.round,
        member=sheet.member,
        material=wanted.material,
        place=wanted.place,
        window=wanted.window,
        quantity=wanted.quantity,
        reserve_price=wanted.reserve_price,
        last_price=wanted.last_price,
        written_as=wanted.written_as,
        state=DemandState.DRAFT,
        entered_by=actor,
        entered_at=at,
    )


def _save(drafts: Sequence[tuple[Wanted, Demand]], at: datetime) -> None:
    references = next_references(f"D-{at.year}", len(drafts)) if drafts else []
    for reference, (_wanted, demand) in zip(references, drafts, strict=True):
        demand.reference = reference
    Demand.objects.bulk_create([demand for _wanted, demand in drafts], batch_size=BATCH)
    instead: Any = Demand.substitutes.through
    without: Any = Demand.excluded_suppliers.through
    instead.objects.bulk_create(
        [instead(demand=d, material=m) for wanted, d in drafts for m in wanted.substitutes], batch_size=BATCH
    )
    without.objects.bulk_create(
        [without(demand=d, firm=f) for wanted, d in drafts for f in wanted.excluded_suppliers],
        batch_size=BATCH,
    )


def _same(demand: Demand, wanted: Wanted) -> bool:
    """Whether a row says again what is already there, as when a sheet is sent twice."""
    before = (demand.quantity, demand.reserve_price, demand.last_price)
    return before == (wanted.quantity, wanted.reserve_price, wanted.last_price)


def _exists(demand: Demand) -> Fault:
    if demand.reference:
        return Fault(
            WHOLE_ROW,
            "demand_exists",
            _(
                "{demand} already asks for this material at this place and time, with other figures. "
                "Change it there, or set this row aside."
            ),
            {"demand": demand.reference},
        )
    return Fault(
        WHOLE_ROW,
        "row_repeated",
        _(
            "An earlier row asks for the same material at the same place and time. "
            "Add the quantities up in one row and set the other aside."
        ),
    )


def _closed(round_: Round, at: datetime) -> Fault | None:
    if round_.state != RoundState.COLLECTING:
        return Fault(
            WHOLE_ROW,
            "not_collecting",
            _("This round takes no demands at its present stage. The row is kept but does not count."),
        )
    if at >= round_.demands_close_at:
        return Fault(
            WHOLE_ROW,
            "demands_closed",
            _("Demands closed on {deadline}. The row is kept but does not count."),
            {"deadline": f"{localtime(round_.demands_close_at):%Y-%m-%d %H:%M}"},
        )
    return None
