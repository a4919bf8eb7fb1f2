from hypothesis import HealthCheck, given, settings

from brain_engines.awards import AwardStatus, find
from brain_engines.awards.conflict import dropped, find_conflict, has_award, smallest_conflict
from brain_engines.awards.terms import terms_of
from tests.engines.awards.examples import example
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
