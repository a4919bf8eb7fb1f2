"""Mixed-integer programs: one run of HiGHS with progress, interruption and honest statuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from brain_engines.milp.program import INFINITY, Floats, Program, SolverFailed, Status, check, load


@dataclass(frozen=True)
class Limits:
    """When to stop: seconds, nodes, and the gap that is small enough.

    Without ``heuristics`` the run spends nothing on sub-programs and restarts: for small trees
    they cost several times what they give.
    """

    seconds: float = INFINITY
    relative_gap: float = 1e-7
    absolute_gap: float = 0.0
    nodes: int | None = None
    heuristics: bool = True


@dataclass(frozen=True)
class Progress:
    """How far a run is: best value so far, proven bound, relative gap, nodes, seconds."""

    best: float
    bound: float
    gap: float
    nodes: int
    seconds: float


@dataclass(frozen=True, eq=False)
class MixedResult:
    """What a run found; ``values`` is None when there is no feasible point (yet)."""

    status: Status
    values: Floats | None
    objective: float
    bound: float
    nodes: int
    seconds: float


WITHOUT_HEURISTICS: dict[str, Any] = {
    "mip_heuristic_effort": 0.0,
    "mip_allow_restart": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
}

INTERVAL = 0.25
"""Seconds between two reports of progress."""

_S = highspy.HighsModelStatus
_OPTIMAL = (_S.kOptimal,)
_INFEASIBLE = (_S.kInfeasible,)
_STOPPED = (_S.kTimeLimit, _S.kIterationLimit, _S.kSolutionLimit, _S.kInterrupt, _S.kObjectiveBound,
            _S.kObjectiveTarget)  # fmt: skip


def minimise(  # noqa: PLR0913 - keywords with defaults
    program: Program,
    limits: Limits = Limits(),
    *,
    start: Floats | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    seed: int = 0,
) -> MixedResult:
    """Minimise a mixed-integer program, or raise :class:`SolverFailed`.

    Every column needs finite bounds, so a program is never unbounded. A run that is stopped
    keeps its best point and its bound.
    """
    if program.width == 0:
        fits = program.is_empty_feasible()
        value = program.offset if fits else INFINITY
        status = Status.OPTIMAL if fits else Status.INFEASIBLE
        return MixedResult(status, np.zeros(0) if fits else None, value, value, 0, 0.0)
    solver = load(program, relaxed=False, seed=seed)
    options: dict[str, Any] = {
        "mip_rel_gap": limits.relative_gap,
        "mip_abs_gap": limits.absolute_gap,
        "mip_feasibility_tolerance": 1e-7,
        "primal_feasibility_tolerance": 1e-8,
        "time_limit": limits.seconds,
    }
    if limits.nodes is not None:
        options["mip_max_nodes"] = limits.nodes
    if not limits.heuristics:
        options |= WITHOUT_HEURISTICS
    for name, value in options.items():
        check(solver.setOptionValue(name, value), f"set {name}")
    if start is not None:
        check(
            solver.setSolution(program.width, np.arange(program.width, dtype=np.int32), start),
            "take the start",
        )
    watch = _Watch(on_progress, should_stop)
    watch.attach(solver)
    check(solver.run(), "run")
    watch.detach(solver)
    return _result(solver, program)


class _Watch:
    """Hands progress out and the wish to stop in; keeps an exception until the run has ended."""

    def __init__(
        self, on_progress: Callable[[Progress], None] | None, should_stop: Callable[[], bool] | None
    ) -> None:
        self.on_progress, self.should_stop = on_progress, should_stop
        self.error: Exception | None = None
        self.best, self.told = -INFINITY, -INFINITY

    def attach(self, solver: Any) -> None:
        """Ask HiGHS to call back, if anybody listens."""
        if self.on_progress is None and self.should_stop is None:
            return
        kinds = highspy.cb.HighsCallbackType
        check(solver.setCallback(self._called, None), "take the callback")
        for kind in (kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
            check(solver.startCallback(kind), "call back")

    def detach(self, _solver: Any) -> None:
        """Raise what a listener raised."""
        if self.error is not None:
            raise self.error

    def _called(self, kind: Any, _message: str, out: Any, into: Any, _data: Any) -> None:
        try:
            if kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
                self._tell(out)
            if self.error is not None or (self.should_stop is not None and self.should_stop()):
                into.user_interrupt = True
        except Exception as error:  # noqa: BLE001 - an exception must not cross the solver; raised afterwards
            self.error = error
            into.user_interrupt = True

    def _tell(self, out: Any) -> None:
        """Hand out progress, a few times a second at most and at once when the best value changes."""
        best, seconds = float(out.mip_primal_bound), float(out.running_time)
        if self.on_progress is None or (best == self.best and seconds < self.told + INTERVAL):
            return
        self.best, self.told = best, seconds
        nodes = max(0, int(out.mip_node_count))
        self.on_progress(Progress(best, float(out.mip_dual_bound), float(out.mip_gap), nodes, seconds))


def _result(solver: Any, program: Program) -> MixedResult:
    model_status = solver.getModelStatus()
    info = solver.getInfo()
    if model_status in _OPTIMAL:
        status = Status.OPTIMAL
    elif model_status in _INFEASIBLE:
        return MixedResult(Status.INFEASIBLE, None, INFINITY, INFINITY, _nodes(info), solver.getRunTime())
    elif model_status in _STOPPED:
        status = Status.STOPPED
    else:
        raise SolverFailed(f"HiGHS ended with status {solver.modelStatusToString(model_status)}")
    whole = program.integer.any()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value, dtype=np.float64) if found else None
    objective = float(info.objective_function_value) if found else INFINITY
    bound = float(info.mip_dual_bound) if whole else (objective if status is Status.OPTIMAL else -INFINITY)
    return MixedResult(status, values, objective, bound, _nodes(info), float(solver.getRunTime()))


def _nodes(info: Any) -> int:
    return max(0, int(info.mip_node_count))
