"""One member's share, said in sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from industry_brain.awards.models import Allocation, AwardRun, ListPrice, Share
from industry_brain.awards.queries import SavingRow, allocations_of, baselines, unfilled_of

E4_GRAMS_PER_FEN = 100_000_000


@dataclass(frozen=True)
class OwnRow:
    """So much of an item at its list price."""

    item: Any
    suppliers: str
    quantity: int
    price: int | None
    amount: int | None


@dataclass(frozen=True)
class OwnShare:
    """Everything a member's page shows."""

    share: Share
    rows: tuple[OwnRow, ...]
    allocations: tuple[Allocation, ...]
    unfilled: tuple[tuple[Any, int], ...]
    savings: tuple[SavingRow, ...]
    saving: int | None
    saving_ppm: int | None
    groups: int
    rounding: int
    less: int


def own_share(run: AwardRun, share: Share) -> OwnShare:
    """Collect one member's page."""
    allocations = tuple(allocations_of(run).filter(demand__member=share.member_id))
    prices = {row.item_id: row.price for row in ListPrice.objects.filter(run=run)}
    by_item: dict[int, list[Allocation]] = defaultdict(list)
    for row in allocations:
        by_item[row.demand.item_id or 0].append(row)
    rows = tuple(_row(parts, prices.get(item)) for item, parts in by_item.items())
    members = Share.objects.filter(run=run).count()
    saving = share.saving
    return OwnShare(
        share=share,
        rows=rows,
        allocations=allocations,
        unfilled=tuple(unfilled_of(run, share.member_id)),
        savings=tuple(baselines([share])),
        saving=saving,
        saving_ppm=_part(saving, share.stand_alone),
        groups=2**members - 1,
        rounding=share.payment + share.credit - sum(row.amount or 0 for row in rows),
        less=-share.credit,
    )


def _row(parts: list[Allocation], price: int | None) -> OwnRow:
    grams = sum(part.quantity for part in parts)
    amount = None if price is None else (2 * grams * price + E4_GRAMS_PER_FEN) // (2 * E4_GRAMS_PER_FEN)
    suppliers = ", ".join(str(part.supplier) for part in parts)
    return OwnRow(parts[0].demand, suppliers, grams, price, amount)


def _part(saving: int | None, alone: int | None) -> int | None:
    return saving * 1_000_000 // alone if saving is not None and alone else None
