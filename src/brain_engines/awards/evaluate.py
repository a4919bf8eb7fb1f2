"""Price an award: every amount recomputed from the quantities in exact arithmetic, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from brain_engines.awards.pricing import QUANTA, freight_of, price_of, quanta, scope_of, steps_of, weight_of
from brain_engines.awards.problem import (
    AwardedCharge,
    AwardedPackage,
    AwardLine,
    Bid,
    ChargeBasis,
    Item,
    Round,
)


@dataclass(frozen=True)
class Choice:
    """What an award buys: quanta per supplier and item as unit offers, packages, quanta left unfilled."""

    quantities: Mapping[tuple[str, str], int]
    packages: frozenset[tuple[str, str]]
    unfilled: Mapping[int, int]
    """Quanta that stay unfilled, by the demand's place in the round."""


@dataclass(frozen=True)
class Priced:
    """The lines and amounts of a choice; ``exact`` is the evaluated cost before any rounding."""

    lines: tuple[AwardLine, ...]
    packages: tuple[AwardedPackage, ...]
    charges: tuple[AwardedCharge, ...]
    landed: Decimal
    evaluated: Decimal
    exact: Fraction


def half_up(amount: Fraction, decimals: int = 2) -> Decimal:
    """Round a non-negative amount half up."""
    scaled = amount * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-decimals)


def quantity_of(count: int) -> Decimal:
    """Turn quanta into a quantity."""
    return Decimal(count).scaleb(-3)


def evaluate(round_: Round, choice: Choice) -> Priced:
    """Price a choice line by line, rounding each amount half up to 0.01."""
    items = {item.id: item for item in round_.items}
    total = _Total()
    for bid in round_.bids:
        _price_bid(round_, bid, items, choice, total)
    for number, count in choice.unfilled.items():
        reserve = Fraction(round_.demands[number].reserve_price or 0)
        total.exact += reserve * count / QUANTA
        total.evaluated += half_up(reserve * count / QUANTA)
    return Priced(
        tuple(total.lines),
        tuple(total.packages),
        tuple(total.charges),
        total.landed,
        total.evaluated,
        total.exact,
    )


class _Total:
    """Adds up an award while its parts are priced."""

    def __init__(self) -> None:
        self.lines: list[AwardLine] = []
        self.packages: list[AwardedPackage] = []
        self.charges: list[AwardedCharge] = []
        self.landed = self.evaluated = Decimal(0)
        self.exact = Fraction(0)

    def add(self, weight: Fraction, invoice: Fraction, freights: list[Fraction]) -> tuple[Decimal, Decimal]:
        """Add an invoice and its freights; say invoice and landed amount as paid."""
        paid, carried = half_up(invoice), sum((half_up(freight) for freight in freights), Decimal(0))
        self.exact += invoice * weight + sum(freights, Fraction(0))
        self.evaluated += half_up(Fraction(paid) * weight) + carried
        self.landed += paid + carried
        return paid, paid + carried


def _price_bid(round_: Round, bid: Bid, items: Mapping[str, Item], choice: Choice, total: _Total) -> None:
    """Price what one supplier wins: unit offers, packages, charges."""
    weight = weight_of(round_, bid)
    bought = {o.item: n for o in bid.offers if (n := choice.quantities.get((bid.supplier, o.item), 0)) > 0}
    prices = {offer.item: price_of(round_, offer) for offer in bid.offers}
    discounted = _discounted(bid, bought, prices)
    places: list[str] = []
    for item, count in bought.items():
        name, tier, unit_price = discounted.get(item, (None, None, prices[item]))
        rate = freight_of(bid, items[item]) or Decimal(0)
        quantity = Fraction(count, QUANTA)
        invoice, landed = total.add(weight, quantity * unit_price, [quantity * Fraction(rate)])
        price = half_up(prices[item], 4)
        total.lines.append(
            AwardLine(
                bid.supplier,
                item,
                quantity_of(count),
                price,
                name,
                tier,
                half_up(unit_price, 4),
                rate,
                invoice,
                landed,
            )
        )
        places.append(items[item].destination)
    for package in bid.packages:
        if (bid.supplier, package.id) not in choice.packages:
            continue
        freights: list[Fraction] = []
        for item, amount in package.quantities.items():
            freights.append(Fraction(amount) * Fraction(freight_of(bid, items[item]) or 0))
            places.append(items[item].destination)
        total.add(weight, Fraction(package.price), freights)
        total.packages.append(AwardedPackage(bid.supplier, package.id))
    _add_charges(bid, list(dict.fromkeys(places)), total)


def _discounted(
    bid: Bid, bought: Mapping[str, int], prices: Mapping[str, Fraction]
) -> dict[str, tuple[str, int, Fraction]]:
    """Find each item's discount, tier and unit price from the quantity bought in the scope."""
    found: dict[str, tuple[str, int, Fraction]] = {}
    for discount in bid.discounts:
        scope = [item for item in scope_of(discount, bid) if item in bought]
        count = sum(bought[item] for item in scope)
        if not count:
            continue
        steps = steps_of(discount, {item: prices[item] for item in scope_of(discount, bid)})
        step = next(s for s in reversed(steps) if s.least <= count)
        spread = step.intercept * QUANTA / count
        for item in scope:
            found[item] = (discount.id, step.number, step.price(prices[item]) + spread)
    return found


def _add_charges(bid: Bid, places: list[str], total: _Total) -> None:
    """Add the fixed charges of a winning bid."""
    for charge in bid.charges:
        if charge.per is ChargeBasis.BID:
            due = [AwardedCharge(bid.supplier, charge.per, charge.amount)] if places else []
        else:
            due = [AwardedCharge(bid.supplier, charge.per, charge.amount, place) for place in places]
        total.charges += due
        for awarded in due:
            total.landed += awarded.amount
            total.evaluated += awarded.amount
            total.exact += Fraction(awarded.amount)


def delivered(round_: Round, choice: Choice) -> dict[tuple[str, str], int]:
    """Count everything each supplier delivers of each item, packages included, in declared order."""
    counts: dict[tuple[str, str], int] = {}
    for bid in round_.bids:
        for offer in bid.offers:
            key = (bid.supplier, offer.item)
            if choice.quantities.get(key, 0):
                counts[key] = choice.quantities[key]
        for package in bid.packages:
            if (bid.supplier, package.id) in choice.packages:
                for item, amount in package.quantities.items():
                    counts[bid.supplier, item] = counts.get((bid.supplier, item), 0) + quanta(amount)
    return counts
