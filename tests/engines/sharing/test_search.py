import numpy as np
import pytest
from hypothesis import given, settings

from brain_engines.sharing.game import Question, TableGame, never
from brain_engines.sharing.search import Aim, Budget, search
from tests.engines.sharing.tables import by_member, least_core_value, table_games

FINE = 1e-3
LEAST_CORE = Aim("least-core", whole=True, floor=-np.inf, allowance=FINE / 2, precision=FINE, proper=True)
NEAREST = Aim("credits", whole=True, floor=0.0, allowance=FINE / 2, precision=FINE)


def budget(seconds: float = 60.0, should_stop=never) -> Budget:
    return Budget(seconds, 10.0, should_stop, lambda _stage, _checks, _bound: None)


def equal_split(game: TableGame) -> np.ndarray:
    return np.full(game.members, game.costs[frozenset(range(game.members))] / game.members)


@settings(max_examples=60, deadline=None)
@given(table_games())
def test_group_by_group_the_least_core_is_that_of_all_groups_at_once(game: TableGame) -> None:
    found = search(by_member(game, equal_split(game)), game, LEAST_CORE, budget())

    assert found.settled
    assert found.least == pytest.approx(least_core_value(game), abs=2 * FINE)
    assert found.bound <= least_core_value(game) + 2 * FINE
    assert found.borne.sum() == pytest.approx(equal_split(game).sum(), abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(table_games())
def test_a_stable_split_is_found_exactly_when_there_is_one(game: TableGame) -> None:
    found = search(by_member(game, equal_split(game)), game, NEAREST, budget())

    worst = game.most_regret(Question(found.borne, whole=True, precision=0.0)).value
    assert found.settled
    assert worst == pytest.approx(max(worst, found.bound), abs=1e-6)
    assert worst <= max(0.0, least_core_value(game)) + 2 * FINE
    assert worst >= least_core_value(game) - 2 * FINE


@settings(max_examples=20, deadline=None)
@given(table_games())
def test_a_search_that_is_stopped_keeps_a_split_and_its_bound(game: TableGame) -> None:
    found = search(by_member(game, equal_split(game)), game, LEAST_CORE, budget(should_stop=lambda: True))

    question = Question(found.borne, whole=True, precision=0.0, proper=True)
    assert found.bound >= game.most_regret(question).value - 1e-9
    assert found.borne.sum() == pytest.approx(equal_split(game).sum(), abs=1e-4)


def test_progress_is_told_with_the_stage_the_check_and_the_bound() -> None:
    game = TableGame(2, {frozenset({0}): 60.0, frozenset({1}): 300.0, frozenset({0, 1}): 300.0})
    told: list[tuple[str, int, float]] = []
    listening = Budget(60.0, 10.0, never, lambda stage, checks, bound: told.append((stage, checks, bound)))

    search(by_member(game, equal_split(game)), game, NEAREST, listening)

    assert told[0] == ("credits", 1, 90.0)
    assert [checks for _, checks, _ in told] == list(range(1, len(told) + 1))


def test_no_time_left_is_a_reason_to_stop() -> None:
    assert budget(seconds=0.0).over
    assert budget().left > 0
