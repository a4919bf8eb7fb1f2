"""JSON: exact, deterministic, and refused with its place when it does not fit."""

import json

import pytest

from brain_engines.specs.io import answer_to_dict, dumps, specification_from_dict, specification_to_dict
from brain_engines.specs.problem import SpecificationError
from brain_engines.specs.read import read
from tests.engines.specs.reading import specification_of

PLAIN = {"form": "tube", "grade": "GCr15", "section": {"diameter": 60_000, "wall": 8_000}}


def test_a_specification_is_written_without_what_is_not_stated():
    assert specification_to_dict(specification_of("GCr15 钢管 φ60×8")) == PLAIN
    assert specification_from_dict(PLAIN) == read("GCr15 钢管 φ60×8").specification


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": "cube"}, "field_value"),
        ({"colour": "red"}, "field_unknown"),
        ({"grade": 45}, "field_type"),
        ({"grade": " "}, "grade_missing"),
        ({"section": {"diameter": 60.0, "wall": 8}}, "section_malformed"),
        ({"section": {"diameter": True, "wall": 8}}, "section_malformed"),
        ({"section": {"radius": 3}}, "section_malformed"),
        ({"section": None}, "field_type"),
        ({"section": {"diameter": 60_000}}, "section_of_another_form"),
        ({"section": {"diameter": 60_000, "wall": 30_000}}, "hole_impossible"),
        ({"section": {"diameter": -1, "wall": -2}}, "size_not_positive"),
        ({"length": {"kind": "fixed"}}, "length_without_size"),
        ({"length": {"kind": "fixed", "minimum": 1, "maximum": 2}}, "length_has_one_size"),
        ({"length": {"kind": "range", "minimum": 2, "maximum": 1}}, "length_out_of_order"),
        ({"length": {"kind": "range", "minimum": 2}}, "length_half_bounded"),
        ({"length": {"kind": "range", "minimum": 1.5, "maximum": 2}}, "length_malformed"),
        ({"process": ["lf", "eaf"]}, "process_order"),
        ({"surface": "shiny"}, "field_value"),
    ],
)
def test_a_malformed_specification_is_refused_with_a_code(change, code):
    with pytest.raises(SpecificationError) as refused:
        specification_from_dict({**PLAIN, **change})

    assert refused.value.code == code


@pytest.mark.parametrize("missing", ["form", "grade", "section"])
def test_a_missing_field_is_named(missing):
    plain = {name: value for name, value in PLAIN.items() if name != missing}

    with pytest.raises(SpecificationError) as refused:
        specification_from_dict(plain)

    assert refused.value.code in ("field_missing", "grade_missing")


def test_the_same_answer_gives_the_same_bytes():
    texts = ["GCr15 φ50 热轧 5吨 6m", "GCr15 50"]

    for text in texts:
        written = dumps(answer_to_dict(read(text)))
        assert written == dumps(answer_to_dict(read(text)))
        assert json.loads(written)["text"] == text
