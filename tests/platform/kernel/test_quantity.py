from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from industry_brain.kernel.quantity import grams_from_tonnes, tonnes_from_grams


@given(st.integers(0, 10**15))
def test_grams_survive_the_way_to_tonnes_and_back(grams: int) -> None:
    assert grams_from_tonnes(tonnes_from_grams(grams)) == grams


def test_a_part_of_a_gram_is_refused() -> None:
    with pytest.raises(ValueError, match="six decimals"):
        grams_from_tonnes(Decimal("0.0000001"))
