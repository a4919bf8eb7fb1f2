import numpy as np
import pytest

from brain_engines.milp.linear import LinearSolver
from brain_engines.milp.program import Status
from tests.engines.milp.programs import dense, known, program


def test_a_linear_program_without_columns_is_judged_by_its_rows():
    fits, fails = program([], [[]], lows=[0]), program([], [[]], lows=[1])

    assert LinearSolver(fits).run().status is Status.OPTIMAL
    assert LinearSolver(fails).run().status is Status.INFEASIBLE


def test_a_linear_program_gives_prices_of_its_rows():
    result = LinearSolver(program([2, 3], [[1, 1]], upper=10, lows=[4], integer=False)).run()

    assert (result.status, result.objective) == (Status.OPTIMAL, 8)
    assert list(known(result.duals)) == [2]


def test_changed_bounds_are_used_and_can_be_taken_back():
    solver = LinearSolver(program([2, 3], [[1, 1]], upper=10, lows=[4], integer=False))
    first = np.array([0], dtype=np.int32)

    solver.change_bounds(first, np.zeros(1), np.ones(1))
    assert solver.run().objective == 2 + 9
    solver.change_bounds(first, np.zeros(1), np.full(1, 10.0))
    assert solver.run().objective == 8


def test_a_linear_program_can_be_stopped():
    assert LinearSolver(dense(60), should_stop=lambda: False).run().status is Status.OPTIMAL

    assert LinearSolver(dense(60), should_stop=lambda: True).run().status is Status.STOPPED


def test_what_the_listener_of_a_linear_program_raises_comes_out():
    def fail():
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        LinearSolver(dense(60), should_stop=fail).run()


def test_an_infeasible_linear_program_comes_with_a_ray():
    rows = [[1, 1], [1, -1]]
    result = LinearSolver(program([1, 1], rows, lows=[3, -5], integer=False)).run()

    assert result.status is Status.INFEASIBLE
    ray = known(result.duals)
    for sign in (1, -1):
        y = sign * ray
        most = sum(max(0.0, y[0] * a + y[1] * b) for a, b in zip(*rows, strict=True))
        if min(y) >= 0 and 3 * y[0] - 5 * y[1] > most:
            return
    pytest.fail(f"{ray} does not show that there is no point")


def test_added_rows_are_kept():
    solver = LinearSolver(program([2, 3], [[1, 1]], upper=10, lows=[4], integer=False))
    assert solver.run().objective == 8

    columns = np.array([0], dtype=np.int32)
    solver.add_rows(np.array([-np.inf]), np.array([1.0]), np.array([0], dtype=np.int32), columns, np.ones(1))

    result = solver.run()
    assert result.objective == 2 + 9
    assert len(known(result.duals)) == 2


def test_iterations_can_be_limited():
    solver = LinearSolver(dense(60))
    solver.change_bounds(np.array([0], dtype=np.int32), np.zeros(1), np.ones(1))
    best = solver.run().objective
    solver.change_bounds(np.arange(30, dtype=np.int32), np.zeros(30), np.full(30, 1e-3))

    assert solver.run(iterations=1).status is Status.STOPPED
    after = solver.run()
    assert (after.status, after.objective >= best) == (Status.OPTIMAL, True)


def test_the_time_spent_is_counted():
    solver = LinearSolver(dense(60))
    solver.run()

    assert solver.seconds > 0
