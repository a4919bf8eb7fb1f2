from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from industry_brain.bids.engine import Basis, content_from_rows, rows_from_content
from industry_brain.bids.engine.rows import scope_text
from industry_brain.rounds.models import Item


def cells(content: dict[str, Any], basis: Basis) -> dict[str, list[dict[str, str]]]:
    return {name: [row.cells for row in rows] for name, rows in rows_from_content(content, basis).items()}


def unordered(content: dict[str, Any]) -> dict[str, Any]:
    """Limits share rows by scope, so that their order may change, which means nothing."""
    return {
        key: sorted(map(str, value)) if key in ("minimums", "capacities") else value
        for key, value in content.items()
    }


def test_a_bid_comes_back_from_its_grids_unchanged(basis: Basis, items: list[Item]) -> None:
    one, two = (item.code for item in items)
    content = {
        "offers": [
            {"item": one, "price": "5650.00", "min": "0", "max": "400"},
            {"item": two, "index": "east", "premium": "-20.5"},
        ],
        "freight": {items[0].place.code: "85", items[1].place.code: "110"},
        "discounts": [
            {
                "id": "volume",
                "items": "all",
                "kind": "incremental",
                "tiers": [{"from": "0", "off": "0"}, {"from": "5", "off": "2"}],
            },
            {"id": "second", "items": [two], "kind": "all-units", "tiers": [{"from": "0", "percent": "1"}]},
        ],
        "packages": [
            {"id": "a", "quantities": {one: "10", two: "5"}, "price": "80000", "exclusive": "mix"},
            {"id": "b", "quantities": {two: "5"}, "price": "30000"},
        ],
        "minimums": [{"items": [one], "min": "60"}],
        "capacities": [{"items": "all", "max": "2500"}, {"items": [one], "max": "90"}],
        "charges": [{"amount": "3000", "per": "bid"}, {"amount": "800", "per": "destination"}],
        "payment_days": 30,
        "lead_days": 12,
    }
    assert unordered(content_from_rows(cells(content, basis), basis)) == unordered(content)


def test_numbers_are_taken_as_people_write_them_and_nonsense_is_kept(basis: Basis, items: list[Item]) -> None:
    rows = {
        "offers": [
            {"item": items[0].code, "price": "５,650.50", "min": " 1,000 ", "max": "lots"},
            {"item": items[1].code, "price": "", "min": "", "max": ""},
        ]
    }
    assert content_from_rows(rows, basis)["offers"] == [
        {"item": items[0].code, "price": "5650.50", "min": "1000", "max": "lots"}
    ]


@pytest.mark.parametrize(
    ("text", "picks"),
    [("1", [0]), ("1-2", [0, 1]), ("2，1", [1, 0]), ("1、2", [0, 1]), ("1～2", [0, 1]), ("1;2", [0, 1])],
)
def test_a_scope_is_written_with_item_numbers(
    text: str, picks: list[int], basis: Basis, items: list[Item]
) -> None:
    rows = {"limits": [{"items": text, "max": "5"}]}
    wanted = [items[n].code for n in picks]
    assert content_from_rows(rows, basis)["capacities"] == [{"items": wanted, "max": "5"}]


@pytest.mark.parametrize("text", ["", "all", "全部", "ALL"])
def test_every_item_is_meant_by(text: str, basis: Basis) -> None:
    rows = {"limits": [{"items": text, "max": "5"}]}
    assert content_from_rows(rows, basis)["capacities"][0]["items"] == "all"


def test_a_number_that_names_no_item_is_kept_as_typed(basis: Basis) -> None:
    rows = {"limits": [{"items": "1-9, 7, gold", "max": "5"}]}
    found = content_from_rows(rows, basis)["capacities"][0]["items"]
    assert found == ["1-9", "7", "gold"]
    assert scope_text(found, basis) == "1-9, 7, gold"


def test_rows_without_a_name_go_on_with_the_discount_above(basis: Basis) -> None:
    rows = {
        "tiers": [
            {"discount": "", "from": "0", "percent": "0"},
            {"discount": "", "from": "50", "percent": "1.5%"},
            {"discount": "other", "kind": "分段", "from": "0", "off": "5"},
        ]
    }
    found = content_from_rows(rows, basis)["discounts"]
    assert [(d["id"], d["kind"], len(d["tiers"])) for d in found] == [
        ("D1", "all-units", 2),
        ("other", "incremental", 1),
    ]
    assert found[0]["tiers"][1] == {"from": "50", "percent": "1.5"}


def test_an_item_given_twice_in_a_package_is_not_lost(basis: Basis, items: list[Item]) -> None:
    rows = {
        "packages": [
            {"package": "a", "item": "1", "quantity": "5", "price": "9"},
            {"package": "a", "item": "1", "quantity": "6"},
        ]
    }
    found = content_from_rows(rows, basis)["packages"][0]["quantities"]
    assert list(found.values()) == ["5", "6"]


def test_every_item_and_place_has_a_row_also_without_a_bid(basis: Basis, items: list[Item]) -> None:
    rows = rows_from_content({}, basis)
    assert [row.cells["item"] for row in rows["offers"]] == [item.code for item in items]
    assert {row.cells["place"] for row in rows["freight"]} == {"linqing", "donge"}


def test_limits_without_a_figure_keep_rows_of_their_own(basis: Basis) -> None:
    scope = {"items": [basis.items[0].code]}
    content = {"minimums": [{**scope, "min": "5"}], "capacities": [scope, scope, {**scope, "max": "9"}]}

    rows = [row.cells for row in rows_from_content(content, basis)["limits"]]

    empty = {"items": "1", "min": "", "max": ""}
    assert rows == [{"items": "1", "min": "5", "max": "9"}, empty, empty]


texts = st.text("0123456789.,-% aX全", max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    tiers=st.lists(
        st.fixed_dictionaries(dict.fromkeys(("discount", "items", "from", "percent"), texts)), max_size=4
    ),
    limits=st.lists(st.fixed_dictionaries(dict.fromkeys(("items", "min", "max"), texts)), max_size=4),
    prices=st.lists(texts, min_size=2, max_size=2),
)
def test_whatever_was_typed_is_still_there_after_a_second_reading(
    tiers: list[dict[str, str]], limits: list[dict[str, str]], prices: list[str], basis: Basis
) -> None:
    offers = [{"item": row.code, "price": p} for row, p in zip(basis.items, prices, strict=True)]
    once = content_from_rows({"offers": offers, "tiers": tiers, "limits": limits}, basis)
    assert unordered(content_from_rows(cells(once, basis), basis)) == unordered(once)
