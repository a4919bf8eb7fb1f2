"""Check an award against its round from first principles, trusting nobody who found it.

Every rule of the round file is checked on the award as stated and every amount is computed
again in exact fractions. Whether the lower bound is true is another question:
:func:`brain_engines.awards.check_proof.check_proof` answers it. This file shares no code with
the solver's side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from brain_engines.awards.io import round_sha256
from brain_engines.awards.problem import (
    EVERY_SUPPLIER,
    Award,
    AwardLine,
    AwardStatus,
    Bid,
    ChargeBasis,
    Discount,
    DiscountKind,
    Item,
    Package,
    Round,
    Scope,
)

CENT = Decimal("0.01")
OPTIMAL = Fraction(1, 1_000_000)


class Unsound(AssertionError):
    """An award breaks a rule or misstates an amount: where, what it says, what is right."""

    def __init__(self, place: str, what: str, stated: object, right: object) -> None:
        self.place, self.what, self.stated, self.right = place, what, str(stated), str(right)
        super().__init__(f"{place}: {what}: the award says {stated}, right is {right}.")


def verify(round_: Round, award: Award) -> Fraction | None:
    """Raise :class:`Unsound` unless the award keeps every rule and states every amount rightly.

    Gives the exact evaluated cost, before any rounding; None for an infeasible round.
    """
    if award.round != round_.id:
        raise Unsound("round", "the award is for another round", award.round, round_.id)
    if award.round_sha256 != round_sha256(round_):
        raise Unsound("round_sha256", "the round has changed", award.round_sha256, round_sha256(round_))
    if award.status is AwardStatus.INFEASIBLE:
        _check_nothing_stated(award)
        return None
    if award.conflicts or award.relaxations:
        raise Unsound("conflicts", "conflicts beside an award", len(award.conflicts), 0)
    check = _Check(round_, award)
    check.run()
    return check.exact


def _check_nothing_stated(award: Award) -> None:
    """Check that an infeasible award buys nothing and costs nothing."""
    for name in ("lines", "packages", "charges", "allocations", "unfilled"):
        if rows := getattr(award, name):
            raise Unsound(name, "an infeasible award buys something", len(rows), 0)
    for name in ("evaluated_cost", "landed_cost", "lower_bound", "gap"):
        if (amount := getattr(award, name)) is not None:
            raise Unsound(name, "an infeasible award states an amount", amount, "nothing")


def half_up(amount: Fraction) -> Decimal:
    """Round an amount to the cent, half up."""
    with localcontext() as context:
        context.prec = 60
        down = (amount * 1000).__floor__()
        # A half is decided on the exact third decimal: what lies below it never rounds up.
        return (Decimal(down) / 1000).quantize(CENT, ROUND_HALF_UP)


def within(items: Scope, item: str) -> bool:
    """Say whether a term speaks of an item."""
    return items is None or item in items


class _Check:
    """The checks of one award; totals are gathered first, then rules are held against them."""

    def __init__(self, round_: Round, award: Award) -> None:
        self.round, self.award = round_, award
        self.items = {item.id: item for item in round_.items}
        self.bids = {bid.supplier: bid for bid in round_.bids}
        self.units: dict[tuple[str, str], Decimal] = {}
        """Quantities bought as unit offers, by supplier and item."""
        self.total: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        """Everything delivered, packages included, by supplier and item."""
        self.exact = Fraction(0)
        self.evaluated = Decimal(0)
        self.landed = Decimal(0)

    def run(self) -> None:
        """Check everything, lines first, totals last."""
        for number, line in enumerate(self.award.lines):
            self.take_line(f"lines[{number}]", line)
        self.take_packages()
        for number, line in enumerate(self.award.lines):
            self.check_line(f"lines[{number}]", line)
        for place, bid in enumerate(self.round.bids):
            self.check_bid(f"bids[{place}]", bid)
        self.check_charges()
        self.check_demands()
        self.check_counts()
        self.check_shares()
        self.check_costs()

    # What is bought

    def bid_of(self, place: str, supplier: str) -> Bid:
        """Find the supplier's bid."""
        if supplier not in self.bids:
            raise Unsound(f"{place}.supplier", "the supplier made no bid", supplier, ", ".join(self.bids))
        return self.bids[supplier]

    def take_line(self, place: str, line: AwardLine) -> None:
        """Note a line's quantity once it is one the supplier could deliver at all."""
        bid = self.bid_of(place, line.supplier)
        offer = next((offer for offer in bid.offers if offer.item == line.item), None)
        if offer is None:
            raise Unsound(
                f"{place}.item", "the supplier offers no such item", line.item, "an item of the bid"
            )
        if (line.supplier, line.item) in self.units:
            raise Unsound(place, "the line is given twice", line.item, "one line")
        if line.quantity <= 0 or line.quantity != line.quantity.quantize(Decimal("0.001")):
            raise Unsound(f"{place}.quantity", "quantity", line.quantity, "a positive multiple of 0.001")
        if line.quantity < offer.min:
            raise Unsound(f"{place}.quantity", "less than the offer's min", line.quantity, offer.min)
        if offer.max is not None and line.quantity > offer.max:
            raise Unsound(f"{place}.quantity", "more than the offer's max", line.quantity, offer.max)
        self.check_winnable(place, bid, self.items[line.item])
        self.units[line.supplier, line.item] = line.quantity
        self.total[line.supplier, line.item] += line.quantity

    def check_winnable(self, place: str, bid: Bid, item: Item) -> None:
        """Check lead time and destination."""
        if item.max_lead_days is not None and bid.lead_days > item.max_lead_days:
            raise Unsound(place, "lead days", bid.lead_days, f"at most {item.max_lead_days}")
        if bid.freight is not None and item.destination not in bid.freight:
            raise Unsound(place, "the supplier does not serve", item.destination, ", ".join(bid.freight))

    def take_packages(self) -> None:
        """Note what packages deliver and cost."""
        seen: set[tuple[str, str]] = set()
        groups: set[tuple[str, str]] = set()
        for number, awarded in enumerate(self.award.packages):
            place = f"packages[{number}]"
            bid = self.bid_of(place, awarded.supplier)
            package = next((p for p in bid.packages if p.id == awarded.id), None)
            if package is None or (awarded.supplier, awarded.id) in seen:
                raise Unsound(place, "no such package, or it is given twice", awarded.id, "a package, once")
            seen.add((awarded.supplier, awarded.id))
            if package.exclusive is not None:
                if (awarded.supplier, package.exclusive) in groups:
                    raise Unsound(place, "two packages of one exclusive group", package.exclusive, "one")
                groups.add((awarded.supplier, package.exclusive))
            self.take_package(place, bid, package)

    def take_package(self, place: str, bid: Bid, package: Package) -> None:
        """Note one package."""
        freight, carried = Fraction(0), Decimal(0)
        for item, quantity in package.quantities.items():
            self.check_winnable(place, bid, self.items[item])
            self.total[bid.supplier, item] += quantity
            part = Fraction(quantity) * Fraction(self.rate(bid, item))
            freight += part
            carried += half_up(part)
        self.pay(bid, Fraction(package.price), package.price, freight, carried)

    def rate(self, bid: Bid, item: str) -> Decimal:
        """Find the freight per unit."""
        return Decimal(0) if bid.freight is None else bid.freight[self.items[item].destination]

    def pay(self, bid: Bid, invoice: Fraction, paid: Decimal, freight: Fraction, carried: Decimal) -> None:
        """Add an invoice with its freight to the totals."""
        rules = self.round.rules
        quality = next(s.quality for s in self.round.suppliers if s.id == bid.supplier)
        discounting = Fraction(365) / (365 + Fraction(rules.annual_rate) * bid.payment_days)
        weight = discounting + Fraction(rules.quality_weight) * (100 - Fraction(quality)) / 100
        self.exact += invoice * weight + freight
        self.evaluated += half_up(Fraction(paid) * weight) + carried
        self.landed += paid + carried

    # Prices

    def check_line(self, place: str, line: AwardLine) -> None:
        """Compute a line's price, tier and amounts again."""
        bid = self.bids[line.supplier]
        price = self.price(bid, line.item)
        if line.price != price:
            raise Unsound(f"{place}.price", "price before discount", line.price, price)
        unit = Fraction(price)
        name: str | None = None
        tier: int | None = None
        for discount in bid.discounts:
            offered = {offer.item for offer in bid.offers}
            if line.item in offered and within(discount.items, line.item):
                name = discount.id
                tier, unit = self.discounted(bid, discount, price)
        if (line.discount, line.tier) != (name, tier):
            raise Unsound(f"{place}.tier", "discount and tier", (line.discount, line.tier), (name, tier))
        if abs(Fraction(line.unit_price) - unit) > Fraction(1, 20_000):
            raise Unsound(f"{place}.unit_price", "discounted price", line.unit_price, float(unit))
        rate = self.rate(bid, line.item)
        if line.freight != rate:
            raise Unsound(f"{place}.freight", "freight per unit", line.freight, rate)
        invoice, freight = Fraction(line.quantity) * unit, Fraction(line.quantity) * Fraction(rate)
        if line.invoice != half_up(invoice):
            raise Unsound(f"{place}.invoice", "invoice", line.invoice, half_up(invoice))
        if line.landed != line.invoice + half_up(freight):
            raise Unsound(f"{place}.landed", "landed amount", line.landed, line.invoice + half_up(freight))
        self.pay(bid, invoice, line.invoice, freight, half_up(freight))

    def price(self, bid: Bid, item: str) -> Decimal:
        """Find the unit price before discount."""
        offer = next(offer for offer in bid.offers if offer.item == item)
        if offer.index is not None:
            return self.round.indices[offer.index] + offer.premium
        if offer.price is None:
            raise Unsound(f"offers of {bid.supplier}", "price", None, "a price or an index")
        return offer.price

    def discounted(self, bid: Bid, discount: Discount, price: Decimal) -> tuple[int, Fraction]:
        """Find the tier that contains the scope's quantity, and the unit price with its discount."""
        count = sum(
            (q for (supplier, item), q in self.units.items()
             if supplier == bid.supplier and within(discount.items, item)), Decimal(0),
        )  # fmt: skip
        tier = max(n for n, t in enumerate(discount.tiers) if t.start <= count)
        offs = [
            Fraction(t.off) if t.off is not None else Fraction(price) * Fraction(t.percent or 0) / 100
            for t in discount.tiers
        ]
        if discount.kind is DiscountKind.ALL_UNITS:
            return tier, Fraction(price) - offs[tier]
        ends = [t.start for t in discount.tiers[1:]] + [count]
        rebate = sum(
            (off * (Fraction(min(end, count)) - Fraction(t.start))
             for off, t, end in zip(offs, discount.tiers, ends, strict=True) if t.start < count), Fraction(0),
        )  # fmt: skip
        return tier, Fraction(price) - rebate / Fraction(count)

    # Terms of bids

    def over(self, supplier: str, items: Scope) -> Decimal:
        """Add up what a supplier delivers over a scope."""
        return sum((q for (s, i), q in self.total.items() if s == supplier and within(items, i)), Decimal(0))

    def check_bid(self, place: str, bid: Bid) -> None:
        """Check capacities and minimums."""
        for number, capacity in enumerate(bid.capacities):
            count = self.over(bid.supplier, capacity.items)
            if count > capacity.max:
                raise Unsound(f"{place}.capacities[{number}]", "capacity", count, f"at most {capacity.max}")
        for number, minimum in enumerate(bid.minimums):
            count = self.over(bid.supplier, minimum.items)
            if 0 < count < minimum.min:
                raise Unsound(f"{place}.minimums[{number}]", "minimum", count, f"0 or at least {minimum.min}")

    def check_charges(self) -> None:
        """Check that exactly the charges due are stated, and pay them."""
        due: list[tuple[str, ChargeBasis, Decimal, str | None]] = []
        for bid in self.round.bids:
            places = {
                self.items[i].destination for (s, i), q in self.total.items() if s == bid.supplier and q > 0
            }
            for charge in bid.charges:
                if charge.per is ChargeBasis.DESTINATION:
                    due += [(bid.supplier, charge.per, charge.amount, place) for place in sorted(places)]
                elif places:
                    due.append((bid.supplier, charge.per, charge.amount, None))
        stated = [(c.supplier, c.per, c.amount, c.destination) for c in self.award.charges]
        if Counter(stated) != Counter(due):
            raise Unsound("charges", "charges due", stated, due)
        for _, _, amount, _ in due:
            self.exact += Fraction(amount)
            self.evaluated += amount
            self.landed += amount

    # Demands

    def check_demands(self) -> None:
        """Check that each demand is filled or rightly left, by suppliers it does not exclude."""
        demands = {(d.member, d.item): d for d in self.round.demands}
        filled: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        given: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.check_parts()
        for number, part in enumerate(self.award.allocations):
            place = f"allocations[{number}]"
            demand = demands.get((part.member, part.item))
            if demand is None or part.quantity <= 0:
                raise Unsound(
                    place, "there is no such demand, or nothing is given", part.quantity, "a demand"
                )
            if part.supplier in demand.excluded_suppliers:
                raise Unsound(place, "the demand excludes the supplier", part.supplier, "another supplier")
            filled[part.member, part.item] += part.quantity
            given[part.supplier, part.item] += part.quantity
        for number, left in enumerate(self.award.unfilled):
            place = f"unfilled[{number}]"
            demand = demands.get((left.member, left.item))
            if demand is None or demand.reserve_price is None or left.quantity <= 0:
                raise Unsound(place, "left unfilled without reserve price", left.quantity, 0)
            filled[left.member, left.item] += left.quantity
            cost = Fraction(left.quantity) * Fraction(demand.reserve_price)
            self.exact += cost
            self.evaluated += half_up(cost)
        for number, demand in enumerate(self.round.demands):
            found = filled[demand.member, demand.item]
            if found != demand.quantity:
                raise Unsound(f"demands[{number}]", "quantity filled and left", found, demand.quantity)
        for key in {*given, *self.total}:
            if given[key] != self.total[key]:
                raise Unsound(f"allocations of {key[0]} · {key[1]}", "quantity", given[key], self.total[key])

    def check_parts(self) -> None:
        """Check that who receives what, and what stays unfilled, is said once and in whole thousandths."""
        received = [(f"allocations[{n}]", (a.member, a.item, a.supplier), a.quantity)
                    for n, a in enumerate(self.award.allocations)]  # fmt: skip
        left = [(f"unfilled[{n}]", (u.member, u.item, ""), u.quantity)
                for n, u in enumerate(self.award.unfilled)]  # fmt: skip
        seen: set[tuple[str, tuple[str, str, str]]] = set()
        for place, key, quantity in [*received, *left]:
            if quantity != quantity.quantize(Decimal("0.001")):
                raise Unsound(f"{place}.quantity", "quantity", quantity, "a multiple of 0.001")
            kind = place.partition("[")[0]
            if (kind, key) in seen:
                raise Unsound(place, "the same is said twice", " · ".join(key), "one entry")
            seen.add((kind, key))

    # Rules

    def check_counts(self) -> None:
        """Check the numbers of winning suppliers."""
        rules = self.round.rules
        winners = {supplier for (supplier, _), quantity in self.total.items() if quantity > 0}
        if rules.max_suppliers is not None and len(winners) > rules.max_suppliers:
            raise Unsound("rules.max_suppliers", "winning suppliers", len(winners), rules.max_suppliers)
        if rules.min_suppliers is not None and 0 < len(winners) < rules.min_suppliers:
            raise Unsound("rules.min_suppliers", "winning suppliers", len(winners), rules.min_suppliers)
        per_item = Counter(item for (_, item), quantity in self.total.items() if quantity > 0)
        for item, count in per_item.items():
            if rules.max_suppliers_per_item is not None and count > rules.max_suppliers_per_item:
                raise Unsound("rules.max_suppliers_per_item", item, count, rules.max_suppliers_per_item)

    def check_shares(self) -> None:
        """Check every supplier's share of what is awarded."""
        for number, rule in enumerate(self.round.rules.shares):
            awarded = sum((q for (_, item), q in self.total.items() if within(rule.items, item)), Decimal(0))
            named: Iterable[str] = self.bids if rule.supplier == EVERY_SUPPLIER else (rule.supplier,)
            for supplier in named:
                place = f"rules.shares[{number}]"
                count = self.over(supplier, rule.items)
                if rule.max is not None and count > rule.max * awarded:
                    raise Unsound(place, f"{supplier} has too much", count, f"at most {rule.max * awarded}")
                if rule.min is not None and count < rule.min * awarded:
                    raise Unsound(
                        place, f"{supplier} has too little", count, f"at least {rule.min * awarded}"
                    )

    # Totals

    def check_costs(self) -> None:
        """Check costs, bound, gap and status against each other."""
        award = self.award
        if award.landed_cost != self.landed:
            raise Unsound("landed_cost", "landed cost", award.landed_cost, self.landed)
        if award.evaluated_cost != self.evaluated:
            raise Unsound("evaluated_cost", "evaluated cost", award.evaluated_cost, self.evaluated)
        if award.lower_bound is None or award.gap is None:
            raise Unsound("lower_bound", "bound and gap", award.lower_bound, "both stated")
        if award.lower_bound > self.evaluated or Fraction(award.lower_bound) > self.exact:
            raise Unsound("lower_bound", "a bound above the cost", award.lower_bound, self.evaluated)
        # The bound is rounded down to the cent, and not above the cost as stated.
        slack = Fraction(1, 100) + max(Fraction(0), self.exact - Fraction(self.evaluated))
        missing = self.exact - Fraction(award.lower_bound)
        stated = Fraction(award.gap) * self.exact
        if abs(stated - missing) > slack + OPTIMAL / 2 * self.exact:
            raise Unsound("gap", "gap", award.gap, float(missing / self.exact) if self.exact else 0)
        if award.status is AwardStatus.OPTIMAL and (
            award.gap > OPTIMAL or missing > OPTIMAL * self.exact + slack
        ):
            raise Unsound("status", "the gap is too large to be optimal", award.gap, float(OPTIMAL))
