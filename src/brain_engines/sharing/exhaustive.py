"""The same questions answered by awarding every group's own round, one by one.

A pool of n members has 2ⁿ − 1 groups, so this is for up to eight members. It shares nothing
with the search over all groups: it restricts the round and asks the award engine. It is the
oracle of the tests, and anybody's way to check a small pool by hand.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.awards.restrict import restrict
from brain_engines.awards.solve import solve
from brain_engines.sharing.pool import see_pool
from brain_engines.sharing.problem import Shares, SharingRefused

MOST_MEMBERS = 8
Costs = dict[frozenset[str], Decimal | None]


def costs_apart(round_: Round, most_members: int = MOST_MEMBERS) -> Costs:
    """Award every group's own round: evaluated costs by group, None where it cannot buy everything."""
    members = [member.id for member in round_.members]
    if len(members) > most_members:
        raise SharingRefused(
            "too_many_members",
            "All groups one by one is possible for at most {most} members; this round has {found}.",
            most=str(most_members),
            found=str(len(members)),
        )
    costs: Costs = {}
    for size in range(1, len(members) + 1):
        for group in combinations(members, size):
            award = solve(restrict(round_, group))
            able = award.status is not AwardStatus.INFEASIBLE
            costs[frozenset(group)] = award.evaluated_cost if able else None
    return costs


def worst_regret(round_: Round, award: Award, shares: Shares, costs: Costs) -> Decimal:
    """Find the most that any group would save by buying apart, in money paid, by going through all.

    Negative if every group would pay more apart.
    """
    pool = see_pool(round_, award)
    paid = {each.member: each.payment for each in shares.members}
    return max(
        sum((paid[m] for m in group), Decimal(0))
        - (cost - sum((pool.reserves.get(m, Decimal(0)) for m in group), Decimal(0))) * pool.ratio
        for group, cost in costs.items()
        if cost is not None
    )
