from typing import Any

import pytest

from industry_brain.bids.engine.content import MAX_TEXT, shaped
from industry_brain.kernel.errors import Invalid


def test_numbers_become_text_as_they_were_written() -> None:
    content = {"offers": [{"item": "a", "price": 5650}], "freight": {"yanxi": "85.00"}, "payment_days": "30"}

    kept = shaped(content, supplier="F-0001")

    assert kept["offers"] == [{"item": "a", "price": "5650"}]
    assert kept["freight"] == {"yanxi": "85.00"}


def test_what_is_absent_stays_absent() -> None:
    assert shaped({}, supplier="F-0001") == {}


def test_nonsense_inside_the_shape_is_kept_so_that_nothing_is_lost() -> None:
    content = {"offers": [{"item": "no such", "price": "a lot"}]}

    assert shaped(content, supplier="F-0001") == content


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ([], "bid"),
        ({"offers": "all"}, "offers"),
        ({"offers": [{"item": "a", "colour": "red"}]}, "offers[0]"),
        ({"offers": [{"item": {"a": 1}}]}, "offers[0].item"),
        ({"offers": [{"item": "x" * (MAX_TEXT + 1)}]}, "offers[0].item"),
        ({"freight": ["yanxi"]}, "freight"),
        ({"surprise": 1}, "bid"),
        ({"supplier": "F-9999"}, "supplier"),
        ({"offers": [{"item": True}]}, "offers[0].item"),
    ],
)
def test_another_shape_is_refused_with_its_place(content: Any, place: str) -> None:
    with pytest.raises(Invalid) as refusal:
        shaped(content, supplier="F-0001")

    assert refusal.value.code == "bid_misshapen"
    assert place in [row["place"] for row in refusal.value.facts["places"]]
