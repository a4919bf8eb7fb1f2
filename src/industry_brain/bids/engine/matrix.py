"""Opened bids side by side: items × suppliers, what each would charge alone, and who is best where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from brain_engines.awards.evaluate import Choice, evaluate
from brain_engines.awards.pricing import can_win, freight_of, in_scope, price_of, quanta
from brain_engines.awards.problem import Bid, Item, Round
from industry_brain.bids.engine.basis import Basis, BasisItem
from industry_brain.bids.queries import OpenedBid
from industry_brain.kernel.money import e4_from_price, fen_from_yuan

PPM = 1_000_000


@dataclass(frozen=True)
class Column:
    """One supplier's side of the comparison; ``alone`` is None where it cannot supply everything."""

    opened: OpenedBid
    lead_days: int
    payment_days: int
    packages: int
    alone: int | None
    is_cheapest: bool = False


@dataclass(frozen=True)
class Cell:
    """What one supplier offers for one item, in ten-thousandths of a yuan per tonne.

    ``status`` is ``ok``, ``late``, ``unserved``, ``too_much`` (its least quantity is above what
    is wanted) or ``none``; only ``ok`` competes.  ``full_price`` is what the price comes to after
    the supplier's own discount if it sold all of every item it can; ``most`` is its greatest
    quantity in tonnes where that is below what is wanted.
    """

    status: str = "none"
    price: int | None = None
    full_price: int | None = None
    landed: int | None = None
    against_market_ppm: int | None = None
    lead_days: int | None = None
    most: Decimal | None = None
    best_price: bool = False
    best_landed: bool = False
    best_lead: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One item and every supplier's cell, in the order of the columns."""

    row: BasisItem
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole comparison."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(bids: Sequence[OpenedBid], basis: Basis) -> Matrix:
    """Compare opened bids item by item."""
    round_ = basis.round_with([opened.content for opened in bids])
    columns = _with_cheapest([_column(opened, round_, basis) for opened in bids])
    full = [_full_prices(bid, round_, basis) for bid in round_.bids]
    rows = []
    for row, item in zip(basis.items, round_.items, strict=True):
        cells = [_cell(bid, item, row, round_, full[n]) for n, bid in enumerate(round_.bids)]
        rows.append(MatrixRow(row, tuple(_with_best(cells))))
    return Matrix(columns, tuple(rows))


def _cell(bid: Bid, item: Item, row: BasisItem, round_: Round, full: dict[str, int]) -> Cell:
    offer = next((offer for offer in bid.offers if offer.item == item.id), None)
    if offer is None:
        return Cell(lead_days=None)
    price = e4_from_price(Decimal(price_of(round_, offer) * 10_000 // 1) / 10_000)
    rate = freight_of(bid, item)
    status = "ok"
    if item.max_lead_days is not None and bid.lead_days > item.max_lead_days:
        status = "late"
    elif rate is None:
        status = "unserved"
    elif offer.min > row.tonnes:
        status = "too_much"
    market = row.item.market_price
    return Cell(
        status=status,
        price=price,
        full_price=full.get(item.id),
        landed=None if rate is None else price + e4_from_price(rate),
        against_market_ppm=None if not market else (price - market) * PPM // market,
        lead_days=bid.lead_days,
        most=offer.max if offer.max is not None and offer.max < row.tonnes else None,
    )


def _with_best(cells: list[Cell]) -> list[Cell]:
    """Mark every cell that nobody beats, ties together."""
    compete = [cell for cell in cells if cell.status == "ok"]
    price = min((c.price for c in compete if c.price is not None), default=None)
    landed = min((c.landed for c in compete if c.landed is not None), default=None)
    lead = min((c.lead_days for c in compete if c.lead_days is not None), default=None)
    return [
        replace(
            cell,
            best_price=cell.price == price,
            best_landed=cell.landed == landed,
            best_lead=cell.lead_days == lead,
        )
        if cell.status == "ok"
        else cell
        for cell in cells
    ]


def _all_it_can(bid: Bid, round_: Round, basis: Basis) -> dict[tuple[str, str], int]:
    """Count the whole wanted quantity of each item that the supplier offers and may win."""
    items = {item.id: item for item in round_.items}
    wanted = {}
    for offer in bid.offers:
        tonnes = basis.by_code[offer.item].tonnes
        most = tonnes if offer.max is None else min(tonnes, offer.max)
        if can_win(bid, items[offer.item]) and offer.min <= most:
            wanted[bid.supplier, offer.item] = quanta(most)
    return wanted


def _full_prices(bid: Bid, round_: Round, basis: Basis) -> dict[str, int]:
    priced = evaluate(round_, Choice(_all_it_can(bid, round_, basis), frozenset(), {}))
    return {line.item: e4_from_price(line.unit_price) for line in priced.lines}


def _column(opened: OpenedBid, round_: Round, basis: Basis) -> Column:
    bid = next(b for b in round_.bids if b.supplier == opened.supplier.reference)
    counts = _all_it_can(bid, round_, basis)
    whole = all(counts.get((bid.supplier, row.code)) == quanta(row.tonnes) for row in basis.items)
    within = all(
        sum(row.tonnes for row in basis.items if in_scope(limit.items, row.code)) <= limit.max
        for limit in bid.capacities
    ) and all(
        sum(row.tonnes for row in basis.items if in_scope(limit.items, row.code)) >= limit.min
        for limit in bid.minimums
    )
    alone = None
    if whole and within:
        alone = fen_from_yuan(evaluate(round_, Choice(counts, frozenset(), {})).landed)
    return Column(opened, bid.lead_days, bid.payment_days, len(bid.packages), alone)


def _with_cheapest(columns: list[Column]) -> tuple[Column, ...]:
    least = min((column.alone for column in columns if column.alone is not None), default=None)
    return tuple(
        replace(column, is_cheapest=column.alone is not None and column.alone == least) for column in columns
    )
