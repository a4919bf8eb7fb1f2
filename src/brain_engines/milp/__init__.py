"""Linear and mixed-integer programs as arrays; the only package that talks to the solver (HiGHS)."""

from brain_engines.milp.linear import LinearResult, LinearSolver
from brain_engines.milp.mixed import Limits, MixedResult, Progress, minimise
from brain_engines.milp.program import Program, SolverFailed, Status, Stopwatch

__all__ = [
    "Limits",
    "LinearResult",
    "LinearSolver",
    "MixedResult",
    "Program",
    "Progress",
    "SolverFailed",
    "Status",
    "Stopwatch",
    "minimise",
]
