import highspy
import numpy as np
import pytest

from brain_engines.milp.program import SolverFailed, Stopwatch, check, load
from tests.engines.milp.programs import KNAPSACK, program


def test_a_program_knows_its_size():
    assert (KNAPSACK.width, KNAPSACK.height) == (3, 1)


@pytest.mark.parametrize(
    ("low", "high", "fits"), [(0, 0, True), (-1, 1, True), (1, 2, False), (-2, -1, False)]
)
def test_nothing_at_all_fits_where_zero_does(low, high, fits):
    assert program([], [[]], lows=[low], highs=[high]).is_empty_feasible() is fits


def test_the_solver_is_given_what_the_arrays_say():
    lp = load(KNAPSACK, relaxed=False).getLp()

    assert list(lp.col_cost_) == [-10, -13, -7]
    assert list(lp.row_upper_) == [6]
    assert [kind == highspy.HighsVarType.kInteger for kind in lp.integrality_] == [True] * 3
    assert not list(load(KNAPSACK, relaxed=True).getLp().integrality_)


def test_a_refusal_is_an_error():
    check(highspy.HighsStatus.kOk, "do it")
    with pytest.raises(SolverFailed, match="refused to do it"):
        check(highspy.HighsStatus.kError, "do it")


def test_the_watch_runs_forward():
    watch = Stopwatch()
    seen = [watch.seconds for _ in range(3)]

    assert 0 <= seen[0] <= seen[1] <= seen[2]
    assert np.isfinite(seen[2])
