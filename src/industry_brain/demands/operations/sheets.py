"""Importing sheets: good rows become drafts at once, the others wait with what is wrong; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.demands.engine import Heading, Reader, Reading, ReadSheet, read_sheet
from industry_brain.demands.engine.sheets import Table, bounded, storable
from industry_brain.demands.models import Sheet, SheetRow
from industry_brain.demands.operations.checks import require_collecting
from industry_brain.demands.operations.taking import BATCH, SETTLED_ELSEWHERE, take_over
from industry_brain.demands.permissions import may_correct, may_enter_for
from industry_brain.demands.states import RowState
from industry_brain.firms.models import Firm
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import WrongState
from industry_brain.kernel.lifecycle import lock
from industry_brain.kernel.numbering import next_reference, of_year
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round


def import_sheet(
    round_: Round,
    member: Firm,
    table: Table | ReadSheet,
    *,
    first_row: int = 1,
    file_name: str = "",
    actor: User,
    at: datetime,
) -> Sheet:
    """Keep a sheet as it came; its good rows become drafts, the others say what is wrong in which column.

    Hand over what ``read_sheet`` gave where a transaction is open already.  When the round
    takes no demands any more the sheet is kept all the same, with that as the fault of every row.
    """
    require(may_enter_for, actor, member)
    read = table
    if not isinstance(read, ReadSheet):
        read = read_sheet(round_, member, read, first_row=first_row)
    with transaction.atomic():
        fresh = lock(round_)
        sheet = Sheet.objects.create(
            reference=next_reference(of_year("S", at)),
            round=fresh,
            member=member,
            file_name=storable(file_name)[:200],
            columns=[heading.as_json() for heading in read.headings],
            imported_by=actor,
            imported_at=at,
        )
        rows = [
            (SheetRow(sheet=sheet, number=row.number, cells=row.cells, state=RowState.DROPPED), row.reading)
            for row in read.rows
        ]
        take_over(sheet, [(row, reading) for row, reading in rows if reading], actor=actor, at=at)
        SheetRow.objects.bulk_create([row for row, _reading in rows], batch_size=BATCH)
        taken = sum(row.state == RowState.TAKEN for row, _reading in rows)
        record("demands.import_sheet", sheet, actor=actor, at=at, rows=len(rows), taken=taken)
    return sheet


def correct_rows(
    sheet: Sheet, corrections: Mapping[int, Sequence[str]], *, actor: User, at: datetime
) -> list[SheetRow]:
    """Put corrected cells into rows that wait, by row number; rows that hold now become drafts.

    Rows that waited only because of another demand are read again too, for that demand may
    have changed.  All reading is done before anything is locked.
    """
    require(may_correct, actor, sheet)
    corrected = dict(zip(corrections, bounded(list(corrections.values())), strict=True))
    waiting = SheetRow.objects.filter(
        Q(number__in=corrected) | Q(faults__0__code__in=SETTLED_ELSEWHERE),
        sheet=sheet,
        state=RowState.FAULTY,
    ).order_by("number")
    reader, headings = Reader(sheet.round, sheet.member), kept_headings(sheet)
    read: dict[tuple[str, ...], Reading] = {}

    def reading_of(row: SheetRow) -> Reading:
        cells = tuple(corrected.get(row.number, row.cells))
        return read.get(cells) or read.setdefault(cells, reader.read(headings, cells))

    for row in waiting:
        reading_of(row)
    with transaction.atomic():
        require_collecting(sheet.round, at)
        rows = list(waiting.select_for_update(of=("self",)))
        _require_waiting(sheet, corrected, rows)
        before = {row.number: row.faults for row in rows}
        for row in rows:
            row.cells = list(corrected.get(row.number, row.cells))
        take_over(sheet, [(row, reading_of(row)) for row in rows], actor=actor, at=at)
        changed = [row for row in rows if row.number in corrected or row.faults != before[row.number]]
        SheetRow.objects.bulk_update(changed, ["cells", "faults", "state", "demand"], batch_size=BATCH)
        taken = sum(row.state == RowState.TAKEN for row in rows)
        record(
            "demands.correct_rows", sheet, actor=actor, at=at, rows=sorted(corrections)[:BATCH], taken=taken
        )
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
        raise _waits_no_more(row.sheet, row.number)
    fresh.state = RowState.DROPPED
    fresh.save(update_fields=["state"])
    record("demands.drop_row", row.sheet, actor=actor, at=at, row=row.number)
    return fresh


def kept_headings(sheet: Sheet) -> list[Heading]:
    """Give the headings of a sheet as they were read when it came."""
    return [Heading(c["text"], c["field"], c["per_kilogram"]) for c in sheet.columns]


def _require_waiting(sheet: Sheet, corrected: Mapping[int, object], rows: Sequence[SheetRow]) -> None:
    unknown = set(corrected) - {row.number for row in rows}
    if unknown:
        raise _waits_no_more(sheet, min(unknown))


def _waits_no_more(sheet: Sheet, number: int) -> WrongState:
    return WrongState(
        _("Row {row} of {sheet} does not wait for a correction any more."),
        code="row_not_faulty",
        row=number,
        sheet=sheet.reference,
    )
