from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.web.forms import (
    FigureField,
    MoneyField,
    PercentField,
    PlainForm,
    QuantityField,
    UnitPriceField,
    exact_number,
    reader_of,
)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1,234.50", 123450),
        ("１，２３４．５０", 123450),
        ("¥ 1234.5", 123450),
        ("￥0.01", 1),
        ("12元", 1200),
        (" 1 234.5 ", 123450),
        ("0", 0),
        (".5", 50),
    ],
)
def test_money_is_read_as_people_type_it(typed, fen):
    assert MoneyField().clean(typed) == fen


@pytest.mark.parametrize(
    "typed", ["八百", "NaN", "inf", "1e5", "1,23.4", "1.2.3", "--1", "", "1" * 60, "0x10", "½"]
)
def test_what_is_not_clearly_a_number_is_not_guessed(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (MoneyField(), "1.005", "too_fine"),
        (MoneyField(), "-1", "too_small"),
        (MoneyField(), "9" * 16, "too_large"),
        (QuantityField(), "1.0005", "too_fine"),
        (QuantityField(least=1), "0.5", "too_small"),
        (UnitPriceField(), "1.00001", "too_fine"),
    ],
)
def test_numbers_out_of_bounds_are_refused_with_a_reason(field, typed, code):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.code == code


def test_small_units_are_whole():
    assert QuantityField().clean("12.5") == 12_500_000
    assert UnitPriceField().clean("5650.2501") == 56_502_501
    assert PercentField().clean("12.5") == 125_000


@given(st.integers(0, 10**12))
@settings(max_examples=60)
def test_what_is_shown_reads_back_as_the_same(units):
    for field in (MoneyField(), UnitPriceField(), PercentField()):
        assert field.clean(field.prepare_value(units)) == units
    assert QuantityField().clean(QuantityField().prepare_value(units * 1000)) == units * 1000


def test_an_empty_optional_figure_is_nothing_not_zero():
    assert MoneyField(required=False).clean("") is None


def test_another_spelling_is_not_a_change():
    assert not MoneyField().has_changed(123450, "1,234.5")
    assert MoneyField().has_changed(123450, "1,234.51")
    assert MoneyField().has_changed(123450, "nonsense")


def test_a_refused_form_shows_what_was_typed():
    class Sample(PlainForm):
        price = MoneyField()
        note = forms.CharField(required=False)

    form = Sample({"price": "八百"})
    assert not form.is_valid()
    assert 'value="八百"' in str(form["price"])
    assert ":" not in str(form["note"].label_tag())


def test_cells_are_read_by_the_same_rule():
    read = reader_of(QuantityField())
    assert read("１２.5") == 12_500_000
    with pytest.raises(ValidationError):
        read("twelve")


def test_numbers_are_exact():
    assert exact_number("0.1") + exact_number("0.2") == Decimal("0.3")
    assert isinstance(FigureField().clean("5"), int)
