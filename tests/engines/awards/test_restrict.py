from decimal import ROUND_DOWN, Decimal

from brain_engines.awards import read_round, restrict, write_round
from brain_engines.awards.problem import Rules
from tests.engines.awards.examples import example


def test_a_group_has_its_share_of_capacity_and_none_of_the_pools_rules():
    round_ = example()

    alone = restrict(round_, {"m01"})

    wanted = Decimal(120) / Decimal("685.5")
    assert [demand.member for demand in alone.demands] == ["m01"]
    assert alone.bids[0].offers[0].max == (400 * Decimal(120) / 430).quantize(Decimal("0.001"), ROUND_DOWN)
    assert alone.bids[0].capacities[0].max == (450 * wanted).quantize(Decimal("0.001"), ROUND_DOWN)
    assert alone.bids[0].minimums == round_.bids[0].minimums
    assert alone.rules == Rules(annual_rate=Decimal("0.045"), quality_weight=Decimal("0.02"))


def test_full_breakaway_capacity_leaves_every_limit_as_it_is():
    round_ = example(lambda data: data["rules"].update(breakaway_capacity="full"))

    assert restrict(round_, {"m01"}).bids == round_.bids


def test_capacity_over_everything_is_shared_by_those_who_want_what_the_supplier_sells():
    round_ = example(
        lambda data: data["bids"][0].update(
            offers=data["bids"][0]["offers"][:1], packages=[], discounts=[], minimums=[]
        )
    )

    alone = restrict(round_, {"m01"})

    wanted = Decimal(120) / Decimal(430)
    assert alone.bids[0].capacities[0].max == (450 * wanted).quantize(Decimal("0.001"), ROUND_DOWN)
    assert restrict(round_, {"m07"}).bids[0].capacities[0].max == 0


def test_packages_count_among_what_a_supplier_sells():
    round_ = example(lambda data: data["bids"][0].update(offers=[], discounts=[], minimums=[]))

    wanted = Decimal(120) / Decimal(590)
    assert restrict(round_, {"m01"}).bids[0].capacities[0].max == (450 * wanted).quantize(
        Decimal("0.001"), ROUND_DOWN
    )


def test_everybody_together_keeps_every_limit():
    round_ = example()

    assert restrict(round_, {member.id for member in round_.members}).bids == round_.bids


def test_an_offer_left_with_less_than_its_minimum_is_one_of_nothing():
    round_ = example(lambda data: data["bids"][0]["offers"][0].update(min="200"))

    offer = restrict(round_, {"m01"}).bids[0].offers[0]

    assert (offer.min, offer.max) == (Decimal(0), Decimal(0))
    assert read_round(write_round(restrict(round_, {"m01"}))) == restrict(round_, {"m01"})
