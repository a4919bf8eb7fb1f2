"""Say what an award is worth: other ways to buy the same, and why each offer won or lost.

Comparisons are awards of changed rounds, solved by the same engine; each states whether its cost
is proved. Facts about offers are only those that are exactly true of the figures in the round:
an offer is called dearer only if even its deepest discount leaves it above every price that the
award pays for the item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from brain_engines.awards.evaluate import half_up
from brain_engines.awards.pricing import (
    can_win,
    freight_of,
    in_scope,
    price_of,
    scope_of,
    steps_of,
    weight_of,
)
from brain_engines.awards.problem import Award, AwardStatus, Bid, Item, Offer, Round, Rules
from brain_engines.awards.restrict import restrict
from brain_engines.awards.solve import Limits, NoAwardYet, ShouldStop, find

QUICK = Limits(seconds=10.0, gap=1e-4, leaves=1)


@dataclass(frozen=True)
class Alternative:
    """What another way to buy would cost; amounts are None if it is impossible or was not found in time.

    ``who`` is the supplier or member it is about, if any.
    """

    who: str
    status: AwardStatus | None
    evaluated_cost: Decimal | None
    landed_cost: Decimal | None
    lower_bound: Decimal | None

    @property
    def possible(self) -> bool:
        """Say whether an award was found."""
        return self.evaluated_cost is not None


@dataclass(frozen=True)
class Comparisons:
    """An award beside the ways a buyer would think of first."""

    single_suppliers: tuple[Alternative, ...]
    """Everything from one supplier, without the rules on numbers and shares; in declared order."""
    members_alone: tuple[Alternative, ...]
    """Each member on its own, as a group of one; in declared order."""
    without_discounts: Alternative
    """The same rules, but no discounts and no packages."""

    @property
    def cheapest_single_supplier(self) -> Alternative | None:
        """Find the supplier who delivers everything at the least evaluated cost; None if nobody can."""
        able = [(a.evaluated_cost, a) for a in self.single_suppliers if a.evaluated_cost is not None]
        return min(able, key=lambda pair: pair[0])[1] if able else None

    @property
    def alone_evaluated(self) -> Decimal | None:
        """Add up what the members would pay apart, evaluated; None if one of them cannot buy alone."""
        return _sum(alternative.evaluated_cost for alternative in self.members_alone)

    @property
    def alone_landed(self) -> Decimal | None:
        """Add up what the members would pay apart, landed; None if one of them cannot buy alone."""
        return _sum(alternative.landed_cost for alternative in self.members_alone)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def compare(round_: Round, *, limits: Limits = QUICK, should_stop: ShouldStop | None = None) -> Comparisons:
    """Work out every comparison; ``limits`` are for each one."""
    return Comparisons(
        single_suppliers=tuple(
            single_supplier(round_, bid.supplier, limits=limits, should_stop=should_stop)
            for bid in round_.bids
        ),
        members_alone=tuple(
            member_alone(round_, member.id, limits=limits, should_stop=should_stop)
            for member in round_.members
        ),
        without_discounts=without_discounts(round_, limits=limits, should_stop=should_stop),
    )


def single_supplier(
    round_: Round, supplier: str, *, limits: Limits = QUICK, should_stop: ShouldStop | None = None
) -> Alternative:
    """Buy everything from one supplier, leaving out the rules on numbers and shares."""
    rules = Rules(annual_rate=round_.rules.annual_rate, quality_weight=round_.rules.quality_weight)
    bids = tuple(bid for bid in round_.bids if bid.supplier == supplier)
    return _alternative(supplier, replace(round_, bids=bids, rules=rules), limits, should_stop)


def member_alone(
    round_: Round, member: str, *, limits: Limits = QUICK, should_stop: ShouldStop | None = None
) -> Alternative:
    """Let one member buy on its own, as the round file defines a group of one."""
    return _alternative(member, restrict(round_, {member}), limits, should_stop)


def without_discounts(
    round_: Round, *, limits: Limits = QUICK, should_stop: ShouldStop | None = None
) -> Alternative:
    """Buy at list prices: the same rules, no discounts, no packages."""
    bids = tuple(replace(bid, discounts=(), packages=()) for bid in round_.bids)
    return _alternative("", replace(round_, bids=bids), limits, should_stop)


def without_supplier(
    round_: Round, supplier: str, *, limits: Limits = QUICK, should_stop: ShouldStop | None = None
) -> Alternative:
    """Award the round as if one supplier had not bid: what the supplier's bid is worth."""
    bids = tuple(bid for bid in round_.bids if bid.supplier != supplier)
    return _alternative(supplier, replace(round_, bids=bids), limits, should_stop)


def _alternative(who: str, round_: Round, limits: Limits, should_stop: ShouldStop | None) -> Alternative:
    try:
        award = find(round_, limits=limits, should_stop=should_stop, explain_infeasible=False).award
    except NoAwardYet as none_yet:
        return Alternative(who, None, None, None, none_yet.bound)
    return Alternative(who, award.status, award.evaluated_cost, award.landed_cost, award.lower_bound)


# Facts about offers


class OfferOutcome(StrEnum):
    """What became of an offer, and the one exact reason if there is one."""

    WON = "won"
    CANNOT_DELIVER = "cannot_deliver"
    """Lead time or destination rule the offer out."""
    NOT_WANTED = "not_wanted"
    """Nobody who does not exclude the supplier wants the item."""
    DEARER = "dearer"
    """Even at its deepest discount it costs more per unit than every price paid for the item."""
    NOT_CHOSEN = "not_chosen"
    """It was not ruled out by price alone: limits, minimums, charges or rules decided."""


@dataclass(frozen=True)
class OfferFact:
    """What became of one offer; unit costs are evaluated: discounted price × weight + freight.

    ``best_unit_cost`` is what the offer costs in its deepest tier, ``paid_unit_cost`` the highest
    that the award pays per unit of the item as unit offers; None if it buys none.
    """

    supplier: str
    item: str
    outcome: OfferOutcome
    quantity: Decimal
    list_unit_cost: Decimal
    best_unit_cost: Decimal
    paid_unit_cost: Decimal | None


def explain_offers(round_: Round, award: Award) -> tuple[OfferFact, ...]:
    """State what became of every offer, bid by bid, in declared order."""
    items = {item.id: item for item in round_.items}
    weights = {bid.supplier: weight_of(round_, bid) for bid in round_.bids}
    paid: dict[str, Fraction] = {}
    for line in award.lines:
        unit = Fraction(line.invoice) / Fraction(line.quantity) * weights[line.supplier] + Fraction(
            line.freight
        )
        paid[line.item] = max(unit, paid.get(line.item, unit))
    won = {(line.supplier, line.item): line.quantity for line in award.lines}
    return tuple(
        _offer_fact(round_, bid, offer, items[offer.item], won, paid)
        for bid in round_.bids
        for offer in bid.offers
    )


def _offer_fact(  # noqa: PLR0913, PLR0917 - one row of figures
    round_: Round,
    bid: Bid,
    offer: Offer,
    item: Item,
    won: dict[tuple[str, str], Decimal],
    paid: dict[str, Fraction],
) -> OfferFact:
    """State one offer's figures and what became of it."""
    freight = Fraction(freight_of(bid, item) or 0)
    weight = weight_of(round_, bid)
    list_cost = price_of(round_, offer) * weight + freight
    best_cost = _deepest_price(round_, bid, offer) * weight + freight
    wanted = any(d.item == item.id and bid.supplier not in d.excluded_suppliers for d in round_.demands)
    quantity = won.get((bid.supplier, item.id), Decimal(0))
    if quantity:
        outcome = OfferOutcome.WON
    elif not can_win(bid, item):
        outcome = OfferOutcome.CANNOT_DELIVER
    elif not wanted:
        outcome = OfferOutcome.NOT_WANTED
    elif item.id in paid and best_cost > paid[item.id] + Fraction(1, 100):
        outcome = OfferOutcome.DEARER
    else:
        outcome = OfferOutcome.NOT_CHOSEN
    return OfferFact(
        supplier=bid.supplier,
        item=item.id,
        outcome=outcome,
        quantity=quantity,
        list_unit_cost=half_up(list_cost, 4),
        best_unit_cost=half_up(best_cost, 4),
        paid_unit_cost=half_up(paid[item.id], 4) if item.id in paid else None,
    )


def _deepest_price(round_: Round, bid: Bid, offer: Offer) -> Fraction:
    """Find the lowest price a unit of the offer could ever have: its last tier's."""
    price = price_of(round_, offer)
    for discount in bid.discounts:
        if in_scope(discount.items, offer.item):
            prices = {o.item: price_of(round_, o) for o in bid.offers if o.item in scope_of(discount, bid)}
            steps = steps_of(discount, prices)
            # In an incremental discount the average stays above the last tier's price; a bound all the same.
            return steps[-1].price(price)
    return price
