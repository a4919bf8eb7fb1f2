from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brain_engines.awards import find
from brain_engines.awards.evaluate import Choice, delivered, evaluate, half_up, quantity_of
from brain_engines.awards.exhaustive import cheapest
from brain_engines.awards.problem import (
    AwardStatus,
    Charge,
    ChargeBasis,
    Discount,
    DiscountKind,
    Package,
    Tier,
)
from brain_engines.awards.verify import half_up as checkers_half_up
from brain_engines.awards.verify import verify
from tests.engines.awards.examples import known
from tests.engines.awards.small import bid, demand, small
from tests.engines.awards.strategies import rounds


@given(st.decimals(0, 10**9, places=6))
def test_amounts_are_rounded_half_up_as_in_books(amount):
    right = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert half_up(Fraction(amount)) == right
    assert checkers_half_up(Fraction(amount)) == right


@pytest.mark.parametrize(
    ("amount", "cents"), [("0.005", "0.01"), ("0.0049999", "0"), ("1.015", "1.02"), ("2.675", "2.68")]
)
def test_half_a_cent_is_a_cent(amount, cents):
    assert half_up(Fraction(amount)) == Decimal(cents)


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_solver_and_checker_round_alike(numerator, denominator):
    amount = Fraction(numerator, denominator)

    assert half_up(amount) == checkers_half_up(amount)
    assert abs(Fraction(half_up(amount)) - amount) <= Fraction(1, 200)


def test_each_line_is_rounded_and_the_total_adds_the_rounded_lines_up():
    round_ = small([bid("s", {"a": "0.005", "b": "0.005"})], [demand("m", "a", "1"), demand("m", "b", "1")])

    priced = evaluate(round_, Choice({("s", "a"): 1000, ("s", "b"): 1000}, frozenset(), {}))

    assert [line.invoice for line in priced.lines] == [Decimal("0.01"), Decimal("0.01")]
    assert (priced.landed, priced.evaluated, priced.exact) == (
        Decimal("0.02"),
        Decimal("0.02"),
        Fraction(1, 100),
    )


def test_a_destination_is_charged_once_however_it_is_served():
    package = Package("p", {"a": Decimal(2), "b": Decimal(3)}, Decimal(7))
    charges = (Charge(Decimal(5), ChargeBasis.BID), Charge(Decimal(11), ChargeBasis.DESTINATION))
    round_ = small(
        [bid("s", {"a": "1"}, packages=(package,), charges=charges)],
        [demand("m", "a", "6"), demand("m", "b", "3")],
        places={"a": "here", "b": "there"},
    )

    priced = evaluate(round_, Choice({("s", "a"): 4000}, frozenset({("s", "p")}), {}))

    assert [(c.per.value, c.destination) for c in priced.charges] == [
        ("bid", None), ("destination", "here"), ("destination", "there"),
    ]  # fmt: skip
    assert priced.landed == 4 + 7 + 5 + 11 + 11


def test_a_package_alone_makes_a_winner_who_owes_the_charges():
    package = Package("p", {"a": Decimal(2)}, Decimal(7))
    charges = (Charge(Decimal(5), ChargeBasis.BID), Charge(Decimal(11), ChargeBasis.DESTINATION))
    round_ = small([bid("s", {}, packages=(package,), charges=charges)], [demand("m", "a", "2")])

    award = find(round_).award

    verify(round_, award)
    assert (award.landed_cost, len(award.charges), award.lines) == (23, 2, ())


def test_packages_do_not_count_in_discounts():
    steps = (
        Discount(
            "d", DiscountKind.ALL_UNITS, (Tier(Decimal(0), off=Decimal(0)), Tier(Decimal(5), off=Decimal(1)))
        ),
    )
    package = Package("p", {"a": Decimal(4)}, Decimal(1))
    round_ = small([bid("s", {"a": "10"}, packages=(package,), discounts=steps)], [demand("m", "a", "8")])

    (line,) = evaluate(round_, Choice({("s", "a"): 4000}, frozenset({("s", "p")}), {})).lines

    assert (line.tier, line.invoice) == (0, 40)


def test_unfilled_demand_costs_its_reserve_price_in_evaluated_cost_only():
    round_ = small([bid("s", {"a": "10"})], [demand("m", "a", "3", reserve="7.25")])

    priced = evaluate(round_, Choice({}, frozenset(), {0: 3000}))

    assert (priced.landed, priced.evaluated) == (0, Decimal("21.75"))


def test_what_is_delivered_counts_packages():
    package = Package("p", {"a": Decimal(2), "b": Decimal("0.5")}, Decimal(7))
    round_ = small(
        [bid("s", {"a": "1"}, packages=(package,))], [demand("m", "a", "6"), demand("m", "b", "1")]
    )

    assert delivered(round_, Choice({("s", "a"): 1}, frozenset({("s", "p")}), {})) == {
        ("s", "a"): 2001, ("s", "b"): 500,
    }  # fmt: skip


def test_quanta_are_written_as_a_quantity():
    assert [str(quantity_of(count)) for count in (1, 1000, 120_500)] == ["0.001", "1.000", "120.500"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_prices_agree_with_the_oracle_and_the_checker_to_the_last_fraction(round_):
    best = cheapest(round_)
    if best is None:
        return
    award = find(round_, explain_infeasible=False).award
    assert award.status is AwardStatus.OPTIMAL
    units = {key: int(quantity * 1000) for key, quantity in best.units}
    choice = Choice(units, frozenset(best.packages), {})

    prices = {(d.member, d.item): d.reserve_price for d in round_.demands}
    left = [Fraction(u.quantity) * Fraction(known(prices[u.member, u.item])) for u in award.unfilled]
    bought = Choice(
        {(line.supplier, line.item): int(line.quantity * 1000) for line in award.lines},
        frozenset((p.supplier, p.id) for p in award.packages),
        {},
    )

    assert evaluate(round_, choice).exact <= best.cost
    assert evaluate(round_, bought).exact + sum(left) == known(verify(round_, award))
