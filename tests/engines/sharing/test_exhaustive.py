import pytest

from brain_engines.sharing.exhaustive import costs_apart, worst_regret
from brain_engines.sharing.problem import SharingRefused, SharingRule
from brain_engines.sharing.solve import share
from tests.engines.sharing.rounds import (
    D,
    awarded,
    medium_round,
    pool_that_needs_everybody,
    pool_with_empty_core,
)


def test_every_group_is_awarded_apart() -> None:
    costs = costs_apart(pool_with_empty_core())

    by_size = {len(group): cost for group, cost in costs.items()}
    assert len(costs) == 7
    assert by_size == {1: D(800), 2: D(1600), 3: D(2600)}


def test_a_group_that_cannot_buy_apart_has_no_cost() -> None:
    costs = costs_apart(pool_that_needs_everybody())

    assert costs == {frozenset("a"): None, frozenset("b"): None, frozenset("ab"): D(1500)}


def test_the_worst_regret_of_an_equal_split_is_that_of_a_pair() -> None:
    round_, award = awarded(pool_with_empty_core())
    shares = share(round_, award, SharingRule.VOLUME).shares

    assert worst_regret(round_, award, shares, costs_apart(round_)) == D("133.34")


def test_too_many_members_are_refused() -> None:
    with pytest.raises(SharingRefused) as refused:
        costs_apart(medium_round())

    assert refused.value.facts == {"most": "8", "found": "12"}
