from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.demands.engine.cells import days_of, list_of, price_of, quantity_of
from industry_brain.demands.engine.faults import CellError

DECEMBER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "unit", "grams"),
    [
        ("12", "", 12_000_000),
        ("12.5 吨", "", 12_500_000),
        ("１，２００．５", "", 1_200_500_000),
        ("1 200", "kg", 1_200_000),
        ("800公斤", "吨", 800_000),
        ("0.001", "", 1_000),
        ("+3t", "", 3_000_000),
        ("1e2", "", 100_000_000),
        ("1万吨", "", 10_000_000_000),
        ("1,000,000", "", 10**12),
    ],
)
def test_quantities_as_people_write_them(text: str, unit: str, grams: int) -> None:
    assert quantity_of(text, unit) == grams


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "quantity_missing"),
        ("   ", "quantity_missing"),
        ("八百", "quantity_not_a_number"),
        ("NaN", "quantity_not_a_number"),
        ("Infinity", "quantity_not_a_number"),
        ("1,2,3", "quantity_unit"),
        ("12 捆", "quantity_unit"),
        ("0", "quantity_not_positive"),
        ("-5", "quantity_not_positive"),
        ("−5", "quantity_not_positive"),
        ("1e9", "quantity_too_large"),
        ("1e9999", "quantity_too_large"),
        ("1000000.001", "quantity_too_large"),
        ("0.0001", "quantity_too_fine"),
        ("1.0000000000000000000000000000000000001", "quantity_too_fine"),
        ("9" * 41, "quantity_not_a_number"),
    ],
)
def test_quantities_that_cannot_be_meant_are_refused_one_by_one(text: str, code: str) -> None:
    with pytest.raises(CellError) as refused:
        quantity_of(text)

    assert refused.value.code == code


def test_a_heading_in_kilograms_counts_where_the_cell_says_nothing() -> None:
    assert quantity_of("1200", per_kilogram=True) == 1_200_000
    assert quantity_of("1200 t", per_kilogram=True) == 1_200_000_000
    assert price_of("5.65", per_kilogram=True) == 56_500_000


@pytest.mark.parametrize(
    ("text", "e4"),
    [
        ("", None),
        ("5650", 56_500_000),
        ("￥5,650.25元", 56_502_500),
        ("5650.1234 元/吨", 56_501_234),
        ("5.65元/公斤", 56_500_000),
        ("0.565万元", 56_500_000),
    ],
)
def test_prices_as_people_write_them(text: str, e4: int | None) -> None:
    assert price_of(text) == e4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("面议", "price_not_a_number"),
        ("5650 USD", "price_not_a_number"),
        ("0", "price_not_positive"),
        ("-1", "price_not_positive"),
        ("1000001", "price_too_large"),
        ("0.00001", "price_too_fine"),
    ],
)
def test_prices_that_cannot_be_meant_are_refused_one_by_one(text: str, code: str) -> None:
    with pytest.raises(CellError) as refused:
        price_of(text)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-15", "2026-12-15", "2026-12-15"),
        ("2026/12/15 00:00:00", "2026-12-15", "2026-12-15"),
        ("2026年12月15日前", "2026-12-15", "2026-12-15"),
        ("1.5", "2027-01-05", "2027-01-05"),
        ("12月1日—12月20日", "2026-12-01", "2026-12-20"),
        ("1月", "2027-01-01", "2027-01-31"),
        ("2026年12月", "2026-12-01", "2026-12-31"),
    ],
)
def test_days_as_people_write_them(text: str, first: str, last: str) -> None:
    assert days_of(text, DECEMBER) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "尽快", "2026-13-01", "2026-02-30", "13月", "9999"])
def test_what_is_not_a_day_is_none(text: str) -> None:
    assert days_of(text, DECEMBER) is None


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_crashes_a_reader(text: str) -> None:
    for read in (quantity_of, price_of):
        with suppress(CellError):
            found = read(text)
            assert found is None or found > 0
    days_of(text, DECEMBER)
    list_of(text)


@given(st.integers(1, 10**9))
@settings(max_examples=100, deadline=None)
def test_every_whole_kilogram_is_read_back_exactly(kilograms: int) -> None:
    assert quantity_of(f"{kilograms // 1000}.{kilograms % 1000:03}") == kilograms * 1000
    assert quantity_of(f"{kilograms:,} kg") == kilograms * 1000
