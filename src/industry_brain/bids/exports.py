"""The comparison of opened bids as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext as _

from industry_brain.bids.engine import Cell, Matrix
from industry_brain.bids.tables import MODES, OUT
from industry_brain.rounds.models import Round
from industry_brain.web.spreadsheets import Column, Sheet, workbook
from industry_brain.web.spreadsheets.write import Kind

KINDS: dict[str, Kind] = {"price": "price", "landed": "price", "market": "percent", "lead": "integer"}


def matrix_workbook(round_: Round, matrix: Matrix) -> bytes:
    """Write the comparison, a sheet for each figure, and the totals of each supplier alone."""
    return workbook([*(_sheet(round_, matrix, mode) for mode in MODES), _totals(round_, matrix)])


def _sheet(round_: Round, matrix: Matrix, mode: str) -> Sheet:
    columns = [
        Column(_("Item"), width=36),
        Column(_("Delivery place")),
        Column(_("Quantity (t)"), "weight"),
        Column(_("Market reference (yuan/t)"), "price"),
    ]
    for column in matrix.columns:
        columns += [Column(str(column.opened.supplier), KINDS[mode]), Column(_("Remark"), width=16)]
    rows = []
    for row in matrix.rows:
        item = row.row.item
        line: list[object] = [row.row.label, str(item.place), item.quantity, item.market_price]
        for cell in row.cells:
            line += [_value(cell, mode), _remark(cell)]
        rows.append(line)
    notes = [str(round_), str(MODES[mode])]
    return Sheet(str(MODES[mode]), columns, rows, notes)


def _value(cell: Cell, mode: str) -> int | None:
    values = {"landed": cell.landed, "market": cell.against_market_ppm, "lead": cell.lead_days}
    return values.get(mode, cell.price)


def _remark(cell: Cell) -> str:
    if cell.price is None:
        return _("no offer")
    words = [str(OUT.get(cell.status, ""))]
    if cell.most is not None:
        words.append(_("at most {quantity} t").format(quantity=cell.most))
    return " · ".join(filter(None, words))


def _totals(round_: Round, matrix: Matrix) -> Sheet:
    columns = [
        Column(_("Supplier"), width=28),
        Column(_("Receipt"), width=36),
        Column(_("Submitted at"), "moment"),
        Column(_("Payment days"), "integer"),
        Column(_("Lead time in days"), "integer"),
        Column(_("Packages"), "integer"),
        Column(_("If awarded alone (yuan)"), "money"),
    ]
    rows = [
        [
            str(column.opened.supplier),
            column.opened.receipt,
            column.opened.submitted_at,
            column.payment_days,
            column.lead_days,
            column.packages,
            column.alone,
        ]
        for column in matrix.columns
    ]
    return Sheet(_("Suppliers"), columns, rows, [str(round_)])
