"""Check a proof of a bound in exact whole numbers, without any solver."""

from __future__ import annotations

from fractions import Fraction

from brain_engines.awards.certificate import PRECISION, Leaf, Proof, Split, leaf_value
from brain_engines.awards.cuts import derive, extended, is_well_formed
from brain_engines.awards.io import round_sha256
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import MONEY, build
from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.awards.verify import OPTIMAL, Unsound, verify

MAX_DEPTH = 100_000


def check_proof(round_: Round, award: Award, proof: Proof) -> None:
    """Raise :class:`Unsound` unless the award is sound and the proof vouches for its bound.

    An optimal award needs a proof within one part in a million of its exact evaluated cost, an
    infeasible one a proof that no award exists.
    """
    exact = verify(round_, award)
    bound = proven_bound(round_, proof)
    if exact is None:
        if bound is not None:
            raise Unsound(
                "status", "the proof leaves room for awards", award.status.value, f"bound {float(bound)}"
            )
        return
    if bound is None:
        raise Unsound("proof", "a proof that no award exists, beside an award", "no award", "a bound")
    if award.lower_bound is None or bound < Fraction(award.lower_bound):
        raise Unsound(
            "lower_bound", "the proof shows less than the bound stated", award.lower_bound, float(bound)
        )
    if award.status is AwardStatus.OPTIMAL and exact - bound > OPTIMAL * exact:
        raise Unsound("status", "the proof does not reach the cost", award.status.value, float(bound))


def proven_bound(round_: Round, proof: Proof) -> Fraction | None:
    """Compute what a proof shows: no award costs less; None if it shows that there is no award.

    Raises :class:`Unsound` if the tree is damaged or shows less than it claims.
    """
    if proof.round_sha256 != round_sha256(round_):
        raise Unsound(
            "round_sha256", "the proof is for another round", proof.round_sha256, round_sha256(round_)
        )
    least = _least_leaf(_with_cuts(build(round_).linear, proof), proof)
    bound = None if least is None else Fraction(least, PRECISION * MONEY)
    if proof.lower_bound is None and bound is not None:
        raise Unsound("lower_bound", "the proof claims that no award exists", "none", float(bound))
    if proof.lower_bound is not None and bound is not None and proof.lower_bound > bound:
        raise Unsound(
            "lower_bound", "the proof claims more than it shows", float(proof.lower_bound), float(bound)
        )
    return bound


def _with_cuts(model: LinearModel, proof: Proof) -> LinearModel:
    """Derive the proof's cuts, one after another, as further rows."""
    grown = extended(model, ())
    for number, cut in enumerate(proof.cuts):
        if not is_well_formed(grown, cut):
            raise Unsound(
                f"cuts[{number}]", "a row or column that is not there, or twice", "", "rows once each"
            )
        terms, most = derive(grown, cut)
        grown.add_row(terms, None, most)
    return grown


def _least_leaf(model: LinearModel, proof: Proof) -> int | None:
    """Walk the whole tree and find the least leaf value; None if every leaf is empty."""
    lower, upper = list(model.lower), list(model.upper)
    seen = [False] * len(proof.nodes)
    least: int | None = None
    # Each step is a node to enter, or bounds to put back once its branch is done.
    steps: list[tuple[int, tuple[int, int, int] | None, tuple[int, int, int] | None]] = [(0, None, None)]
    while steps:
        place, change, undo = steps.pop()
        if undo is not None:
            lower[undo[0]], upper[undo[0]] = undo[1], undo[2]
            continue
        if not 0 <= place < len(proof.nodes) or seen[place]:
            raise Unsound(f"nodes[{place}]", "a branch is missing or used twice", place, "a node of its own")
        seen[place] = True
        if change is not None:
            column, low, high = change
            steps.append((-1, None, (column, lower[column], upper[column])))
            lower[column], upper[column] = max(lower[column], low), min(upper[column], high)
            if lower[column] > upper[column]:
                continue
        node = proof.nodes[place]
        if isinstance(node, Split):
            _check_split(model, place, node)
            steps.append((node.above, (node.column, node.at + 1, model.upper[node.column]), None))
            steps.append((node.below, (node.column, model.lower[node.column], node.at), None))
        else:
            value = _check_leaf(model, place, node, lower, upper)
            least = value if least is None or (value is not None and value < least) else least
    if not all(seen):
        raise Unsound("nodes", "nodes that no branch leads to", seen.count(False), 0)
    return least


def _check_split(model: LinearModel, place: int, node: Split) -> None:
    if not 0 <= node.column < model.width:
        raise Unsound(
            f"nodes[{place}].column", "there is no such column", node.column, f"below {model.width}"
        )


def _check_leaf(model: LinearModel, place: int, leaf: Leaf, lower: list[int], upper: list[int]) -> int | None:
    """Compute a leaf's value, or None if it is shown to be empty."""
    rows = [row for row, _ in leaf.multipliers]
    if len(set(rows)) != len(rows) or any(not 0 <= row < model.height for row in rows):
        raise Unsound(
            f"nodes[{place}]", "a row that is not there, or given twice", len(rows), "rows once each"
        )
    value = leaf_value(model, leaf, lower, upper)
    if leaf.empty and value <= 0:
        raise Unsound(f"nodes[{place}]", "the leaf is not shown to be empty", value, "more than 0")
    return None if leaf.empty else value
