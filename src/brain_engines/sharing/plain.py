"""The question "which group would gain most by buying apart?" as a plain textbook program.

This is the checker's own statement of a round's costs: written from the round format alone,
demand by demand, without the award engine's model and its strengthenings. It is slower to
solve; what matters is that it was derived separately and must come to the same numbers.

Columns: y_m participation of a member; x_ds delivered by supplier s to demand d; f_d unfilled;
u_sik unit offers of an item in tier k; z tier chosen; w, v "at all" switches of offers and
minimums; p packages; b, g "serves anything", "serves this destination".

minimise  Σ evaluated cost − Σ_m t_m y_m
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from brain_engines.awards.problem import (
    Bid,
    BreakawayCapacity,
    ChargeBasis,
    Discount,
    DiscountKind,
    Offer,
    Round,
    Scope,
)

INFINITY = float("inf")
Terms = list[tuple[int, float]]


@dataclass
class Program:
    """A mixed-integer program under construction: columns and rows in the order they were added."""

    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)

    def column(self, cost: float, upper: float, *, integer: bool = False) -> int:
        """Add a column from 0 to ``upper``; its number."""
        self.costs.append(cost)
        self.lower.append(0.0)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.costs) - 1

    def switch(self, cost: float = 0.0) -> int:
        """Add a yes-or-no column; its number."""
        return self.column(cost, 1.0, integer=True)

    def row(self, terms: Terms, lower: float = -INFINITY, upper: float = INFINITY) -> None:
        """Add a row lower ≤ terms ≤ upper."""
        self.rows.append((lower, upper, terms))


@dataclass(frozen=True)
class PlainModel:
    """The program and the columns of participation, in the round's order of members."""

    program: Program
    participation: tuple[int, ...]


class _Pool:
    """Sums of the round's demands that the rows below need."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.by_item: dict[str, Decimal] = {}
        self.by_member: dict[str, dict[str, Decimal]] = {member.id: {} for member in round_.members}
        for demand in round_.demands:
            self.by_item[demand.item] = self.by_item.get(demand.item, Decimal(0)) + demand.quantity
            own = self.by_member[demand.member]
            own[demand.item] = own.get(demand.item, Decimal(0)) + demand.quantity
        self.destination = {item.id: item.destination for item in round_.items}
        self.lead = {item.id: item.max_lead_days for item in round_.items}
        self.quality = {supplier.id: supplier.quality for supplier in round_.suppliers}

    def demand(self, items: frozenset[str]) -> Decimal:
        return sum((self.by_item.get(item, Decimal(0)) for item in items), Decimal(0))


def state(round_: Round, *, whole: bool) -> PlainModel:
    """State the program of all groups; ``whole`` says whether members join whole or in part too."""
    program, pool = Program(), _Pool(round_)
    participation = {member.id: program.column(0.0, 1.0, integer=whole) for member in round_.members}
    deliveries: list[tuple[int, str, str, int]] = []
    for number, demand in enumerate(round_.demands):
        filled: Terms = [(participation[demand.member], -float(demand.quantity))]
        for bid in round_.bids:
            if bid.supplier not in demand.excluded_suppliers and _can_serve(bid, demand.item, pool):
                freight = (bid.freight or {}).get(pool.destination[demand.item], Decimal(0))
                column = program.column(float(freight), float(demand.quantity))
                program.row(
                    [(column, 1.0), (participation[demand.member], -float(demand.quantity))], upper=0.0
                )
                deliveries.append((number, demand.item, bid.supplier, column))
                filled.append((column, 1.0))
        if demand.reserve_price is not None:
            filled.append((program.column(float(demand.reserve_price), float(demand.quantity)), 1.0))
        program.row(filled, 0.0, 0.0)
    for bid in round_.bids:
        own = [(item, column) for _, item, supplier, column in deliveries if supplier == bid.supplier]
        _Supplier(program, pool, bid, own, participation).state()
    return PlainModel(program, tuple(participation.values()))


def _can_serve(bid: Bid, item: str, pool: _Pool) -> bool:
    latest = pool.lead[item]
    if latest is not None and bid.lead_days > latest:
        return False
    if bid.freight is not None and pool.destination[item] not in bid.freight:
        return False
    return any(offer.item == item for offer in bid.offers) or any(
        item in each.quantities for each in bid.packages
    )


class _Supplier:
    """The part of the program that one bid makes."""

    def __init__(
        self,
        program: Program,
        pool: _Pool,
        bid: Bid,
        deliveries: list[tuple[str, int]],
        participation: Mapping[str, int],
    ) -> None:
        self.program, self.pool, self.bid, self.participation = program, pool, bid, participation
        self.deliveries = deliveries
        rules = pool.round.rules
        present = 1 / (1 + rules.annual_rate * bid.payment_days / 365)
        quality = rules.quality_weight * (1 - pool.quality[bid.supplier] / 100)
        self.factor = present + quality
        self.served = {item for item, _ in deliveries}
        self.units: dict[str, Terms] = {item: [] for item in sorted(self.served)}
        self.most = float(sum((pool.by_item.get(item, Decimal(0)) for item in self.served), Decimal(0)))

    def state(self) -> None:
        offers = {offer.item: offer for offer in self.bid.offers if offer.item in self.served}
        discounted: set[str] = set()
        for discount in self.bid.discounts:
            scope = [item for item in offers if discount.items is None or item in discount.items]
            discounted.update(scope)
            if scope:
                self._tiers(discount, [offers[item] for item in scope])
        for item, offer in offers.items():
            if item not in discounted:
                self._unit(offer, float(self._price(offer) * self.factor))
            self._limits(offer)
        self._packages()
        for capacity in self.bid.capacities:
            scope_items = self._scope(capacity.items)
            self.program.row(
                [*self._delivered(scope_items), *self._share(capacity.max, scope_items)],
                upper=self._room(capacity.max),
            )
        for minimum in self.bid.minimums:
            self._at_least(self._delivered(self._scope(minimum.items)), minimum.min, self.most)
        self._charges()

    def _scope(self, items: Scope) -> frozenset[str]:
        """List the items a term speaks of; all means every item the bid offers, alone or in packages."""
        if items is not None:
            return frozenset(items)
        packed = {item for package in self.bid.packages for item in package.quantities}
        return frozenset(packed.union(offer.item for offer in self.bid.offers))

    def _price(self, offer: Offer) -> Decimal:
        if offer.price is not None:
            return offer.price
        return self.pool.round.indices[offer.index or ""] + offer.premium

    def _unit(self, offer: Offer, cost: float) -> int:
        column = self.program.column(cost, float(self.pool.by_item.get(offer.item, Decimal(0))))
        self.units[offer.item].append((column, 1.0))
        return column

    def _tiers(self, discount: Discount, offers: Sequence[Offer]) -> None:
        """One tier at most holds the quantity of the scope, and says what a unit and the whole cost.

        Neighbouring tiers share their boundary here: discounts never decrease, so that the least
        cost there is the upper tier's.
        """
        switches: Terms = []
        given = Decimal(0)
        for number, tier in enumerate(discount.tiers):
            end = discount.tiers[number + 1].start if number + 1 < len(discount.tiers) else None
            offs = {
                offer.item: tier.off
                if tier.off is not None
                else self._price(offer) * (tier.percent or Decimal(0)) / 100
                for offer in offers
            }
            fixed = Decimal(0)
            if discount.kind is DiscountKind.INCREMENTAL:
                off = offs[offers[0].item]
                fixed = off * tier.start - given
                if end is not None:
                    given += off * (end - tier.start)
            switch = self.program.switch(float(fixed * self.factor))
            switches.append((switch, 1.0))
            held = [
                (self._unit(offer, float((self._price(offer) - offs[offer.item]) * self.factor)), 1.0)
                for offer in offers
            ]
            self.program.row([*held, (switch, -float(tier.start))], lower=0.0)
            self.program.row(
                [*held, (switch, -min(self.most, float(end) if end is not None else self.most))], upper=0.0
            )
        self.program.row(switches, upper=1.0)

    def _limits(self, offer: Offer) -> None:
        """At most ``max``, scaled to the group; nothing or at least ``min``."""
        units = self.units[offer.item]
        if offer.max is not None:
            self.program.row(
                [*units, *self._share(offer.max, frozenset([offer.item]))], upper=self._room(offer.max)
            )
        if offer.min > 0:
            self._at_least(units, offer.min, float(self.pool.by_item.get(offer.item, Decimal(0))))

    def _at_least(self, total: Terms, least: Decimal, most: float) -> None:
        switch = self.program.switch()
        self.program.row([*total, (switch, -float(least))], lower=0.0)
        self.program.row([*total, (switch, -most)], upper=0.0)

    def _share(self, most: Decimal, items: frozenset[str]) -> Terms:
        """Write a limit's part for every member: most × its demand in the scope / the pool's, on the left."""
        if self.pool.round.rules.breakaway_capacity is BreakawayCapacity.FULL:
            return []
        pooled = self.pool.demand(items)
        return [
            (column, -float(most * wanted / pooled))
            for member, column in self.participation.items()
            if (
                wanted := sum(
                    (quantity for item, quantity in self.pool.by_member[member].items() if item in items),
                    Decimal(0),
                )
            )
        ]

    def _room(self, most: Decimal) -> float:
        return float(most) if self.pool.round.rules.breakaway_capacity is BreakawayCapacity.FULL else 0.0

    def _packages(self) -> None:
        exclusive: dict[str, Terms] = {}
        taken: dict[str, Terms] = {item: [] for item in self.units}
        for package in self.bid.packages:
            switch = self.program.switch(float(package.price * self.factor))
            if package.exclusive is not None:
                exclusive.setdefault(package.exclusive, []).append((switch, 1.0))
            for item, quantity in package.quantities.items():
                if item in taken:
                    taken[item].append((switch, float(quantity)))
                elif quantity > 0:
                    self.program.upper[switch] = 0.0
        for group in exclusive.values():
            self.program.row(group, upper=1.0)
        for item, units in self.units.items():
            bought = [*units, *taken[item]]
            self.program.row(
                [*bought, *((column, -1.0) for each, column in self.deliveries if each == item)], 0.0, 0.0
            )

    def _delivered(self, items: frozenset[str]) -> Terms:
        return [(column, 1.0) for item, column in self.deliveries if item in items]

    def _charges(self) -> None:
        for charge in self.bid.charges:
            if charge.per is ChargeBasis.BID:
                self._charge(charge.amount, frozenset(self.served))
            else:
                for destination in sorted({self.pool.destination[item] for item in self.served}):
                    self._charge(
                        charge.amount,
                        frozenset(item for item in self.served if self.pool.destination[item] == destination),
                    )

    def _charge(self, amount: Decimal, items: frozenset[str]) -> None:
        switch = self.program.switch(float(amount))
        self.program.row([*self._delivered(items), (switch, -float(self.pool.demand(items)))], upper=0.0)
