"""The standard materials are real, distinct, and describable."""

from brain_engines.specs.describe import describe
from brain_engines.specs.grades import GRADES
from brain_engines.specs.match import Outcome, match
from brain_engines.specs.materials import standard_materials
from brain_engines.specs.problem import Form
from brain_engines.specs.read import read
from brain_engines.specs.standards import known
from brain_engines.specs.weight import theoretical_weight

CATALOGUE = {f"M{place:04}": material for place, material in enumerate(standard_materials(), 1)}


def test_there_are_at_least_120_distinct_standard_materials():
    assert len(standard_materials()) >= 120
    assert len(set(standard_materials())) == len(standard_materials())


def test_every_standard_material_reads_back_from_its_description_and_is_found_exactly():
    for key, material in CATALOGUE.items():
        assert read(describe(material)).specification == material
        found = match(material, CATALOGUE)
        assert (found.outcome, found.key) == (Outcome.EXACT, key)


def test_every_standard_material_has_a_listed_grade_a_covering_standard_and_a_weight():
    for material in standard_materials():
        grade = GRADES[material.grade]
        if material.standard:
            standard = known(material.standard)
            assert standard is not None
            assert grade.family in standard.families
        assert theoretical_weight(material).grams > 0


def test_bearing_steel_bar_leads_the_list_and_every_common_form_is_there():
    materials = standard_materials()

    assert (materials[0].grade, materials[0].form) == ("GCr15", Form.ROUND_BAR)
    forms = {material.form for material in materials}
    assert {Form.TUBE, Form.WIRE_ROD, Form.WIRE, Form.HEX_BAR, Form.FLAT_BAR, Form.PLATE, Form.STRIP} <= forms
