import pytest

from industry_brain.catalogue.models import Material
from industry_brain.demands.engine.faults import CellError
from industry_brain.demands.engine.materials import MaterialReader
from tests.platform.demands.conftest import material


@pytest.fixture
def catalogue(gcr15: Material, gcr15_60: Material) -> list[Material]:
    return [gcr15, gcr15_60, material("GCR15-50-GB", "GCr15 圆钢 φ40 热轧 GB/T 18254-2016")]


@pytest.fixture
def reader(catalogue: list[Material]) -> MaterialReader:
    return MaterialReader(catalogue, {})


def fault_of(reader: MaterialReader, *parts: str) -> CellError:
    with pytest.raises(CellError) as refused:
        reader.read(parts)
    return refused.value


@pytest.mark.parametrize(
    "parts",
    [
        ["GCR15-50"],
        ["ｇｃｒ15-50"],
        ["GCr15 圆钢 φ50 热轧"],
        ["轴承钢", "GCr15", "Φ50 热轧 圆钢"],
        ["GCR15-50", "轴承圆钢"],
        ["", "GCR15-50", " "],
    ],
)
def test_a_material_is_found_by_code_by_name_and_as_the_trade_writes_it(
    parts: list[str], reader: MaterialReader, gcr15: Material
) -> None:
    assert reader.read(parts) == gcr15


def test_an_empty_row_has_no_material(reader: MaterialReader) -> None:
    assert fault_of(reader, "", " ").code == "material_missing"


def test_a_question_offers_the_materials_its_answers_lead_to(reader: MaterialReader) -> None:
    fault = fault_of(reader, "GCr15 60")

    assert (fault.code, [o.key for o in fault.options]) == ("material_number_unclear", ["GCR15-60"])
    assert fault.facts["question"]["zh"] == "数字“60”是什么意思？"


def test_a_text_that_says_less_than_the_catalogue_is_asked_about(reader: MaterialReader) -> None:
    fault = fault_of(reader, "GCr15 圆钢 φ40 热轧")

    assert (fault.code, [o.key for o in fault.options]) == ("material_to_confirm", ["GCR15-50-GB"])


def test_what_the_catalogue_lacks_is_said(reader: MaterialReader) -> None:
    assert fault_of(reader, "GCr15 圆钢 φ77 热轧").code == "material_not_in_catalogue"


def test_a_code_beside_another_description_is_a_contradiction(reader: MaterialReader) -> None:
    fault = fault_of(reader, "GCR15-50", "GCr15 圆钢 φ60 热轧")

    assert fault.code == "material_contradiction"
    assert [o.key for o in fault.options] == ["GCR15-50", "GCR15-60"]


def test_what_was_confirmed_before_is_taken_and_what_is_gone_is_not(
    catalogue: list[Material], gcr15: Material
) -> None:
    reader = MaterialReader(catalogue, {"五十的料": gcr15.pk, "old": 999_999})

    assert reader.read(["五十 的料"]) == gcr15
    assert fault_of(reader, "old").code.startswith("material_")


def test_a_name_that_two_materials_share_names_neither(gcr15: Material) -> None:
    twin = material("TWIN", "GCr15 圆钢 φ50 热轧")

    fault = fault_of(MaterialReader([gcr15, twin], {}), "GCr15 圆钢 φ50 热轧")

    assert {o.key for o in fault.options} == {"GCR15-50", "TWIN"}
