"""Where the split is sought: payments as moves of money away from a reference.

Payments are g = A (M + d). A column of A belongs to a *key*: an item of the price list (A holds
the members' portions of it) or, with credits, a member itself (A is the identity). M is the
reference's money by key, d what is moved, Σ d = 0. A group y that could buy apart at cost C
gives the cut   (y A) d − ε ≤ C − y r − (y A) M.

Three linear programs, one after the other: the least amount δ by which some member must pay
more than alone (if that is next to nothing, nobody is let pay more; otherwise a single member is
a group like any other); the least ε; then the d nearest to the reference, with the distance a convex
piecewise-linear stand-in for the square of what is moved relative to a key's own money. Whether
a split exists at all is decided by linear programs only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from brain_engines.sharing.linear import LinearProgram, solve_linear

Floats = NDArray[np.float64]
STEPS = (
    (0.0025, 1.0),
    (0.0025, 3.0),
    (0.005, 6.0),
    (0.01, 12.0),
    (0.02, 24.0),
    (0.04, 48.0),
    (0.08, 96.0),
    (np.inf, 200.0),
)
"""Widths, as parts of a key's money, and what a unit moved inside costs: the square's slope midway."""
MONEY_UNITS = 1e6
SLACK = 1e-4


@dataclass(frozen=True)
class Cut:
    """A group (or parts of members) and what it would cost apart, evaluated."""

    participation: tuple[float, ...]
    cost: float


@dataclass
class Master:
    """The cuts found so far over one set of keys."""

    portions: Floats
    reference: Floats
    reserves: Floats
    alone: Floats
    non_negative: bool
    alone_slack: float = np.inf
    cuts: list[Cut] = field(default_factory=list)
    _above_alone: float | None = None

    def __post_init__(self) -> None:
        self.total = float(self.reference.sum())
        self.unit = max(abs(self.total), 1.0) / MONEY_UNITS
        self._rows: list[Floats] = []
        self._sides: list[float] = []

    @property
    def keys(self) -> int:
        """Count the keys over which money moves."""
        return int(self.portions.shape[1])

    def payments(self, moved: Floats) -> Floats:
        """Compute what every member bears when so much money is moved on every key."""
        borne: Floats = self.portions @ (self.reference + moved)
        return borne

    def add(self, cut: Cut) -> None:
        """Remember a group that must not do better apart."""
        group = np.array(cut.participation)
        row = group @ self.portions
        self.cuts.append(cut)
        self._rows.append(row)
        self._sides.append(
            (cut.cost - float(group @ self.reserves) - float(row @ self.reference)) / self.unit
        )

    def above_alone(self) -> float:
        """Find the least amount by which some member must pay more than alone, in evaluated cost."""
        if self._above_alone is None:
            program, _, extra = self._base()
            program.costs[extra] = 1.0
            rows, sides = self._alone()
            for row, side in zip(rows, sides, strict=True):
                program.add(np.append(row, -1.0), -np.inf, side)
            self._above_alone = max(0.0, solve_linear(program).objective) * self.unit
        return self._above_alone

    def least(self, floor: float) -> float:
        """Find the least ε ≥ floor for which the cuts leave a split, in evaluated cost."""
        program, _, extra = self._base()
        program.lower[extra] = floor / self.unit
        program.costs[extra] = 1.0
        self._constrain(program, np.array([-1.0]), 0.0)
        return solve_linear(program).objective * self.unit

    def nearest(self, level: float) -> Floats:
        """Find the moves nearest to the reference for which every cut's regret is at most ``level``."""
        program, _, _ = self._base()
        program.lower[-1] = program.upper[-1] = 0.0
        size = np.maximum(np.abs(self.reference), abs(self.total) / (10 * self.keys)) / self.unit
        steps = [
            (key, sign, width * size[key], slope)
            for key in range(self.keys)
            for width, slope in STEPS
            for sign in (1.0, -1.0)
        ]
        wide = LinearProgram(
            np.concatenate([program.costs, [slope for _, _, _, slope in steps]]),
            np.concatenate([program.lower, np.zeros(len(steps))]),
            np.concatenate([program.upper, [width for _, _, width, _ in steps]]),
        )
        moved = np.zeros((self.keys, len(steps)))
        for at, (key, sign, _, _) in enumerate(steps):
            moved[key, at] = -sign
        pad = np.zeros(len(steps))
        for row, lower, upper in program.rows:
            wide.add(np.concatenate([row, pad]), lower, upper)
        for key in range(self.keys):
            wide.add(np.concatenate([np.eye(self.keys + 1)[key], moved[key]]), 0.0, 0.0)
        self._constrain(wide, np.zeros(1 + len(steps)), level / self.unit)
        return solve_linear(wide).values[: self.keys] * self.unit

    def _base(self) -> tuple[LinearProgram, int, int]:
        """Start a program over d and one extra column; all of d adds up to nothing."""
        keys = self.keys
        lower = -self.reference / self.unit if self.non_negative else np.full(keys, -np.inf)
        program = LinearProgram(
            np.zeros(keys + 1), np.append(np.minimum(lower, 0.0), 0.0), np.full(keys + 1, np.inf)
        )
        program.lower[keys] = 0.0
        program.add(np.append(np.ones(keys), 0.0), 0.0, 0.0)
        return program, keys, keys

    def _alone(self) -> tuple[Floats, Floats]:
        able = np.isfinite(self.alone)
        sides = (self.alone - self.reserves - self.portions @ self.reference) / self.unit
        return self.portions[able], sides[able]

    def _constrain(self, program: LinearProgram, tail: Floats, level: float) -> None:
        """Add every cut at ``level`` (or against the extra column) and the costs alone."""
        for row, side in zip(self._rows, self._sides, strict=True):
            program.add(np.concatenate([row, tail]), -np.inf, side + level)
        excess = self.above_alone()
        if excess > self.alone_slack:
            return
        excess = excess / self.unit + SLACK
        for row, side in zip(*self._alone(), strict=True):
            program.add(np.concatenate([row, np.zeros(len(tail))]), -np.inf, side + excess)
