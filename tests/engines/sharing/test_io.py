import json
from decimal import Decimal

import jsonschema
import pytest

from brain_engines.sharing.io import BadSharesFile, read_shares, shares_as_data, shares_schema, write_shares
from brain_engines.sharing.solve import share
from tests.engines.sharing.rounds import (
    awarded,
    pool_that_needs_everybody,
    pool_with_discount,
    pool_with_empty_core,
)

ROUNDS = [pool_with_discount, pool_with_empty_core, pool_that_needs_everybody]


@pytest.mark.parametrize("make", ROUNDS)
def test_shares_come_back_as_they_were_written_and_fit_the_schema(make) -> None:
    shares = share(*awarded(make())).shares

    text = write_shares(shares)

    assert read_shares(text) == shares
    assert read_shares(text.encode()) == shares
    jsonschema.validate(json.loads(text), shares_schema())


def test_a_member_that_cannot_buy_alone_has_null_for_the_cost_alone() -> None:
    data = shares_as_data(share(*awarded(pool_that_needs_everybody())).shares)

    assert [member["stand_alone"] for member in data["members"]] == [None, None]
    assert [member["saving"] for member in data["members"]] == [None, None]


def _wrong(change) -> str:
    data = shares_as_data(share(*awarded(pool_with_discount())).shares)
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        (lambda d: d.update(format="x"), "format", "wrong_format"),
        (lambda d: d.update(version=2), "version", "wrong_version"),
        (lambda d: d.update(extra=1), "extra", "unknown_key"),
        (lambda d: d.pop("stable"), "", "missing_key"),
        (lambda d: d.update(stable="yes"), "stable", "not_true_or_false"),
        (lambda d: d.update(rule="by-mood"), "rule", "not_a_choice"),
        (lambda d: d.update(total="1.001"), "total", "too_many_decimals"),
        (lambda d: d.update(total="NaN"), "total", "not_a_number"),
        (lambda d: d["members"][1].update(payment=True), "members[1].payment", "not_a_number"),
        (lambda d: d["members"][1].update(member="a"), "members[1]", "repeated_id"),
        (lambda d: d["price_list"][1].update(item="x"), "price_list[1]", "repeated_id"),
        (
            lambda d: d.update(binding_groups=[{"members": ["z"], "apart": "1", "together": "1"}]),
            "binding_groups[0].members[0]",
            "unknown_reference",
        ),
        (
            lambda d: d.update(binding_groups=[{"members": [], "apart": "1", "together": "1"}]),
            "binding_groups[0].members",
            "bad_group",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(change, place: str, code: str) -> None:
    with pytest.raises(BadSharesFile) as refused:
        read_shares(_wrong(change))

    assert (place, code) in [(error.place, error.code) for error in refused.value.errors]


@pytest.mark.parametrize("text", ["", "[]", "{", "1" * 5000, '{"format": "industry-brain/shares"}'])
def test_what_is_no_shares_file_is_refused(text: str) -> None:
    with pytest.raises(BadSharesFile):
        read_shares(text)


def test_amounts_are_read_exactly() -> None:
    data = shares_as_data(share(*awarded(pool_with_discount())).shares)
    data["total"] = "99999999999.99"

    assert read_shares(json.dumps(data)).total == Decimal("99999999999.99")
