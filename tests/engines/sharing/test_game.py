import numpy as np
import pytest

from brain_engines.sharing.game import Apart, Question, TableGame, never
from tests.engines.sharing.tables import all_groups

GAME = TableGame(3, {group: 100.0 * len(group) - 10 * (len(group) == 2) for group in all_groups(3)})


def test_a_table_names_the_group_with_most_to_gain() -> None:
    regret = GAME.most_regret(Question(np.array([120.0, 100.0, 80.0]), whole=True, precision=0.0))

    assert regret.participation == (1.0, 1.0, 0.0)
    assert (regret.cost, regret.value, regret.bound) == (190.0, 30.0, 30.0)


def test_nobody_gains_by_staying_alone_when_all_groups_lose() -> None:
    regret = GAME.most_regret(Question(np.full(3, 10.0), whole=True, precision=0.0))

    assert (regret.participation, regret.value) == ((0.0, 0.0, 0.0), 0.0)


def test_a_proper_group_is_not_the_whole_pool_and_holds_the_member_asked_for() -> None:
    question = Question(np.full(3, 100.0), whole=True, precision=0.0, proper=True, within=2)

    assert GAME.most_regret(question).participation in {(1.0, 0.0, 1.0), (0.0, 1.0, 1.0)}


def test_a_table_tells_costs_apart() -> None:
    assert GAME.cost((0, 1), seconds=1) == Apart(190.0, 190.0)


@pytest.mark.parametrize(
    ("apart", "exact"),
    [(Apart(100.0, 100.0), True), (Apart(100.0, 99.0), False), (Apart(np.inf, np.inf), True)],
)
def test_a_cost_is_exact_if_its_bound_is_close(apart: Apart, exact: bool) -> None:
    assert apart.exact is exact


def test_never_is_no_reason_to_stop() -> None:
    assert never() is False
