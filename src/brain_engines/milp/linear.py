"""Linear programs solved again and again with other bounds, from the last basis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from brain_engines.milp.program import (
    INFINITY,
    Floats,
    Indices,
    Program,
    SolverFailed,
    Status,
    Stopwatch,
    check,
    load,
)

NO_LIMIT = 2**31 - 1
INTERVAL = 0.1
"""Seconds between two questions whether to stop."""
UNDOUBTED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInterrupt)
CHOOSE_SIMPLEX, PRIMAL_SIMPLEX = 0, 4
LOST = (highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kSolveError)


@dataclass(frozen=True, eq=False)
class LinearResult:
    """What a run found.

    ``duals`` are row multipliers: with status optimal the prices of the rows, with status
    infeasible a ray that proves it (None if HiGHS gives none), otherwise the last ones known.
    """

    status: Status
    objective: float
    values: Floats | None
    duals: Floats | None


class _Bell:
    """Asks now and then whether to stop; keeps an exception until the run has ended."""

    def __init__(self, should_stop: Callable[[], bool] | None) -> None:
        self.should_stop = should_stop
        self.watch, self.asked = Stopwatch(), -INTERVAL
        self.rung = False
        self.error: Exception | None = None

    def called(self, _kind: Any, _message: str, _out: Any, into: Any, _data: Any) -> None:
        """Answer HiGHS, which calls every few iterations."""
        if not self.rung and self.watch.seconds - self.asked >= INTERVAL and self.should_stop is not None:
            self.asked = self.watch.seconds
            try:
                self.rung = self.should_stop()
            except Exception as error:  # noqa: BLE001 - an exception must not cross the solver; raised later
                self.error, self.rung = error, True
        if self.rung:
            into.user_interrupt = True


class LinearSolver:
    """Holds one linear program; changing bounds keeps the basis, so that the next run is short."""

    def __init__(
        self, program: Program, *, seed: int = 0, should_stop: Callable[[], bool] | None = None
    ) -> None:
        self._program, self._bell = program, _Bell(should_stop)
        self._solver: Any = load(program, relaxed=True, seed=seed)
        self._warm = False
        for name, value in (
            ("solver", "simplex"),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):
            check(self._solver.setOptionValue(name, value), f"set {name}")

        if should_stop is not None:
            check(self._solver.setCallback(self._bell.called, None), "take the callback")
            check(
                self._solver.startCallback(highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt),
                "call back",
            )

    def change_bounds(self, columns: Indices, lower: Floats, upper: Floats) -> None:
        """Give some columns other bounds."""
        check(self._solver.changeColsBounds(len(columns), columns, lower, upper), "change bounds")

    def add_rows(
        self, lower: Floats, upper: Floats, starts: Indices, columns: Indices, values: Floats
    ) -> None:
        """Add rows, stored like those of a program."""
        check(
            self._solver.addRows(len(lower), lower, upper, len(columns), starts, columns, values), "add rows"
        )

    def run(self, *, iterations: int | None = None, cutoff: float = INFINITY) -> LinearResult:
        """Minimise; stop early after so many iterations or once the value must exceed the cut-off."""
        self._solver.setOptionValue("simplex_iteration_limit", NO_LIMIT if iterations is None else iterations)
        self._solver.setOptionValue("objective_bound", cutoff)
        if self._program.width == 0:
            fits = self._program.is_empty_feasible()
            return LinearResult(
                Status.OPTIMAL if fits else Status.INFEASIBLE,
                self._program.offset if fits else INFINITY,
                np.zeros(0) if fits else None,
                np.zeros(self._program.height) if fits else None,
            )
        self._run_once()
        if self._bell.error is not None:
            raise self._bell.error
        return self._result()

    def _run_once(self) -> None:
        """Run, with presolve only the first time: later runs start from the last basis."""
        check(self._solver.setOptionValue("presolve", "off" if self._warm else "on"), "set presolve")
        check(self._solver.run(), "run")
        if not self._warm and self._solver.getModelStatus() not in UNDOUBTED:
            # Presolve knows no ray and may not tell infeasible from unbounded.
            check(self._solver.setOptionValue("presolve", "off"), "set presolve")
            check(self._solver.run(), "run")
        if self._solver.getModelStatus() in LOST:
            self._run_cold()
        self._warm = True

    def _run_cold(self) -> None:
        """Forget the basis and try the other simplex: HiGHS now and then loses its way from a warm start."""
        check(self._solver.clearSolver(), "clear")
        check(self._solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX), "set simplex_strategy")
        check(self._solver.run(), "run")
        check(self._solver.setOptionValue("simplex_strategy", CHOOSE_SIMPLEX), "set simplex_strategy")

    @property
    def seconds(self) -> float:
        """Seconds spent in HiGHS since the program was loaded."""
        return float(self._solver.getRunTime())

    def _result(self) -> LinearResult:
        status = self._solver.getModelStatus()
        kinds = highspy.HighsModelStatus
        solution = self._solver.getSolution()
        if status == kinds.kOptimal:
            return LinearResult(
                Status.OPTIMAL,
                float(self._solver.getInfo().objective_function_value),
                np.array(solution.col_value, dtype=np.float64),
                np.array(solution.row_dual, dtype=np.float64),
            )
        if status == kinds.kInfeasible:
            _, exists, ray = self._solver.getDualRay()
            found = np.array(ray, dtype=np.float64) if exists else None
            return LinearResult(Status.INFEASIBLE, INFINITY, None, found)
        if status in (kinds.kObjectiveBound, kinds.kIterationLimit, kinds.kTimeLimit, kinds.kInterrupt):
            duals = np.array(solution.row_dual, dtype=np.float64) if solution.dual_valid else None
            value = float(self._solver.getInfo().objective_function_value)
            return LinearResult(Status.STOPPED, value, None, duals)
        raise SolverFailed(f"HiGHS ended with status {self._solver.modelStatusToString(status)}")
