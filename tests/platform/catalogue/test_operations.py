import pytest

from brain_engines.specs.problem import Specification
from brain_engines.specs.read import read
from industry_brain.accounts.models import User
from industry_brain.catalogue.engine import specification_of
from industry_brain.catalogue.models import Category
from industry_brain.catalogue.operations import add_category, add_material
from industry_brain.kernel.errors import Invalid, NotAllowed
from tests.platform.factories.catalogue import CategoryFactory
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.django_db


def spec(text: str) -> Specification:
    specification = read(text).specification
    assert specification is not None, text
    return specification


def test_add_material_names_weighs_and_codes_it(operator: User) -> None:
    wanted = spec("GCr15 圆钢 φ50 热轧 GB/T 18254-2016")

    material = add_material(wanted, category=CategoryFactory(), actor=operator, at=NOW)

    assert (material.code, material.name) == ("GCr15-R50-HR", "GCr15 圆钢 φ50 热轧 GB/T 18254-2016")
    assert material.grams_per_metre == 15_325
    assert specification_of(material) == wanted


def test_add_material_refuses_the_same_specification_twice(operator: User) -> None:
    category = CategoryFactory()
    add_material(spec("45# 圆钢 φ80"), category=category, actor=operator, at=NOW)

    with pytest.raises(Invalid, match="in the catalogue already, as 45-R80"):
        add_material(spec("45#圆钢Φ80mm"), category=category, actor=operator, at=NOW)


def test_add_material_finds_a_free_code_for_a_near_twin(operator: User) -> None:
    category = CategoryFactory()
    codes = [
        add_material(spec(text), category=category, actor=operator, at=NOW).code
        for text in ("GCr15 圆钢 φ50 GB/T 18254-2016", "GCr15 圆钢 φ50 GB/T 18254-2002")
    ]

    assert codes == ["GCr15-R50", "GCr15-R50-2"]


def test_only_operators_edit_the_catalogue(member: User) -> None:
    with pytest.raises(NotAllowed):
        add_material(spec("45# 圆钢 φ80"), category=CategoryFactory(), actor=member, at=NOW)
    with pytest.raises(NotAllowed):
        add_category(code="x", name="x", name_en="x", actor=member, at=NOW)


def test_add_category_refuses_a_code_twice(operator: User) -> None:
    add_category(code="tube", name="钢管", name_en="Tube", actor=operator, at=NOW)

    with pytest.raises(Invalid, match="category tube already"):
        add_category(code="tube", name="钢管", name_en="Tube", actor=operator, at=NOW)
    assert Category.objects.count() == 1
