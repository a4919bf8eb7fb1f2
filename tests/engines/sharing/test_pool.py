from dataclasses import replace
from decimal import Decimal

import pytest

from brain_engines.awards.problem import Bid, Charge, ChargeBasis, Package
from brain_engines.sharing.pool import see_pool
from brain_engines.sharing.problem import SharingRefused
from tests.engines.sharing.rounds import D, awarded, make_round, offer


def test_charges_are_spread_over_the_quantity_they_serve() -> None:
    bid = Bid("s", (offer("x", "10"), offer("y", "20")), charges=(Charge(D(40), ChargeBasis.BID),))
    pool = see_pool(*awarded(make_round({"a": {"x": 10, "y": 10}}, bid)))

    assert pool.average_bill.tolist() == pytest.approx([120.0, 220.0])


def test_a_package_is_spread_over_its_items_and_carries_its_freight() -> None:
    freight = {"there": D(1), "here": D(2)}
    bid = Bid("s", packages=(Package("p", {"x": D(10), "y": D(30)}, D(400)),), freight=freight)
    pool = see_pool(*awarded(make_round({"a": {"x": 10, "y": 30}}, bid)))

    assert pool.average_bill.tolist() == pytest.approx([110.0, 360.0])
    assert pool.landed == D("470.00")


def test_a_members_own_unfilled_demand_is_its_own_reserve_cost() -> None:
    round_ = make_round({"a": {"x": 10}, "b": {"y": 4}}, Bid("s", (offer("x", "50"),)), reserves={"y": "7"})
    pool = see_pool(*awarded(round_))

    assert pool.reserves == {"b": D(28)}
    assert pool.goods == D("500.00")
    assert pool.own_reserves.tolist() == [0.0, 28.0]
    assert pool.items == ("x",)


def test_payment_terms_make_the_ratio_of_money_to_evaluated_cost() -> None:
    round_ = make_round({"a": {"x": 10}}, Bid("s", (offer("x", "100"),), payment_days=365))
    round_ = replace(round_, rules=replace(round_.rules, annual_rate=D("0.25")))
    pool = see_pool(*awarded(round_))

    assert (pool.goods, pool.landed, pool.ratio) == (D("800.00"), D("1000.00"), D("1.25"))


def test_a_round_without_an_award_has_no_bill_to_split() -> None:
    round_, award = awarded(make_round({"a": {"x": 10}}, Bid("s", (offer("x", "1", max=Decimal(5)),))))

    with pytest.raises(SharingRefused) as refused:
        see_pool(round_, award)

    assert refused.value.code == "award_infeasible"


def test_the_award_of_another_round_is_refused() -> None:
    round_, award = awarded(make_round({"a": {"x": 10}}, Bid("s", (offer("x", "1"),))))

    with pytest.raises(SharingRefused) as refused:
        see_pool(replace(round_, id="other"), award)

    assert refused.value.code == "other_round"


def test_unfilled_demand_without_a_reserve_price_is_refused() -> None:
    round_ = make_round({"a": {"x": 10}}, Bid("s", (offer("x", "50"),)), reserves={"x": "7"})
    _, award = awarded(round_)
    demand = replace(round_.demands[0], reserve_price=None)

    with pytest.raises(SharingRefused) as refused:
        see_pool(replace(round_, demands=(demand,)), award)

    assert refused.value.code == "unfilled_without_reserve"
