"""The checker's program, term by term; that it agrees with the award engine is tested with the search."""

from dataclasses import replace

import pytest

from brain_engines.awards.problem import (
    Bid,
    Capacity,
    Charge,
    ChargeBasis,
    Discount,
    DiscountKind,
    Minimum,
    Package,
    Round,
    Tier,
)
from brain_engines.sharing.plain import state
from brain_engines.sharing.separation import RoundGame, plain_statement
from tests.engines.sharing.rounds import FULL, D, make_round, offer, tiers

DEAR = Bid("dear", (offer("x", "100"),))
WANTS = {"a": {"x": 10}, "b": {"x": 30}}


def costs(round_: Round) -> list[float]:
    """Price each member alone, then both."""
    game = RoundGame(round_, plain_statement)
    return [round(game.cost(group, seconds=5).cost, 4) for group in ((0,), (1,), (0, 1))]


STEP = Discount("d", DiscountKind.INCREMENTAL, (Tier(D(0), off=D(0)), Tier(D(20), off=D(10))))


@pytest.mark.parametrize(
    ("bid", "expected"),
    [
        (Bid("s", (offer("x", "50"),)), [500, 1500, 2000]),
        (Bid("s", (offer("x", "50"),), freight={"there": D(3)}), [530, 1590, 2120]),
        (Bid("s", (offer("x", "50"),), freight={"here": D(3)}), [1000, 3000, 4000]),
        (Bid("s", (offer("x", "50"),), (tiers((0, "0"), (30, "10")),)), [500, 1350, 1800]),
        (Bid("s", (offer("x", "50"),), (STEP,)), [500, 1400, 1800]),
        (Bid("s", (offer("x", "50", max=D(20)),)), [750, 2250, 3000]),
        (Bid("s", (offer("x", "50"),), capacities=(Capacity(D(20)),)), [750, 2250, 3000]),
        (Bid("s", (offer("x", "50", min=D(15)),)), [1000, 1500, 2000]),
        (Bid("s", (offer("x", "50"),), minimums=(Minimum(D(35)),)), [1000, 3000, 2000]),
        (Bid("s", (offer("x", "50"),), charges=(Charge(D(7), ChargeBasis.BID),)), [507, 1507, 2007]),
        (Bid("s", (offer("x", "50"),), charges=(Charge(D(7), ChargeBasis.DESTINATION),)), [507, 1507, 2007]),
        (Bid("s", packages=(Package("p", {"x": D(20)}, D(100)),)), [1000, 1100, 2100]),
        (Bid("s", packages=(Package("p", {"x": D(20)}, D(100), "g"), Package("q", {"x": D(10)}, D(20), "g"))),
         [20, 1100, 2100]),
    ],
)  # fmt: skip
def test_every_term_of_a_bid_counts(bid: Bid, expected: list[float]) -> None:
    assert costs(make_round(WANTS, bid, DEAR)) == expected


def test_with_full_capacity_every_group_has_all_of_it() -> None:
    bid = Bid("s", (offer("x", "50"),), capacities=(Capacity(D(20)),))

    assert costs(make_round(WANTS, bid, DEAR, rules=FULL)) == [500, 2000, 3000]


def test_an_excluded_supplier_does_not_deliver_to_the_one_who_excludes_it() -> None:
    round_ = make_round(WANTS, Bid("s", (offer("x", "50"),)), DEAR)
    first, second = round_.demands

    assert costs(replace(round_, demands=(replace(first, excluded_suppliers=("s",)), second))) == [
        1000,
        1500,
        2500,
    ]


def test_a_supplier_too_late_does_not_deliver() -> None:
    round_ = make_round(WANTS, Bid("s", (offer("x", "50"),), lead_days=20), DEAR)

    assert costs(replace(round_, items=(replace(round_.items[0], max_lead_days=19),))) == [1000, 3000, 4000]
    assert costs(replace(round_, items=(replace(round_.items[0], max_lead_days=20),))) == [500, 1500, 2000]


def test_demand_stays_unfilled_where_its_reserve_price_is_lower() -> None:
    assert costs(make_round(WANTS, DEAR, reserves={"x": "60"})) == [600, 1800, 2400]


def test_late_payment_and_quality_weigh_on_the_invoice_alone() -> None:
    bid = Bid("s", (offer("x", "50"),), payment_days=365, freight={"there": D(10)})
    round_ = make_round(WANTS, bid)
    suppliers = (replace(round_.suppliers[0], quality=D(90)),)
    rules = replace(round_.rules, annual_rate=D("0.25"), quality_weight=D("0.5"))

    assert costs(replace(round_, rules=rules, suppliers=suppliers)) == [525, 1575, 2100]


def test_members_join_whole_or_in_part() -> None:
    round_ = make_round(WANTS, DEAR)

    for whole in (True, False):
        model = state(round_, whole=whole)
        assert [model.program.integer[column] for column in model.participation] == [whole, whole]
