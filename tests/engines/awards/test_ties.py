from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from brain_engines.awards import AwardStatus, check_proof, find, verify
from brain_engines.awards.model import build
from brain_engines.awards.problem import (
    Capacity,
    Charge,
    ChargeBasis,
    Discount,
    DiscountKind,
    Package,
    ShareRule,
    Tier,
)
from brain_engines.awards.ties import _twins, exchange_twins, prefer_declared, preference
from tests.engines.awards.examples import known
from tests.engines.awards.small import bid, demand, small
from tests.engines.awards.strategies import rounds


def bought(round_):
    """What the award buys as unit offers: (supplier, item) → text of the quantity."""
    award = find(round_).award
    verify(round_, award)
    return {(line.supplier, line.item): f"{line.quantity.normalize():f}" for line in award.lines}


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
def test_of_equal_prices_the_first_declared_supplier_wins(order):
    round_ = small([bid(name, {"i": "10"}) for name in order], [demand("m", "i", "7.5")])

    assert bought(round_) == {(order[0], "i"): "7.5"}


def test_the_next_declared_takes_what_the_first_cannot():
    round_ = small(
        [bid("c", {"i": ("10", 0, "4")}), bid("b", {"i": ("10", 0, "3")}), bid("a", {"i": "10"})],
        [demand("m", "i", "9")],
    )

    assert bought(round_) == {("c", "i"): "4", ("b", "i"): "3", ("a", "i"): "2"}


def test_a_cheaper_supplier_wins_whatever_its_place():
    round_ = small([bid("a", {"i": "10.0001"}), bid("b", {"i": "10"})], [demand("m", "i", "7")])

    assert bought(round_) == {("b", "i"): "7"}


def test_an_early_supplier_rather_delivers_the_early_item():
    limit = (Capacity(Decimal(5)),)
    round_ = small(
        [bid("a", {"i1": "10", "i2": "20"}, capacities=limit), bid("b", {"i1": "10", "i2": "20"})],
        [demand("m", "i2", "5"), demand("m", "i1", "5")],
    )

    assert bought(round_) == {("a", "i1"): "5", ("b", "i2"): "5"}


def test_what_costs_as_much_as_its_reserve_price_is_bought():
    round_ = small([bid("a", {"i": "10"})], [demand("m", "i", "5", reserve="10")])

    assert bought(round_) == {("a", "i"): "5"}


def test_a_tie_between_different_choices_costs_the_same_whoever_wins():
    tiers = (
        Discount(
            "d", DiscountKind.ALL_UNITS, (Tier(Decimal(0), off=Decimal(0)), Tier(Decimal(4), off=Decimal(2)))
        ),
    )
    round_ = small([bid("b", {"i": "10"}, discounts=tiers), bid("a", {"i": "8"})], [demand("m", "i", "9")])

    assert bought(round_) in ({("b", "i"): "9"}, {("a", "i"): "9"})
    assert find(round_).award.evaluated_cost == 72


TERMS = {
    "charges": {"charges": (Charge(Decimal(50), ChargeBasis.BID),)},
    "discounts": {
        "discounts": (
            Discount(
                "d",
                DiscountKind.ALL_UNITS,
                (Tier(Decimal(0), percent=Decimal(0)), Tier(Decimal(9), percent=Decimal(3))),
            ),
        )
    },
    "packages": {"packages": (Package("p", {"i": Decimal(10)}, Decimal(50)),)},
}


@pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS.keys())
@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_bids_alike_in_everything_the_first_declared_wins(terms, order):
    bids = [bid(name, {"i": ("10", 0, "12")}, **terms) for name in order]
    round_ = small(bids, [demand("m", "i", "12")])

    award = find(round_).award

    assert {line.supplier for line in award.lines} | {p.supplier for p in award.packages} == {order[0]}


@pytest.mark.parametrize("difference", [
    {"rules": {"shares": (ShareRule("a", None, max=Decimal("0.9")),)}},
    {"demands": [demand("m", "i", "6", excluded=("a",)), demand("n", "i", "6")]},
    {"quality": Decimal(99)},
])  # fmt: skip
def test_suppliers_whom_the_round_tells_apart_are_not_exchanged(difference):
    round_ = small(
        [bid("a", {"i": "10"}), bid("b", {"i": "10"})],
        difference.get("demands", [demand("m", "i", "12")]),
        **difference.get("rules", {}),
    )
    if "quality" in difference:
        first, second = round_.suppliers
        round_ = replace(round_, suppliers=(first, replace(second, quality=difference["quality"])))
    alike = small([bid("a", {"i": "10"}), bid("b", {"i": "10"})], [demand("m", "i", "12")])

    assert _twins(round_) == []
    assert _twins(alike) == [["a", "b"]]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_breaking_ties_keeps_cost_and_proof(round_):
    solution = find(round_, explain_infeasible=False)
    if solution.award.status is AwardStatus.INFEASIBLE:
        return

    verify(round_, solution.award)
    check_proof(round_, solution.award, known(solution.proof))


def test_a_point_is_moved_only_where_that_is_free_and_preferred():
    model = build(
        small([bid("a", {"i": "10"}), bid("b", {"i": "10"}), bid("c", {"i": "9"})], [demand("m", "i", "2")])
    )
    columns = model.variables.quantity
    wish = preference(model)
    point = [0] * model.linear.width
    point[columns["b", "i", 0]] = 2000

    moved = prefer_declared(model, point)

    assert wish[columns["a", "i", 0]] < wish[columns["b", "i", 0]] < wish[columns["c", "i", 0]]
    assert moved == point


def test_twins_are_exchanged_with_all_their_choices():
    charge = {"charges": (Charge(Decimal(50), ChargeBasis.BID),)}
    model = build(
        small([bid("a", {"i": "10"}, **charge), bid("b", {"i": "10"}, **charge)], [demand("m", "i", "2")])
    )
    point = [0] * model.linear.width
    point[model.variables.quantity["b", "i", 0]] = 2000
    point[model.variables.supplier["b"]] = 1

    moved = exchange_twins(model, point)

    assert moved[model.variables.quantity["a", "i", 0]] == 2000
    assert moved[model.variables.supplier["a"]] == 1
    assert sum(moved) == 2001
    assert model.linear.value(moved) == model.linear.value(point)
