"""The game behind the split: who could buy apart, at which cost, and who would gain most.

:class:`Game` is all that the search for payments needs to know. :class:`RoundGame` in
``separation.py`` answers from a round's exact program, :class:`TableGame` from a table of
the costs of all groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ShouldStop = Callable[[], bool]
EXACT = 1e-7


def never() -> bool:
    """Say that there is no reason to stop."""
    return False


@dataclass(frozen=True)
class Apart:
    """What a group would cost apart by the best plan found, and a bound below which none can go.

    A group that cannot buy everything apart has an infinite cost, and so has its bound.
    """

    cost: float
    bound: float

    @property
    def exact(self) -> bool:
        """Say whether no plan can be cheaper by more than one part in a million."""
        return not np.isfinite(self.cost) or self.cost - self.bound <= 1e-6 * abs(self.cost) + 1e-6


@dataclass(frozen=True)
class Question:
    """Ask which group would gain most by buying apart, if every member bears ``borne``.

    ``whole``: members join whole or not at all; otherwise parts of members count as groups too,
    which takes less time and gives a bound that holds for whole groups all the more. ``proper``
    leaves out the empty group and the whole pool; ``within`` names a member that must be in;
    ``precision`` is the gap at which the search may end.
    """

    borne: Floats
    whole: bool
    precision: float
    proper: bool = False
    within: int | None = None
    seconds: float = 60.0
    should_stop: ShouldStop = never


@dataclass(frozen=True)
class Regret:
    """The best group found, what it would cost apart, what it gains, and a bound on any group's gain.

    ``participation`` is None where no group was found. All amounts are evaluated cost; ``bound``
    holds whether or not the search was stopped.
    """

    participation: tuple[float, ...] | None
    cost: float
    value: float
    bound: float


class Game(Protocol):
    """The cost of any group apart, and the search for the group with most to gain."""

    def cost(self, group: tuple[int, ...], *, seconds: float, gap: float = EXACT) -> Apart:
        """Compute what a group would cost apart to a relative gap; infinite if it cannot buy everything."""

    def most_regret(self, question: Question) -> Regret:
        """Find the group that would gain most apart, with a proven bound on every group's gain."""


class TableGame:
    """A game whose costs are all listed, by frozenset of member numbers; for small pools and tests."""

    def __init__(self, members: int, costs: Mapping[frozenset[int], float]) -> None:
        self.members, self.costs = members, costs

    def cost(
        self,
        group: tuple[int, ...],
        *,
        seconds: float,  # noqa: ARG002 - the protocol's
        gap: float = EXACT,  # noqa: ARG002 - the protocol's
    ) -> Apart:
        """Look up what a group would cost apart."""
        cost = self.costs[frozenset(group)]
        return Apart(cost, cost)

    def most_regret(self, question: Question) -> Regret:
        """Go through all groups; parts of members are not looked at, whatever is asked."""
        best = Regret(None, 0.0, -np.inf, -np.inf)
        for group, cost in self.costs.items():
            if not group or (question.proper and len(group) == self.members):
                continue
            if not np.isfinite(cost) or (question.within is not None and question.within not in group):
                continue
            gain = float(question.borne[sorted(group)].sum()) - cost
            if gain > best.value + 1e-9:
                inside = tuple(float(member in group) for member in range(self.members))
                best = Regret(inside, cost, gain, gain)
        if not question.proper and question.within is None and best.value < 0:
            return Regret((0.0,) * self.members, 0.0, 0.0, 0.0)
        return best
