import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from brain_engines.awards import read_round, write_round
from brain_engines.awards.conflict import dropped, has_award
from brain_engines.awards.problem import Capacity, Minimum, ShareRule
from brain_engines.awards.terms import terms_of
from tests.engines.awards.examples import BEARING_STEEL, example
from tests.engines.awards.small import bid, demand, small
from tests.engines.awards.strategies import rounds


def by_code(round_):
    return {term.code: term for term in terms_of(round_)}


def at(data, place):
    """The value at a place such as ``bids[3].offers[0].max``."""
    for step in place.replace("]", "").replace("[", ".").split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def test_every_term_stands_at_its_place_with_its_value():
    data = json.loads(BEARING_STEEL)

    for term in terms_of(example()):
        if term.value is not None:
            assert Decimal(str(at(data, term.place))) == term.value


def test_every_kind_of_term_is_known():
    assert set(by_code(example(lambda d: d["bids"][2].update(lead_days=99)))) == {
        "cannot_deliver", "capacity", "demand", "excluded_suppliers", "max_suppliers",
        "max_suppliers_per_item", "min_suppliers", "minimum", "offer_max", "offer_min", "share_max",
        "share_min",
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_places_are_unique_and_sentences_say_all_they_know(round_):
    terms = terms_of(round_)

    assert len({term.place + term.code for term in terms}) == len(terms)
    for term in terms:
        conflict, gone = term.conflict(), term.relaxation(None)
        assert conflict.message.endswith(".")
        assert "{" not in conflict.message
        assert gone.message.startswith("Drop this: ")
        if term.value is not None:
            relaxed = term.relaxation(term.loosest)
            assert "{" not in relaxed.message
            assert relaxed.facts["needed"] in relaxed.message


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_without_all_its_terms_a_round_has_an_award(round_):
    assert has_award(dropped(round_, terms_of(round_)))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds())
def test_dropping_one_more_term_never_makes_an_award_impossible(round_):
    possible = has_award(round_)
    for term in terms_of(round_):
        round_ = dropped(round_, [term])
        assert has_award(round_) or not possible
        possible = has_award(round_)


def test_a_demand_may_shrink_or_stay_unfilled():
    round_ = example()
    term = next(term for term in terms_of(round_) if term.place == "demands[1].quantity")

    smaller = term.loosened(round_, Decimal(5)).demands[1]
    gone = term.loosened(round_, None).demands[1]

    assert (smaller.quantity, smaller.reserve_price) == (5, None)
    assert (gone.quantity, gone.reserve_price) == (310, 0)


@pytest.mark.parametrize(("limit", "named"), [("9.999", True), ("10", False)])
def test_a_limit_that_cannot_bind_is_no_term(limit, named):
    round_ = small(
        [bid("s", {"a": ("1", 0, limit)}), bid("t", {"a": "1"}, capacities=(Capacity(Decimal(limit)),))],
        [demand("m", "a", "10"), demand("m", "b", "5")],
    )

    assert [term.code in {"offer_max", "capacity"} for term in terms_of(round_)].count(True) == 2 * named


def test_a_capacity_can_be_loosened_to_what_is_wanted_of_what_the_bid_offers():
    round_ = small(
        [bid("s", {"a": "1"}, capacities=(Capacity(Decimal(3)),))],
        [demand("m", "a", "10"), demand("m", "b", "5")],
    )
    term = by_code(round_)["capacity"]

    assert (term.value, term.loosest) == (3, 10)
    assert term.loosened(round_, Decimal(7)).bids[0].capacities == (Capacity(Decimal(7)),)
    assert term.relaxation(Decimal("7.500")).message == "s delivers 7.5 instead of 3 of everything."


def test_minimums_and_shares_are_loosened_in_place():
    round_ = small(
        [bid("s", {"a": "1"}, minimums=(Minimum(Decimal(3)), Minimum(Decimal(4), ("a",))))],
        [demand("m", "a", "10")],
        shares=(ShareRule("*", None, max=Decimal("0.5")), ShareRule("s", ("a",), min=Decimal("0.2"))),
    )
    terms = {term.place: term for term in terms_of(round_)}

    lower = terms["bids[0].minimums[1].min"].loosened(round_, Decimal(1))
    free = terms["rules.shares[0].max"].loosened(round_, None)
    less = terms["rules.shares[1].min"].loosened(round_, Decimal("0.1"))

    assert [m.min for m in lower.bids[0].minimums] == [3, 1]
    assert [rule.max for rule in free.rules.shares] == [None, None]
    assert [rule.min for rule in less.rules.shares] == [None, Decimal("0.1")]
    assert read_round(write_round(lower)) == lower
