"""Taking rows over: those that hold become drafts, the others say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _

from industry_brain.accounts.models import User
from industry_brain.demands.engine import Fault, Reading, Wanted
from industry_brain.demands.engine.faults import WHOLE_ROW
from industry_brain.demands.models import Demand, Sheet, SheetRow
from industry_brain.demands.queries import demands_of, takes_demands
from industry_brain.demands.states import DemandState, RowState
from industry_brain.kernel.numbering import next_references, of_year
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState

BATCH = 500
# Faults that can vanish although the row itself stays as it is.
SETTLED_ELSEWHERE = ("demand_exists", "row_repeated")


def take_over(
    sheet: Sheet, readings: Sequence[tuple[SheetRow, Reading]], *, actor: User, at: datetime
) -> None:
    """Draft what the rows ask for; a row that cannot be drafted says why.  Saves drafts, not rows.

    A row that repeats a demand of before, as when a sheet is sent twice, is taken over
    without a second draft.  Two rows of one sheet never are one demand: nobody can tell
    whether the second one was meant to be added.
    """
    closed = _closed(sheet.round, at)
    materials = {reading.wanted.material.pk for _row, reading in readings if reading.wanted}
    known = _known(sheet, materials)
    claimed = _claimed(sheet, materials)
    drafts: list[tuple[Wanted, Demand]] = []
    for row, reading in readings:
        faults = [*([closed] if closed else ()), *reading.faults]
        wanted = reading.wanted
        row.demand = None
        if wanted is not None and not faults:
            demand = known.get(wanted.key)
            if wanted.key in claimed:
                faults.append(_repeated(claimed[wanted.key]))
            elif demand is not None and not _same(demand, wanted):
                faults.append(_exists(demand))
            else:
                if demand is None:
                    demand = _draft(sheet, wanted, actor=actor, at=at)
                    drafts.append((wanted, demand))
                claimed[wanted.key] = row.number
                row.demand = demand
        row.faults = [fault.as_json() for fault in faults]
        row.state = RowState.FAULTY if faults else RowState.TAKEN
    _save(drafts, at)


def _known(sheet: Sheet, materials: set[int]) -> dict[tuple[int, int, int], Demand]:
    """Give what the member already asks for of these materials."""
    demands = demands_of(sheet.round, sheet.member).filter(material__in=materials)
    demands = demands.prefetch_related("substitutes", "excluded_suppliers")
    return {(d.material_id, d.place_id, d.window_id): d for d in demands}


def _claimed(sheet: Sheet, materials: set[int]) -> dict[tuple[int, int, int], int]:
    """Tell which row of the sheet already stands for which demand."""
    taken = SheetRow.objects.filter(sheet=sheet.pk, state=RowState.TAKEN, demand__material__in=materials)
    taken = taken.exclude(demand__state=DemandState.WITHDRAWN)
    keys = taken.values_list("demand__material", "demand__place", "demand__window", "number")
    return {(material, place, window): number for material, place, window, number in keys}


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
    references = next_references(of_year("D", at), len(drafts)) if drafts else []
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
    """Whether a row says again, in every respect, what is already there."""
    before = (demand.quantity, demand.reserve_price, demand.last_price)
    wishes = ({m.pk for m in demand.substitutes.all()}, {f.pk for f in demand.excluded_suppliers.all()})
    return before == (wanted.quantity, wanted.reserve_price, wanted.last_price) and wishes == (
        {m.pk for m in wanted.substitutes},
        {f.pk for f in wanted.excluded_suppliers},
    )


def _exists(demand: Demand) -> Fault:
    return Fault(
        WHOLE_ROW,
        "demand_exists",
        _(
            "{demand} already asks for this material at this place and time, with other figures, "
            "substitutes or excluded suppliers. Change it there, or set this row aside."
        ),
        {"demand": demand.reference},
    )


def _repeated(row: int) -> Fault:
    return Fault(
        WHOLE_ROW,
        "row_repeated",
        _(
            "Row {row} asks for the same material at the same place and time. If both are meant, "
            "change its demand to the sum of the quantities; then set this row aside."
        ),
        {"row": row},
    )


def _closed(round_: Round, at: datetime) -> Fault | None:
    if takes_demands(round_, at):
        return None
    if round_.state != RoundState.COLLECTING:
        return Fault(
            WHOLE_ROW,
            "not_collecting",
            _("This round takes no demands at its present stage. The row is kept but does not count."),
        )
    return Fault(
        WHOLE_ROW,
        "demands_closed",
        _("Demands closed on {deadline}. The row is kept but does not count."),
        {"deadline": f"{localtime(round_.demands_close_at):%Y-%m-%d %H:%M}"},
    )
