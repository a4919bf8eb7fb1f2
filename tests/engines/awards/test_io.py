import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from brain_engines.awards.io import (
    BadRoundFile,
    load_schema,
    read_round,
    round_sha256,
    round_to_data,
    write_round,
)

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
ROUNDS = sorted(path for path in EXAMPLES.glob("*.json") if path.name.count(".") == 1)
EXAMPLE = (EXAMPLES / "bearing-steel.json").read_text("utf-8")


def problems(text):
    with pytest.raises(BadRoundFile) as caught:
        read_round(text)
    return [(problem.place, problem.code) for problem in caught.value.errors]


def changed(*path, to):
    """The example with one value replaced, written as JSON text."""
    data = json.loads(EXAMPLE)
    spot = data
    for step in path[:-1]:
        spot = spot[step]
    if to is ...:
        del spot[path[-1]]
    else:
        spot[path[-1]] = to
    return json.dumps(data)


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_every_example_is_read_and_written_back_the_same(path):
    round_ = read_round(path.read_bytes())

    again = read_round(write_round(round_))

    assert again == round_
    assert round_sha256(again) == round_sha256(round_)
    jsonschema.validate(round_to_data(round_), load_schema("round"))
    jsonschema.validate(json.loads(path.read_text("utf-8")), load_schema("round"))


def test_fingerprint_does_not_depend_on_how_a_number_is_written():
    one = read_round(changed("demands", 0, "quantity", to="120"))
    two = read_round(changed("demands", 0, "quantity", to=120))

    assert round_sha256(one) == round_sha256(two) == round_sha256(read_round(EXAMPLE))


def test_numbers_never_pass_through_floats():
    round_ = read_round(changed("demands", 0, "quantity", to=5714.501))

    assert round_.demands[0].quantity == Decimal("5714.501")


BAD = [
    (("id",), "", "id", "empty_text"),
    (("version",), 2, "version", "out_of_range"),
    (("format",), "other", "format", "not_a_choice"),
    (("extra",), 1, "extra", "unknown_key"),
    (("items",), {}, "items", "not_a_list"),
    (("items", 1, "id"), "GCr15-50-HR@linqing", "items[1]", "repeated_id"),
    (("items", 0, "max_lead_days"), -1, "items[0].max_lead_days", "out_of_range"),
    (("items", 0, "max_lead_days"), "30", "items[0].max_lead_days", "not_whole"),
    (("items", 0, "max_lead_days"), True, "items[0].max_lead_days", "not_whole"),
    (("demands", 0, "quantity"), "0", "demands[0].quantity", "not_positive"),
    (("demands", 0, "quantity"), "-5", "demands[0].quantity", "out_of_range"),
    (("demands", 0, "quantity"), "1.2345", "demands[0].quantity", "too_many_decimals"),
    (("demands", 0, "quantity"), "1e3", "demands[0].quantity", "not_a_number"),
    (("demands", 0, "quantity"), "１２", "demands[0].quantity", "not_a_number"),
    (("demands", 0, "quantity"), True, "demands[0].quantity", "not_a_number"),
    (("demands", 0, "quantity"), None, "demands[0].quantity", "not_a_number"),
    (("demands", 0, "quantity"), "NaN", "demands[0].quantity", "not_a_number"),
    (("demands", 0, "quantity"), 10**60, "demands[0].quantity", "out_of_range"),
    (("demands", 0, "member"), "m99", "demands[0].member", "unknown_reference"),
    (("demands", 0, "item"), "gold", "demands[0].item", "unknown_reference"),
    (("demands", 2, "item"), "GCr15-50-HR@linqing", "demands[2]", "repeated_id"),
    (("demands", 0, "excluded_suppliers"), ["s9"], "demands[0].excluded_suppliers[0]", "unknown_reference"),
    (("suppliers", 0, "quality"), "101", "suppliers[0].quality", "out_of_range"),
    (("bids", 1, "supplier"), "s01", "bids[1]", "repeated_id"),
    (("bids", 0, "offers", 0, "price"), ..., "bids[0].offers[0]", "price_or_index"),
    (("bids", 0, "offers", 0, "index"), "east-gcr15-50", "bids[0].offers[0]", "price_or_index"),
    (("bids", 0, "offers", 0, "premium"), "1", "bids[0].offers[0].premium", "premium_without_index"),
    (("bids", 0, "offers", 1, "index"), "west", "bids[0].offers[1].index", "unknown_reference"),
    (("bids", 0, "offers", 1, "premium"), "-6000", "bids[0].offers[1].premium", "negative_price"),
    (("bids", 0, "offers", 0, "min"), "401", "bids[0].offers[0].min", "minimum_above_maximum"),
    (("bids", 0, "offers", 1, "item"), "GCr15-50-HR@linqing", "bids[0].offers[1]", "repeated_id"),
    (("bids", 0, "discounts", 0, "tiers"), [], "bids[0].discounts[0].tiers", "no_tiers"),
    (
        ("bids", 0, "discounts", 0, "tiers", 0, "from"),
        "1",
        "bids[0].discounts[0].tiers[0].from",
        "tiers_start",
    ),
    (
        ("bids", 0, "discounts", 0, "tiers", 2, "from"),
        "300",
        "bids[0].discounts[0].tiers[2].from",
        "tiers_ascend",
    ),
    (
        ("bids", 0, "discounts", 0, "tiers", 2, "percent"),
        "1",
        "bids[0].discounts[0].tiers[2].percent",
        "discount_decreases",
    ),
    (
        ("bids", 0, "discounts", 0, "tiers", 2, "percent"),
        ...,
        "bids[0].discounts[0].tiers[2]",
        "percent_or_off",
    ),
    (
        ("bids", 0, "discounts", 0, "tiers", 2),
        {"from": "1500", "off": "9"},
        "bids[0].discounts[0].tiers[2]",
        "mixed_tiers",
    ),
    (("bids", 0, "discounts", 0, "kind"), "incremental", "bids[0].discounts[0].tiers", "incremental_percent"),
    (("bids", 0, "discounts", 0, "items"), ["GCr15"], "bids[0].discounts[0].items[0]", "unknown_reference"),
    (("bids", 0, "discounts", 0, "items"), "some", "bids[0].discounts[0].items", "not_a_scope"),
    (("bids", 1, "discounts", 0, "tiers", 2, "off"), "5800", "bids[1].discounts[0].tiers", "negative_price"),
    (("bids", 0, "packages", 0, "quantities"), {}, "bids[0].packages[0].quantities", "empty_package"),
    (
        ("bids", 0, "packages", 0, "quantities", "45-80-HR@linqing"),
        "0",
        "bids[0].packages[0].quantities.45-80-HR@linqing",
        "not_positive",
    ),
    (("bids", 0, "packages", 0, "price"), "1.005", "bids[0].packages[0].price", "too_many_decimals"),
    (("bids", 0, "capacities", 0, "items"), [], "bids[0].capacities[0].items", "empty_scope"),
    (("bids", 0, "charges", 0, "per"), "lorry", "bids[0].charges[0].per", "not_a_choice"),
    (("bids", 0, "freight", "linqing"), "-1", "bids[0].freight.linqing", "out_of_range"),
    (("rules", "shares", 0, "max"), "1.1", "rules.shares[0].max", "out_of_range"),
    (("rules", "shares", 0, "max"), ..., "rules.shares[0]", "share_without_limit"),
    (("rules", "shares", 0, "min"), "0.1", "rules.shares[0].min", "least_share_for_all"),
    (("rules", "shares", 1, "supplier"), "s99", "rules.shares[1].supplier", "unknown_reference"),
]


@pytest.mark.parametrize(("path", "value", "place", "code"), BAD)
def test_a_wrong_value_is_named_with_its_place(path, value, place, code):
    assert (place, code) in problems(changed(*path, to=value))


def test_two_discounts_may_not_share_an_item():
    data = json.loads(EXAMPLE)
    data["bids"][0]["discounts"].append({**data["bids"][0]["discounts"][0], "id": "again"})

    assert ("bids[0].discounts[1].items", "discounts_overlap") in problems(json.dumps(data))


def test_all_problems_are_reported_at_once():
    data = json.loads(EXAMPLE)
    data["demands"][0]["quantity"] = "-1"
    data["bids"][2]["offers"][1]["max"] = "x"
    del data["suppliers"][0]["id"]

    assert {place for place, _ in problems(json.dumps(data))} >= {
        "demands[0].quantity",
        "bids[2].offers[1].max",
        "suppliers[0]",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[]", "not_an_object"),
        ("[" * 100_000, "nested_too_deeply"),
        (b"\xff\xfe", "not_utf8"),
        (EXAMPLE.replace('"120.000"', "NaN"), "not_finite"),
        (EXAMPLE.replace('"120.000"', "-Infinity"), "not_finite"),
        (EXAMPLE.replace('"120.000"', "1e999999999"), "out_of_range"),
        (EXAMPLE.replace('"120.000"', "1e-999999999"), "out_of_range"),
        (EXAMPLE.replace('"120.000"', "9" * 5000), "out_of_range"),
        (EXAMPLE.replace('"currency": "CNY"', '"currency": "CNY", "currency": "EUR"'), "repeated_key"),
    ],
    ids=range(11),
)
def test_hostile_text_is_refused_in_words(text, code):
    assert code in {found for _, found in problems(text)}
