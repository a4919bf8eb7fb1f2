"""State a round as a mixed-integer program in exact whole numbers.

For supplier s, item i, tier k of the discount block d that i is in::

    minimise   Σ c[s,i,k] x[s,i,k] + Σ F[d,k] z[d,k] + packages + charges + Σ reserve·u
    such that  Σ x + packages + u = demand                    for every item (and group)
               x[s,i,k] ≤ cap[s,i] z[d,k],   L[k] z[d,k] ≤ Σ_i x[s,i,k] ≤ U[k] z[d,k]
               Σ_k z[d,k] ≤ y[s]
               capacities, minimums, numbers of suppliers, shares

where k runs over the tiers of d, [L, U] are the quanta in tier k (U one quantum below the next
tier, so exactly one tier contains the quantity), and F is the intercept of an incremental tier.
By Balas each block is the convex hull of its choices. Demands for an item are merged into
groups with the same excluded suppliers and reserve price, which loses nothing: who of the group
receives what is decided afterwards. Where somebody excludes a supplier who could deliver, flows
from such suppliers (and from all others together) to the groups are columns too.

With ``participation`` each member m has a column y[m] in 0…1; demands become Σ q[m] y[m], and
capacities shrink with the group's share of the pooled demand (``rules.breakaway_capacity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor

from brain_engines.awards.linear import LinearModel
from brain_engines.awards.pricing import (
    QUANTA,
    TierStep,
    can_win,
    freight_of,
    in_scope,
    limited_by,
    price_of,
    quanta,
    scope_of,
    sold_by,
    steps_of,
    weight_of,
)
from brain_engines.awards.problem import (
    EVERY_SUPPLIER,
    Bid,
    BreakawayCapacity,
    ChargeBasis,
    Demand,
    Offer,
    Package,
    Round,
    Scope,
)

MONEY = 10**12
"""Costs are counted in 10⁻¹² of the currency unit, rounded down: a bound stays a bound."""

FREE = ""
"""The source of flows that stands for all suppliers whom nobody excludes for an item."""

Terms = list[tuple[int, int]]


class Participation(StrEnum):
    """Whether members take part wholly, or may take part in whole or not, or by a fraction."""

    ALL = "all"
    BINARY = "binary"
    FRACTIONAL = "fractional"


@dataclass(frozen=True)
class Group:
    """Demands for one item that may be treated as one."""

    item: str
    excluded: frozenset[str]
    reserve_price: Fraction | None
    demands: tuple[Demand, ...]

    @property
    def quanta(self) -> int:
        """The quantity wanted, in thousandths."""
        return sum(quanta(demand.quantity) for demand in self.demands)


@dataclass
class Variables:
    """The columns by meaning; suppliers, items and members by id, tiers by number.

    ``quantity`` columns count thousandths; an item without discount has tier 0. ``flow`` goes
    from a supplier (or FREE) to the group with that number.
    """

    quantity: dict[tuple[str, str, int], int] = field(default_factory=dict)
    tier: dict[tuple[str, str, int], int] = field(default_factory=dict)
    package: dict[tuple[str, str], int] = field(default_factory=dict)
    supplier: dict[str, int] = field(default_factory=dict)
    supplier_item: dict[tuple[str, str], int] = field(default_factory=dict)
    destination: dict[tuple[str, str], int] = field(default_factory=dict)
    offer_minimum: dict[tuple[str, str], int] = field(default_factory=dict)
    minimum: dict[tuple[str, int], int] = field(default_factory=dict)
    unfilled: dict[int, int] = field(default_factory=dict)
    flow: dict[tuple[str, int], int] = field(default_factory=dict)
    member: dict[str, int] = field(default_factory=dict)
    anything: int | None = None


@dataclass
class Rows:
    """The rows that cutting planes are made from, by meaning.

    ``least`` and ``most`` say Σx ≥ L z and Σx ≤ U z of a tier; ``link`` says x ≤ cap z of a quantity
    column; ``packing`` rows limit ``scale`` × what a supplier delivers over a scope; ``balance``
    rows, each with its sign, add up to an item's balance.
    """

    least: dict[tuple[str, str, int], int] = field(default_factory=dict)
    most: dict[tuple[str, str, int], int] = field(default_factory=dict)
    link: dict[int, int] = field(default_factory=dict)
    packing: list[tuple[int, int, str, Scope]] = field(default_factory=list)
    balance: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    block: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass
class AwardModel:
    """A round's program: the exact rows and columns, what they mean, and the merged demands."""

    round: Round
    linear: LinearModel
    variables: Variables
    rows: Rows
    groups: tuple[Group, ...]


def group_demands(round_: Round) -> tuple[Group, ...]:
    """Merge demands for an item that no bid can tell apart, in declared order."""
    bidders = frozenset(bid.supplier for bid in round_.bids)
    merged: dict[tuple[str, frozenset[str], Fraction | None], list[Demand]] = defaultdict(list)
    for demand in round_.demands:
        reserve = None if demand.reserve_price is None else Fraction(demand.reserve_price)
        merged[demand.item, bidders.intersection(demand.excluded_suppliers), reserve].append(demand)
    return tuple(Group(*key, tuple(demands)) for key, demands in merged.items())


def build(round_: Round, participation: Participation = Participation.ALL) -> AwardModel:
    """State the program of a round; with participation, the buyer's rules are left out."""
    return _Builder(round_, participation).build()


class _Builder:
    """Grows the program of one round."""

    def __init__(self, round_: Round, participation: Participation) -> None:
        self.round, self.participation = round_, participation
        self.apart = participation is not Participation.ALL
        self.pro_rata = self.apart and round_.rules.breakaway_capacity is BreakawayCapacity.PRO_RATA
        self.m, self.v, self.r = LinearModel(), Variables(), Rows()
        self.items = {item.id: item for item in round_.items}
        self.groups = group_demands(round_)
        self.demand: dict[str, int] = defaultdict(int)
        for group in self.groups:
            self.demand[group.item] += group.quanta
        self.sold: dict[tuple[str, str], Terms] = defaultdict(list)
        """Everything a supplier delivers of an item, packages included, as terms."""
        self.offered: dict[tuple[str, str], Terms] = defaultdict(list)
        """What it delivers as unit offers, over their tiers."""

    def build(self) -> AwardModel:
        """Add all columns and rows in a fixed order."""
        if self.apart:
            for member in self.round.members:
                whole = self.participation is Participation.BINARY
                self.v.member[member.id] = self.m.add_column(binary=whole)
        for bid in self.round.bids:
            self.add_bid(bid)
        self.add_demands()
        if not self.apart:
            self.add_counts()
            self.add_shares()
        return AwardModel(self.round, self.m, self.v, self.r, self.groups)

    def participating(self, items: Scope) -> tuple[Terms, int]:
        """Write the demand in a scope as terms of the members' columns plus a constant."""
        if not self.apart:
            return [], sum(amount for item, amount in self.demand.items() if in_scope(items, item))
        wanted: dict[str, int] = defaultdict(int)
        for demand in self.round.demands:
            if in_scope(items, demand.item):
                wanted[demand.member] += quanta(demand.quantity)
        return [(self.v.member[member], amount) for member, amount in wanted.items()], 0

    # Bids

    def add_bid(self, bid: Bid) -> None:
        """Add what one supplier can deliver and the terms it is tied to."""
        item_caps = {o.item: cap for o in bid.offers if (cap := self.cap(bid, o)) > 0}
        packages = [p for p in bid.packages if self.package_fits(bid, p)]
        if not item_caps and not packages:
            return
        if self.needs_supplier_column(bid):
            amount = sum(Fraction(c.amount) for c in bid.charges if c.per is ChargeBasis.BID)
            self.v.supplier[bid.supplier] = self.m.add_column(cost=floor(amount * MONEY), binary=True)
        self.add_offers(bid, item_caps)
        self.add_packages(bid, packages)
        self.add_supplier_items(bid, item_caps)
        self.add_destinations(bid, item_caps)
        self.add_capacities(bid)
        self.add_minimums(bid)

    def needs_supplier_column(self, bid: Bid) -> bool:
        """Say whether it matters if a supplier wins anything at all."""
        rules = self.round.rules
        counted = not self.apart and (rules.max_suppliers is not None or bool(rules.min_suppliers))
        charged = any(c.per is ChargeBasis.BID and c.amount for c in bid.charges)
        return counted or charged or any(self.is_total(bid, m.items) and m.min for m in bid.minimums)

    def is_total(self, bid: Bid, items: Scope) -> bool:
        """Say whether a scope holds everything the supplier could deliver."""
        return set(sold_by(bid)) <= set(limited_by(bid, items))

    def reachable(self, supplier: str, item: str) -> int:
        """Add up the demand for an item that does not exclude the supplier."""
        return sum(g.quanta for g in self.groups if g.item == item and supplier not in g.excluded)

    def cap(self, bid: Bid, offer: Offer) -> int:
        """Find the most that could be bought as unit offer; 0 if the supplier cannot win the item."""
        item = self.items[offer.item]
        if not can_win(bid, item):
            return 0
        limits = [self.reachable(bid.supplier, offer.item)]
        if offer.max is not None:
            limits.append(quanta(offer.max))
        limits += [quanta(c.max) for c in bid.capacities if in_scope(c.items, offer.item)]
        if not self.apart:
            for rule in self.round.rules.shares:
                if (
                    rule.max is not None
                    and self.binds(rule.supplier, bid)
                    and in_scope(rule.items, offer.item)
                ):
                    limits.append(floor(Fraction(rule.max) * self.participating(rule.items)[1]))
        cap = min(limits)
        return 0 if cap < quanta(offer.min) else cap

    @staticmethod
    def binds(supplier: str, bid: Bid) -> bool:
        """Say whether a rule for a supplier, or for each, binds this bid."""
        return supplier in (EVERY_SUPPLIER, bid.supplier)

    def package_fits(self, bid: Bid, package: Package) -> bool:
        """Say whether the demand could take a package at all."""
        return all(
            can_win(bid, self.items[item]) and quanta(amount) <= self.reachable(bid.supplier, item)
            for item, amount in package.quantities.items()
        )

    def add_offers(self, bid: Bid, caps: dict[str, int]) -> None:
        """Add unit offers: blocks with tiers, then single prices."""
        prices = {o.item: price_of(self.round, o) for o in bid.offers if o.item in caps}
        weight = weight_of(self.round, bid)
        tiered: set[str] = set()
        for discount in bid.discounts:
            inside = {item: prices[item] for item in scope_of(discount, bid) if item in caps}
            tiered.update(inside)
            if inside:
                self.add_block(bid, discount.id, steps_of(discount, inside), prices=inside, caps=caps)
        for item, cap in caps.items():
            if item not in tiered:
                cost = prices[item] * weight + Fraction(freight_of(bid, self.items[item]) or 0)
                owner = self.v.supplier.get(bid.supplier)
                self.add_quantity(bid, (item, 0), cost=cost, cap=cap, choice=owner)
        self.add_offer_limits(bid, caps)

    def add_block(
        self,
        bid: Bid,
        name: str,
        steps: tuple[TierStep, ...],
        *,
        prices: dict[str, Fraction],
        caps: dict[str, int],
    ) -> None:
        """Add one discount's tiers: a choice each, and the quantities bought in it."""
        weight = weight_of(self.round, bid)
        most = self.most(bid, prices, caps)
        steps = tuple(step for step in steps if step.least <= most)
        owner = self.v.supplier.get(bid.supplier)
        self.r.block[bid.supplier, name] = tuple(prices)
        choices: Terms = []
        for step in steps:
            choice = owner
            if len(steps) > 1:
                choice = self.m.add_column(cost=floor(step.intercept * weight * MONEY), binary=True)
                self.v.tier[bid.supplier, name, step.number] = choice
                choices.append((choice, 1))
            high = most if step.most is None else min(step.most, most)
            terms: Terms = []
            for item, price in prices.items():
                cost = step.price(price) * weight + Fraction(freight_of(bid, self.items[item]) or 0)
                cap = min(caps[item], high)
                column = self.add_quantity(bid, (item, step.number), cost=cost, cap=cap, choice=choice)
                terms.append((column, 1))
            if choice is not None and choice != owner:
                key = (bid.supplier, name, step.number)
                if step.least > 0:
                    self.r.least[key] = self.m.add_row([*terms, (choice, -step.least)], 0, None)
                if len(terms) > 1:
                    self.r.most[key] = self.m.add_row([*terms, (choice, -high)], None, 0)
        if choices and owner is not None:
            self.m.add_row([*choices, (owner, -1)], None, 0)
        elif choices:
            self.m.add_row(choices, None, 1)

    def most(self, bid: Bid, scope: Iterable[str], caps: dict[str, int]) -> int:
        """Find the most a supplier could deliver over items as unit offers."""
        items = tuple(scope)
        limits = [sum(caps[item] for item in items)]
        limits += [quanta(c.max) for c in bid.capacities if all(in_scope(c.items, item) for item in items)]
        return min(limits)

    def add_quantity(
        self, bid: Bid, key: tuple[str, int], *, cost: Fraction, cap: int, choice: int | None
    ) -> int:
        """Add the quantity of an item in a tier, possible only with the choice."""
        item, tier = key
        column = self.m.add_column(cost=floor(cost * MONEY / QUANTA), upper=cap)
        self.v.quantity[bid.supplier, item, tier] = column
        self.sold[bid.supplier, item].append((column, 1))
        self.offered[bid.supplier, item].append((column, 1))
        if choice is not None:
            self.r.link[column] = self.m.add_row([(column, 1), (choice, -cap)], None, 0)
        return column

    def add_offer_limits(self, bid: Bid, caps: dict[str, int]) -> None:
        """Add what a unit offer's own min and max demand."""
        for offer in bid.offers:
            if offer.item not in caps:
                continue
            terms = list(self.sold[bid.supplier, offer.item])
            if len(terms) > 1:
                self.m.add_row(terms, None, caps[offer.item])
            if self.pro_rata and offer.max is not None:
                self.add_pro_rata(terms, quanta(offer.max), (offer.item,))
            if offer.min > 0:
                choice = self.m.add_column(binary=True)
                self.v.offer_minimum[bid.supplier, offer.item] = choice
                self.m.add_row([*terms, (choice, -quanta(offer.min))], 0, None)
                self.m.add_row([*terms, (choice, -caps[offer.item])], None, 0)

    def add_pro_rata(self, terms: Terms, most: int, items: Scope) -> None:
        """Limit terms to the group's share of the pooled demand in a scope, times ``most``."""
        pooled = sum(amount for item, amount in self.demand.items() if in_scope(items, item))
        if pooled == 0 or not terms:
            return
        share = Fraction(most, pooled)
        wanted = self.participating(items)[0]
        scaled = [(column, value * share.denominator) for column, value in terms]
        self.m.add_row(scaled + [(column, -amount * share.numerator) for column, amount in wanted], None, 0)

    def add_packages(self, bid: Bid, packages: list[Package]) -> None:
        """Add packages: whole or not at all, at most one of an exclusive group."""
        weight = weight_of(self.round, bid)
        exclusive: dict[str, Terms] = defaultdict(list)
        for package in packages:
            freight = sum(
                (Fraction(amount) * Fraction(freight_of(bid, self.items[item]) or 0)
                 for item, amount in package.quantities.items()), Fraction(0),
            )  # fmt: skip
            cost = Fraction(package.price) * weight + freight
            column = self.m.add_column(cost=floor(cost * MONEY), binary=True)
            self.v.package[bid.supplier, package.id] = column
            for item, amount in package.quantities.items():
                self.sold[bid.supplier, item].append((column, quanta(amount)))
            if package.exclusive is not None:
                exclusive[package.exclusive].append((column, 1))
            if (owner := self.v.supplier.get(bid.supplier)) is not None:
                self.m.add_row([(column, 1), (owner, -1)], None, 0)
        for terms in exclusive.values():
            if len(terms) > 1:
                self.m.add_row(terms, None, 1)

    def packages_with(self, bid: Bid, items: frozenset[str]) -> list[int]:
        """List the package columns that hold any of the items."""
        return [
            self.v.package[bid.supplier, p.id]
            for p in bid.packages
            if (bid.supplier, p.id) in self.v.package and items.intersection(p.quantities)
        ]

    def tie(self, bid: Bid, items: frozenset[str], caps: dict[str, int], choice: int) -> None:
        """Let nothing of these items be delivered without the choice."""
        for item, cap in caps.items():
            if item in items:
                self.m.add_row([*self.offered[bid.supplier, item], (choice, -cap)], None, 0)
        for package in self.packages_with(bid, items):
            self.m.add_row([(package, 1), (choice, -1)], None, 0)

    def add_supplier_items(self, bid: Bid, caps: dict[str, int]) -> None:
        """Add whether a supplier delivers an item, if suppliers per item are limited."""
        if self.apart or self.round.rules.max_suppliers_per_item is None:
            return
        for item in self.items:
            if self.sold.get((bid.supplier, item)):
                choice = self.m.add_column(binary=True)
                self.v.supplier_item[bid.supplier, item] = choice
                self.tie(bid, frozenset((item,)), caps, choice)

    def add_destinations(self, bid: Bid, caps: dict[str, int]) -> None:
        """Add whether a supplier serves a destination, if that costs a charge."""
        amount = sum(
            (Fraction(c.amount) for c in bid.charges if c.per is ChargeBasis.DESTINATION), Fraction(0)
        )
        if not amount:
            return
        places: dict[str, set[str]] = defaultdict(set)
        for item in self.items.values():
            if self.sold.get((bid.supplier, item.id)):
                places[item.destination].add(item.id)
        for place, items in places.items():
            choice = self.m.add_column(cost=floor(amount * MONEY), binary=True)
            self.v.destination[bid.supplier, place] = choice
            self.tie(bid, frozenset(items), caps, choice)

    def delivered(self, supplier: str, items: Scope) -> Terms:
        """Write everything a supplier delivers over a scope, packages included."""
        total: dict[int, int] = defaultdict(int)
        for item in self.items:
            if in_scope(items, item):
                for column, value in self.sold.get((supplier, item), ()):
                    total[column] += value
        return list(total.items())

    def add_capacities(self, bid: Bid) -> None:
        """Add the caps on the bid's totals."""
        owner = self.v.supplier.get(bid.supplier)
        for capacity in bid.capacities:
            terms = self.delivered(bid.supplier, capacity.items)
            if not terms:
                continue
            most = quanta(capacity.max)
            row = self.m.add_row(
                terms if owner is None else [*terms, (owner, -most)], None, most if owner is None else 0
            )
            self.r.packing.append((row, 1, bid.supplier, capacity.items))
            if self.pro_rata:
                self.add_pro_rata(terms, most, limited_by(bid, capacity.items))

    def add_minimums(self, bid: Bid) -> None:
        """Add the bid's totals that are nothing or at least so much."""
        for number, minimum in enumerate(bid.minimums):
            terms = self.delivered(bid.supplier, minimum.items)
            if not terms or not minimum.min:
                continue
            choice = self.v.supplier.get(bid.supplier) if self.is_total(bid, minimum.items) else None
            if choice is None:
                choice = self.m.add_column(binary=True)
                self.v.minimum[bid.supplier, number] = choice
                for column, _ in terms:
                    self.m.add_row([(column, 1), (choice, -self.m.upper[column])], None, 0)
            self.m.add_row([*terms, (choice, -quanta(minimum.min))], 0, None)

    # Demands

    def add_demands(self) -> None:
        """Fill every demand, or leave it unfilled at its reserve price."""
        by_item: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            by_item[group.item].append(number)
            if group.reserve_price is not None:
                cost = floor(group.reserve_price * MONEY / QUANTA)
                self.v.unfilled[number] = self.m.add_column(cost=cost, upper=group.quanta)
        for item, numbers in by_item.items():
            sellers = [bid.supplier for bid in self.round.bids if self.sold.get((bid.supplier, item))]
            shunned = {s for s in sellers for n in numbers if s in self.groups[n].excluded}
            if shunned:
                self.add_flows(item, numbers, sellers, shunned)
            else:
                self.add_pooled(item, numbers, sellers)

    def wanted(self, numbers: Iterable[int]) -> tuple[Terms, int]:
        """Write what the groups want: terms of the members' columns, and a constant."""
        demands = [demand for number in numbers for demand in self.groups[number].demands]
        if not self.apart:
            return [], sum(quanta(demand.quantity) for demand in demands)
        total: dict[int, int] = defaultdict(int)
        for demand in demands:
            total[self.v.member[demand.member]] -= quanta(demand.quantity)
        return list(total.items()), 0

    def add_pooled(self, item: str, numbers: list[int], sellers: list[str]) -> None:
        """Balance an item as one pool: nobody excludes anybody who could deliver."""
        terms: Terms = [term for seller in sellers for term in self.sold[seller, item]]
        terms += [(self.v.unfilled[n], 1) for n in numbers if n in self.v.unfilled]
        joined, wanted = self.wanted(numbers)
        self.r.balance[item] = [(self.m.add_row(terms + joined, wanted, wanted), 1)]
        if self.apart and len(numbers) > 1:
            for number in numbers:
                if number in self.v.unfilled:
                    self.m.add_row([(self.v.unfilled[number], 1), *self.wanted([number])[0]], None, 0)

    def add_flows(self, item: str, numbers: list[int], sellers: list[str], shunned: set[str]) -> None:
        """Balance an item by flows from excluded suppliers, and from all others, to the groups."""
        free = [seller for seller in sellers if seller not in shunned]
        sources = [*sorted(shunned, key=sellers.index), *([FREE] if free else [])]
        into: dict[int, Terms] = {number: [] for number in numbers}
        balance = self.r.balance.setdefault(item, [])
        for source in sources:
            out: Terms = []
            for number in numbers:
                if source not in self.groups[number].excluded:
                    column = self.m.add_column(upper=self.groups[number].quanta)
                    self.v.flow[source, number] = column
                    out.append((column, 1))
                    into[number].append((column, 1))
            sold = [t for seller in (free if source == FREE else [source]) for t in self.sold[seller, item]]
            row = self.m.add_row(out + [(column, -value) for column, value in sold], 0, 0)
            balance.append((row, -1))
        for number in numbers:
            terms = into[number]
            if number in self.v.unfilled:
                terms.append((self.v.unfilled[number], 1))
            joined, wanted = self.wanted([number])
            balance.append((self.m.add_row(terms + joined, wanted, wanted), 1))

    # Rules

    def add_counts(self) -> None:
        """Limit the numbers of winning suppliers, overall and per item."""
        rules = self.round.rules
        winners = [(column, 1) for column in self.v.supplier.values()]
        if rules.max_suppliers is not None:
            self.m.add_row(winners, None, rules.max_suppliers)
        if rules.min_suppliers:
            self.v.anything = self.m.add_column(binary=True)
            self.m.add_row([*winners, (self.v.anything, -rules.min_suppliers)], 0, None)
            for supplier, column in self.v.supplier.items():
                self.m.add_row([(column, 1), (self.v.anything, -1)], None, 0)
                self.m.add_row([*self.delivered(supplier, None), (column, -1)], 0, None)
        if rules.max_suppliers_per_item is not None:
            by_item: dict[str, Terms] = defaultdict(list)
            for (_, item), column in self.v.supplier_item.items():
                by_item[item].append((column, 1))
            for terms in by_item.values():
                self.m.add_row(terms, None, rules.max_suppliers_per_item)

    def add_shares(self) -> None:
        """Limit each supplier's share of what is awarded in a scope: demand less what stays unfilled."""
        for rule in self.round.rules.shares:
            named = rule.supplier != EVERY_SUPPLIER
            suppliers = [rule.supplier] if named else [bid.supplier for bid in self.round.bids]
            wanted = self.participating(rule.items)[1]
            unfilled = [c for n, c in self.v.unfilled.items() if in_scope(rule.items, self.groups[n].item)]
            for supplier in suppliers:
                terms = self.delivered(supplier, rule.items)
                for limit, is_max in ((rule.max, True), (rule.min, False)):
                    if limit is None or (is_max and not terms):
                        continue
                    share = Fraction(limit)
                    row = [(column, value * share.denominator) for column, value in terms]
                    row += [(column, share.numerator) for column in unfilled]
                    edge = share.numerator * wanted
                    place = self.m.add_row(row, None if is_max else edge, edge if is_max else None)
                    if is_max:
                        self.r.packing.append((place, share.denominator, supplier, rule.items))
