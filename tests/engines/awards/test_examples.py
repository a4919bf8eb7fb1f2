"""The example rounds of the documentation, against the files that stand beside them."""

import re

import pytest

from brain_engines.awards import (
    AwardStatus,
    check_proof,
    find,
    read_award,
    read_proof,
    read_round,
    verify,
    write_award,
    write_proof,
    write_round,
)
from brain_engines.sharing.io import read_shares, write_shares
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import verify as verify_shares
from tests.engines.awards.examples import EXAMPLES, known

NAMES = sorted(
    path.name.removesuffix(".json") for path in EXAMPLES.glob("*.json") if path.name.count(".") == 1
)
SHARED = [name for name in NAMES if (EXAMPLES / f"{name}.shares.json").exists()]


def text(name):
    return (EXAMPLES / name).read_text("utf-8")


def test_there_are_examples_of_every_idea():
    assert NAMES == ["bearing-steel", "conflict", "index-and-payment", "packages", "reserve-prices", "tiers"]
    assert set(NAMES) - set(SHARED) == {"conflict"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_the_award_beside_it_byte_by_byte(name):
    round_ = read_round(text(f"{name}.json"))

    solution = find(round_)

    assert write_award(solution.award) == text(f"{name}.award.json")
    check_proof(round_, solution.award, read_proof(write_proof(known(solution.proof))))
    assert read_round(write_round(round_)) == round_


@pytest.mark.parametrize("name", NAMES)
def test_the_proof_beside_an_example_vouches_for_its_award(name):
    round_, award = read_round(text(f"{name}.json")), read_award(text(f"{name}.award.json"))

    verify(round_, award)
    check_proof(round_, award, read_proof(text(f"{name}.proof.json")))
    assert award.status is (AwardStatus.INFEASIBLE if name == "conflict" else AwardStatus.OPTIMAL)


@pytest.mark.parametrize("name", SHARED)
def test_an_example_gives_the_shares_beside_it_byte_by_byte(name):
    round_, award = read_round(text(f"{name}.json")), read_award(text(f"{name}.award.json"))

    found = share(round_, award)

    assert write_shares(found.shares) == text(f"{name}.shares.json")
    verify_shares(round_, award, read_shares(text(f"{name}.shares.json")))


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_examples_states_the_costs_of_the_awards(name):
    row = next(line for line in text("README.md").splitlines() if line.startswith(f"| [{name}]"))
    award = read_award(text(f"{name}.award.json"))
    costs = [f"{cost:,.2f}" for cost in (award.evaluated_cost, award.landed_cost) if cost is not None]

    assert re.findall(r"[0-9,]+\.[0-9]{2}(?= \|)", row) == costs
