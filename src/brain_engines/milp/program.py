"""A linear program as arrays, and how it is handed to HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Booleans = NDArray[np.bool_]

INFINITY = float("inf")
THREADS = 1
"""HiGHS keeps one pool of threads per process; one thread makes runs repeatable."""


class SolverFailed(RuntimeError):
    """The solver ended in a way that says nothing about the program."""


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True, eq=False)
class Program:
    """minimise cost·x + offset  such that  row_lower ≤ A x ≤ row_upper, lower ≤ x ≤ upper.

    A is stored by rows: row r has the columns ``columns[starts[r]:starts[r+1]]`` with the
    coefficients ``values[…]``. Columns marked in ``integer`` take whole values only.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Booleans
    row_lower: Floats
    row_upper: Floats
    starts: Indices
    columns: Indices
    values: Floats
    offset: float = field(default=0.0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.row_lower)

    def is_empty_feasible(self) -> bool:
        """Say whether the zero point satisfies every row; the whole truth when there are no columns."""
        return bool(np.all(self.row_lower <= 0) and np.all(self.row_upper >= 0))


def check(status: Any, what: str) -> None:
    """Raise unless HiGHS accepted a call."""
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(f"HiGHS refused to {what}")


def load(program: Program, *, relaxed: bool, seed: int = 0) -> Any:
    """Make a silent, single-threaded HiGHS instance that holds the program."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no annotations
    for name, value in (("output_flag", False), ("threads", THREADS), ("random_seed", seed)):
        check(solver.setOptionValue(name, value), f"set {name}")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = program.width, program.height
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.offset_ = program.offset
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = program.width, program.height
    lp.a_matrix_.start_, lp.a_matrix_.index_ = program.starts, program.columns
    lp.a_matrix_.value_ = program.values
    if not relaxed and program.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in program.integer]
    check(solver.passModel(lp), "load the program")
    return solver


class Stopwatch:
    """Seconds since it was started; the one clock of the engines, for time limits and progress only."""

    def __init__(self) -> None:
        self._start = monotonic()

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return monotonic() - self._start
