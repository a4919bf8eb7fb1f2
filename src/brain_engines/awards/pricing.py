"""What a bid costs, as exact fractions: used to state the model and to price an award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from brain_engines.awards.problem import Bid, Discount, DiscountKind, Item, Offer, Round, Scope

QUANTA = 1000
"""Quantities are counted in thousandths of the unit."""


def quanta(quantity: Decimal) -> int:
    """Count a quantity in thousandths; exact, because a quantity has at most three decimals."""
    return int(quantity.scaleb(3))


def in_scope(items: Scope, item: str) -> bool:
    """Say whether a term speaks of an item."""
    return items is None or item in items


def weight_of(round_: Round, bid: Bid) -> Fraction:
    """Compute pv + q: how much a unit of the supplier's invoice counts in the evaluated cost."""
    rules = round_.rules
    quality = next((s.quality for s in round_.suppliers if s.id == bid.supplier), Decimal(100))
    present = 1 / (1 + Fraction(rules.annual_rate) * bid.payment_days / 365)
    return present + Fraction(rules.quality_weight) * (1 - Fraction(quality) / 100)


def price_of(round_: Round, offer: Offer) -> Fraction:
    """Compute an offer's unit price before discount."""
    if offer.index is not None:
        return Fraction(round_.indices[offer.index]) + Fraction(offer.premium)
    return Fraction(offer.price or 0)


def freight_of(bid: Bid, item: Item) -> Decimal | None:
    """Find the freight per unit to an item's destination; None if it cannot be served."""
    return Decimal(0) if bid.freight is None else bid.freight.get(item.destination)


def can_win(bid: Bid, item: Item) -> bool:
    """Say whether lead time and destination let a supplier win an item at all."""
    in_time = item.max_lead_days is None or bid.lead_days <= item.max_lead_days
    return in_time and freight_of(bid, item) is not None


@dataclass(frozen=True)
class TierStep:
    """A tier in quanta: from ``least`` to ``most``; rebates are per unit or a share of the price.

    All units: a unit costs price × (1 − percent) − off. Incremental: it costs that as well, and
    ``intercept`` is added once, because the units below ``least`` had smaller rebates.
    """

    number: int
    least: int
    most: int | None
    percent: Fraction
    off: Fraction
    intercept: Fraction

    def price(self, price: Fraction) -> Fraction:
        """Discount a unit price."""
        return price * (1 - self.percent) - self.off


def steps_of(discount: Discount, prices: Mapping[str, Fraction]) -> tuple[TierStep, ...]:
    """State a discount's tiers; ``prices`` are those of its scope (one item if incremental percent)."""
    incremental = discount.kind is DiscountKind.INCREMENTAL
    steps: list[TierStep] = []
    rebate_so_far = Fraction(0)
    before = Fraction(0)
    start_before = Fraction(0)
    for number, tier in enumerate(discount.tiers):
        percent = Fraction(tier.percent or 0) / 100
        off = Fraction(tier.off or 0)
        if incremental and percent:
            (price,) = prices.values()
            percent, off = Fraction(0), percent * price
        start = Fraction(tier.start)
        rebate_so_far += before * (start - start_before)
        is_last = number + 1 == len(discount.tiers)
        steps.append(
            TierStep(
                number=number,
                least=quanta(tier.start),
                most=None if is_last else quanta(discount.tiers[number + 1].start) - 1,
                percent=percent,
                off=off,
                intercept=off * start - rebate_so_far if incremental else Fraction(0),
            )
        )
        before, start_before = off, start
    return tuple(steps)


def sold_by(bid: Bid) -> tuple[str, ...]:
    """List what a bid offers, alone or in packages: what ``all`` means in its capacities and minimums."""
    offered = [offer.item for offer in bid.offers]
    return tuple(dict.fromkeys([*offered, *(item for p in bid.packages for item in p.quantities)]))


def limited_by(bid: Bid, items: Scope) -> tuple[str, ...]:
    """List the items that a capacity or minimum of a bid speaks of."""
    return sold_by(bid) if items is None else items


def scope_of(discount: Discount, bid: Bid) -> tuple[str, ...]:
    """List the offered items a discount speaks of."""
    return tuple(offer.item for offer in bid.offers if in_scope(discount.items, offer.item))
