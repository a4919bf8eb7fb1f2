import dataclasses
from decimal import Decimal

from brain_engines.awards import AwardStatus, find, restrict
from brain_engines.awards.explain import (
    OfferOutcome,
    compare,
    explain_offers,
    member_alone,
    single_supplier,
    without_discounts,
    without_supplier,
)
from tests.engines.awards.examples import example, known


def unlimited(data):
    """The second supplier can deliver everything."""
    for offer in data["bids"][1]["offers"]:
        offer.pop("max", None)


def test_buying_together_costs_no_more_than_the_members_alone():
    round_ = example(
        unlimited, lambda data: data.update(rules={"annual_rate": "0.045", "quality_weight": "0.02"})
    )

    comparisons = compare(round_)

    assert known(find(round_).award.evaluated_cost) <= known(comparisons.alone_evaluated)
    assert [a.who for a in comparisons.members_alone] == ["m01", "m02", "m07"]


def test_the_cheapest_single_supplier_is_one_who_can_deliver_everything():
    comparisons = compare(example(unlimited))

    assert [a.possible for a in comparisons.single_suppliers] == [False, True, False]
    assert known(comparisons.cheapest_single_supplier).who == "s02"
    assert compare(example()).cheapest_single_supplier is None


def test_a_member_alone_pays_what_its_own_round_costs():
    round_ = example()

    assert member_alone(round_, "m07").evaluated_cost == find(restrict(round_, {"m07"})).award.evaluated_cost


def test_discounts_and_packages_make_the_award_cheaper():
    round_ = example()

    assert known(without_discounts(round_).evaluated_cost) > known(find(round_).award.evaluated_cost)


def test_leaving_out_a_winner_makes_the_award_dearer_or_impossible():
    round_ = example()

    alternative = without_supplier(round_, "s01")

    assert not alternative.possible
    assert alternative.status is AwardStatus.INFEASIBLE
    assert not single_supplier(round_, "s03").possible


def test_each_offer_has_one_exact_outcome():
    round_ = example(
        lambda data: data["bids"][2].update(lead_days=31),
        lambda data: data["demands"][2].update(excluded_suppliers=["s01"]),
    )

    facts = {(fact.supplier, fact.item): fact for fact in explain_offers(round_, find(round_).award)}

    assert facts["s03", "GCr15-50-HR@linqing"].outcome is OfferOutcome.CANNOT_DELIVER
    assert facts["s01", "45-80-HR@linqing"].outcome is OfferOutcome.NOT_WANTED
    won = facts["s02", "45-80-HR@linqing"]
    assert (won.outcome, won.quantity) == (OfferOutcome.WON, Decimal(160))


def test_an_offer_called_dearer_costs_more_than_anything_paid_for_the_item():
    round_ = example()

    dearer = [f for f in explain_offers(round_, find(round_).award) if f.outcome is OfferOutcome.DEARER]

    assert {(fact.supplier, fact.item) for fact in dearer} == {
        ("s03", "GCr15-50-HR@linqing"),
        ("s03", "45-80-HR@linqing"),
    }
    assert all(fact.best_unit_cost > known(fact.paid_unit_cost) for fact in dearer)
    assert dataclasses.is_dataclass(dearer[0])
