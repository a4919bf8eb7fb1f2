from decimal import Decimal

import pytest

from brain_engines.sharing.exhaustive import costs_apart
from brain_engines.sharing.explain import explain_shares, groups_checked
from brain_engines.sharing.solve import share
from tests.engines.sharing.rounds import (
    D,
    awarded,
    medium_round,
    pool_that_needs_everybody,
    pool_with_discount,
    pool_with_empty_core,
)

ROUNDING = D(2)
"""What it costs at most that a group's own round rounds its shares of capacities down to a thousandth."""


@pytest.mark.parametrize("make", [pool_with_discount, pool_with_empty_core, lambda: medium_round(5)])
def test_what_is_told_is_what_all_groups_one_by_one_say(make) -> None:
    round_, award = awarded(make())
    shares, costs = share(round_, award).shares, costs_apart(round_)
    paid = {each.member: each.payment for each in shares.members}
    everybody = frozenset(paid)

    explained = explain_shares(round_, award, shares, precision=1e-9)

    def apart(group: frozenset[str]) -> Decimal:
        cost = costs[group]
        assert cost is not None
        return cost

    for each in explained:
        groups = [group for group in costs if each.member in group and group != everybody]
        closest = min(apart(group) - sum(paid[m] for m in group) for group in groups)
        assert each.alternative_margin == pytest.approx(closest, abs=ROUNDING)
        assert each.alternative_at_least is not None
        assert each.alternative_margin is not None
        assert each.alternative_at_least <= each.alternative_margin
        assert each.marginal == pytest.approx(shares.total - apart(everybody - {each.member}), abs=ROUNDING)
        assert each.payment == paid[each.member]
        assert each.stand_alone == pytest.approx(apart(frozenset({each.member})), abs=ROUNDING)
        assert each.alternative_size in range(1, len(paid))


def test_others_may_carry_a_member_where_no_split_is_stable() -> None:
    round_, award = awarded(pool_with_empty_core())

    first, *_ = explain_shares(round_, award, share(round_, award).shares)

    assert (first.marginal, first.payment, first.stand_alone) == (D("1000.00"), D("866.67"), D("800.00"))
    assert (first.alternative_size, first.alternative_margin) == (2, D("-133.34"))


def test_where_nobody_can_buy_apart_nothing_is_told_of_it() -> None:
    round_, award = awarded(pool_that_needs_everybody())

    for each in explain_shares(round_, award, share(round_, award).shares):
        assert (each.marginal, each.stand_alone, each.alternative_size, each.alternative_margin) == (
            None,
        ) * 4


def test_stopped_it_leaves_out_what_it_has_not_found() -> None:
    round_, award = awarded(pool_with_discount())

    explained = explain_shares(round_, award, share(round_, award).shares, should_stop=lambda: True)

    assert [(each.marginal, each.alternative_size) for each in explained] == [(None, None)] * 3


def test_progress_counts_the_members_explained() -> None:
    round_, award = awarded(pool_with_discount())
    told: list[int] = []

    explain_shares(round_, award, share(round_, award).shares, on_progress=told.append)

    assert told == [1, 2, 3]


def test_a_pool_of_28_has_268_million_groups() -> None:
    assert groups_checked(28) == 268_435_455


def test_without_time_it_leaves_everything_out_that_takes_a_search() -> None:
    round_, award = awarded(pool_with_discount())
    shares = share(round_, award).shares

    explained = explain_shares(round_, award, shares, seconds=0.0)

    assert [(each.payment, each.marginal) for each in explained] == [
        (m.payment, None) for m in shares.members
    ]
