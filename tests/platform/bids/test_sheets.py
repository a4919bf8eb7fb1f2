from typing import Any

import pytest
from django.utils import translation

from industry_brain.bids.engine import Basis
from industry_brain.bids.sheets import bid_workbook, content_from_workbook
from industry_brain.kernel.errors import Invalid
from industry_brain.rounds.models import Item
from industry_brain.web.spreadsheets import Column, Sheet, UnreadableSheet, read_tables, workbook


@pytest.fixture
def everything(items: list[Item]) -> dict[str, Any]:
    """A bid that fills every sheet."""
    one, two = (item.code for item in items)
    return {
        "offers": [
            {"item": one, "price": "5650.25", "min": "0", "max": "400"},
            {"item": two, "index": "east", "premium": "-20.5"},
        ],
        "freight": {items[0].place.code: "85", items[1].place.code: "110.5"},
        "discounts": [
            {
                "id": "volume",
                "items": [one, two],
                "kind": "all-units",
                "tiers": [{"from": "0", "percent": "0"}, {"from": "50", "percent": "1.5"}],
            }
        ],
        "packages": [{"id": "a", "quantities": {one: "10", two: "5.125"}, "price": "80000.5"}],
        "minimums": [{"items": [one], "min": "60"}],
        "capacities": [{"items": "all", "max": "2500"}],
        "charges": [{"amount": "3000", "per": "bid"}, {"amount": "800", "per": "destination"}],
        "payment_days": 30,
        "lead_days": 12,
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("read_in", ["zh-hans", "en"])
def test_a_bid_comes_back_from_its_workbook_in_either_language(
    language: str, read_in: str, everything: dict[str, Any], basis: Basis
) -> None:
    with translation.override(language):
        data = bid_workbook(everything, basis)
    with translation.override(read_in):
        assert content_from_workbook(data, "bid.xlsx", basis) == everything


def test_an_empty_template_reads_as_an_empty_bid(basis: Basis) -> None:
    assert content_from_workbook(bid_workbook({}, basis), "bid.xlsx", basis) == {}


def test_the_template_lists_the_items_with_their_quantities(basis: Basis, items: list[Item]) -> None:
    cells = {cell for table in read_tables(bid_workbook({}, basis)) for row in table.rows for cell in row}
    assert {items[0].code, str(items[0].material), "100", "5800"} <= cells


def test_cells_that_are_no_numbers_come_through_as_typed(basis: Basis, items: list[Item]) -> None:
    says = {"offers": [{"item": items[0].code, "price": "=1+1", "max": "lots"}]}
    assert content_from_workbook(bid_workbook(says, basis), "bid.xlsx", basis) == says


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("Item,Price,Greatest quantity", "utf-8"),
        ("item,price,max", "utf-8-sig"),
        ("序号,price,max,item", "gbk"),
    ],
)
def test_a_sheet_of_prices_alone_can_be_a_text_file(
    head: str, encoding: str, basis: Basis, items: list[Item]
) -> None:
    lines = [head, '1,"5,650",30,1', "2,5700,,2"]
    if not head.endswith("item"):
        lines = [line.rpartition(",")[0] if number else line for number, line in enumerate(lines)]
    found = content_from_workbook("\n".join(lines).encode(encoding), "p.csv", basis)
    assert found == {
        "offers": [
            {"item": items[0].code, "price": "5650", "max": "30"},
            {"item": items[1].code, "price": "5700"},
        ]
    }


def test_a_workbook_about_something_else_is_refused(basis: Basis) -> None:
    data = workbook([Sheet("Canteen", [Column("Meal"), Column("Guests")], [["rice", "5"]])])
    with pytest.raises(Invalid) as refusal:
        content_from_workbook(data, "canteen.xlsx", basis)
    assert refusal.value.code == "no_bid_sheet"


def test_what_is_no_table_at_all_is_refused(basis: Basis) -> None:
    with pytest.raises(UnreadableSheet):
        content_from_workbook(b"\x00\x01\x02" * 50, "bid.xlsx", basis)
