import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest

from brain_engines.awards import AwardStatus, Unsound, check_proof, find, read_proof, verify, write_proof
from brain_engines.awards.certificate import Leaf, Split
from brain_engines.awards.check_proof import proven_bound
from brain_engines.awards.io import BadProofFile, load_schema, round_sha256, write_award
from brain_engines.awards.problem import Bid, Demand, Item, Member, Offer, Round, Supplier
from tests.engines.awards.examples import example, known

ROUND = example()
SOLUTION = find(ROUND)
AWARD, PROOF = known(SOLUTION.award), known(SOLUTION.proof)
LEAF = next(n for n, node in enumerate(PROOF.nodes) if isinstance(node, Leaf) and not node.empty)
SPLIT = next(n for n, node in enumerate(PROOF.nodes) if isinstance(node, Split))


def test_a_proof_file_keeps_its_published_schema():
    jsonschema.validate(json.loads(write_proof(PROOF)), load_schema("proof"))
    jsonschema.validate(json.loads(write_award(AWARD)), load_schema("award"))


def with_node(place, node):
    return replace(PROOF, nodes=(*PROOF.nodes[:place], node, *PROOF.nodes[place + 1 :]))


def test_the_proof_of_an_optimal_award_is_accepted_after_a_trip_through_its_file():
    assert AWARD.status is AwardStatus.OPTIMAL
    assert len(PROOF.nodes) > 1

    check_proof(ROUND, AWARD, read_proof(write_proof(PROOF)))


MUTANTS = {
    "a sharpened bound": replace(PROOF, lower_bound=PROOF.lower_bound + 1),
    "a leaf without multipliers": with_node(LEAF, Leaf(())),
    "a leaf called empty": with_node(LEAF, replace(PROOF.nodes[LEAF], empty=True)),
    "a leaf instead of a split": with_node(SPLIT, Leaf(())),
    "a dropped leaf": replace(PROOF, nodes=PROOF.nodes[:-1]),
    "an extra node": replace(PROOF, nodes=(*PROOF.nodes, Leaf(()))),
    "a branch used twice": with_node(SPLIT, replace(PROOF.nodes[SPLIT], below=PROOF.nodes[SPLIT].above)),
    "a branch to itself": with_node(SPLIT, replace(PROOF.nodes[SPLIT], below=SPLIT)),
    "a column that is not there": with_node(SPLIT, replace(PROOF.nodes[SPLIT], column=10**6)),
    "a row that is not there": with_node(LEAF, Leaf(((10**6, 1),))),
    "a row given twice": with_node(
        LEAF, Leaf((*PROOF.nodes[LEAF].multipliers, PROOF.nodes[LEAF].multipliers[0]))
    ),
    "another round": replace(PROOF, round_sha256="0" * 64),
    "no award exists": replace(PROOF, lower_bound=None),
    "no nodes": replace(PROOF, nodes=()),
    "a dropped cut": replace(PROOF, cuts=PROOF.cuts[:-1]),
    "a cut from a row that is not there": replace(
        PROOF, cuts=(replace(PROOF.cuts[0], multipliers=((10**6, 1),)), *PROOF.cuts[1:])
    ),
    "a cut divided by nothing": replace(PROOF, cuts=(replace(PROOF.cuts[0], divisor=0), *PROOF.cuts[1:])),
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS.keys())
def test_a_mutant_of_a_good_proof_is_rejected(mutant):
    with pytest.raises(Unsound):
        check_proof(ROUND, AWARD, mutant)


def test_wrong_multipliers_can_only_prove_less():
    leaf = PROOF.nodes[LEAF]
    for factor in (0, 2, -1):
        mutant = with_node(LEAF, Leaf(tuple((row, factor * y) for row, y in leaf.multipliers)))

        assert (
            known(proven_bound(ROUND, replace(mutant, lower_bound=Fraction(-(10**30))))) <= PROOF.lower_bound
        )


def test_a_bound_stated_above_what_the_proof_shows_is_rejected():
    weaker = replace(PROOF, lower_bound=Fraction(0), nodes=(PROOF.nodes[LEAF],))
    assert 0 < known(proven_bound(ROUND, weaker)) < PROOF.lower_bound

    with pytest.raises(Unsound, match="lower_bound: the proof shows less than the bound stated"):
        check_proof(ROUND, AWARD, weaker)


def of_one_kilogram(*prices):
    """A round for one kilogram, with a bid at each price."""
    return Round(
        id="kilogram",
        items=(Item("i"),),
        members=(Member("m"),),
        demands=(Demand("m", "i", Decimal("0.001")),),
        suppliers=tuple(Supplier(f"s{number}") for number in range(len(prices))),
        bids=tuple(Bid(f"s{number}", (Offer("i", Decimal(price)),)) for number, price in enumerate(prices)),
    )


def test_an_award_dearer_by_a_cent_is_not_called_optimal_however_small_the_round():
    round_ = of_one_kilogram("9000", "9010")
    best = find(round_)
    dearer = replace(
        find(of_one_kilogram("9010")).award,
        round_sha256=round_sha256(round_),
        lower_bound=best.award.lower_bound,
    )
    dearer = replace(
        dearer,
        lines=(replace(dearer.lines[0], supplier="s1"),),
        allocations=(replace(dearer.allocations[0], supplier="s1"),),
    )

    check_proof(round_, best.award, known(best.proof))
    with pytest.raises(Unsound, match="status: the proof does not reach the cost"):
        check_proof(round_, dearer, known(best.proof))
    check_proof(
        round_, replace(dearer, status=AwardStatus.FEASIBLE, gap=Decimal("0.00111")), known(best.proof)
    )


def test_an_infeasible_round_is_proved_so():
    round_ = example(lambda data: data["rules"].update(max_suppliers=1))

    solution = find(round_)

    assert solution.award.status is AwardStatus.INFEASIBLE
    check_proof(round_, solution.award, known(solution.proof))
    with pytest.raises(Unsound):
        check_proof(
            ROUND, replace(AWARD, status=AwardStatus.INFEASIBLE, lines=(), packages=(), allocations=()), PROOF
        )


@pytest.mark.parametrize(("text", "code"), [
    ("{}", "missing_key"),
    (write_proof(PROOF).replace('"precision":65536', '"precision":1'), "out_of_range"),
    (write_proof(PROOF).replace('"multipliers":["', '"multipliers":["x'), "not_whole"),
    (write_proof(PROOF).replace('"rows":[', '"rows":[1,'), "lengths_differ"),
])  # fmt: skip
def test_a_bad_proof_file_is_refused_in_words(text, code):
    with pytest.raises(BadProofFile) as caught:
        read_proof(text)

    assert code in {problem.code for problem in caught.value.errors}


LEAVES = [n for n, node in enumerate(PROOF.nodes) if isinstance(node, Leaf)]


def shown(proof):
    """The bound that a proof shows, whatever it claims: none at all if it is refused."""
    try:
        return proven_bound(ROUND, replace(proof, lower_bound=Fraction(-(10**30))))
    except Unsound:
        return Fraction(-(10**30))


@pytest.mark.parametrize("place", LEAVES)
@pytest.mark.parametrize("shift", [-(2**40), -1, 1, 2**40])
def test_each_multiplier_can_be_changed_without_showing_more_than_is_true(place, shift):
    """Any multipliers are valid, so a damaged one may show less or as much, never more than the cost."""
    best = known(verify(ROUND, AWARD))
    leaf = PROOF.nodes[place]

    for number, (row, multiplier) in enumerate(leaf.multipliers):
        changed = (*leaf.multipliers[:number], (row, multiplier + shift), *leaf.multipliers[number + 1 :])
        bound = shown(with_node(place, replace(leaf, multipliers=changed)))
        assert bound is not None
        assert bound <= best


@pytest.mark.parametrize("place", LEAVES)
def test_each_leaf_is_needed(place):
    if PROOF.nodes[place].empty:
        emptied = with_node(place, Leaf((), empty=True))
    else:
        emptied = with_node(place, Leaf(()))

    with pytest.raises(Unsound):
        check_proof(ROUND, AWARD, emptied)


@pytest.mark.parametrize("number", range(len(PROOF.cuts)))
@pytest.mark.parametrize("field", ["divisor", "from_above", "multipliers"])
def test_each_cut_can_be_changed_without_showing_more_than_is_true(number, field):
    best = known(verify(ROUND, AWARD))
    cut = PROOF.cuts[number]
    values = {
        "divisor": [cut.divisor + 1, max(1, cut.divisor - 1), 1, 10**30],
        "from_above": [(), cut.from_above[1:], tuple(range(5))],
        "multipliers": [cut.multipliers[1:], tuple((row, 2 * m) for row, m in cut.multipliers),
                        tuple((row, -m) for row, m in cut.multipliers)],
    }  # fmt: skip

    for value in values[field]:
        changed = replace(cut, **{field: value})
        bound = shown(replace(PROOF, cuts=(*PROOF.cuts[:number], changed, *PROOF.cuts[number + 1 :])))
        assert bound is not None
        assert bound <= best


@pytest.mark.parametrize("place", [n for n, node in enumerate(PROOF.nodes) if isinstance(node, Split)])
def test_no_split_can_be_moved_to_prove_more(place):
    best = known(verify(ROUND, AWARD))
    split = PROOF.nodes[place]

    for at in (-1, split.at + 1, 10**9):
        bound = shown(with_node(place, replace(split, at=at)))
        assert bound is not None
        assert bound <= best
