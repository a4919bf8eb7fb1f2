"""What is bought in which round of the story: pure data from a seed, no database.

The awarded rounds add up to the published totals of the reference cluster: a little over
7,000 t and a little over 40 million yuan, with a tube maker that needs more than 2,000 t of
round steel in one month.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from industry_brain.demo.cast import MEMBERS, NEEDS, PLACES, SUPPLIERS, MemberOfCast, SupplierOfCast

SEED = 20240418
HALF_TONNE = Decimal("0.5")
INDEX = "gcr15-50"
INDEXED = "GCr15 圆钢 φ50 热轧 GB/T 18254-2016"


class Ending(StrEnum):
    """How far a round of the story has come when the visitor arrives."""

    FINAL = "final"
    STANDSTILL = "standstill"
    CLOSED = "closed"
    BIDDING = "bidding"
    COLLECTING = "collecting"
    DRAFT = "draft"


@dataclass(frozen=True)
class Chapter:
    """One round: when it was published against today, how much is bought, and how it ends.

    ``orders`` fixes single members' tonnes by the key of their name in English; the others
    share what is left of ``tonnes`` by their size.
    """

    title: str
    title_en: str
    days_ago: int
    tonnes: int
    ending: Ending
    orders: Mapping[str, int] = field(default_factory=dict)
    level: int = 1000


CHAPTERS = (
    Chapter("轴承钢第一批联合采购", "Bearing steel, first joint purchase", 64, 2180, Ending.FINAL,
            {"Changguan Bearing Tubes": 180}),
    Chapter("管坯圆钢联合采购", "Round steel for tubes", 43, 2560, Ending.FINAL,
            {"Changguan Bearing Tubes": 2040}, 996),
    Chapter("轴承钢第二批联合采购", "Bearing steel, second joint purchase", 17, 2310, Ending.STANDSTILL,
            {"Changguan Bearing Tubes": 210}, 1004),
    Chapter("轴承钢第三批联合采购", "Bearing steel, third joint purchase", 16, 2060, Ending.CLOSED,
            {"Changguan Bearing Tubes": 190}),
    Chapter("合金圆钢联合采购", "Alloy round steel", 9, 1150, Ending.BIDDING,
            {"Changguan Bearing Tubes": 120}),
    Chapter("轴承钢第四批联合采购", "Bearing steel, fourth joint purchase", 2, 1900, Ending.COLLECTING,
            {"Changguan Bearing Tubes": 160}),
    Chapter("钢球用线材联合采购", "Wire rod for steel balls", 0, 0, Ending.DRAFT),
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """A line of a member's demand: the material as written, tonnes, the town, prices in yuan."""

    member: MemberOfCast
    written: str
    tonnes: Decimal
    place: str
    market: int
    last_price: int
    reserve: int | None


def wishes(chapter: Chapter) -> list[Wish]:
    """Work out every member's demand in a round; the tonnes add up exactly."""
    chance = random.Random(f"{SEED} {chapter.title_en}")  # noqa: S311 - a story, not a secret
    lines = [line for member in MEMBERS for line in _lines(member, chapter, chance)]
    rest = Decimal(chapter.tonnes) - sum(wish.tonnes for wish in lines)
    largest = max(range(len(lines)), key=lambda n: (not _ordered(lines[n], chapter), lines[n].tonnes))
    lines[largest] = Wish(**{**vars(lines[largest]), "tonnes": lines[largest].tonnes + rest})
    return lines


def _ordered(wish: Wish, chapter: Chapter) -> bool:
    return wish.member.name_en in chapter.orders


def _lines(member: MemberOfCast, chapter: Chapter, chance: random.Random) -> Iterator[Wish]:
    free = sum(m.weight for m in MEMBERS if m.name_en not in chapter.orders)
    shared = chapter.tonnes - sum(chapter.orders.values())
    fixed = chapter.orders.get(member.name_en)
    whole = Decimal(fixed) if fixed is not None else Decimal(shared * member.weight) / free
    wanted = dict(line for need in member.makes for line in NEEDS[need])
    left = whole
    for number, (written, market) in enumerate(wanted.items()):
        last = number == len(wanted) - 1
        part = whole / len(wanted) * chance.randint(80, 120) / 100
        exact = left if last and fixed is not None else part
        tonnes = max(HALF_TONNE, (exact / HALF_TONNE).to_integral_value() * HALF_TONNE)
        left -= tonnes
        level = market * chapter.level // 1000
        yield Wish(
            member=member,
            written=written,
            tonnes=tonnes,
            place=member.place,
            market=level,
            last_price=level + 90 + chance.randint(0, 12) * 10,
            reserve=level * 103 // 100 if member.reserve else None,
        )


def market_price(written: str, chapter: Chapter) -> int:
    """Give the market's price of a material at the time of a round, in yuan a tonne."""
    prices = {line: price for need in NEEDS.values() for line, price in need}
    return prices[written] * chapter.level // 1000


@dataclass(frozen=True)
class Quoted:
    """An item that a supplier may quote: its code, its material as written, its town, its tonnes."""

    item: str
    written: str
    place: str
    tonnes: Decimal


def bid_of(supplier: SupplierOfCast, quoted: list[Quoted], chapter: Chapter) -> dict[str, object]:
    """Write a supplier's bid in the shape of the round format, the way this supplier sells."""
    chance = random.Random(f"{SEED} {chapter.title_en} {supplier.key}")  # noqa: S311 - as above
    sold = {written for need in supplier.sells for written, _price in NEEDS[need]}
    noise = {written: chance.randint(-8, 8) for written in sorted(sold)}
    offers = [
        {"item": q.item, **_price(supplier, q.written, noise[q.written], chapter)}
        for q in quoted
        if q.written in sold
    ]
    towns = [place.code for place in PLACES]
    start = SUPPLIERS.index(supplier) % len(towns)
    bid: dict[str, object] = {
        "payment_days": supplier.payment_days,
        "lead_days": supplier.lead_days,
        "offers": offers,
        "discounts": [_discount(supplier)],
        "capacities": [{"items": "all", "max": str(supplier.capacity)}],
        "freight": {
            town: f"{supplier.freight + supplier.far * ((number - start) % len(towns))}.00"
            for number, town in enumerate(towns)
        },
    }
    if supplier.minimum:
        bid["minimums"] = [{"items": "all", "min": str(supplier.minimum)}]
    if supplier.package:
        bid["packages"] = _packages(supplier, quoted, noise, chapter)
    if supplier.charge:
        bid["charges"] = [{"amount": f"{supplier.charge}.00", "per": "bid"}]
    return bid


def _price(supplier: SupplierOfCast, written: str, noise: int, chapter: Chapter) -> dict[str, str]:
    price = _yuan(supplier, written, noise, chapter)
    if written == supplier.indexed:
        return {"index": INDEX, "premium": f"{price - market_price(written, chapter)}.00"}
    return {"price": f"{price}.00"}


def _yuan(supplier: SupplierOfCast, written: str, noise: int, chapter: Chapter) -> int:
    return market_price(written, chapter) * (supplier.level + noise) // 10_000 * 10


def _packages(
    supplier: SupplierOfCast, quoted: list[Quoted], noise: Mapping[str, int], chapter: Chapter
) -> list[dict[str, object]]:
    """Offer half of what each town needs of the packaged materials, 2.4 % cheaper when taken together."""
    packages: list[dict[str, object]] = []
    for place in PLACES:
        parts = [q for q in quoted if q.place == place.code and q.written in supplier.package]
        if len(parts) < len(supplier.package):
            continue
        halves = {q.item: (q.tonnes / 2 / HALF_TONNE).to_integral_value() * HALF_TONNE for q in parts}
        whole = sum(
            (halves[q.item] * _yuan(supplier, q.written, noise[q.written], chapter) for q in parts),
            Decimal(0),
        )
        price = (whole * 976 / 1000).quantize(Decimal("0.01"))
        quantities = {item: f"{tonnes:f}" for item, tonnes in halves.items()}
        packages.append({"id": f"mix-{place.code}", "quantities": quantities, "price": f"{price:f}"})
    return packages


def _discount(supplier: SupplierOfCast) -> dict[str, object]:
    step = "off" if supplier.incremental else "percent"
    return {
        "id": "volume",
        "items": "all",
        "kind": "incremental" if supplier.incremental else "all-units",
        "tiers": [{"from": str(tonnes), step: value} for tonnes, value in supplier.tiers],
    }
