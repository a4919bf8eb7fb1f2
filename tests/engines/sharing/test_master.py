import numpy as np
import pytest
from hypothesis import given, settings

from brain_engines.sharing.game import TableGame
from brain_engines.sharing.master import Cut, Master
from tests.engines.sharing.tables import by_member, least_core_value, table_games


def _with_all_cuts(game: TableGame, master: Master, *, proper: bool = False) -> Master:
    for group, cost in game.costs.items():
        if not (proper and len(group) == game.members):
            master.add(Cut(tuple(float(at in group) for at in range(game.members)), cost))
    return master


@settings(max_examples=50, deadline=None)
@given(table_games())
def test_with_all_groups_as_cuts_the_least_is_the_least_core(game: TableGame) -> None:
    bill = game.costs[frozenset(range(game.members))]
    master = _with_all_cuts(game, by_member(game, np.full(game.members, bill / game.members)), proper=True)

    assert master.least(-10_000.0) == pytest.approx(least_core_value(game), abs=1e-3)
    assert master.least(0.0) == pytest.approx(max(0.0, least_core_value(game)), abs=1e-3)


@settings(max_examples=50, deadline=None)
@given(table_games())
def test_the_nearest_split_keeps_the_budget_and_every_cut(game: TableGame) -> None:
    bill = game.costs[frozenset(range(game.members))]
    weights = np.arange(1.0, game.members + 1)
    master = _with_all_cuts(game, by_member(game, bill * weights / weights.sum()))
    level = master.least(0.0) + 0.5

    payments = master.payments(master.nearest(level))

    assert payments.sum() == pytest.approx(bill, abs=1e-4)
    for group, cost in game.costs.items():
        assert payments[sorted(group)].sum() <= cost + level + 1e-3


def test_the_nearest_split_of_a_reference_on_the_boundary_keeps_the_budget() -> None:
    """A least-squares solver once lost the budget here: the reference touches the core and is the answer."""
    game = TableGame(2, {frozenset({0}): 100.0, frozenset({1}): 300.0, frozenset({0, 1}): 400.0})
    master = _with_all_cuts(game, by_member(game, np.array([100.0, 300.0])))

    payments = master.payments(master.nearest(master.least(0.0)))

    assert payments.tolist() == pytest.approx([100.0, 300.0], abs=1e-6)
    assert payments.sum() == pytest.approx(400.0, abs=1e-9)


def test_a_reference_that_is_stable_is_not_moved() -> None:
    game = TableGame(2, {frozenset({0}): 110.0, frozenset({1}): 330.0, frozenset({0, 1}): 400.0})
    master = _with_all_cuts(game, by_member(game, np.array([105.0, 295.0])))

    assert master.nearest(0.0).tolist() == pytest.approx([0.0, 0.0], abs=1e-9)


def test_a_large_move_is_spread_over_keys_rather_than_put_on_one() -> None:
    game = TableGame(3, {frozenset({0}): 90.0, frozenset({0, 1, 2}): 300.0})
    master = _with_all_cuts(game, by_member(game, np.full(3, 100.0)))

    assert master.nearest(0.0).tolist() == pytest.approx([-10.0, 5.0, 5.0], abs=1.01)


def test_nobody_pays_more_than_alone_where_that_is_possible() -> None:
    game = TableGame(2, {frozenset({0, 1}): 200.0})
    master = by_member(game, np.array([150.0, 50.0]), alone=120.0)

    assert master.above_alone() == pytest.approx(0.0, abs=1e-6)
    assert master.payments(master.nearest(0.0))[0] <= 120.0 + 1e-3


def test_where_all_must_pay_more_than_alone_the_least_excess_is_told() -> None:
    game = TableGame(2, {frozenset({0, 1}): 200.0})
    master = by_member(game, np.array([150.0, 50.0]), alone=90.0)

    assert master.above_alone() == pytest.approx(10.0, abs=1e-6)
    assert master.payments(master.nearest(0.0)).tolist() == pytest.approx([100.0, 100.0], abs=1e-3)


def test_where_the_excess_is_more_than_a_little_costs_alone_do_not_bind() -> None:
    game = TableGame(2, {frozenset({0, 1}): 200.0})
    master = by_member(game, np.array([150.0, 50.0]), alone=90.0)
    master.alone_slack = 1.0

    assert master.payments(master.nearest(0.0)).tolist() == pytest.approx([150.0, 50.0], abs=1e-3)


def test_list_prices_do_not_become_negative() -> None:
    portions = np.array([[1.0, 0.0], [0.0, 1.0]])
    master = Master(portions, np.array([10.0, 90.0]), np.zeros(2), np.full(2, np.inf), non_negative=True)
    master.add(Cut((0.0, 1.0), 50.0))
    master.add(Cut((1.0, 0.0), -100.0))

    moved = master.nearest(master.least(0.0) + 1.0)

    assert (master.reference + moved >= -1e-6).all()
