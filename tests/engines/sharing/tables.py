"""Small games given by the costs of all groups, and what a linear program over all of them says."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from brain_engines.sharing.game import TableGame
from brain_engines.sharing.linear import LinearProgram, solve_linear
from brain_engines.sharing.master import Master


def all_groups(members: int) -> list[frozenset[int]]:
    """List every group but the empty one."""
    sizes = range(1, members + 1)
    return [frozenset(group) for size in sizes for group in combinations(range(members), size)]


@st.composite
def table_games(draw: st.DrawFn) -> TableGame:
    """Draw a game of two to five members; buying together is usually, not always, cheaper."""
    members = draw(st.integers(2, 5))
    return TableGame(
        members,
        {
            group: float(draw(st.integers(40 * len(group) + 30, 90 * len(group) + 30)))
            for group in all_groups(members)
        },
    )


def least_core_value(game: TableGame) -> float:
    """Find the least ε with p(S) ≤ C(S) + ε for all proper groups S, from all of them at once."""
    everybody = frozenset(range(game.members))
    bill = game.costs[everybody]
    size = game.members + 1
    program = LinearProgram(np.append(np.zeros(size - 1), 1.0), np.full(size, -np.inf), np.full(size, np.inf))
    program.add(np.append(np.ones(size - 1), 0.0), bill, bill)
    for group, cost in game.costs.items():
        if group != everybody:
            row = np.array([float(at in group) for at in range(size - 1)] + [-1.0])
            program.add(row, -np.inf, cost)
    return solve_linear(program).objective


def by_member(game: TableGame, reference: np.ndarray, alone: float = np.inf) -> Master:
    """Make a master over members, with nobody bound to its cost alone unless given."""
    members = game.members
    return Master(np.eye(members), reference, np.zeros(members), np.full(members, alone), non_negative=False)
