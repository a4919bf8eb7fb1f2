from typing import Any

import pytest
from django.utils import translation

from industry_brain.bids.engine import Basis, Fault, faults_of, preview_of, warnings_of
from industry_brain.rounds.models import Item
from tests.platform.factories.bids import content

TIER = {"from": "0", "percent": "0"}


def discount(*tiers: dict[str, str], kind: str = "all-units", items: Any = "all") -> dict[str, Any]:
    return {"id": "volume", "items": items, "kind": kind, "tiers": list(tiers)}


# what is added to a sound bid over both items: the fault's path, its code, its place in English
FAULTS: list[tuple[dict[str, Any], str, str, str]] = [
    (
        {"discounts": [discount({"from": "5", "percent": "1"})]},
        "discounts[0].tiers[0].from",
        "tiers_start",
        "Discounts · “volume” · tier 1 · from",
    ),
    (
        {"discounts": [discount(TIER, {"from": "0", "percent": "2"})]},
        "discounts[0].tiers[1].from",
        "tiers_ascend",
        "Discounts · “volume” · tier 2 · from",
    ),
    (
        {"discounts": [discount({"from": "0", "percent": "2"}, {"from": "9", "percent": "1"})]},
        "discounts[0].tiers[1].percent",
        "discount_decreases",
        "Discounts · “volume” · tier 2 · percentage",
    ),
    (
        {"discounts": [discount(TIER, {"from": "9", "off": "1"})]},
        "discounts[0].tiers[1]",
        "mixed_tiers",
        "Discounts · “volume” · tier 2",
    ),
    (
        {"discounts": [discount({"from": "0"})]},
        "discounts[0].tiers[0]",
        "percent_or_off",
        "Discounts · “volume” · tier 1",
    ),
    ({"discounts": [discount()]}, "discounts[0].tiers", "no_tiers", "Discounts · “volume”"),
    (
        {"discounts": [discount({"from": "0", "percent": "1"}, kind="incremental")]},
        "discounts[0].tiers",
        "incremental_percent",
        "Discounts · “volume”",
    ),
    (
        {"discounts": [discount({"from": "0", "off": "9999"})]},
        "discounts[0].tiers",
        "negative_price",
        "Discounts · “volume”",
    ),
    (
        {"discounts": [discount(TIER, items=["nothing"])]},
        "discounts[0].items[0]",
        "unknown_reference",
        "Discounts · “volume” · items",
    ),
    (
        {"discounts": [discount(TIER), {**discount(TIER), "id": "second"}]},
        "discounts[1].items",
        "discounts_overlap",
        "Discounts · “second” · items",
    ),
    (
        {"packages": [{"id": "mix", "quantities": {}, "price": "5"}]},
        "packages[0].quantities",
        "empty_package",
        "Packages · “mix” · quantity",
    ),
    (
        {"packages": [{"id": "mix", "quantities": {"x": "5"}}]},
        "packages[0]",
        "missing_key",
        "Packages · “mix”",
    ),
    (
        {"capacities": [{"items": "all"}]},
        "capacities[0]",
        "missing_key",
        "Quantity limits · row 1",
    ),
    (
        {"minimums": [{"items": "all", "min": "1.2345"}]},
        "minimums[0].min",
        "too_many_decimals",
        "Quantity limits · row 1 · least quantity",
    ),
    (
        {"charges": [{"amount": "1000000000000000", "per": "bid"}]},
        "charges[0].amount",
        "out_of_range",
        "Charges · row 1 · amount",
    ),
    (
        {"charges": [{"amount": "1", "per": "week"}]},
        "charges[0].per",
        "not_a_choice",
        "Charges · row 1 · due per",
    ),
    ({"freight": {"linqing": "NaN"}}, "freight.linqing", "not_a_number", "Freight · Linqing"),
    ({"freight": {"mars": "5"}}, "freight.mars", "unknown_place", "Freight"),
    ({"freight": {}}, "freight", "no_freight", "Freight"),
    ({"payment_days": "soon"}, "payment_days", "not_whole", "Payment days"),
    ({"lead_days": -3}, "lead_days", "out_of_range", "Lead time"),
]


@pytest.mark.parametrize(("more", "path", "code", "place"), FAULTS)
def test_a_fault_has_a_place_a_code_and_a_sentence_in_both_languages(
    more: dict[str, Any], path: str, code: str, place: str, basis: Basis, items: list[Item]
) -> None:
    found = [f for f in faults_of(content(*items, **more), basis) if (f.path, f.code) == (path, code)]
    assert found
    with translation.override("en"):
        english = str(found[0].message)
        assert str(found[0].place) == place
    with translation.override("zh-hans"):
        assert str(found[0].message)
    assert "{" not in english


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        ({"price": "5650", "index": "east"}, "price_or_index"),
        ({"min": "5"}, "price_or_index"),
        ({"price": "5650", "premium": "5"}, "premium_without_index"),
        ({"index": "west"}, "unknown_reference"),
        ({"index": "east", "premium": "-6000"}, "negative_price"),
        ({"price": "5650", "min": "20", "max": "10"}, "minimum_above_maximum"),
        ({"price": "1e5"}, "not_a_number"),
        ({"price": "NaN"}, "not_a_number"),
        ({"price": "-1"}, "out_of_range"),
        ({"price": "5650.12345"}, "too_many_decimals"),
        ({"price": "9" * 30}, "out_of_range"),
    ],
)
def test_a_faulty_price_is_placed_at_its_item(
    offer: dict[str, str], code: str, basis: Basis, items: list[Item]
) -> None:
    bid = {"offers": [{"item": items[1].code, **offer}]}
    found = [f for f in faults_of(bid, basis) if f.code == code]
    assert found
    assert str(found[0].place).startswith("Prices · item 2")


def test_an_item_offered_twice_and_an_unknown_item_are_faults(basis: Basis, items: list[Item]) -> None:
    bid = {"offers": [{"item": c, "price": "5"} for c in (items[0].code, items[0].code, "gold")]}
    assert {f.code for f in faults_of(bid, basis)} == {"repeated_id", "unknown_reference"}


def test_a_bid_that_offers_nothing_is_faulty(basis: Basis) -> None:
    assert [f.code for f in faults_of({}, basis)] == ["nothing_offered"]


def test_a_sound_bid_with_everything_in_it_has_no_fault(basis: Basis, items: list[Item]) -> None:
    one, two = (item.code for item in items)
    bid = {
        "offers": [
            {"item": one, "price": "5650.00", "min": "0", "max": "400"},
            {"item": two, "index": "east", "premium": "-20.5"},
        ],
        "discounts": [discount(TIER, {"from": "50", "percent": "1.5"})],
        "packages": [{"id": "a", "quantities": {one: "10", two: "5"}, "price": "80000", "exclusive": "mix"}],
        "capacities": [{"items": "all", "max": "2500"}],
        "minimums": [{"items": [one], "min": "60"}],
        "charges": [{"amount": "3000", "per": "bid"}, {"amount": "800", "per": "destination"}],
        "freight": {"linqing": "85", "donge": "110"},
        "payment_days": 30,
        "lead_days": 12,
    }
    assert faults_of(bid, basis) == ()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"lead_days": 21}, "lead time of 21 days is above the 20"),
        ({"freight": {"linqing": "5"}}, "no freight to Donge"),
    ],
)
def test_an_offer_that_cannot_win_is_warned_of(
    more: dict[str, Any], words: str, basis: Basis, items: list[Item]
) -> None:
    preview = preview_of(content(*items, **more), basis)
    assert preview is not None
    with translation.override("en"):
        assert any(words in str(w.message) for w in preview.warnings)


def test_a_least_quantity_above_what_is_wanted_is_warned_of(basis: Basis, items: list[Item]) -> None:
    bid = {"offers": [{"item": items[0].code, "price": "5", "min": "100.001"}]}
    round_ = basis.round_with([{**bid, "supplier": "self"}])
    found: tuple[Fault, ...] = warnings_of(round_.bids[0], basis)
    assert [f.path for f in found] == ["offers[0]"]
