"""Cutting planes: ask for the group with most to gain, forbid its gain, split anew.

The least ε over the groups found so far is a lower bound on the worst regret that any split
can have; the search over all groups at the present split gives an upper bound. The search
ends when both are close, and it looks at the split nearest to the reference within a level
between them, which keeps successive splits from jumping about.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from brain_engines.sharing.game import Game, Question, Regret, ShouldStop
from brain_engines.sharing.master import Cut, Master

Floats = NDArray[np.float64]
OnCheck = Callable[[str, int, float], None]


@dataclass
class Budget:
    """The time and checks that are left, and whether the caller wants to stop."""

    seconds: float
    check_seconds: float
    should_stop: ShouldStop
    on_check: OnCheck
    checks: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Compute the seconds left."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    @property
    def over(self) -> bool:
        """Say whether the search must end."""
        return self.left <= 0.0 or self.should_stop()

    def ask(self, game: Game, stage: str, question: Question) -> Regret:
        """Ask the game for the group with most to gain within what is left of the time."""
        seconds = max(0.5, min(self.check_seconds, self.left))
        regret = game.most_regret(replace(question, seconds=seconds, should_stop=self.should_stop))
        self.checks += 1
        self.on_check(stage, self.checks, regret.bound)
        return regret


@dataclass(frozen=True)
class Aim:
    """What a search is for.

    ``floor``: the regret below which no split is better than another (0: stable is good enough);
    ``allowance``: how far above the least regret the nearest split may lie; ``precision``: the
    distance of the bounds at which the search ends. All in evaluated cost.
    """

    stage: str
    whole: bool
    floor: float
    allowance: float
    precision: float
    proper: bool = False
    max_rounds: int = 400


@dataclass(frozen=True)
class Found:
    """A split, a proven bound on any group's regret under it, and the least that any split can have.

    ``worst`` is the group with most to gain under this split, if one was found.
    """

    borne: Floats
    moved: Floats
    bound: float
    least: float
    settled: bool
    worst: tuple[Cut, ...] = ()


def search(master: Master, game: Game, aim: Aim, budget: Budget) -> Found:
    """Find the split nearest to the reference whose worst regret is as small as can be, or nearly."""
    best: Found | None = None
    theta = 0.3
    for _ in range(aim.max_rounds):
        least = master.least(max(aim.floor, -2.0 * abs(master.total)))
        if best is not None and best.bound <= least + aim.precision:
            return replace(best, least=least, settled=True)
        level = least + aim.allowance
        if best is not None and least > aim.floor:
            level = max(level, least + theta * (best.bound - least))
        moved = master.nearest(level)
        borne = master.payments(moved)
        regret = budget.ask(
            game,
            aim.stage,
            Question(
                borne + master.reserves, whole=aim.whole, precision=aim.precision / 4, proper=aim.proper
            ),
        )
        settled = regret.bound <= least + aim.precision
        worst = () if regret.participation is None else (Cut(regret.participation, regret.cost),)
        if settled or best is None or regret.bound < best.bound:
            best = Found(borne, moved, regret.bound, least, settled, worst)
        if settled:
            break
        if not worst or budget.over:
            break
        if regret.value <= level + 1e-7 * abs(master.total):
            theta /= 2
            if theta < 0.01 or level <= least + aim.allowance:
                break
        master.add(*worst)
    assert best is not None
    return best
