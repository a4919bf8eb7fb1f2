import numpy as np
import pytest

from brain_engines.milp import SolverFailed
from brain_engines.sharing.linear import LinearProgram, solve_linear


def test_the_least_point_of_a_small_program_is_found() -> None:
    program = LinearProgram(np.array([1.0, 2.0]), np.zeros(2), np.full(2, np.inf))
    program.add(np.array([1.0, 1.0]), 3.0, np.inf)
    program.add(np.array([1.0, 0.0]), -np.inf, 2.0)

    answer = solve_linear(program)

    assert answer.objective == pytest.approx(4.0)
    assert answer.values.tolist() == pytest.approx([2.0, 1.0])


def test_a_program_without_rows_is_solved_by_its_bounds() -> None:
    assert solve_linear(LinearProgram(np.array([1.0]), np.array([2.0]), np.array([5.0]))).objective == 2.0


def test_a_program_without_a_solution_is_the_callers_mistake() -> None:
    program = LinearProgram(np.array([1.0]), np.array([0.0]), np.array([1.0]))
    program.add(np.array([1.0]), 2.0, 3.0)

    with pytest.raises(SolverFailed):
        solve_linear(program)
