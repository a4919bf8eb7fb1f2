import numpy as np

from brain_engines.sharing.pool import see_pool
from brain_engines.sharing.publish import Draft, binding_groups, in_cents, in_money, member_shares, money_up
from tests.engines.sharing.rounds import D, awarded, pool_with_discount

POOL = see_pool(*awarded(pool_with_discount()))
AVERAGE = POOL.portions @ POOL.average_bill


def test_without_credits_everybody_pays_the_list() -> None:
    payments = in_cents(POOL, Draft(AVERAGE, POOL.average_bill))

    assert sum(payments.paid) == POOL.landed
    assert payments.credits == (D(0), D(0), D(0))


def test_a_credit_is_what_the_list_asks_beyond_the_payment() -> None:
    moved = AVERAGE + np.array([-10.0, 4.0, 6.0])

    payments = in_cents(POOL, Draft(moved, POOL.average_bill, credited=True))

    assert payments.credits == (D("10.00"), D("-4.00"), D("-6.00"))
    assert sum(payments.paid) == POOL.landed


def test_a_split_without_a_list_has_neither_prices_nor_credits() -> None:
    payments = in_cents(POOL, Draft(AVERAGE, None))

    assert payments.prices == ()
    assert not any(payments.credits)


def test_savings_are_against_the_cost_alone() -> None:
    payments = in_cents(POOL, Draft(AVERAGE, POOL.average_bill))
    alone = np.array([float(payments.paid[0]) * 1.25, np.inf, float(payments.paid[2])])

    shares = member_shares(POOL, alone, payments)

    assert [each.saving_percent for each in shares] == [D("20.00"), None, D("0.00")]


def test_groups_far_from_leaving_are_not_named_and_the_closest_comes_first() -> None:
    paid = in_cents(POOL, Draft(AVERAGE, POOL.average_bill)).paid
    groups: dict[tuple[float, ...], float] = {
        (1.0, 0.0, 0.0): float(paid[0]) + 0.5,
        (0.0, 1.0, 0.0): float(paid[1]) - 0.5,
        (0.0, 0.0, 1.0): float(paid[2]) + 500.0,
    }

    named = binding_groups(POOL, groups, paid, D("0.0001"))

    assert [each.members for each in named] == [("b",), ("a",)]


def test_bounds_are_rounded_up_and_never_negative() -> None:
    assert [money_up(POOL, value) for value in (1.001, 1.0, -3.0)] == [D("1.01"), D("1.00"), D(0)]
    assert in_money(POOL, 10.005, (0,)) == D("10.01")
