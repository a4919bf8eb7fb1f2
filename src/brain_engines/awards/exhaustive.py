"""The same answer by trying everything: slow, and too simple to be wrong.

Every way to distribute whole steps of each demand over the suppliers, every set of packages and
every unfilled rest is tried; what breaks a rule is thrown away. It reads the round file's text
literally and shares no code with the solver's side. For rounds of a few steps only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import product

from brain_engines.awards.problem import Bid, Demand, Discount, Item, Package, Round

STEP = Decimal("0.001")
UNFILLED = None
Key = tuple[str, str]


@dataclass(frozen=True)
class Cheapest:
    """The least evaluated cost, exact, and what it buys as unit offers and packages."""

    cost: Fraction
    units: tuple[tuple[Key, Decimal], ...] = field(default=())
    packages: tuple[Key, ...] = field(default=())


def cheapest(round_: Round, step: Decimal = STEP) -> Cheapest | None:
    """Find the award of least exact evaluated cost; None when there is none.

    Quantities are tried in multiples of ``step``, of which every demand and package must be one.
    """
    best: Cheapest | None = None
    for packages in _package_sets(round_):
        for units, unfilled_cost in _purchases(round_, packages, step):
            cost = _cost(round_, units, packages)
            if cost is not None and (best is None or cost + unfilled_cost < best.cost):
                chosen = tuple((bid.supplier, package.id) for bid, package in packages)
                best = Cheapest(cost + unfilled_cost, tuple(sorted(units.items())), chosen)
    return best


Packages = tuple[tuple[Bid, Package], ...]


def _package_sets(round_: Round) -> Iterator[Packages]:
    """Try every set of packages with at most one of each exclusive group."""
    every = [(bid, package) for bid in round_.bids for package in bid.packages]
    for taken in product((False, True), repeat=len(every)):
        chosen = tuple(pair for pair, take in zip(every, taken, strict=True) if take)
        groups = [(bid.supplier, p.exclusive) for bid, p in chosen if p.exclusive is not None]
        if len(set(groups)) == len(groups):
            yield chosen


def _purchases(
    round_: Round, packages: Packages, step: Decimal
) -> Iterator[tuple[dict[Key, Decimal], Fraction]]:
    """Try every combination of the items' purchases: unit offers, with the cost of what is left."""
    per_item = [list(_item_purchases(round_, item, packages, step).items()) for item in round_.items]
    for combination in product(*per_item):
        units: dict[Key, Decimal] = {}
        left = Fraction(0)
        for (amounts, _), rest in combination:
            units.update(amounts)
            left += rest
        yield units, left


def _item_purchases(
    round_: Round, item: Item, packages: Packages, step: Decimal
) -> dict[tuple[tuple[tuple[Key, Decimal], ...], int], Fraction]:
    """List each purchase of one item, keeping the cheapest way to leave something unfilled."""
    demands = [d for d in round_.demands if d.item == item.id]
    from_packages: dict[str, Decimal] = defaultdict(Decimal)
    for bid, package in packages:
        if item.id in package.quantities:
            from_packages[bid.supplier] += package.quantities[item.id]
    sellers = [b.supplier for b in round_.bids if any(o.item == item.id for o in b.offers)]
    sources: list[str | None] = [*dict.fromkeys([*sellers, *from_packages]), UNFILLED]
    found: dict[tuple[tuple[tuple[Key, Decimal], ...], int], Fraction] = {}
    for spread in product(*(_spreads(demand, sources, step) for demand in demands)):
        total: dict[str | None, Decimal] = defaultdict(Decimal)
        left = Fraction(0)
        for demand, parts in zip(demands, spread, strict=True):
            for source, part in zip(sources, parts, strict=True):
                total[source] += part
            left += Fraction(parts[-1]) * Fraction(demand.reserve_price or 0)
        if any(total[supplier] < amount for supplier, amount in from_packages.items()):
            continue
        units = {
            (s, item.id): total[s] - from_packages.get(s, Decimal(0))
            for s in sources
            if s is not None and total[s] > from_packages.get(s, Decimal(0))
        }
        if all(supplier in sellers for supplier, _ in units):
            key = (tuple(sorted(units.items())), 0)
            found[key] = min(left, found.get(key, left))
    return found


def _spreads(demand: Demand, sources: list[str | None], step: Decimal) -> list[tuple[Decimal, ...]]:
    """List every way to fill a demand from the sources it allows."""

    def fill(rest: int, number: int) -> Iterator[tuple[int, ...]]:
        if number == len(sources) - 1:
            if rest == 0 or demand.reserve_price is not None:
                yield (rest,)
            return
        most = 0 if sources[number] in demand.excluded_suppliers else rest
        for count in range(most + 1):
            for others in fill(rest - count, number + 1):
                yield (count, *others)

    return [tuple(n * step for n in counts) for counts in fill(int(demand.quantity / step), 0)]


def _cost(round_: Round, units: dict[Key, Decimal], packages: Packages) -> Fraction | None:
    """Add up the evaluated cost of a purchase, or None if it breaks a rule."""
    total: dict[Key, Decimal] = defaultdict(Decimal, units)
    for bid, package in packages:
        for name, amount in package.quantities.items():
            total[bid.supplier, name] += amount
    if not _rules_hold(round_, total):
        return None
    cost = Fraction(0)
    for bid in round_.bids:
        own = {
            item: amount for (supplier, item), amount in total.items() if supplier == bid.supplier and amount
        }
        if own:
            mine = {item: amount for (supplier, item), amount in units.items() if supplier == bid.supplier}
            part = _bid_cost(round_, bid, mine, own, [p for b, p in packages if b is bid])
            if part is None:
                return None
            cost += part
    return cost


def _bid_cost(
    round_: Round, bid: Bid, units: dict[str, Decimal], total: dict[str, Decimal], packages: list[Package]
) -> Fraction | None:
    """Price one supplier's part, or None if the bid does not allow it."""
    items = {item.id: item for item in round_.items}
    if not _deliverable(bid, items, total) or not _within_limits(bid, units, total):
        return None
    invoice = sum((Fraction(p.price) for p in packages), _units_invoice(round_, bid, units))
    freight = Fraction(0)
    if bid.freight is not None:
        for name, amount in total.items():
            freight += Fraction(amount) * Fraction(bid.freight[items[name].destination])
    places = {items[name].destination for name in total}
    charges = sum(
        (Fraction(c.amount) * (1 if c.per.value == "bid" else len(places)) for c in bid.charges), Fraction(0)
    )
    quality = next(s.quality for s in round_.suppliers if s.id == bid.supplier)
    value = 1 / (1 + Fraction(round_.rules.annual_rate) * bid.payment_days / 365)
    value += Fraction(round_.rules.quality_weight) * (1 - Fraction(quality) / 100)
    return invoice * value + freight + charges


def _deliverable(bid: Bid, items: dict[str, Item], total: dict[str, Decimal]) -> bool:
    """Say whether lead time and destinations allow what a supplier is to deliver."""
    for name in total:
        item = items[name]
        if item.max_lead_days is not None and bid.lead_days > item.max_lead_days:
            return False
        if bid.freight is not None and item.destination not in bid.freight:
            return False
    return True


def _within_limits(bid: Bid, units: dict[str, Decimal], total: dict[str, Decimal]) -> bool:
    """Say whether offers, capacities and minimums allow what a supplier is to deliver."""
    for offer in bid.offers:
        amount = units.get(offer.item, Decimal(0))
        if amount and (amount < offer.min or (offer.max is not None and amount > offer.max)):
            return False
    for capacity in bid.capacities:
        if sum(a for i, a in total.items() if capacity.items is None or i in capacity.items) > capacity.max:
            return False
    for minimum in bid.minimums:
        if 0 < sum(a for i, a in total.items() if minimum.items is None or i in minimum.items) < minimum.min:
            return False
    return True


def _units_invoice(round_: Round, bid: Bid, units: dict[str, Decimal]) -> Fraction:
    """Price the unit offers with their discounts."""
    invoice = Fraction(0)
    for offer in bid.offers:
        amount = Fraction(units.get(offer.item, 0))
        price = offer.price if offer.index is None else round_.indices[offer.index] + offer.premium
        invoice += amount * Fraction(price or 0)
    for discount in bid.discounts:
        inside = {
            o.item: Fraction(units[o.item])
            for o in bid.offers
            if o.item in units and (discount.items is None or o.item in discount.items)
        }
        invoice -= _rebate(round_, bid, discount, inside)
    return invoice


def _rebate(round_: Round, bid: Bid, discount: Discount, inside: dict[str, Fraction]) -> Fraction:
    """Compute what a discount takes off, tier by tier."""
    count = sum(inside.values(), Fraction(0))
    prices = {
        o.item: Fraction((o.price if o.index is None else round_.indices[o.index] + o.premium) or 0)
        for o in bid.offers
    }
    worth = sum((amount * prices[item] for item, amount in inside.items()), Fraction(0))
    rebate = Fraction(0)
    for number, tier in enumerate(discount.tiers):
        if count < Fraction(tier.start):
            break
        if discount.kind.value == "all-units":
            part, value = count, worth
            rebate = Fraction(0)
        else:
            after = discount.tiers[number + 1].start if number + 1 < len(discount.tiers) else None
            end = count if after is None else min(count, Fraction(after))
            part = end - Fraction(tier.start)
            value = worth * part / count if count else Fraction(0)
        rebate += part * Fraction(tier.off or 0) + value * Fraction(tier.percent or 0) / 100
    return rebate


def _rules_hold(round_: Round, total: dict[Key, Decimal]) -> bool:
    """Say whether the rules of the whole award allow a purchase."""
    rules = round_.rules
    bought = {key: amount for key, amount in total.items() if amount}
    winners = {supplier for supplier, _ in bought}
    if rules.max_suppliers is not None and len(winners) > rules.max_suppliers:
        return False
    if rules.min_suppliers is not None and winners and len(winners) < rules.min_suppliers:
        return False
    for item in round_.items:
        count = sum(1 for _, name in bought if name == item.id)
        if rules.max_suppliers_per_item is not None and count > rules.max_suppliers_per_item:
            return False
    for rule in rules.shares:
        inside = {k: a for k, a in bought.items() if rule.items is None or k[1] in rule.items}
        awarded = sum(inside.values(), Decimal(0))
        for supplier in {b.supplier for b in round_.bids} if rule.supplier == "*" else {rule.supplier}:
            own = sum((a for (s, _), a in inside.items() if s == supplier), Decimal(0))
            if rule.max is not None and own > rule.max * awarded:
                return False
            if rule.min is not None and own < rule.min * awarded:
                return False
    return True
