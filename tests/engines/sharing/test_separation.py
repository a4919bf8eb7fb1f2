"""The search over all groups must agree with awarding every group's own round."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from brain_engines.awards.problem import AwardStatus, Bid, Round
from brain_engines.awards.restrict import restrict
from brain_engines.awards.solve import solve
from brain_engines.sharing.game import Question
from brain_engines.sharing.separation import RoundGame, plain_statement, strong_statement
from tests.engines.sharing.rounds import (
    make_round,
    medium_round,
    pool_that_needs_everybody,
    pool_with_empty_core,
    small_rounds,
)

ROUNDING = 0.5
"""A group's own round has its shares of capacities rounded down to a thousandth; the search has not."""
STATEMENTS = [strong_statement, plain_statement]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(small_rounds())
def test_costs_apart_are_those_of_the_groups_own_rounds(round_: Round) -> None:
    games = [RoundGame(round_, statement) for statement in STATEMENTS]

    for size in range(1, len(round_.members) + 1):
        for group in combinations(range(len(round_.members)), size):
            award = solve(restrict(round_, [round_.members[at].id for at in group]))
            costs = [game.cost(group, seconds=20).cost for game in games]
            assert costs[0] == pytest.approx(costs[1], abs=1e-3)
            assert award.status is not AwardStatus.INFEASIBLE
            assert (
                float(award.evaluated_cost or 0) - ROUNDING
                <= costs[0]
                <= float(award.evaluated_cost or 0) + 0.02
            )


@settings(max_examples=25, deadline=None, derandomize=True)
@given(small_rounds())
def test_both_statements_name_the_same_worst_regret_and_parts_gain_no_less(round_: Round) -> None:
    games = [RoundGame(round_, statement) for statement in STATEMENTS]
    borne = np.array([1.1 * games[0].cost((at,), seconds=20).cost for at in range(len(round_.members))])

    whole = [game.most_regret(Question(borne, whole=True, precision=1e-4)) for game in games]
    parts = [game.most_regret(Question(borne, whole=False, precision=1e-4)) for game in games]

    assert whole[0].value == pytest.approx(whole[1].value, abs=1e-2)
    assert parts[0].value == pytest.approx(parts[1].value, abs=1e-2)
    assert parts[0].bound >= whole[0].value - 1e-3
    assert whole[0].bound >= whole[0].value


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_pair_that_shares_the_cheap_mill_gains_most(statement) -> None:
    game = RoundGame(pool_with_empty_core(), statement)

    regret = game.most_regret(Question(np.full(3, 2600 / 3), whole=True, precision=1e-6))

    assert sum(regret.participation or ()) == 2
    assert [regret.cost, regret.value] == pytest.approx([1600, 400 / 3])


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_group_that_cannot_buy_apart_costs_infinitely_much(statement) -> None:
    game = RoundGame(pool_that_needs_everybody(), statement)

    assert game.cost((0,), seconds=5).cost == np.inf
    assert game.cost((0, 1), seconds=5).cost == pytest.approx(1500)


def test_no_proper_group_is_found_where_none_can_buy() -> None:
    question = Question(np.array([500.0, 1000.0]), whole=True, precision=1e-6, proper=True)

    regret = RoundGame(pool_that_needs_everybody()).most_regret(question)

    assert regret.participation is None
    assert regret.bound == -np.inf


def test_the_member_asked_for_is_in_the_group_found() -> None:
    game = RoundGame(pool_with_empty_core())

    for member in range(3):
        regret = game.most_regret(
            Question(np.array([700.0, 950.0, 950.0]), whole=True, precision=1e-6, within=member)
        )
        assert regret.participation is not None
        assert regret.participation[member] == 1.0


def test_a_search_that_is_stopped_still_gives_a_bound_that_holds() -> None:
    game = RoundGame(medium_round())
    borne = np.array([game.cost((at,), seconds=5).cost for at in range(12)])

    stopped = game.most_regret(Question(borne, whole=True, precision=1e-6, should_stop=lambda: True))
    finished = game.most_regret(Question(borne, whole=True, precision=1e-6))

    assert stopped.bound >= finished.value - 1e-3


def test_a_round_without_demands_costs_nothing() -> None:
    round_ = make_round({"a": {}, "b": {}}, Bid("s", ()))

    assert RoundGame(round_).cost((0, 1), seconds=5).cost == 0
