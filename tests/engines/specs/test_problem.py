"""A specification that cannot exist cannot be made."""

import pytest

from brain_engines.specs.problem import (
    SIZES_OF,
    Field,
    Form,
    Kind,
    Length,
    LengthKind,
    Section,
    Specification,
    SpecificationError,
)
from brain_engines.specs.read import read


def test_every_form_says_which_sizes_it_has():
    assert set(SIZES_OF) == set(Form)


@pytest.mark.parametrize("form", list(Form))
def test_a_form_refuses_the_section_of_nothing(form):
    with pytest.raises(SpecificationError) as refused:
        Specification(form, "GCr15", Section())

    assert refused.value.code == "section_of_another_form"


def test_a_random_length_may_be_unbounded_and_others_may_not():
    assert Length(LengthKind.RANDOM).minimum is None
    with pytest.raises(SpecificationError, match="needs its size"):
        Length(LengthKind.MULTIPLE)


def test_an_answer_is_as_sure_as_its_least_sure_reading():
    assert read("SUJ2 圆钢 φ50").confidence == 90
    assert read("GCr15 50").confidence == 0


def test_readings_come_in_the_order_of_the_fields_and_remainders_in_that_of_the_text():
    found = read("5吨 检斤 热轧 φ50 圆钢 GCr15 含税")

    assert [reading.field for reading in found.readings] == [
        Field.GRADE,
        Field.FORM,
        Field.SECTION,
        Field.CONDITION,
        Field.WEIGHING,
    ]
    assert [kept.text for kept in found.remainders_of(Kind.NOTE, Kind.QUANTITY)] == ["5吨", "含税"]
