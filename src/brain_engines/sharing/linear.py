"""Small dense linear programs, row by row, for the search of payments."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from brain_engines.milp import LinearSolver, Program, SolverFailed, Status

Floats = NDArray[np.float64]


@dataclass
class LinearProgram:
    """minimise costs·x  such that  lower ≤ x ≤ upper and every row holds."""

    costs: Floats
    lower: Floats
    upper: Floats
    rows: list[tuple[Floats, float, float]] = field(default_factory=list)

    def add(self, row: Floats, lower: float, upper: float) -> None:
        """Add a row lower ≤ row·x ≤ upper."""
        self.rows.append((row, lower, upper))


@dataclass(frozen=True)
class LinearAnswer:
    """The least value and a point that has it."""

    objective: float
    values: Floats


def solve_linear(program: LinearProgram) -> LinearAnswer:
    """Solve the program; one without a solution is a mistake of the caller and raises."""
    matrix = np.array([row for row, _, _ in program.rows]).reshape(len(program.rows), len(program.costs))
    held, columns = np.nonzero(matrix)
    starts = np.searchsorted(held, np.arange(len(program.rows) + 1)).astype(np.int32)
    solver = LinearSolver(
        Program(
            cost=program.costs,
            lower=program.lower,
            upper=program.upper,
            integer=np.zeros(len(program.costs), dtype=np.bool_),
            row_lower=np.array([lower for _, lower, _ in program.rows]),
            row_upper=np.array([upper for _, _, upper in program.rows]),
            starts=starts,
            columns=columns.astype(np.int32),
            values=matrix[held, columns],
        )
    )
    result = solver.run()
    if result.status is not Status.OPTIMAL or result.values is None:
        raise SolverFailed(f"A linear program that always has a solution ended as {result.status}")
    return LinearAnswer(result.objective, result.values)
