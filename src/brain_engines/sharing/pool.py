"""What the award means for the split: who gets how much, what it costs, and what stays unfilled.

Everything is decided in evaluated cost. A member *bears* g_m for what is delivered to it; with
r_m, the reserve cost of its own unfilled demand, its whole cost is g_m + r_m, and that is what
the cost apart is compared with. Payments are g_m × landed / evaluated cost of what is delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from brain_engines.awards.problem import Award, AwardStatus, Bid, ChargeBasis, Round
from brain_engines.sharing.problem import SharingRefused

Floats = NDArray[np.float64]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Pool:
    """A round and its award, seen as a bill to be split.

    ``delivered`` holds quantities by (member, item); ``reserves`` the reserve cost of unfilled
    demand by member; ``goods`` the evaluated cost of what is delivered; ``landed`` the money paid.
    """

    round: Round
    award: Award
    delivered: dict[tuple[str, str], Decimal]
    reserves: dict[str, Decimal]
    goods: Decimal
    landed: Decimal

    @property
    def members(self) -> tuple[str, ...]:
        """Give the members' ids in declared order."""
        return tuple(member.id for member in self.round.members)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Give the items of which something is delivered, in declared order."""
        return tuple(item.id for item in self.round.items if self.quantities.get(item.id))

    @cached_property
    def quantities(self) -> dict[str, Decimal]:
        """Give the delivered quantity of every item delivered at all."""
        sums: dict[str, Decimal] = {}
        for (_, item), quantity in self.delivered.items():
            sums[item] = sums.get(item, ZERO) + quantity
        return {item: quantity for item, quantity in sums.items() if quantity}

    @property
    def ratio(self) -> Decimal:
        """Give the money paid per unit of evaluated cost; 1 where nothing is bought."""
        return self.landed / self.goods if self.goods else Decimal(1)

    @cached_property
    def own_reserves(self) -> Floats:
        """Give r_m as an array in declared order."""
        return np.array([float(self.reserves.get(member, ZERO)) for member in self.members])

    @cached_property
    def portions(self) -> Floats:
        """Give every member's portion of every item's delivered quantity; columns add up to 1."""
        return np.array(
            [
                [
                    float(self.delivered.get((member, item), ZERO) / self.quantities[item])
                    for item in self.items
                ]
                for member in self.members
            ]
        ).reshape(len(self.members), len(self.items))

    @cached_property
    def average_bill(self) -> Floats:
        """Give the evaluated cost of every item at the award's average prices; adds up to ``goods``."""
        return _average_bill(self)


def see_pool(round_: Round, award: Award) -> Pool:
    """Read the bill out of a round and its award; an award without a bill is refused."""
    if award.status is AwardStatus.INFEASIBLE or award.landed_cost is None or award.evaluated_cost is None:
        raise SharingRefused(
            "award_infeasible", "Round {round} has no award, so there is no bill to split.", round=round_.id
        )
    if award.round != round_.id:
        raise SharingRefused(
            "other_round",
            "The award belongs to round {found}, not to round {wanted}.",
            found=award.round,
            wanted=round_.id,
        )
    delivered: dict[tuple[str, str], Decimal] = {}
    for each in award.allocations:
        key = (each.member, each.item)
        delivered[key] = delivered.get(key, ZERO) + each.quantity
    prices = {(demand.member, demand.item): demand.reserve_price for demand in round_.demands}
    reserves: dict[str, Decimal] = {}
    for gap in award.unfilled:
        price = prices.get((gap.member, gap.item))
        if price is None:
            raise SharingRefused(
                "unfilled_without_reserve",
                "The award leaves {member}'s demand for {item} unfilled, which has no reserve price.",
                member=gap.member,
                item=gap.item,
            )
        reserves[gap.member] = reserves.get(gap.member, ZERO) + price * gap.quantity
    goods = award.evaluated_cost - sum(reserves.values(), ZERO)
    return Pool(round_, award, delivered, reserves, goods, award.landed_cost)


def cost_factor(round_: Round, bid: Bid) -> Decimal:
    """Compute pv + q: what a supplier's invoice counts in evaluated cost."""
    quality = next(supplier.quality for supplier in round_.suppliers if supplier.id == bid.supplier)
    present = 1 / (1 + round_.rules.annual_rate * bid.payment_days / 365)
    return present + round_.rules.quality_weight * (1 - quality / 100)


def _average_bill(pool: Pool) -> Floats:
    """Charges are spread over the quantity they serve; package prices by quantity × unit price."""
    bids = {bid.supplier: bid for bid in pool.round.bids}
    destination = {item.id: item.destination for item in pool.round.items}
    money: dict[str, Decimal] = dict.fromkeys(pool.items, ZERO)
    served: dict[str, dict[str, Decimal]] = {}
    paid: dict[str, list[Decimal]] = {}
    for line in pool.award.lines:
        money[line.item] += (
            line.invoice * cost_factor(pool.round, bids[line.supplier]) + line.landed - line.invoice
        )
        served.setdefault(line.supplier, {}).setdefault(line.item, ZERO)
        served[line.supplier][line.item] += line.quantity
        paid.setdefault(line.item, []).append(line.unit_price)
    for bought in pool.award.packages:
        bid = bids[bought.supplier]
        package = next(each for each in bid.packages if each.id == bought.id)
        worth = {
            item: quantity * (min(paid[item]) if item in paid else Decimal(1))
            for item, quantity in package.quantities.items()
            if quantity
        }
        if any(item not in paid for item in worth):
            worth = {item: package.quantities[item] for item in worth}
        whole = sum(worth.values(), ZERO)
        for item, part in worth.items():
            quantity = package.quantities[item]
            freight = (bid.freight or {}).get(destination[item], ZERO)
            money[item] += package.price * cost_factor(pool.round, bid) * part / whole + freight * quantity
            own = served.setdefault(bought.supplier, {})
            own[item] = own.get(item, ZERO) + quantity
    for charge in pool.award.charges:
        scope = {
            item: quantity
            for item, quantity in served.get(charge.supplier, {}).items()
            if charge.per is ChargeBasis.BID or destination[item] == charge.destination
        }
        whole = sum(scope.values(), ZERO)
        for item, quantity in scope.items():
            money[item] += charge.amount * quantity / whole
    bill = np.array([float(money[item]) for item in pool.items])
    return bill * (float(pool.goods) / bill.sum()) if bill.sum() else bill
