"""The round that a group of members would have apart from the pool."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from brain_engines.awards.pricing import QUANTA, in_scope, limited_by, quanta
from brain_engines.awards.problem import Bid, BreakawayCapacity, Offer, Round, Rules, Scope


def restrict(round_: Round, members: Collection[str]) -> Round:
    """State the group's own round: its demands, the same bids, none of the pool's rules.

    Every capacity and offer ``max`` shrinks to the group's share of the pooled demand in its
    scope, rounded down to a thousandth, unless ``rules.breakaway_capacity`` is ``full``; a capacity
    over all items speaks of those the bid offers. The cost of the group's award is its
    characteristic cost.
    """
    rules = round_.rules
    demands = tuple(demand for demand in round_.demands if demand.member in members)
    bids = round_.bids
    if rules.breakaway_capacity is BreakawayCapacity.PRO_RATA:
        shares = Shares(round_, members)
        bids = tuple(_shrink(bid, shares) for bid in round_.bids)
    return replace(
        round_,
        members=tuple(member for member in round_.members if member.id in members),
        demands=demands,
        bids=bids,
        rules=Rules(
            annual_rate=rules.annual_rate,
            quality_weight=rules.quality_weight,
            breakaway_capacity=rules.breakaway_capacity,
        ),
    )


class Shares:
    """A group's share of the pooled demand by scope."""

    def __init__(self, round_: Round, members: Collection[str]) -> None:
        self.pooled: dict[str, int] = {}
        self.own: dict[str, int] = {}
        for demand in round_.demands:
            amount = quanta(demand.quantity)
            self.pooled[demand.item] = self.pooled.get(demand.item, 0) + amount
            if demand.member in members:
                self.own[demand.item] = self.own.get(demand.item, 0) + amount

    def of(self, items: Scope) -> Fraction:
        """Compute the share in a scope; 1 where nobody wants anything."""
        pooled = sum(amount for item, amount in self.pooled.items() if in_scope(items, item))
        own = sum(amount for item, amount in self.own.items() if in_scope(items, item))
        return Fraction(own, pooled) if pooled else Fraction(1)

    def shrink(self, most: Decimal, items: Scope) -> Decimal:
        """Scale a limit to the share, rounded down to a thousandth."""
        return Decimal(floor(Fraction(most) * self.of(items) * QUANTA)).scaleb(-3)


def _shrink(bid: Bid, shares: Shares) -> Bid:
    """Scale a bid's limits to a group's shares."""
    offers = tuple(_shrink_offer(offer, shares) for offer in bid.offers)
    capacities = tuple(replace(c, max=shares.shrink(c.max, limited_by(bid, c.items))) for c in bid.capacities)
    return replace(bid, offers=offers, capacities=capacities)


def _shrink_offer(offer: Offer, shares: Shares) -> Offer:
    """Scale an offer's max; an offer left with less than its min is one of nothing."""
    if offer.max is None:
        return offer
    most = shares.shrink(offer.max, (offer.item,))
    return replace(offer, max=most) if most >= offer.min else replace(offer, min=Decimal(0), max=Decimal(0))
