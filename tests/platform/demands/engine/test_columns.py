import pytest

from industry_brain.demands.engine.columns import FIELDS, find_headings, heading_of, headings_of

HEADINGS = {
    "material": ["物料", "物料编码", "规格型号", "品名", "牌号", "材质", "Material", "Grade", "spec."],
    "quantity": ["数量", "数量（吨）", "吨数", "本月采购量", "物料数量", "Qty", "Quantity (t)", "需求 数量"],
    "unit": ["单位", "计量单位", "Unit"],
    "place": ["交货地", "到站", "收货地址", "Delivery place", "destination"],
    "window": ["交期", "交货期", "需求日期", "Delivery date"],
    "reserve_price": ["限价", "最高限价(元/吨)", "预算单价", "Max price", "Reserve price"],
    "last_price": ["上期价", "上期价格", "现合同价", "Last contract price", "current price"],
    "substitutes": ["可替代", "可替代物料", "Substitutes"],
    "excluded_suppliers": ["不接受供应商", "排除", "Excluded suppliers"],
}


@pytest.mark.parametrize(("field", "text"), [(f, t) for f, texts in HEADINGS.items() for t in texts])
def test_headings_as_people_write_them(field: str, text: str) -> None:
    assert heading_of(text).field == field


@pytest.mark.parametrize("text", ["备注", "联系人", "电话", "", "remarks", "No."])
def test_unknown_headings_are_kept_without_a_field(text: str) -> None:
    assert (heading_of(text).field, heading_of(text).text) == (None, text)


def test_kilograms_in_a_heading_are_noticed() -> None:
    assert heading_of("数量（kg）").per_kilogram
    assert heading_of("单价(元/公斤)").per_kilogram
    assert not heading_of("数量（吨）").per_kilogram


def test_only_material_may_stand_in_several_columns() -> None:
    fields = [h.field for h in headings_of(["品名", "牌号", "规格", "数量", "吨数"])]

    assert fields == ["material", "material", "material", "quantity", None]


def test_our_own_headings_and_field_names_are_read_as_what_they_are() -> None:
    assert [heading_of(str(text)).field for text in FIELDS.values()] == list(FIELDS)
    assert [heading_of(name).field for name in FIELDS] == list(FIELDS)


def test_headings_are_found_below_titles_in_any_order() -> None:
    table = [["五洲轴承 12 月需求"], [], ["数量", "交货地", "规格"], ["12", "高桥", "GCr15 φ50"]]

    assert find_headings(table) == 2
    assert find_headings(table[3:]) is None
    assert find_headings([]) is None
