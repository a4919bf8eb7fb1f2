"""A proof that no award costs less than a bound, as data.

The proof is a tree over the exact program that :mod:`brain_engines.awards.model` states for a
round. A :class:`Split` divides the whole numbers a column may take in two, so the two branches
together miss nothing. Cuts are further rows, each derived from rows before it
(:mod:`brain_engines.awards.cuts`). A :class:`Leaf` gives a multiplier for each row (in 2⁻¹⁶ of the cost unit
per row unit). For any multipliers y whatever ::

    Σ_r y_r b_r + Σ_j min over lower_j ≤ x_j ≤ upper_j of (c_j − y·A_j) x_j

is a bound for all points in the leaf (Neumaier and Shcherbina, Safe bounds in linear and
mixed-integer programming, 2004). A leaf marked ``empty`` has no points at all: with c = 0 the
same sum is positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from brain_engines.awards.cuts import Cut
from brain_engines.awards.linear import LinearModel

PRECISION = 2**16


@dataclass(frozen=True)
class Split:
    """Below: column ≤ at. Above: column ≥ at + 1. The branches are places in the list of nodes."""

    column: int
    at: int
    below: int
    above: int


@dataclass(frozen=True)
class Leaf:
    """Row multipliers as (row, numerator over 2¹⁶), only those that are not zero."""

    multipliers: tuple[tuple[int, int], ...]
    empty: bool = False


Node = Split | Leaf


@dataclass(frozen=True)
class Proof:
    """The cuts, the tree from its root ``nodes[0]``, and the bound it claims; None: that no award exists."""

    round: str
    round_sha256: str
    lower_bound: Fraction | None
    nodes: tuple[Node, ...]
    cuts: tuple[Cut, ...] = ()


def leaf_value(model: LinearModel, leaf: Leaf, lower: list[int], upper: list[int]) -> int:
    """Compute a leaf's bound times 2¹⁶ in whole numbers; multipliers on an open side are ignored."""
    cost = [0] * model.width if leaf.empty else [PRECISION * c for c in model.cost]
    starts, columns, values = model.starts, model.columns, model.values
    total = 0
    for row, multiplier in leaf.multipliers:
        side = model.row_lower[row] if multiplier > 0 else model.row_upper[row]
        if side is None:
            continue
        total += multiplier * side
        for place in range(starts[row], starts[row + 1]):
            cost[columns[place]] -= multiplier * values[place]
    for column, reduced in enumerate(cost):
        if reduced > 0:
            total += reduced * lower[column]
        elif reduced < 0:
            total += reduced * upper[column]
    return total


def row_value(model: LinearModel, row: int, multiplier: int, lower: list[int], upper: list[int]) -> int:
    """Compute the value of an empty leaf with one multiplier: positive if the row cannot hold."""
    side = model.row_lower[row] if multiplier > 0 else model.row_upper[row]
    if side is None:
        return 0
    total = multiplier * side
    for place in range(model.starts[row], model.starts[row + 1]):
        reduced = -multiplier * model.values[place]
        column = model.columns[place]
        total += reduced * (lower[column] if reduced > 0 else upper[column])
    return total
