"""Write a proof of an award's bound by branch and bound over linear programs.

HiGHS solves the relaxations and its row multipliers, rounded to 2⁻¹⁶, go into the leaves; each
bound is then computed in exact whole numbers, so nothing here has to be trusted. Open nodes are
taken best bound first; the column to branch on is chosen by pseudo-costs made reliable by
strong branching (Achterberg, Koch and Martin, Branching rules revisited, 2005).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from brain_engines import milp
from brain_engines.awards.certificate import PRECISION, Leaf, Node, Proof, Split, leaf_value, row_value
from brain_engines.awards.cuts import Cut, extended
from brain_engines.awards.io import round_sha256
from brain_engines.awards.model import MONEY, AwardModel
from brain_engines.awards.scaling import scale
from brain_engines.milp.program import Floats

Bounds = tuple[tuple[int, int, int], ...]
"""Columns with the lower and upper bound that branching has given them."""

FRACTION = 1e-6
RELIABLE = 4
CANDIDATES = 8
PEEK_ITERATIONS = 120


@dataclass(frozen=True)
class Search:
    """What the search for a proof found; ``bound`` is exact, None if no award exists."""

    proof: Proof
    bound: Fraction | None
    point: list[int] | None
    """The best point known, in whole quanta."""
    leaves: int
    nodes: int


@dataclass(frozen=True)
class Stop:
    """When to give up; the tree so far is a proof of a lesser bound."""

    leaves: int
    reached: Callable[[], bool]
    on_bound: Callable[[float, float, int], None] = lambda _best, _bound, _nodes: None


@dataclass(order=True)
class _Open:
    """A node that still has to be split; ``place`` is where its subtree goes."""

    value: float
    place: int
    bounds: Bounds = field(compare=False)
    values: Floats = field(compare=False)
    exact: int = field(compare=False)


def prove(
    model: AwardModel, cuts: tuple[Cut, ...], point: list[int] | None, stop: Stop, gap: Fraction
) -> Search:
    """Prove a bound within ``gap`` of the best point, which may improve on the way."""
    return _Tree(model, cuts, point, stop, gap).run()


class _Tree:
    """The tree while it grows."""

    def __init__(
        self, model: AwardModel, cuts: tuple[Cut, ...], point: list[int] | None, stop: Stop, gap: Fraction
    ) -> None:
        self.award_model, self.stop, self.gap = model, stop, gap
        self.point = point
        self.best = None if point is None else model.linear.value(point)
        self.cuts = cuts
        self.m = extended(model.linear, cuts)
        self.scaled = scale(self.m)
        self.lp = milp.LinearSolver(self.scaled.program, should_stop=stop.reached)
        self.lower, self.upper = list(self.m.lower), list(self.m.upper)
        self.binary = np.array(self.m.binary, dtype=bool)
        self.nodes: list[Node] = []
        self.open: list[_Open] = []
        self.applied: set[int] = set()
        self.least: int | None = None
        self.leaves = 0
        self.gains: dict[int, tuple[list[float], list[float]]] = {}

    @property
    def goal(self) -> float:
        """The value from which on a node need not be split, in the model's cost unit."""
        return float("inf") if self.best is None else float(self.best - self.best * self.gap)

    # Linear programs

    def apply(self, bounds: Bounds) -> None:
        """Give the linear program a node's bounds, and the exact bounds with them."""
        wanted = {column: (low, high) for column, low, high in bounds}
        changed = sorted(self.applied | wanted.keys())
        for column in changed:
            low, high = wanted.get(column, (self.m.lower[column], self.m.upper[column]))
            self.lower[column], self.upper[column] = low, high
        if changed:
            scales = self.scaled.columns[changed]
            self.lp.change_bounds(
                np.array(changed, dtype=np.int32),
                np.array([float(self.lower[c]) for c in changed]) / scales,
                np.array([float(self.upper[c]) for c in changed]) / scales,
            )
        self.applied = set(wanted)

    def multipliers(self, duals: Floats) -> Leaf:
        """Round row multipliers of the scaled program to the proof's precision."""
        exact = duals * self.scaled.rows * (self.scaled.money * PRECISION)
        return Leaf(
            tuple((int(row), round(float(exact[row]))) for row in np.flatnonzero(np.abs(exact) >= 0.5))
        )

    def empty_leaf(self, ray: Floats | None) -> Leaf | None:
        """Make a leaf that shows there is no point: from a ray, or from one row that cannot hold."""
        size = 0.0 if ray is None else float(np.abs(ray).max(initial=0.0))
        if ray is not None and size > 0.0:
            for sign in (1.0, -1.0):
                numbers = ray * self.scaled.rows * (sign * 2.0**60 / size)
                kept = np.flatnonzero(np.abs(numbers) >= 0.5)
                leaf = Leaf(tuple((int(row), round(float(numbers[row]))) for row in kept), empty=True)
                if leaf_value(self.m, leaf, self.lower, self.upper) > 0:
                    return leaf
        for row in range(self.m.height):
            for multiplier in (1, -1):
                leaf = Leaf(((row, multiplier),), empty=True)
                if row_value(self.m, row, multiplier, self.lower, self.upper) > 0:
                    return leaf
        return None

    # The tree

    def run(self) -> Search:
        """Grow the tree until the gap is closed or it is time to stop."""
        self.nodes.append(Leaf(()))
        self.visit(0, (), Leaf(()))
        while self.open and not self.stop.reached() and self.leaves + len(self.open) < self.stop.leaves:
            node = heapq.heappop(self.open)
            if node.exact >= self.goal * PRECISION:
                self.close(node.exact)
                continue
            self.tell(node)
            self.split(node)
        for node in self.open:
            self.close(node.exact)
        bound = None if self.least is None else Fraction(self.least, PRECISION * MONEY)
        round_ = self.award_model.round
        proof = Proof(round_.id, round_sha256(round_), bound, tuple(self.nodes), self.cuts)
        return Search(proof, bound, self.point, self.leaves, len(self.nodes))

    def tell(self, node: _Open) -> None:
        """Report the best value and the bound so far."""
        lowest = node.value if self.least is None else min(node.value, self.least / PRECISION)
        best = float("inf") if self.best is None else float(self.best)
        self.stop.on_bound(best / MONEY, lowest / MONEY, len(self.nodes))

    def close(self, exact: int | None) -> None:
        """Count a leaf; None for one without points."""
        self.leaves += 1
        if exact is not None and (self.least is None or exact < self.least):
            self.least = exact

    def visit(self, place: int, bounds: Bounds, parent: Leaf) -> float:
        """Solve a node's program, write its leaf, and keep it open if it must be split; tell its value."""
        self.apply(bounds)
        result = self.lp.run()
        if result.status is milp.Status.INFEASIBLE:
            leaf = self.empty_leaf(result.duals)
            if leaf is not None:
                self.nodes[place] = leaf
                self.close(None)
                return float("inf")
        duals = result.duals if result.status is milp.Status.OPTIMAL else None
        leaf = parent if duals is None else self.multipliers(duals)
        if parent.multipliers and duals is not None:
            leaf = max(leaf, parent, key=lambda one: leaf_value(self.m, one, self.lower, self.upper))
        self.nodes[place] = leaf
        exact = leaf_value(self.m, leaf, self.lower, self.upper)
        if result.values is None:
            self.close(exact)
            return exact / PRECISION
        values = result.values * self.scaled.columns
        self.try_point(values)
        if exact >= self.goal * PRECISION or not self.fractional(values):
            self.close(exact)
        else:
            heapq.heappush(self.open, _Open(exact / PRECISION, place, bounds, values, exact))
        return exact / PRECISION

    def try_point(self, values: Floats) -> None:
        """Keep a relaxation's point if it is whole, sound and cheaper."""
        if np.abs(values - np.rint(values))[self.binary].max(initial=0.0) > FRACTION:
            return
        point = [round(value) for value in values]
        value = self.m.value(point)
        if (self.best is None or value < self.best) and self.award_model.linear.violated(point) is None:
            self.best, self.point = value, point

    def fractional(self, values: Floats) -> list[int]:
        """List columns to branch on: choices first, quantities only when all choices are made."""
        away = np.abs(values - np.rint(values))
        choices = np.flatnonzero((away > FRACTION) & self.binary)
        if len(choices):
            order = np.argsort(-away[choices], kind="stable")
            return [int(column) for column in choices[order]]
        counts = np.flatnonzero((away > 0.01) & ~self.binary)
        return [int(column) for column in counts[:1]]

    def split(self, node: _Open) -> None:
        """Split a node in two and visit both branches."""
        column = self.choose(node)
        at = int(np.floor(node.values[column] + FRACTION))
        if at >= self.bound_of(node.bounds, column)[1]:
            at -= 1
        below, above = len(self.nodes), len(self.nodes) + 1
        leaf = self.nodes[node.place]
        parent = leaf if isinstance(leaf, Leaf) else Leaf(())
        self.nodes[node.place] = Split(column, at, below, above)
        self.nodes += [parent, parent]
        share = node.values[column] - at
        for place, side in ((below, 0), (above, 1)):
            value = self.visit(place, self.branch(node.bounds, column, at, side), parent)
            distance = share if side == 0 else 1 - share
            if np.isfinite(value):
                self.learn(column, side, (value - node.value) / max(distance, FRACTION))

    def bound_of(self, bounds: Bounds, column: int) -> tuple[int, int]:
        """Find the bounds of a column in a node."""
        return next(
            ((low, high) for c, low, high in bounds if c == column),
            (self.m.lower[column], self.m.upper[column]),
        )

    def branch(self, bounds: Bounds, column: int, at: int, side: int) -> Bounds:
        """Add one branch's bounds to a node's."""
        low, high = self.bound_of(bounds, column)
        mine = (column, low, at) if side == 0 else (column, at + 1, high)
        return (*(entry for entry in bounds if entry[0] != column), mine)

    # Choosing where to branch

    def learn(self, column: int, side: int, gain: float) -> None:
        """Remember how much a branch gained per unit."""
        self.gains.setdefault(column, ([], []))[side].append(max(gain, 0.0))

    def choose(self, node: _Open) -> int:
        """Choose the column whose two branches promise the most."""
        candidates = self.fractional(node.values)
        if len(candidates) == 1:
            return candidates[0]
        known = [g for sides in self.gains.values() for side in sides for g in side]
        usual = sum(known) / len(known) if known else 1.0
        ranked = sorted(candidates, key=lambda c: -self.promise(c, float(node.values[c]), usual))
        best, best_score = ranked[0], -1.0
        peeked = 0
        for column in ranked[: 4 * CANDIDATES]:
            below, above = self.gains.get(column, ([], []))
            if min(len(below), len(above)) < RELIABLE and peeked < CANDIDATES:
                peeked += 1
                self.peek(node, column)
            score = self.promise(column, float(node.values[column]), usual)
            if score > best_score:
                best, best_score = column, score
        return best

    def promise(self, column: int, value: float, usual: float) -> float:
        """Estimate the product of both branches' gains."""
        share = value - np.floor(value)
        below, above = self.gains.get(column, ([], []))
        down = (sum(below) / len(below) if below else usual) * share
        up = (sum(above) / len(above) if above else usual) * (1 - share)
        return float(max(down, 1e-9 * usual) * max(up, 1e-9 * usual))

    def peek(self, node: _Open, column: int) -> None:
        """Solve both branches of a column for a few iterations to learn their gains."""
        at = int(np.floor(node.values[column]))
        share = node.values[column] - at
        for side, distance in ((0, share), (1, 1 - share)):
            self.apply(self.branch(node.bounds, column, at, side))
            result = self.lp.run(iterations=PEEK_ITERATIONS)
            value = result.objective * self.scaled.money
            if result.status is milp.Status.INFEASIBLE:
                value = max(self.goal, 2 * node.value) if np.isfinite(self.goal) else 2 * node.value
            if np.isfinite(value):
                self.learn(column, side, (value - node.value) / max(distance, FRACTION))


def leaf_count(proof: Proof) -> int:
    """Count the leaves of a proof."""
    return sum(isinstance(node, Leaf) for node in proof.nodes)
