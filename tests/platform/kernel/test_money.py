from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from industry_brain.kernel.money import Money, e4_from_price, fen_from_yuan, price_from_e4, yuan_from_fen

whole = st.integers(-(10**15), 10**15)


@given(whole)
def test_fen_survive_the_way_to_yuan_and_back(fen: int) -> None:
    assert fen_from_yuan(yuan_from_fen(fen)) == fen


@given(whole)
def test_prices_survive_the_way_to_decimals_and_back(e4: int) -> None:
    assert e4_from_price(price_from_e4(e4)) == e4


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_parts_of_a_split_add_up_exactly(fen: int, weights: list[int]) -> None:
    parts = [part.minor for part in Money("CNY", fen).split(weights)]

    assert sum(parts) == fen
    assert all(abs(p * sum(weights) - fen * w) < sum(weights) for p, w in zip(parts, weights, strict=True))


def test_a_fifth_decimal_of_a_price_is_refused() -> None:
    with pytest.raises(ValueError, match="four decimals"):
        e4_from_price(Decimal("1.00001"))


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot add EUR to CNY"):
        Money("CNY", 1) + Money("EUR", 1)


@pytest.mark.parametrize("weights", [[0, 0], [1, -1, 3]])
def test_a_split_needs_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money("CNY", 1).split(weights)
