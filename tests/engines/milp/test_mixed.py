from dataclasses import replace

import pytest

from brain_engines.milp.mixed import Limits, minimise
from brain_engines.milp.program import Status
from tests.engines.milp.programs import KNAPSACK, hard, known, program


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


def test_what_should_stop_raises_comes_out():
    def fail():
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        minimise(hard(), Limits(seconds=2), should_stop=fail)


def test_a_start_is_taken_and_never_made_worse():
    start = known(minimise(hard(), Limits(seconds=0.3)).values)
    value = float(hard().cost @ start)

    result = minimise(hard(), Limits(nodes=1, heuristics=False), start=start)

    assert result.objective <= value + 1e-6


def test_the_offset_belongs_to_value_and_bound():
    result = minimise(replace(KNAPSACK, offset=100.0))

    assert (result.objective, result.bound) == (80, pytest.approx(80))


def test_a_gap_that_is_small_enough_ends_the_run():
    result = minimise(hard(), Limits(seconds=20, relative_gap=0.5))

    assert result.status is Status.OPTIMAL
    assert 0 <= result.objective - result.bound <= 0.5 * abs(result.objective)
