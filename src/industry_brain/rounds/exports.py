"""Rounds as spreadsheets: exactly what the page shows."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.states import RoundState
from industry_brain.web.spreadsheets import Column, Sheet, workbook


def rounds_workbook(rounds: Iterable[Round]) -> bytes:
    """Write a list of rounds."""
    columns = [
        Column(_("Reference")),
        Column(_("Title"), width=36),
        Column(_("Category")),
        Column(_("Operator"), width=24),
        Column(_("State")),
        Column(_("Items"), "integer"),
        Column(_("Demands close at"), "moment"),
        Column(_("Bids close at"), "moment"),
    ]
    rows = [
        [
            round_.reference,
            round_.title,
            str(round_.category),
            str(round_.operator),
            str(RoundState(round_.state).label),
            getattr(round_, "item_count", 0),
            round_.demands_close_at,
            round_.bids_close_at,
        ]
        for round_ in rounds
    ]
    return workbook([Sheet(_("Purchasing rounds"), columns, rows)])


def items_workbook(round_: Round, items: Iterable[Item]) -> bytes:
    """Write the pooled items of a round."""
    columns = [
        Column(_("Item"), width=32),
        Column(_("Material"), width=32),
        Column(_("Place of delivery")),
        Column(pgettext("delivery", "Window")),
        Column(_("Quantity"), "weight"),
        Column(_("Market reference price"), "price"),
    ]
    rows = [[i.code, str(i.material), str(i.place), str(i.window), i.quantity, i.market_price] for i in items]
    return workbook([Sheet(round_.reference, columns, rows)])
