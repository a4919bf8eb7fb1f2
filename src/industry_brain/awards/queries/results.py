"""What an award found, as rows for pages, sheets and minutes.  Ask permissions first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from industry_brain.awards.models import (
    Allocation,
    AwardedCharge,
    AwardedPackage,
    AwardLine,
    AwardRun,
    ListPrice,
    Share,
)
from industry_brain.demands.models import Demand
from industry_brain.demands.states import DemandState
from industry_brain.firms.models import Firm
from industry_brain.kernel.money import e4_from_price
from industry_brain.rounds.models import Item
from industry_brain.rounds.queries import items_of


@dataclass(frozen=True)
class MatrixCell:
    """What one supplier offered for one item (ten-thousandths of a yuan), and what it won (grams)."""

    supplier: Firm
    price: int | None
    delivered: int | None
    line: AwardLine | None
    won: int

    @property
    def bids(self) -> bool:
        """Whether there is anything to show."""
        return self.price is not None or self.won > 0


@dataclass(frozen=True)
class ItemRow:
    """One item with a cell per supplier and what is left unfilled."""

    item: Item
    cells: tuple[MatrixCell, ...]
    list_price: int | None
    unfilled: int


@dataclass(frozen=True)
class Comparison:
    """Another way to buy the same, in fen; ``landed`` is empty where it is impossible."""

    code: str
    label: object
    landed: int | None
    evaluated: int | None
    detail: str = ""
    more: int | None = None
    """By how much it costs more than the award (landed)."""


@dataclass(frozen=True)
class SavingRow:
    """A baseline against what is paid by those members for whom the baseline is known."""

    code: str
    label: object
    baseline: int
    paid: int
    members: int
    of_members: int

    @property
    def saving(self) -> int:
        """What is saved; negative if more is paid."""
        return self.baseline - self.paid

    @property
    def saving_ppm(self) -> int:
        """The saving as a share of the baseline."""
        return self.saving * 1_000_000 // self.baseline if self.baseline else 0

    @property
    def is_complete(self) -> bool:
        """Whether the baseline is known for everybody."""
        return self.members == self.of_members


@dataclass(frozen=True)
class SharesTotal:
    """What all members pay together; a column that is unknown for one of them has no total."""

    quantity: int
    payment: int
    credit: int
    stand_alone: int | None
    saving: int | None
    last_contract: int | None
    market: int | None


def shares_total(shares: Sequence[Share]) -> SharesTotal:
    """Add up the columns of a table of shares."""
    return SharesTotal(
        quantity=sum(share.quantity for share in shares),
        payment=sum(share.payment for share in shares),
        credit=sum(share.credit for share in shares),
        stand_alone=_sum(share.stand_alone for share in shares),
        saving=_sum(share.saving for share in shares),
        last_contract=_sum(share.last_contract for share in shares),
        market=_sum(share.market for share in shares),
    )


def _sum(figures: Iterable[int | None]) -> int | None:
    known = list(figures)
    return None if None in known else sum(figure or 0 for figure in known)


def shares_of(run: AwardRun) -> QuerySet[Share]:
    """Everybody's share by reference."""
    return Share.objects.filter(run=run).select_related("member").order_by("member__reference")


def allocations_of(run: AwardRun) -> QuerySet[Allocation]:
    """Whose steel comes from whom."""
    rows = Allocation.objects.filter(run=run).select_related(
        "supplier", "demand__member", "demand__item", "demand__material", "demand__place"
    )
    return rows.order_by("demand__member__reference", "demand__reference", "supplier__reference")


def price_list_of(run: AwardRun) -> QuerySet[ListPrice]:
    """The list prices by item."""
    rows = ListPrice.objects.filter(run=run).select_related("item__material", "item__place")
    return rows.order_by("item__code")


def packages_of(run: AwardRun) -> QuerySet[AwardedPackage]:
    """Packages that are bought."""
    return (
        AwardedPackage.objects.filter(run=run)
        .select_related("supplier")
        .order_by("supplier__reference", "code")
    )


def charges_of(run: AwardRun) -> QuerySet[AwardedCharge]:
    """Fixed charges that become due."""
    rows = AwardedCharge.objects.filter(run=run).select_related("supplier", "place")
    return rows.order_by("supplier__reference", "pk")


def matrix_of(run: AwardRun) -> tuple[list[Firm], list[ItemRow]]:
    """Items by suppliers: what was offered and what was won; needs the run with its round file."""
    offers = _offers(run)
    suppliers = list(Firm.objects.filter(reference__in={s for s, _item in offers}).order_by("reference"))
    lines = {(x.supplier_id, x.item_id): x for x in AwardLine.objects.filter(run=run)}
    won = _won(run)
    prices = {row.item_id: row.price for row in ListPrice.objects.filter(run=run)}
    received: dict[int, int] = defaultdict(int)
    for (_supplier, item_pk), grams in won.items():
        received[item_pk] += grams
    rows = []
    for item in items_of(run.round):
        cells = []
        for supplier in suppliers:
            price, delivered = offers.get((supplier.reference, item.code), (None, None))
            key = (supplier.pk, item.pk)
            cells.append(MatrixCell(supplier, price, delivered, lines.get(key), won.get(key, 0)))
        rows.append(ItemRow(item, tuple(cells), prices.get(item.pk), item.quantity - received[item.pk]))
    return suppliers, rows


def _offers(run: AwardRun) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Unit prices before discount, and the same delivered, by supplier and item."""
    if not run.round_file:
        return {}
    data: dict[str, Any] = json.loads(run.round_file)
    places = {item["id"]: item.get("destination", "") for item in data["items"]}
    found: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for bid in data["bids"]:
        freight = bid.get("freight")
        for package in bid.get("packages", ()):
            for item in package["quantities"]:
                found.setdefault((bid["supplier"], item), (None, None))
        for offer in bid["offers"]:
            price = _offer_price(offer, data.get("indices", {}))
            carried = None if freight is None else freight.get(places[offer["item"]])
            delivered = price if freight is None else None
            if carried is not None:
                delivered = price + e4_from_price(Decimal(carried))
            found[bid["supplier"], offer["item"]] = (price, delivered)
    return found


def _offer_price(offer: dict[str, str], indices: dict[str, str]) -> int:
    if "index" in offer:
        return e4_from_price(Decimal(indices[offer["index"]]) + Decimal(offer.get("premium", "0")))
    return e4_from_price(Decimal(offer["price"]))


def _won(run: AwardRun) -> dict[tuple[int, int], int]:
    rows = Allocation.objects.filter(run=run).values("supplier", "demand__item").annotate(sum=Sum("quantity"))
    return {(row["supplier"], row["demand__item"]): row["sum"] for row in rows}


def weights_by_place(run: AwardRun) -> list[tuple[str, str, int]]:
    """Who delivers how much where, as (supplier, place, grams)."""
    return _weights(run, lambda row: str(row.demand.place))


def weights_by_member(run: AwardRun) -> list[tuple[str, str, int]]:
    """Who delivers how much to whom, as (supplier, member, grams)."""
    return _weights(run, lambda row: str(row.demand.member))


def _weights(run: AwardRun, target: Any) -> list[tuple[str, str, int]]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in allocations_of(run):
        sums[str(row.supplier), target(row)] += row.quantity
    return [(supplier, other, grams) for (supplier, other), grams in sums.items()]


def cover_of(run: AwardRun) -> tuple[int, int]:
    """Grams bought and grams wanted."""
    bought = Allocation.objects.filter(run=run).aggregate(sum=Sum("quantity"))["sum"] or 0
    wanted = Item.objects.filter(round=run.round_id).aggregate(sum=Sum("quantity"))["sum"] or 0
    return bought, wanted


def unfilled_of(run: AwardRun, member: int) -> list[tuple[Demand, int]]:
    """One member's demands that stay unfilled in whole or part, with the missing grams."""
    pooled = Demand.objects.filter(round=run.round_id, member=member, state=DemandState.POOLED)
    received = Q(allocations__run=run)
    rows = pooled.select_related("material", "place").annotate(
        received=Coalesce(Sum("allocations__quantity", filter=received), 0)
    )
    return [
        (row, row.quantity - row.received)
        for row in rows.order_by("reference")
        if row.received < row.quantity
    ]


COMPARED = {
    "single": _("Everything from the cheapest single supplier, without the round's rules on suppliers"),
    "alone": _("Every member buying alone"),
    "no_discounts": _("The same bids without discounts and packages"),
}


def comparisons_of(run: AwardRun) -> list[Comparison]:
    """Other ways to buy the same, beside the award."""
    who = Firm.objects.filter(reference=(run.comparisons.get("single") or {}).get("who", "")).first()
    rows = []
    for code, label in COMPARED.items():
        found = run.comparisons.get(code)
        if found is None:
            continue
        landed = found.get("landed")
        more = None if landed is None or run.landed_cost is None else landed - run.landed_cost
        rows.append(
            Comparison(
                code, label, landed, found.get("evaluated"), str(who or "") if code == "single" else "", more
            )
        )
    return rows


def baselines(shares: Sequence[Share]) -> list[SavingRow]:
    """What is saved against three baselines, each counted only where it is known."""
    labels = {
        "market": _("At the market reference price"),
        "last_contract": _("At the last contract price"),
        "stand_alone": _("Each member alone, same bids"),
    }
    rows = []
    for code, label in labels.items():
        known = [(base, share.payment) for share in shares if (base := getattr(share, code)) is not None]
        if known:
            baseline, paid = (sum(column) for column in zip(*known, strict=True))
            rows.append(SavingRow(code, label, baseline, paid, len(known), len(shares)))
    return rows
