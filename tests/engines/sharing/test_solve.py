from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brain_engines.awards.problem import Bid, Round, ShareRule
from brain_engines.awards.solve import solve
from brain_engines.milp import SolverFailed
from brain_engines.sharing.exhaustive import costs_apart, worst_regret
from brain_engines.sharing.game import Question, Regret
from brain_engines.sharing.io import write_shares
from brain_engines.sharing.linear import LinearProgram, solve_linear
from brain_engines.sharing.pool import see_pool
from brain_engines.sharing.problem import (
    AVAILABLE_RULES,
    Shares,
    SharingLimits,
    SharingProgress,
    SharingRefused,
    SharingRule,
)
from brain_engines.sharing.separation import RoundGame
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import verify
from tests.engines.sharing.rounds import (
    D,
    awarded,
    make_round,
    medium_round,
    offer,
    pool_that_needs_everybody,
    pool_with_discount,
    pool_with_empty_core,
    small_rounds,
)

ROUNDING = D("0.60")
"""What it costs at most that a group's own round rounds its shares of capacities down to a thousandth."""
CENTS = D("0.05")
"""What an award's amounts, rounded line by line, may be below the exact cost."""
SEARCHED = [SharingRule.PRICE_LIST, SharingRule.NEAREST_CORE]


def least_regret_of_any_split(round_: Round, costs, *, fair_alone: bool) -> float:
    """Find the least worst regret that payments can have, from all groups' own awards at once.

    With ``fair_alone`` nobody may pay more than alone, if that can be had at all.
    """
    pool, size = see_pool(*awarded(round_)), len(round_.members) + 1
    whole = float(pool.goods + sum(pool.reserves.values()))
    rows = [
        (np.array([float(member.id in group) for member in round_.members] + [-1.0]), float(cost))
        for group, cost in costs.items()
        if cost is not None
    ]

    def least(chosen, above: float) -> float:
        program = LinearProgram(
            np.append(np.zeros(size - 1), 1.0), np.full(size, -np.inf), np.full(size, np.inf)
        )
        program.add(np.append(np.ones(size - 1), 0.0), whole, whole)
        for row, cost in chosen:
            program.add(row, -np.inf, cost)
            if row.sum() == 0 and np.isfinite(above):
                program.add(np.append(row[:-1], 0.0), -np.inf, cost + above)
        return solve_linear(program).objective

    alone = [(row, cost) for row, cost in rows if row.sum() == 0]
    above = max(0.0, least(alone, np.inf)) if fair_alone else np.inf
    assume(above < 0.02 or above > 2)
    above = above if above < 0.02 else np.inf
    return least(rows, above) * float(pool.ratio)


def paid(shares: Shares) -> list[Decimal]:
    return [member.payment for member in shares.members]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(small_rounds(), st.sampled_from(sorted(AVAILABLE_RULES)))
def test_payments_add_up_and_no_group_gains_more_than_stated(round_: Round, rule: SharingRule) -> None:
    award = solve(round_)

    shares = share(round_, award, rule).shares

    assert sum(paid(shares)) == shares.total == award.landed_cost
    assert all(payment == payment.quantize(D("0.01")) for payment in paid(shares))
    assert worst_regret(round_, award, shares, costs_apart(round_)) <= shares.worst_regret + CENTS
    assert shares.stable is (shares.worst_regret <= shares.tolerance * shares.total)
    verify(round_, award, shares)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(small_rounds(), st.sampled_from(SEARCHED))
def test_shares_are_stable_whenever_stable_shares_exist(round_: Round, rule: SharingRule) -> None:
    award, costs = solve(round_), costs_apart(round_)

    found = share(round_, award, rule)

    least = D(repr(least_regret_of_any_split(round_, costs, fair_alone=True)))
    allowed = found.shares.tolerance * found.shares.total
    assert found.complete
    assert found.shares.worst_regret >= least - D("0.02")
    if least <= -ROUNDING:
        assert found.shares.stable
    if rule is SharingRule.NEAREST_CORE:
        assert found.shares.worst_regret <= max(D(0), least) + allowed + ROUNDING


@settings(max_examples=15, deadline=None, derandomize=True)
@given(small_rounds())
def test_the_least_core_is_that_of_all_groups_at_once(round_: Round) -> None:
    award, costs = solve(round_), costs_apart(round_)
    assume(award.landed_cost)
    everybody = frozenset(member.id for member in round_.members)

    found = share(round_, award, SharingRule.LEAST_CORE, limits=SharingLimits(precision=1e-6))

    proper = {group: cost for group, cost in costs.items() if group != everybody}
    assert found.least_regret is not None
    least = least_regret_of_any_split(round_, proper, fair_alone=False)
    assert float(found.least_regret) == pytest.approx(least, abs=float(ROUNDING))


def test_average_prices_that_are_unstable_become_a_stable_list_the_same_for_everybody() -> None:
    round_, award = awarded(medium_round())

    average = share(round_, award, SharingRule.AVERAGE_PRICE).shares
    found = share(round_, award)

    assert not average.stable
    assert found.shares.stable
    assert found.complete
    assert not found.has_credits
    assert all(member.credit == 0 for member in found.shares.members)
    assert all(member.saving is not None and member.saving >= 0 for member in found.shares.members)
    prices = {each.item: each.price for each in found.shares.price_list}
    for member in found.shares.members:
        owned = [part for part in award.allocations if part.member == member.member]
        assert abs(sum(part.quantity * prices[part.item] for part in owned) - member.payment) <= D("0.02")


def test_average_prices_that_are_stable_stay_as_they_are() -> None:
    round_, award = awarded(
        make_round({"a": {"x": 10}, "b": {"x": 30, "y": 5}}, Bid("s", (offer("x", "7"), offer("y", "9"))))
    )

    shares = share(round_, award).shares

    assert [(each.item, each.price) for each in shares.price_list] == [("x", D("7.0000")), ("y", D("9.0000"))]
    assert [(each.payment, each.saving) for each in shares.members] == [(D(70), D(0)), (D(255), D(0))]
    assert shares.stable


def test_an_empty_core_gives_the_least_regret_and_says_that_it_is_not_stable() -> None:
    round_, award = awarded(pool_with_empty_core())

    for rule in SEARCHED:
        found = share(round_, award, rule)
        assert paid(found.shares) == [D("866.67"), D("866.67"), D("866.66")]
        assert not found.shares.stable
        assert D("133.34") <= found.shares.worst_regret <= D("133.60")
        assert found.complete
        verify(round_, award, found.shares)
    assert not share(round_, award).has_credits


def test_groups_that_come_close_to_leaving_are_named_with_what_they_would_pay() -> None:
    shares = share(*awarded(pool_with_empty_core())).shares

    closest = shares.binding_groups[0]
    assert len(closest.members) == 2
    assert (closest.apart, closest.together) == (D("1600.00"), D("1733.34"))


def test_who_cannot_buy_alone_has_no_cost_alone_and_no_saving() -> None:
    round_, award = awarded(pool_that_needs_everybody())

    shares = share(round_, award).shares

    assert [(each.stand_alone, each.saving, each.saving_percent) for each in shares.members] == [
        (None,) * 3
    ] * 2
    assert shares.stable
    verify(round_, award, shares)


def test_the_stand_alone_rule_needs_every_member_to_be_able_to_buy_alone() -> None:
    with pytest.raises(SharingRefused) as refused:
        share(*awarded(pool_that_needs_everybody()), SharingRule.STAND_ALONE)

    assert refused.value.code == "cannot_buy_alone"
    assert refused.value.facts == {"members": "a, b"}


@pytest.mark.parametrize("rule", [SharingRule.NUCLEOLUS, SharingRule.SHAPLEY])
def test_rules_of_later_versions_are_refused_in_words(rule: SharingRule) -> None:
    with pytest.raises(SharingRefused, match="is not available in this version"):
        share(*awarded(pool_with_discount()), rule)


def test_an_award_for_another_version_of_the_round_is_refused() -> None:
    round_, award = awarded(pool_with_discount())

    with pytest.raises(SharingRefused) as refused:
        share(replace(round_, indices={"i": D(1)}), award)

    assert refused.value.code == "other_version"


def test_volume_gives_everybody_one_price_per_tonne() -> None:
    shares = share(*awarded(pool_with_discount()), SharingRule.VOLUME).shares

    total = shares.total
    assert paid(shares) == [(total * part / 100).quantize(D("0.01")) for part in (30, 30, 40)]
    assert shares.price_list == ()


def test_stand_alone_gives_everybody_the_same_saving_in_percent() -> None:
    shares = share(*awarded(pool_with_discount()), SharingRule.STAND_ALONE).shares

    assert len({member.saving_percent for member in shares.members}) == 1


def test_the_pools_own_rules_are_regretted_by_the_whole_pool_and_their_cost_is_told() -> None:
    rules = ShareRule("s", None, max=D("0.5"))
    round_ = pool_with_discount()
    bound = replace(round_, rules=replace(round_.rules, shares=(rules,)))

    found = share(*awarded(bound))

    free = share(*awarded(round_))
    assert free.rules_cost is None
    assert found.rules_cost is not None
    assert found.rules_cost == pytest.approx(found.shares.total - free.shares.total, abs=D("0.05"))
    assert found.shares.worst_regret >= found.rules_cost - D("0.05")
    assert not found.shares.stable
    verify(bound, awarded(bound)[1], found.shares)


def test_nothing_bought_is_nothing_to_pay() -> None:
    round_, award = awarded(
        make_round({"a": {"x": 10}, "b": {"x": 5}}, Bid("s", (offer("x", "9"),)), reserves={"x": "8"})
    )

    shares = share(round_, award).shares

    assert (shares.total, paid(shares), shares.stable) == (D(0), [D(0), D(0)], True)
    verify(round_, award, shares)


def test_a_single_member_pays_the_bill() -> None:
    round_, award = awarded(make_round({"a": {"x": 10}}, Bid("s", (offer("x", "9.99"),))))

    for rule in sorted(AVAILABLE_RULES):
        assert paid(share(round_, award, rule).shares) == [D("99.90")]


def test_payment_terms_are_decided_in_evaluated_cost_and_paid_in_proportion() -> None:
    late, soon = Bid("late", (offer("x", "110"),), payment_days=365), Bid("soon", (offer("y", "100"),))
    round_ = make_round({"a": {"x": 10}, "b": {"y": 10}}, late, soon)
    round_, award = awarded(replace(round_, rules=replace(round_.rules, annual_rate=D("0.10"))))

    shares = share(round_, award).shares

    assert (award.landed_cost, award.evaluated_cost) == (D("2100.00"), D("2000.00"))
    assert paid(shares) == [D("1050.00"), D("1050.00")]
    assert shares.stable


def test_what_stays_unfilled_counts_as_its_own_members_cost() -> None:
    bid = Bid("s", (offer("x", "50"), offer("y", "90")))
    round_, award = awarded(make_round({"a": {"x": 10}, "b": {"x": 10, "y": 10}}, bid, reserves={"y": "80"}))

    shares = share(round_, award).shares

    assert paid(shares) == [D("500.00"), D("500.00")]
    assert [member.stand_alone for member in shares.members] == [D("500.00"), D("500.00")]
    assert shares.stable


def test_the_same_round_gives_the_same_file() -> None:
    round_, award = awarded(medium_round())

    assert write_shares(share(round_, award).shares) == write_shares(share(round_, award).shares)


def test_stopped_at_once_the_shares_are_whole_and_the_bound_holds() -> None:
    round_, award = awarded(medium_round(6))

    found = share(round_, award, should_stop=lambda: True)

    assert not found.complete
    assert sum(paid(found.shares)) == award.landed_cost
    assert worst_regret(round_, award, found.shares, costs_apart(round_)) <= found.shares.worst_regret + CENTS


def test_progress_tells_the_stage_and_the_best_bound_known() -> None:
    told: list[SharingProgress] = []

    share(*awarded(medium_round()), on_progress=told.append)

    assert [each.checks for each in told] == list(range(1, len(told) + 1))
    assert told[0].stage == "list"
    assert told[0].worst_regret is not None


def test_a_finer_tolerance_is_kept_too() -> None:
    shares = share(*awarded(medium_round()), tolerance=D("0.00001")).shares

    assert shares.stable
    assert shares.worst_regret <= D("0.00001") * shares.total


class _Slow(RoundGame):
    """A round whose costs apart are never found in time."""

    def cost(self, group, *, seconds, gap=0.0):
        raise SolverFailed(f"nothing for {group} within {seconds} and {gap}")


def test_a_cost_alone_that_is_not_found_in_time_is_refused_in_words() -> None:
    round_, award = awarded(pool_with_discount())

    with pytest.raises(SharingRefused, match="Allow more time") as refused:
        share(round_, award, game=_Slow(round_))

    assert refused.value.facts == {"members": "a", "seconds": "30"}


class DearPlans(RoundGame):
    """A search that names the right groups, but with plans dearer than need be."""

    def most_regret(self, question: Question) -> Regret:
        found = super().most_regret(question)
        return replace(found, cost=found.cost + 25.0, value=found.value - 25.0)


def test_binding_groups_are_named_at_their_least_costs_whatever_plans_the_search_kept() -> None:
    round_, award = awarded(pool_with_empty_core())

    shares = share(round_, award, tolerance=D("0.01"), game=DearPlans(round_)).shares

    assert any(len(group.members) > 1 for group in shares.binding_groups)
    verify(round_, award, shares)
