"""Which column of a sheet means what, guessed from its heading in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The fields of a demand in the order of the template, with the headings we write ourselves.
FIELDS: dict[str, str | Promise] = {
    "material": _("Material"),
    "quantity": _("Quantity"),
    "unit": pgettext_lazy("sheet", "Unit"),
    "place": _("Place of delivery"),
    "window": _("Delivery window"),
    "reserve_price": _("Reserve price"),
    "last_price": _("Last contract price"),
    "substitutes": _("Substitutes"),
    "excluded_suppliers": _("Excluded suppliers"),
}

# Headings people write, without spaces, brackets and case.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "material": (
        *(
            "物料",
            "物料编码",
            "物料编号",
            "物料名称",
            "物资",
            "料号",
            "编码",
            "规格",
            "规格型号",
            "型号",
            "品名",
        ),
        *("名称", "牌号", "钢号", "材质", "材料", "钢种", "品种", "产品", "货物", "交货状态"),
        *("material", "materialcode", "code", "specification", "spec", "item", "grade", "description"),
        *("product", "size", "steel"),
    ),
    "quantity": (
        *("数量", "吨数", "吨位", "采购量", "采购数量", "需求量", "需求数量", "计划量", "重量", "用量"),
        *("quantity", "qty", "tonnes", "tons", "weight", "volume"),
    ),
    "unit": ("单位", "计量单位", "unit", "uom", "unitofmeasure"),
    "place": (
        *(
            "交货地",
            "交货地点",
            "到站",
            "收货地",
            "收货地址",
            "收货地点",
            "送货地",
            "送货地址",
            "目的地",
            "地点",
        ),
        *("place", "placeofdelivery", "deliveryplace", "destination", "deliverto", "shipto", "location"),
    ),
    "window": (
        *(
            "交期",
            "交货期",
            "交货日期",
            "到货期",
            "到货日期",
            "需求日期",
            "要货日期",
            "交付窗口",
            "交货窗口",
            "交付期",
        ),
        *("window", "deliverywindow", "deliverydate", "duedate", "due", "date", "needby"),
    ),
    "reserve_price": (
        *("限价", "最高限价", "最高价", "最高单价", "心理价", "预算单价", "预算价", "保留价"),
        *("reserveprice", "reserve", "maxprice", "maximumprice", "ceilingprice", "pricelimit", "budgetprice"),
    ),
    "last_price": (
        *(
            "上期价",
            "上期合同价",
            "上次价",
            "上次采购价",
            "现合同价",
            "合同价",
            "现价",
            "现单价",
            "原价",
            "当前单价",
        ),
        *("lastprice", "lastcontractprice", "contractprice", "currentprice", "previousprice"),
    ),
    "substitutes": (
        *("可替代", "可替代物料", "替代", "替代料", "替代物料", "代用", "可代用"),
        *("substitutes", "substitute", "alternatives", "alternative"),
    ),
    "excluded_suppliers": (
        *(
            "不接受供应商",
            "不接受的供应商",
            "排除",
            "排除供应商",
            "不要的供应商",
            "不考虑供应商",
            "拒绝供应商",
        ),
        *("excludedsuppliers", "excluded", "exclude", "notfrom", "excludedsupplier"),
    ),
}
_FIELD_OF = {synonym: field for field, synonyms in SYNONYMS.items() for synonym in synonyms}
# Rows of titles and notes that may stand above the headings.
SEARCHED_ROWS = 15
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_KILOGRAMS = re.compile(r"kg|公斤|千克|kilogram", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A column of a sheet: its heading as it came, the field it is read as (or none), its unit."""

    text: str
    field: str | None = None
    per_kilogram: bool = False

    def as_json(self) -> dict[str, object]:
        """Give the heading as it is kept."""
        return {"text": self.text, "field": self.field, "per_kilogram": self.per_kilogram}


def heading_of(text: str) -> Heading:
    """Guess what one column means; an unknown heading keeps its text and has no field.

    >>> heading_of("本月采购量（吨）").field, heading_of("Qty [kg]"), heading_of("备注").field
    ('quantity', Heading(text='Qty [kg]', field='quantity', per_kilogram=True), None)
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    per_kilogram = bool(_KILOGRAMS.search(plain))
    name = re.sub(r"[\s_\-*:：/.]+", "", _BRACKETS.sub("", plain))
    if name in _FIELD_OF:
        return Heading(text, _FIELD_OF[name], per_kilogram)
    # The head of a Chinese compound stands last: 物料数量 is a quantity.
    held = [
        (name.rindex(word) + len(word), len(word), field)
        for word, field in _FIELD_OF.items()
        if len(word) > 1 and word in name and (not word.isascii() or len(word) > 3)
    ]
    return Heading(text, max(held)[2] if held else None, per_kilogram)


def headings_of(texts: Sequence[str]) -> list[Heading]:
    """Guess what the columns mean; only material may stand in several columns.

    >>> [h.field for h in headings_of(["品名", "规格", "数量", "数量2"])]
    ['material', 'material', 'quantity', None]
    """
    seen: set[str] = set()
    headings = []
    for text in texts:
        heading = heading_of(text)
        if heading.field in seen and heading.field != "material":
            heading = Heading(text)
        if heading.field:
            seen.add(heading.field)
        headings.append(heading)
    return headings


def find_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the row of headings among the first ones; none where the sheet has only cells."""
    best, best_score = None, 1
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        fields = {heading.field for heading in headings_of(row)} - {None}
        score = len(fields) if {"material", "quantity"} <= fields else 0
        if score > best_score:
            best, best_score = place, score
    return best
