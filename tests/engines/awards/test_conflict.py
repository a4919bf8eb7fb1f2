from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brain_engines.awards import AwardStatus, find
from brain_engines.awards.conflict import (
    Explanation,
    Tries,
    _hitting_set,
    _roundest,
    dropped,
    explain_conflict,
    find_conflict,
    has_award,
    smallest_conflict,
)
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.terms import terms_of
from tests.engines.awards.examples import example
from tests.engines.awards.small import bid, demand, small
from tests.engines.awards.strategies import rounds


def test_a_conflict_is_named_in_words_with_its_places():
    round_ = example(
        lambda data: data["rules"].update(
            max_suppliers_per_item=1, shares=[{"supplier": "*", "items": "all", "max": "0.4"}]
        )
    )

    award = find(round_).award

    assert award.status is AwardStatus.INFEASIBLE
    assert [(c.place, c.message) for c in award.conflicts] == [
        ("demands[1].quantity", "m02 wants 310 of GCr15-50-HR@linqing in full."),
        ("rules.max_suppliers_per_item", "At most 1 suppliers may share an item."),
        ("rules.shares[0].max", "A share of at most 0.4 in everything is allowed for any supplier."),
    ]
    assert ("rules.max_suppliers_per_item", "Let 2 suppliers share an item instead of 1.") in [
        (r.place, r.message) for r in award.relaxations
    ]


def test_the_relaxation_stated_is_enough_and_a_step_less_is_not():
    def at_most(share):
        return example(
            lambda data: data["rules"].update(
                max_suppliers_per_item=1, shares=[{"supplier": "*", "items": "all", "max": share}]
            )
        )

    _, relaxations = find_conflict(at_most("0.4"))
    needed = next(r.facts["needed"] for r in relaxations if r.place == "rules.shares[0].max")

    assert has_award(at_most(needed))
    assert not has_award(at_most(f"{float(needed) - 0.001:.3f}"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_no_term_of_a_conflict_can_be_left_out(round_):
    if has_award(round_):
        assert find_conflict(round_) == ((), ())
        return
    terms = terms_of(round_)

    core = smallest_conflict(round_, terms)

    others = [term for term in terms if term not in core]
    assert core
    assert not has_award(dropped(round_, others))
    for term in core:
        assert has_award(dropped(round_, [*others, term]))
    assert find_conflict(round_)[1]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds(suppliers=2, items=2, members=2))
def test_a_conflict_called_smallest_is_one(round_):
    found = explain_conflict(round_)
    terms = terms_of(round_)
    assume(found.conflicts and len(terms) <= 9)

    assert found.smallest
    for size in range(len(found.conflicts)):
        for kept in combinations(terms, size):
            assert has_award(dropped(round_, [term for term in terms if term not in kept]))


def test_the_shorter_of_two_conflicts_is_named():
    """Nobody sells d; nobody alone sells a and c either."""
    round_ = small(
        [bid("s", {"a": "1", "b": "1"}), bid("t", {"c": "1"})],
        [demand("m", "a", "1"), demand("m", "b", "1"), demand("m", "c", "1"), demand("m", "d", "1")],
        max_suppliers=1,
    )

    found = explain_conflict(round_)

    assert found.smallest
    assert [c.place for c in found.conflicts] == ["demands[3].quantity"]
    assert find(round_).statistics["smallest_conflict"] == 1


def test_many_demands_against_one_rule_need_not_all_be_named():
    round_ = generate(Size(4, 8, members=5), 1)
    round_ = replace(round_, rules=replace(round_.rules, max_suppliers=0, shares=()))

    found = explain_conflict(round_)

    assert found.smallest
    assert [c.code for c in found.conflicts] == ["demand", "max_suppliers"]
    assert explain_conflict(round_) == found


def test_a_stop_gives_what_is_known():
    round_ = example(lambda data: data["rules"].update(max_suppliers=1))

    assert explain_conflict(round_, lambda: True) == Explanation()


@given(st.lists(st.frozensets(st.integers(0, 6), min_size=1), max_size=6))
def test_a_hitting_set_is_smallest(sets):
    hitting = _hitting_set(7, sets)

    assert all(hitting & one for one in sets)
    for smaller in combinations(range(7), len(hitting) - 1) if hitting else ():
        assert not all(one.intersection(smaller) for one in sets)


def test_nothing_is_asked_twice():
    round_ = example(lambda data: data["rules"].update(max_suppliers=1))
    tries = Tries(round_, terms_of(round_))
    every = frozenset(range(len(tries.terms)))

    assert [tries.hold(every), tries.hold(every), tries.hold(frozenset())] == [False, False, True]
    assert (tries.count, tries.hold(frozenset()), tries.count) == (2, True, 2)


@pytest.mark.parametrize(("tight", "loose", "roundest"), [
    ("100", "69.996", "90"),
    ("70.012", "69.996", "70"),
    ("69.996", "70.012", "70"),
    ("0.401", "0.402", "0.402"),
    ("0.4", "0.503", "0.5"),
    ("1", "3", "2"),
])  # fmt: skip
def test_a_relaxation_is_stated_in_a_round_number_where_one_is_enough(tight, loose, roundest):
    found = _roundest(Decimal(tight), Decimal(loose), Decimal("0.001"))

    assert found == Decimal(roundest)


def test_a_demand_that_must_shrink_shrinks_to_what_can_be_delivered():
    round_ = small([bid("s", {"a": ("1", 0, "70")})], [demand("m", "a", "113")])

    _, relaxations = find_conflict(round_)

    assert ("demands[0].quantity", "m accepts 70 instead of 113 of a.") in [
        (r.place, r.message) for r in relaxations
    ]
