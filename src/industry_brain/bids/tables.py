"""How bids are listed and drawn: tones, countdowns, the cells of the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from industry_brain.bids.engine import Cell, Matrix
from industry_brain.bids.models import Bid
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Invitation, Round
from industry_brain.rounds.states import RoundState
from industry_brain.web import formats

Words = str | Promise

TONES = {
    BidState.DRAFT: "warn",
    BidState.SUBMITTED: "good",
    BidState.WITHDRAWN: "bad",
    BidState.OPENED: "info",
}
MODES: dict[str, Words] = {
    "price": gettext_lazy("Price"),
    "landed": gettext_lazy("Delivered price"),
    "market": gettext_lazy("Against market reference"),
    "lead": gettext_lazy("Lead time"),
}
OUT: dict[str, Words] = {
    "late": gettext_lazy("too late"),
    "unserved": gettext_lazy("place not served"),
    "too_much": gettext_lazy("least quantity too high"),
}


def bid_tone(state: str) -> str:
    """Give the tone of a state."""
    return TONES[BidState(state)]


@dataclass(frozen=True)
class InvitationRow:
    """One line of a supplier's list."""

    round: Round
    supplier: Firm
    bid: Bid | None
    state: Words
    tone: str
    is_open: bool


def invitation_rows(invitations: Iterable[Invitation], *, at: datetime) -> list[InvitationRow]:
    """Join invitations with the bids that were read with them."""
    rows = []
    for invitation in invitations:
        round_ = invitation.round
        own: Sequence[Bid] = getattr(round_, "own_bids", ())
        bid = next((b for b in own if b.supplier_id == invitation.supplier_id), None)
        state = gettext_lazy("not begun") if bid is None else BidState(bid.state).label
        is_open = round_.state == RoundState.BIDDING and at < round_.bids_close_at
        tone = "" if bid is None else bid_tone(bid.state)
        rows.append(InvitationRow(round_, invitation.supplier, bid, state, tone, is_open))
    return rows


@dataclass(frozen=True)
class MatrixCell:
    """One cell as it is drawn: a figure, a line under it, and whether it is the best or out."""

    figure: str
    note: str
    tone: str
    is_best: bool
    reason: Words

    @property
    def css(self) -> str:
        """The class by which the cell is drawn."""
        if not self.figure:
            return "none"
        return "excluded" if self.reason else "best" if self.is_best else ""


def mode_of(text: str) -> str:
    """Read which figure the comparison shows."""
    return text if text in MODES else "price"


def cell_of(cell: Cell, mode: str) -> MatrixCell:
    """Draw a cell in one of the modes."""
    if cell.price is None:
        return MatrixCell("", "", "", is_best=False, reason="")
    reason = OUT.get(cell.status, "")
    change = formats.change_ppm(cell.against_market_ppm)
    tone = "" if cell.against_market_ppm is None else "good" if cell.against_market_ppm < 0 else "bad"
    if mode == "landed":
        figure, note, best = formats.unit_price(cell.landed), "", cell.best_landed
    elif mode == "market":
        figure, note, best = change, formats.unit_price(cell.price), cell.best_price
    elif mode == "lead":
        figure, note, best = _("{days} d").format(days=cell.lead_days), "", cell.best_lead
    else:
        figure, note, best = formats.unit_price(cell.price), change, cell.best_price
    if mode == "price" and cell.full_price not in (None, cell.price):
        note = _("at full volume {price}").format(price=formats.unit_price(cell.full_price))
        tone = ""
    if cell.most is not None:
        note = " · ".join(filter(None, (note, _("at most {quantity} t").format(quantity=cell.most))))
    shown_tone = tone if mode in ("price", "market") else ""
    return MatrixCell(figure, note, shown_tone, best, reason)


def cells_of(matrix: Matrix, mode: str) -> list[tuple[object, list[MatrixCell]]]:
    """Draw every row of the comparison."""
    return [(row.row, [cell_of(cell, mode) for cell in row.cells]) for row in matrix.rows]
