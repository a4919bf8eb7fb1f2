import pytest

from brain_engines.specs.read import read
from industry_brain.catalogue.engine import find, form_name, material_facts, suggested_code
from industry_brain.catalogue.models import Material


def material(text: str) -> Material:
    specification = read(text).specification
    assert specification is not None
    return Material(code=suggested_code(specification), **material_facts(specification))


CATALOGUE = [
    material("GCr15 圆钢 φ50 热轧 GB/T 18254-2016"),
    material("GCr15 圆钢 φ65 热轧 GB/T 18254-2016"),
    material("45# 圆钢 φ80 热轧"),
]


def test_what_is_exactly_meant_is_found() -> None:
    found = find("ｇｃｒ１５圆钢Φ50mm 热轧 GB/T18254-2016", CATALOGUE)

    assert found.material is CATALOGUE[0]


def test_what_is_nearly_meant_is_offered_and_never_taken() -> None:
    found = find("GCr15 圆钢 φ50", CATALOGUE)

    assert found.material is None
    assert found.candidates[0] is CATALOGUE[0]


def test_an_open_question_finds_nothing() -> None:
    found = find("GCr15 50", CATALOGUE)

    assert found.answer.question is not None
    assert (found.material, found.candidates) == (None, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GCr15 圆钢 φ50 热轧", "GCr15-R50-HR"),
        ("GCr15 钢管 φ60×8 冷拔 球化退火", "GCr15-T60x8-CD-S"),
        ("45# 圆钢 φ80", "45-R80"),
    ],
)
def test_a_suggested_code_is_short_and_speaks(text: str, code: str) -> None:
    assert material(text).code == code


def test_forms_have_names_in_both_languages() -> None:
    assert (form_name("tube", "zh"), form_name("tube", "en")) == ("钢管", "seamless tube")
