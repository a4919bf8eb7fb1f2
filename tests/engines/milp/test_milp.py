from dataclasses import replace

import numpy as np
import pytest

from brain_engines.milp import Limits, LinearSolver, Program, Status, minimise


def known(value):
    assert value is not None
    return value


def program(cost, rows, *, upper=1.0, integer=True, lows=None, highs=None):
    """minimise cost·x with dense rows low ≤ row·x ≤ high."""
    width, height = len(cost), len(rows)
    return Program(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(width),
        upper=np.full(width, float(upper)),
        integer=np.full(width, integer),
        row_lower=np.array(lows if lows is not None else [-np.inf] * height, dtype=float),
        row_upper=np.array(highs if highs is not None else [np.inf] * height, dtype=float),
        starts=np.arange(0, width * height + 1, width or 1, dtype=np.int32)[: height + 1]
        if width
        else np.zeros(height + 1, dtype=np.int32),
        columns=np.tile(np.arange(width, dtype=np.int32), height),
        values=np.array(rows, dtype=float).ravel(),
    )


KNAPSACK = program([-10, -13, -7], [[3, 4, 2]], highs=[6])


def test_a_small_knapsack_is_solved():
    result = minimise(KNAPSACK)

    assert (result.status, result.objective, [round(v) for v in known(result.values)]) == (
        Status.OPTIMAL,
        -20,
        [0, 1, 1],
    )
    assert result.bound == pytest.approx(-20)


def test_an_impossible_program_is_infeasible():
    assert minimise(program([1, 1], [[1, 1]], lows=[3])).status is Status.INFEASIBLE


def test_a_program_without_columns_is_judged_by_its_rows():
    fits, fails = program([], [[]], lows=[0]), program([], [[]], lows=[1])

    assert (minimise(fits).status, minimise(fails).status) == (Status.OPTIMAL, Status.INFEASIBLE)
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


def test_an_infeasible_linear_program_comes_with_a_ray():
    result = LinearSolver(program([1, 1], [[1, 1], [1, -1]], lows=[3, -5], integer=False)).run()

    assert result.status is Status.INFEASIBLE


def hard(size=60, seed=3):
    draw = np.random.default_rng(seed)
    rows = draw.integers(1, 60, (8, size))
    return program(-draw.integers(20, 60, size), rows, highs=list(rows.sum(axis=1) // 2))


def test_a_time_limit_keeps_bound_and_point_apart():
    result = minimise(hard(), Limits(seconds=0.3))

    assert result.status is Status.STOPPED
    assert result.bound <= result.objective


def test_a_wish_to_stop_is_heard():
    asked: list[int] = []

    def should_stop():
        asked.append(1)
        return len(asked) > 3

    result = minimise(hard(), should_stop=should_stop)

    assert asked
    assert result.status is Status.STOPPED


def test_progress_is_told_and_an_error_of_the_listener_comes_out():
    def fail(progress):
        raise LookupError(str(progress.nodes))

    with pytest.raises(LookupError):
        minimise(hard(), Limits(seconds=2), on_progress=fail)


def test_the_same_program_gives_the_same_point():
    points = [tuple(known(minimise(replace(KNAPSACK, offset=float(n))).values)) for n in (0, 0)]

    assert points[0] == points[1]


def dense(size):
    """A program that takes many steps."""
    random = np.random.default_rng(1)
    values = random.random((size, size)) + 0.01
    return Program(
        cost=-random.random(size) - 0.1,
        lower=np.zeros(size),
        upper=np.full(size, 1e3),
        integer=np.zeros(size, dtype=bool),
        row_lower=np.full(size, -np.inf),
        row_upper=np.full(size, float(size)),
        starts=np.arange(0, size * size + 1, size, dtype=np.int32),
        columns=np.tile(np.arange(size, dtype=np.int32), size),
        values=values.ravel(),
    )


def test_a_linear_program_can_be_stopped():
    assert LinearSolver(dense(60), should_stop=lambda: False).run().status is Status.OPTIMAL

    assert LinearSolver(dense(60), should_stop=lambda: True).run().status is Status.STOPPED


def test_what_the_listener_of_a_linear_program_raises_comes_out():
    def fail():
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        LinearSolver(dense(60), should_stop=fail).run()
