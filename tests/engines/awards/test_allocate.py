from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brain_engines.awards.allocate import allocate
from brain_engines.awards.evaluate import Choice
from tests.engines.awards.small import bid, demand, small

SUPPLIERS = ("s0", "s1", "s2", "s3")


@st.composite
def deliveries(draw):
    """Demands for one item with exclusions, and what suppliers deliver so that all can be served."""
    demands, supply = [], defaultdict[Any, int](int)
    for number in range(draw(st.integers(1, 7))):
        excluded = draw(st.sets(st.sampled_from(SUPPLIERS), max_size=3))
        allowed = [s for s in SUPPLIERS if s not in excluded]
        parts = draw(
            st.lists(st.tuples(st.sampled_from(allowed), st.integers(1, 90_000)), min_size=1, max_size=3)
        )
        for supplier, count in parts:
            supply[supplier, "i"] += count
        total = sum(count for _, count in parts)
        demands.append(demand(f"m{number}", "i", f"{total / 1000:.3f}", excluded=sorted(excluded)))
    return small([bid(s, {"i": "1"}) for s in SUPPLIERS], demands), Choice(dict(supply), frozenset(), {})


@settings(max_examples=150, deadline=None)
@given(deliveries())
def test_everybody_receives_what_it_wants_from_suppliers_it_takes(case):
    round_, choice = case

    rows = allocate(round_, choice)

    received, given_ = defaultdict[Any, Any](int), defaultdict[Any, Any](int)
    excluded = {d.member: d.excluded_suppliers for d in round_.demands}
    for row in rows:
        assert row.quantity > 0
        assert row.supplier not in excluded[row.member]
        received[row.member] += int(row.quantity * 1000)
        given_[row.supplier, row.item] += int(row.quantity * 1000)
    assert received == {d.member: int(d.quantity * 1000) for d in round_.demands}
    assert given_ == choice.quantities


@settings(max_examples=100, deadline=None)
@given(deliveries())
def test_splits_are_few(case):
    """A basic flow never has more rows than members and suppliers; ours must not either."""
    round_, choice = case

    rows = allocate(round_, choice)

    assert len({(row.member, row.supplier) for row in rows}) == len(rows)
    assert len(rows) <= len(round_.demands) + len(choice.quantities) - 1
    if len(choice.quantities) == 1:
        assert len(rows) == len(round_.demands)


@settings(max_examples=50, deadline=None)
@given(deliveries())
def test_the_same_purchase_is_allocated_the_same_way_in_declared_order(case):
    round_, choice = case
    order = [d.member for d in round_.demands]

    rows = allocate(round_, choice)

    assert rows == allocate(round_, choice)
    assert [order.index(row.member) for row in rows] == sorted(order.index(row.member) for row in rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=4))
def test_where_each_can_be_served_whole_nobody_is_split(amounts):
    round_ = small(
        [bid(s, {"i": "1"}) for s in SUPPLIERS],
        [demand(f"m{n}", "i", f"{amount / 1000:.3f}") for n, amount in enumerate(amounts)],
    )
    supply = {(SUPPLIERS[n], "i"): amount for n, amount in enumerate(sorted(amounts))}

    assert len(allocate(round_, Choice(supply, frozenset(), {}))) == len(amounts)


def test_who_can_be_served_by_few_chooses_first():
    round_ = small(
        [bid("s0", {"i": "1"}), bid("s1", {"i": "1"})],
        [demand("m0", "i", "10"), demand("m1", "i", "10", excluded=("s1",))],
    )

    rows = allocate(round_, Choice({("s0", "i"): 10_000, ("s1", "i"): 10_000}, frozenset(), {}))

    assert [(row.member, row.supplier) for row in rows] == [("m0", "s1"), ("m1", "s0")]


def test_what_stays_unfilled_is_not_allocated():
    round_ = small([bid("s0", {"i": "1"})], [demand("m0", "i", "10", reserve="5"), demand("m1", "i", "4")])

    rows = allocate(round_, Choice({("s0", "i"): 7000}, frozenset(), {0: 7000}))

    assert [(row.member, str(row.quantity)) for row in rows] == [("m0", "3.000"), ("m1", "4.000")]


@pytest.mark.parametrize("supply", [{("s0", "i"): 9000}, {("s0", "i"): 11_000}, {("s1", "i"): 10_000}])
def test_deliveries_that_do_not_fit_what_is_wanted_are_refused(supply):
    round_ = small(
        [bid("s0", {"i": "1"}), bid("s1", {"i": "1"})], [demand("m0", "i", "10", excluded=("s1",))]
    )

    with pytest.raises(ValueError, match="does not match"):
        allocate(round_, Choice(supply, frozenset(), {}))
