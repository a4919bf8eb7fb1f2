from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brain_engines.awards.pricing import (
    can_win,
    freight_of,
    limited_by,
    price_of,
    quanta,
    scope_of,
    sold_by,
    steps_of,
    weight_of,
)
from brain_engines.awards.problem import Bid, Discount, DiscountKind, Item, Offer, Package, Tier
from tests.engines.awards.examples import example

OFFERED = Bid(
    "s",
    (Offer("a", Decimal(10)), Offer("b", Decimal(20))),
    packages=(Package("p", {"c": Decimal(1), "a": Decimal(1)}, Decimal(5)),),
)


def tiers(kind, *pairs, percent=False, items=None):
    key = "percent" if percent else "off"
    return Discount(
        "d", kind, tuple(Tier(Decimal(start), **{key: Decimal(value)}) for start, value in pairs), items
    )


def paid(discount, price, count):
    """The invoice of a quantity of one item, in quanta, by the steps."""
    steps = steps_of(discount, {"a": Fraction(price)})
    step = next(s for s in reversed(steps) if s.least <= count)
    return step.price(Fraction(price)) * count / 1000 + step.intercept


def test_a_quantity_is_counted_in_thousandths():
    assert [quanta(Decimal(text)) for text in ("0", "0.001", "120.5", "1000000000")] == [
        0,
        1,
        120_500,
        10**12,
    ]


def test_payment_days_and_quality_weigh_the_invoice():
    round_ = example()

    weight = weight_of(round_, round_.bids[0])

    assert weight == 1 / (1 + Fraction(45, 1000) * 30 / 365) + Fraction(2, 100) * Fraction(8, 100)
    assert weight_of(example(lambda data: data.pop("rules")), round_.bids[0]) == 1


def test_an_index_and_its_premium_make_a_price():
    round_ = example()

    assert [price_of(round_, offer) for offer in round_.bids[0].offers] == [5650, 4740, 5655]


def test_a_destination_without_freight_is_not_served_and_no_freight_at_all_means_delivered():
    near, far = Item("a", destination="near"), Item("b", destination="far")
    choosy = Bid("s", freight={"near": Decimal(3)})

    assert [freight_of(choosy, item) for item in (near, far)] == [3, None]
    assert [freight_of(Bid("s"), item) for item in (near, far)] == [0, 0]
    assert [can_win(choosy, item) for item in (near, far)] == [True, False]


@pytest.mark.parametrize(("lead", "wins"), [(29, True), (30, True), (31, False)])
def test_lead_days_may_reach_the_limit_and_not_pass_it(lead, wins):
    assert can_win(Bid("s", lead_days=lead), Item("a", max_lead_days=30)) is wins
    assert can_win(Bid("s", lead_days=lead), Item("a"))


def test_all_means_what_the_bid_offers():
    assert sold_by(OFFERED) == ("a", "b", "c")
    assert limited_by(OFFERED, None) == ("a", "b", "c")
    assert limited_by(OFFERED, ("b", "z")) == ("b", "z")
    assert scope_of(tiers(DiscountKind.ALL_UNITS, ("0", "0")), OFFERED) == ("a", "b")
    assert scope_of(tiers(DiscountKind.ALL_UNITS, ("0", "0"), items=("b", "c")), OFFERED) == ("b",)


@pytest.mark.parametrize(
    ("count", "invoice"), [(99_999, "999.99"), (100_000, "900"), (100_001, "900.009"), (250_000, "2000")]
)
def test_all_units_get_the_tier_that_contains_the_quantity(count, invoice):
    discount = tiers(DiscountKind.ALL_UNITS, ("0", "0"), ("100", "1"), ("200", "2"))

    assert paid(discount, 10, count) == Fraction(invoice)


@pytest.mark.parametrize(
    ("count", "invoice"), [(99_999, "999.99"), (100_000, "1000"), (150_000, "1450"), (250_000, "2300")]
)
def test_the_part_inside_an_incremental_tier_gets_its_discount(count, invoice):
    discount = tiers(DiscountKind.INCREMENTAL, ("0", "0"), ("100", "1"), ("200", "2"))

    assert paid(discount, 10, count) == Fraction(invoice)


def test_an_incremental_percent_is_money_off_the_one_price():
    percent = tiers(DiscountKind.INCREMENTAL, ("0", "0"), ("100", "10"), percent=True)
    money = tiers(DiscountKind.INCREMENTAL, ("0", "0"), ("100", "1"))

    assert [paid(percent, 10, n) for n in (50_000, 100_000, 300_000)] == [
        paid(money, 10, n) for n in (50_000, 100_000, 300_000)
    ]


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 90)), min_size=1, max_size=4),
    st.integers(1, 2_000_000),
)
def test_incremental_invoices_add_up_tier_by_tier(widths, count):
    starts, offs = [0], [0]
    for width, more in widths:
        starts.append(starts[-1] + width)
        offs.append(offs[-1] + more)
    discount = tiers(DiscountKind.INCREMENTAL, *zip(map(str, starts), map(str, offs), strict=True))
    expected = Fraction(0)
    for number, (start, off) in enumerate(zip(starts, offs, strict=True)):
        end = starts[number + 1] * 1000 if number + 1 < len(starts) else count
        expected += Fraction(max(0, min(end, count) - start * 1000), 1000) * (1000 - off)

    assert paid(discount, 1000, count) == expected


@given(st.lists(st.integers(1, 500), min_size=1, max_size=5), st.sampled_from(DiscountKind))
def test_exactly_one_tier_contains_a_quantity(widths, kind):
    starts = [sum(widths[:n]) for n in range(len(widths) + 1)]
    steps = steps_of(
        tiers(kind, *((str(start), str(n)) for n, start in enumerate(starts))), {"a": Fraction(99)}
    )

    assert steps[0].least == 0
    assert steps[-1].most is None
    assert [step.most for step in steps[:-1]] == [step.least - 1 for step in steps[1:]]
