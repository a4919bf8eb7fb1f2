import pytest

from industry_brain.catalogue.models import Material
from industry_brain.demands.engine.columns import headings_of
from industry_brain.demands.engine.rows import Reader, Reading
from industry_brain.firms.models import Firm, Place
from industry_brain.rounds.models import Round, Window
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory

HEADINGS = ["物料", "数量", "交货地", "交期", "限价", "上期价", "可替代", "排除"]


@pytest.fixture
def reader(
    collecting: Round, window: Window, member_firm: Firm, supplier_firm: Firm, gcr15: Material, gaoqiao: Place
) -> Reader:
    return Reader(collecting, member_firm)


def read(reader: Reader, *cells: str) -> Reading:
    return reader.read(headings_of(HEADINGS), cells)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(fault.column, fault.code) for fault in reading.faults]


def test_a_full_row_is_read_whole(
    reader: Reader, window: Window, gaoqiao: Place, supplier_firm: Firm, gcr15: Material
) -> None:
    other = MaterialFactory(code="OTHER")
    reader = Reader(reader.round, reader.member)

    reading = read(reader, "GCR15-50", "5", "Gaoqiao", "2026-12-15", "5650", "5700", "OTHER", "东特钢")

    wanted = reading.wanted
    assert wanted is not None
    assert (wanted.material, wanted.place, wanted.window) == (gcr15, gaoqiao, window)
    assert (wanted.quantity, wanted.reserve_price, wanted.last_price) == (5_000_000, 56_500_000, 57_000_000)
    assert (wanted.substitutes, wanted.excluded_suppliers) == ((other,), (supplier_firm,))


def test_empty_cells_mean_the_own_place_and_the_only_window(reader: Reader, window: Window) -> None:
    wanted = read(reader, "GCR15-50", "5").wanted

    assert wanted is not None
    assert (wanted.place, wanted.window, wanted.reserve_price) == (reader.member.place, window, None)


def test_every_cell_at_fault_is_named_at_once(reader: Reader) -> None:
    reading = read(reader, "?", "-1", "月球", "2030-01-01", "x", "0", "gold", "nobody")

    assert reading.wanted is None
    assert [column for column, _code in codes(reading)] == [
        *("material", "quantity", "place", "window"),
        *("reserve_price", "last_price", "substitutes", "excluded_suppliers"),
    ]


def test_places_and_suppliers_that_are_unknown_come_with_likely_ones_first(reader: Reader) -> None:
    place, supplier = read(reader, "GCR15-50", "5", "高桥镇仓库", "", "", "", "", "东特").faults

    assert (place.code, place.options[0].key) == ("place_unknown", "gaoqiao")
    assert (supplier.code, supplier.options[0].name) == ("supplier_unknown", "东特钢")


def test_with_several_windows_a_row_says_which(
    collecting: Round, member_firm: Firm, gcr15: Material, second_window: Window
) -> None:
    reader = Reader(collecting, member_firm)

    late = read(reader, "GCR15-50", "5", "", "2027年1月").wanted
    assert late is not None
    assert late.window == second_window
    assert codes(read(reader, "GCR15-50", "5")) == [("window", "window_missing")]
    assert codes(read(reader, "GCR15-50", "5", "", "尽快")) == [("window", "window_unknown")]
    spanning = read(reader, "GCR15-50", "5", "", "2026-12-20~2027-01-10")
    assert codes(spanning) == [("window", "window_unknown")]
    assert [o.key for o in spanning.faults[0].options] == ["all", "late"]


def test_a_material_does_not_stand_in_for_itself(reader: Reader) -> None:
    assert codes(read(reader, "GCR15-50", "5", "", "", "", "", "GCR15-50")) == [
        ("substitutes", "substitute_same")
    ]


def test_materials_of_other_categories_are_not_known_here(reader: Reader, collecting: Round) -> None:
    MaterialFactory(code="HAMMER", category=CategoryFactory(code="tools"))

    reading = read(Reader(collecting, reader.member), "HAMMER", "5")

    assert [column for column, _code in codes(reading)] == ["material"]
