import pytest

from industry_brain.catalogue.queries import categories, get_category, get_material, materials
from industry_brain.kernel.errors import NotFound
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory

pytestmark = pytest.mark.django_db


def test_materials_are_found_by_words_of_code_and_both_names() -> None:
    wanted = MaterialFactory(grade="GCr15", diameter=50)
    MaterialFactory(grade="45", diameter=80)

    for words in ("GCr15-50", "圆钢 GCr15", "round GCr15"):
        assert list(materials(containing=words)) == [wanted]
    assert list(materials(containing="GCr15 45")) == []


def test_materials_of_one_category_come_by_code() -> None:
    mine = [MaterialFactory(diameter=diameter) for diameter in (80, 50)]
    MaterialFactory(category=CategoryFactory(code="tube"), diameter=60)

    found = list(materials(category=get_category("bearing-steel")))

    assert found == sorted(mine, key=lambda material: material.code)
    assert [category.code for category in categories()] == ["bearing-steel", "tube"]


def test_what_is_not_there_is_said_with_its_code() -> None:
    with pytest.raises(NotFound, match="no material X-1"):
        get_material("X-1")
    with pytest.raises(NotFound, match="no category x"):
        get_category("x")


def test_a_search_of_a_thousand_words_is_a_search() -> None:
    MaterialFactory()

    assert list(materials(containing="nothing " * 1500)) == []
