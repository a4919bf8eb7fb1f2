import pytest

from brain_engines.awards import read_round, write_round
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.problem import ChargeBasis, DiscountKind


@pytest.mark.parametrize("seed", range(4))
def test_a_generated_round_is_one_that_its_file_could_say(seed):
    round_ = generate(Size(6, 20), seed)

    assert read_round(write_round(round_)) == round_
    assert generate(Size(6, 20), seed) == round_
    assert generate(Size(6, 20), seed + 1) != round_


def test_generated_rounds_use_every_part_of_the_file():
    bids = [bid for seed in range(4) for bid in generate(Size(10, 30), seed).bids]
    demands = [demand for seed in range(4) for demand in generate(Size(10, 30), seed).demands]

    assert {d.kind for bid in bids for d in bid.discounts} == set(DiscountKind)
    assert {c.per for bid in bids for c in bid.charges} == set(ChargeBasis)
    assert any(bid.packages for bid in bids)
    assert any(bid.freight is None for bid in bids)
    assert any(offer.index for bid in bids for offer in bid.offers)
    assert any(offer.min for bid in bids for offer in bid.offers)
    assert any(demand.reserve_price for demand in demands)
    assert any(demand.excluded_suppliers for demand in demands)
