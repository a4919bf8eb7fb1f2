"""The engines' findings in the reader's language."""

from typing import Any

import pytest
from django.utils import translation

from brain_engines.awards.conflict import find_conflict
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.io import BadRoundFile, Problem, read_round
from industry_brain.awards.engine.words import (
    FAULTS,
    TERMS,
    fault_sentence,
    references_in,
    term_sentence,
)

TERM: dict[str, Any] = {
    "code": "capacity",
    "message": "s01 can deliver at most 70.000 of everything.",
    "facts": {"supplier": "s01", "limit": "70.000", "items": "everything"},
}


def test_a_term_is_said_with_names_and_without_superfluous_zeros() -> None:
    with translation.override("en"):
        assert term_sentence(TERM, {"s01": "East Special Steel"}) == (
            "East Special Steel can deliver at most 70 t of everything."
        )
    with translation.override("zh-hans"):
        assert term_sentence(TERM, {"s01": "东特钢"}) == "东特钢 对 全部物料 的供应能力最多 70 吨。"


def test_a_term_to_be_dropped_or_loosened_says_so() -> None:
    with translation.override("en"):
        assert term_sentence(TERM | {"code": "drop_capacity"}).startswith("Drop this: s01 can deliver")
        loosened = term_sentence(
            {**TERM, "code": "relax_capacity", "facts": {**TERM["facts"], "needed": "100"}}
        )
    assert loosened == "s01 delivers 100 t instead of 70 t of everything."


def test_an_unknown_term_keeps_the_engines_own_sentence() -> None:
    assert term_sentence({"code": "new", "message": "Something new.", "facts": {}}) == "Something new."
    assert term_sentence(TERM | {"facts": {}}) == TERM["message"]


def test_references_of_firms_are_found_in_terms() -> None:
    assert references_in([TERM, {"facts": {"member": "m01", "suppliers": "s02, s03"}}]) == {
        "s01",
        "m01",
        "s02",
        "s03",
    }


def test_every_term_of_a_real_conflict_is_known() -> None:
    stated = generate(Size(suppliers=2, items=2, members=2), seed=5)
    demands = tuple(demand for demand in stated.demands)
    from_nobody = type(stated)(
        id=stated.id,
        items=stated.items,
        members=stated.members,
        demands=demands,
        suppliers=stated.suppliers,
        bids=(),
    )

    conflicts, _relaxations = find_conflict(from_nobody)

    assert conflicts
    assert {conflict.code for conflict in conflicts} <= set(TERMS)


def test_a_fault_of_a_file_is_said_in_chinese() -> None:
    with pytest.raises(BadRoundFile) as bad, translation.override("zh-hans"):
        read_round('{"format": 5}')

    with translation.override("zh-hans"):
        said = [fault_sentence(problem) for problem in bad.value.errors]
    assert "缺少键 version。" in said


def test_a_fault_nobody_translated_keeps_the_engines_own_sentence() -> None:
    assert fault_sentence(Problem("here", "new", "Something new.")) == "Something new."
    assert fault_sentence(Problem("here", "missing_key", "The key x is missing.")) == "The key x is missing."


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_fault_has_a_chinese_sentence(code: str) -> None:
    with translation.override("zh-hans"):
        assert translation.gettext(FAULTS[code]) != FAULTS[code]
