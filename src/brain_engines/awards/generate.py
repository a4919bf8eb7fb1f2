"""Make realistic rounds of any size from a seed, for benchmarks and tests.

Steel for a cluster of bearing makers: items are grade × diameter × destination; demands are
log-normal; mills are cheap, far away and sell much, stockists are dearer and near. Discounts
count the tonnage of a family, 40 % of them incrementally. All parts of the round file occur.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from brain_engines.awards.problem import (
    Bid,
    Capacity,
    Charge,
    ChargeBasis,
    Demand,
    Discount,
    DiscountKind,
    Item,
    Member,
    Minimum,
    Offer,
    Package,
    Round,
    Rules,
    ShareRule,
    Supplier,
    Tier,
)

GRADES = ("GCr15", "GCr15SiMn", "45", "20CrMnTi", "42CrMo")
BASE = {"GCr15": 5600, "GCr15SiMn": 6250, "45": 4300, "20CrMnTi": 5150, "42CrMo": 5450}
FAMILY = {"GCr15": "bearing", "GCr15SiMn": "bearing", "45": "carbon", "20CrMnTi": "alloy", "42CrMo": "alloy"}
DESTINATIONS = ("linqing", "donge", "guan")


@dataclass(frozen=True)
class Size:
    """How big a round is to be."""

    suppliers: int
    items: int
    members: int = 28
    tiers: int = 3


def generate(size: Size, seed: int) -> Round:
    """Make a round; the same size and seed give the same round, and it has an award."""
    return _Maker(size, random.Random(seed)).make(seed)  # noqa: S311 - data, not secrets


def tons(value: float) -> Decimal:
    """Round to half a ton, at least half a ton."""
    return Decimal(max(1, round(value * 2))) / 2


def yuan(value: float) -> Decimal:
    """Round to ten yuan."""
    return Decimal(round(value / 10) * 10)


class _Maker:
    """Draws the parts of one round in a fixed order."""

    def __init__(self, size: Size, draw: random.Random) -> None:
        self.size, self.draw = size, draw
        self.total: dict[str, Decimal] = {}
        self.base: dict[str, float] = {}

    def make(self, seed: int) -> Round:
        """Draw a whole round."""
        size, draw = self.size, self.draw
        items = tuple(self.item(number) for number in range(size.items))
        members = tuple(Member(f"m{n + 1:02d}", f"Member {n + 1}") for n in range(size.members))
        suppliers = tuple(
            Supplier(f"s{n + 1:02d}", f"Supplier {n + 1}", Decimal(draw.randint(80, 100)))
            for n in range(size.suppliers)
        )
        demands = self.demands(items, members, suppliers)
        for demand in demands:
            self.total[demand.item] = self.total.get(demand.item, Decimal(0)) + demand.quantity
        bids = tuple(self.bid(number, suppliers[number], items) for number in range(size.suppliers))
        return Round(
            id=f"steel-{size.suppliers}x{size.items}-{seed}",
            items=items,
            members=members,
            demands=demands,
            suppliers=suppliers,
            bids=bids,
            indices={"east-gcr15": Decimal(5560)},
            rules=Rules(
                max_suppliers=max(5, size.suppliers // 4),
                min_suppliers=2,
                max_suppliers_per_item=3,
                shares=(ShareRule("*", None, max=Decimal("0.4")),),
                annual_rate=Decimal("0.045"),
                quality_weight=Decimal("0.02"),
            ),
        )

    def item(self, number: int) -> Item:
        """Draw an item."""
        grade = self.draw.choice(GRADES)
        diameter = self.draw.choice((20, 25, 30, 32, 40, 50, 60, 80, 100))
        place = DESTINATIONS[number % len(DESTINATIONS)]
        name = f"{grade}-{diameter}-{number:03d}@{place}"
        self.base[name] = BASE[grade] * self.draw.uniform(0.97, 1.05)
        return Item(name, FAMILY[grade], place, 45, f"{grade} φ{diameter}")

    def demands(
        self, items: tuple[Item, ...], members: tuple[Member, ...], suppliers: tuple[Supplier, ...]
    ) -> tuple[Demand, ...]:
        """Draw who wants what; one demand in ten may stay unfilled, some exclude a supplier."""
        demands: list[Demand] = []
        for item in items:
            buyers = self.draw.sample(members, min(len(members), self.draw.randint(1, 4)))
            for member in sorted(buyers, key=lambda m: m.id):
                reserve = yuan(self.base[item.id] * 1.25) if self.draw.random() < 0.1 else None
                shunned = (self.draw.choice(suppliers).id,) if self.draw.random() < 0.05 else ()
                quantity = tons(self.draw.lognormvariate(3.0, 0.9))
                demands.append(Demand(member.id, item.id, quantity, reserve, shunned))
        return tuple(demands)

    def bid(self, number: int, supplier: Supplier, items: tuple[Item, ...]) -> Bid:
        """Draw a bid; the first three suppliers offer everything, so that an award exists."""
        draw = self.draw
        mill = draw.random() < 0.3
        level = draw.uniform(0.975, 1.0) if mill else draw.uniform(0.99, 1.025)
        coverage = 1.0 if number < 3 else draw.uniform(0.55, 0.95)
        offered = [item for item in items if draw.random() < coverage]
        offers = tuple(self.offer(item, level, capped=number >= 3) for item in offered)
        everything = float(sum(self.total[item.id] for item in items))
        mean = everything / self.size.suppliers
        capacity = mean * (draw.uniform(3, 8) if mill else draw.uniform(1, 3))
        if number < 3:
            capacity = everything * 0.45
        far = draw.uniform(40, 140) if mill else draw.uniform(10, 60)
        return Bid(
            supplier=supplier.id,
            offers=offers,
            discounts=self.discounts(offered, capacity),
            packages=self.packages(offered, level) if number % 5 == 4 else (),
            capacities=(Capacity(tons(capacity)),),
            minimums=(Minimum(tons(mean * draw.uniform(0.05, 0.3))),),
            charges=(
                Charge(Decimal(draw.randint(5, 60) * 100), ChargeBasis.BID),
                *(
                    [Charge(Decimal(draw.randint(2, 12) * 100), ChargeBasis.DESTINATION)]
                    if draw.random() < 0.4
                    else []
                ),
            ),
            freight=None
            if draw.random() < 0.3
            else {p: Decimal(round(far + draw.uniform(0, 30))) for p in DESTINATIONS},
            payment_days=draw.choice((0, 30, 60, 90)),
            lead_days=draw.randint(5, 40),
        )

    def offer(self, item: Item, level: float, *, capped: bool) -> Offer:
        """Draw an offer; some follow an index, some have a least quantity."""
        draw = self.draw
        price = yuan(self.base[item.id] * level * draw.uniform(0.985, 1.015))
        total = float(self.total[item.id])
        least = tons(total * draw.uniform(0.05, 0.2)) if draw.random() < 0.15 else Decimal(0)
        most = tons(total * draw.uniform(0.4, 1.2)) if capped and draw.random() < 0.5 else None
        if most is not None:
            least = min(least, most)
        if draw.random() < 0.1:
            return Offer(item.id, index="east-gcr15", premium=price - 5560, min=least, max=most)
        return Offer(item.id, price, min=least, max=most)

    def discounts(self, offered: list[Item], capacity: float) -> tuple[Discount, ...]:
        """Draw a tiered discount for each family."""
        found: list[Discount] = []
        for family in sorted({item.category for item in offered}):
            scope = tuple(item.id for item in offered if item.category == family)
            reach = min(capacity, float(sum(self.total[item] for item in scope)))
            starts = sorted({tons(reach * self.draw.uniform(0.1, 0.85)) for _ in range(self.size.tiers - 1)})
            incremental = self.draw.random() < 0.4
            tiers = [
                Tier(Decimal(0), off=Decimal(0)) if incremental else Tier(Decimal(0), percent=Decimal(0))
            ]
            given = 0.0
            for start in starts:
                given += self.draw.uniform(0.5, 1.5)
                if incremental:
                    tiers.append(Tier(start, off=Decimal(round(given * 50))))
                else:
                    tiers.append(Tier(start, percent=Decimal(round(given * 10)) / 10))
            kind = DiscountKind.INCREMENTAL if incremental else DiscountKind.ALL_UNITS
            found.append(Discount(family, kind, tuple(tiers), scope))
        return tuple(found)

    def packages(self, offered: list[Item], level: float) -> tuple[Package, ...]:
        """Draw two packages that exclude each other."""
        found: list[Package] = []
        for number in range(2):
            chosen = self.draw.sample(offered, min(len(offered), 4))
            amounts = {
                item.id: tons(float(self.total[item.id]) * self.draw.uniform(0.2, 0.6)) for item in chosen
            }
            worth = sum(self.base[item] * float(amount) for item, amount in amounts.items())
            price = yuan(worth * level * self.draw.uniform(0.955, 0.99))
            found.append(Package(f"mix-{number + 1}", amounts, price, "mixes"))
        return tuple(found)
