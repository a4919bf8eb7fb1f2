import json
from decimal import Decimal

import pytest

from brain_engines.awards.io import BadRoundFile
from industry_brain.bids.engine.basis import SELF, basis_of
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.firms import PlaceFactory
from tests.platform.factories.rounds import IndexFactory, ItemFactory, RoundFactory, WindowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    round_ = RoundFactory(bidding=True)
    window, place = WindowFactory(round=round_, max_lead_days=20), PlaceFactory(code="yanxi")
    for diameter in (65, 50):
        material = MaterialFactory(diameter=diameter)
        ItemFactory(
            round=round_,
            code=f"{material.code}@yanxi",
            material=material,
            place=place,
            window=window,
            quantity=12_500_000,
        )
    IndexFactory(round=round_, code="gcr15", value=56_800_000)
    return round_


def test_items_are_numbered_in_declared_order(round_) -> None:
    basis = basis_of(round_)

    assert [(row.number, row.code, row.tonnes) for row in basis.items] == [
        (1, "GCr15-50@yanxi", Decimal("12.500")),
        (2, "GCr15-65@yanxi", Decimal("12.500")),
    ]
    assert [place.code for place in basis.places] == ["yanxi"]


def test_a_bid_is_read_against_the_rounds_items_and_indices(round_) -> None:
    bid = {"supplier": SELF, "offers": [{"item": "GCr15-50@yanxi", "index": "gcr15", "premium": "-20"}]}

    stated = basis_of(round_).round_with([bid])

    assert (stated.items[0].max_lead_days, stated.indices["gcr15"]) == (20, Decimal("5680.00"))
    assert json.loads(basis_of(round_).round_file([bid]))["demands"] == []


def test_an_item_of_another_round_is_a_fault(round_) -> None:
    bid = {"supplier": SELF, "offers": [{"item": "elsewhere", "price": "1"}]}

    with pytest.raises(BadRoundFile, match="elsewhere"):
        basis_of(round_).round_with([bid])


def test_reading_a_basis_costs_two_queries(round_, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        basis_of(round_)
