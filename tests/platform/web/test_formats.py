from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.web import formats


@given(st.integers(min_value=-(10**15), max_value=10**15))
@settings(max_examples=60)
def test_money_is_written_to_the_cent_and_loses_nothing(fen):
    text = formats.money(fen).replace("¥", "").replace(",", "").replace(formats.MINUS, "-")
    assert Decimal(text) * 100 == fen


@given(st.integers(min_value=0, max_value=10**15))
@settings(max_examples=60)
def test_weights_and_prices_lose_nothing(number):
    assert Decimal(formats.tonnes(number).replace(",", "")).scaleb(6) == number
    assert Decimal(formats.unit_price(number).replace(",", "")).scaleb(4) == number


@pytest.mark.usefixtures("chinese")
def test_big_money_is_in_wan_for_chinese_readers():
    assert (formats.wan(486_234_567), formats.wan_unit()) == ("486.2", "万元")
    assert formats.money_wan(-50_000) == "−0.1 万元"


@pytest.mark.usefixtures("english")
def test_big_money_is_in_thousands_for_english_readers():
    assert formats.money_wan(486_234_567) == "4,862 thousand yuan"


@pytest.mark.usefixtures("chinese")
def test_units_are_named_in_the_readers_language():
    assert formats.weight(12_500_000) == "12.5 吨"


def test_what_is_not_known_is_a_dash_not_a_zero():
    for write in (
        formats.money,
        formats.amount,
        formats.wan,
        formats.money_wan,
        formats.tonnes,
        formats.weight,
        formats.unit_price,
        formats.percent_ppm,
        formats.change_ppm,
        formats.moment,
    ):
        assert write(None) == formats.NOTHING


def test_changes_carry_their_sign():
    assert [formats.change_ppm(ppm) for ppm in (54_000, -160_000, 0)] == ["+5.4%", "−16.0%", "0.0%"]


def test_a_half_rounds_away_from_zero():
    assert formats.grouped(Decimal("0.125"), 2) == "0.13"
    assert formats.grouped(Decimal("-0.125"), 2) == "−0.13"


def test_moments_are_local_and_name_the_year_only_when_it_is_another():
    this_year = timezone.localdate().year
    assert formats.moment(datetime(this_year, 11, 28, 9, 0, tzinfo=UTC)) == "11-28 17:00"
    assert formats.moment(datetime(1999, 12, 31, 23, 0, tzinfo=UTC)) == "2000-01-01 07:00"
    assert formats.moment(date(this_year, 3, 4)) == "03-04"
    assert formats.moment(date(1999, 3, 4)) == "1999-03-04"
