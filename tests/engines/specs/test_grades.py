"""The grade table is consistent, and other systems' names are never taken for equal."""

import pytest

from brain_engines.specs.grades import GRADES, OTHER_NAMES, find, is_carbon_number, resembling
from brain_engines.specs.standards import STANDARDS, known


def found_by(name):
    found = find(name)
    assert found is not None, name
    return found


def test_every_grade_is_found_by_its_name_in_any_capitals():
    for name, grade in GRADES.items():
        assert found_by(name).grade == found_by(name.lower()).grade == found_by(name.upper()).grade == grade
        assert found_by(name).confidence == 100


def test_every_grade_has_a_listed_standard_that_covers_it():
    for grade in GRADES.values():
        assert grade.family in STANDARDS[grade.standard].families


def test_a_name_of_another_system_is_near_but_never_certain():
    for name in OTHER_NAMES:
        found = found_by(name)
        assert found.equivalent
        assert 60 <= found.confidence <= 90


@pytest.mark.parametrize(
    ("typo", "meant"), [("GCrl5", "GCr15"), ("GCrI5", "GCr15"), ("42CrM0", "42CrMo"), ("G20CrM0", "G20CrMo")]
)
def test_a_lookalike_is_suggested_first_but_not_found(typo, meant):
    assert find(typo) is None
    assert resembling(typo)[0].name == meant


def test_only_carbon_steels_are_named_by_a_bare_number():
    assert is_carbon_number("45")
    assert not is_carbon_number("47")
    assert not is_carbon_number("65Mn")


def test_a_standard_is_known_with_and_without_its_year():
    assert known("GB/T 18254-2016") is known("GB/T 18254") is not None
    assert known("GB/T 99999-2020") is None
