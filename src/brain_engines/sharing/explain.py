"""What each member may be told: the corridor its payment lies in, and who comes closest to leaving.

The corridor runs from what the member's tonnes add to the pool's bill (the bill less what the
others would pay without it) to what it would pay alone. A payment left of it means that others
carry the member, right of it that it should leave. Of the group closest to leaving with the
member only the size is told, never the names: names would give away rivals' volumes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from brain_engines.awards.problem import Award, Round
from brain_engines.milp import SolverFailed
from brain_engines.sharing.cents import CENT
from brain_engines.sharing.game import Game, Question, Regret, ShouldStop, never
from brain_engines.sharing.pool import Pool, see_pool
from brain_engines.sharing.problem import Shares
from brain_engines.sharing.publish import decimal, in_money
from brain_engines.sharing.search import Budget
from brain_engines.sharing.separation import RoundGame

ZERO = Decimal(0)


@dataclass(frozen=True)
class MemberExplanation:
    """One member's corridor, and the group with it that comes closest to buying apart.

    ``marginal`` is what its tonnes add to the pool's bill; None where the others could not buy
    without it. ``stand_alone`` is None where it cannot buy alone. The closest alternative group
    (never the whole pool) has ``alternative_size`` members and would pay ``alternative_margin``
    more apart, less if negative; no group with the member would pay less than
    ``alternative_at_least`` more. All three are None where no group with it could buy apart.
    """

    member: str
    payment: Decimal
    marginal: Decimal | None
    stand_alone: Decimal | None
    saving: Decimal | None
    saving_percent: Decimal | None
    alternative_size: int | None
    alternative_margin: Decimal | None
    alternative_at_least: Decimal | None


def groups_checked(members: int) -> int:
    """Count the groups that the bound on regret speaks of: all but the empty one.

    >>> groups_checked(28)
    268435455
    """
    return int(2**members) - 1


def explain_shares(  # noqa: PLR0913 - keywords with defaults
    round_: Round,
    award: Award,
    shares: Shares,
    *,
    seconds: float = 2.0,
    precision: float = 1e-5,
    on_progress: Callable[[int], None] | None = None,
    should_stop: ShouldStop = never,
    game: Game | None = None,
) -> tuple[MemberExplanation, ...]:
    """Explain every member's payment, by two searches each that take ``seconds`` on average at most.

    A search may use up to four times as much while others need less. What is not found in time, or
    before the caller stops it, is left out: the costs of the others come first, then the closest
    groups. ``precision`` is a share of the bill.
    """
    pool = see_pool(round_, award)
    everything = seconds * 2 * len(pool.members)
    budget = Budget(everything, 4 * seconds, should_stop, lambda _stage, _checks, _bound: None)
    gap = precision * float(pool.goods)
    teller = _Teller(pool, shares, game or RoundGame(round_), budget, precision, gap)
    members = range(len(pool.members))
    marginals = [teller.marginal(at) for at in members]
    explained = []
    for at in members:
        explained.append(teller.explain(at, marginals[at]))
        if on_progress is not None:
            on_progress(at + 1)
    return tuple(explained)


@dataclass(frozen=True)
class _Teller:
    """What explaining one member's payment needs."""

    pool: Pool
    shares: Shares
    game: Game
    budget: Budget
    precision: float
    gap: float

    def explain(self, at: int, marginal: Decimal | None) -> MemberExplanation:
        """Explain one member's payment."""
        share, closest = self.shares.members[at], self._closest(at)
        size = margin = at_least = None
        if closest is not None and closest.participation is not None:
            group = tuple(other for other, part in enumerate(closest.participation) if part > 0.5)
            together = sum((self.shares.members[other].payment for other in group), ZERO)
            size, margin = len(group), in_money(self.pool, closest.cost, group) - together
            unproved = decimal(max(0.0, closest.bound - closest.value)) * self.pool.ratio
            at_least = (margin - unproved).quantize(CENT)
        return MemberExplanation(
            share.member,
            share.payment,
            marginal,
            share.stand_alone,
            share.saving,
            share.saving_percent,
            size,
            margin,
            at_least,
        )

    def marginal(self, at: int) -> Decimal | None:
        """Subtract what the others would pay without the member from the pool's bill."""
        others = tuple(other for other in range(len(self.pool.members)) if other != at)
        if not others:
            return self.pool.landed
        if self.budget.over:
            return None
        try:
            apart = self.game.cost(
                others, seconds=min(self.budget.left, self.budget.check_seconds), gap=self.precision
            )
        except SolverFailed:
            return None  # no plan of the others was found in the time that was left
        return self.pool.landed - in_money(self.pool, apart.cost, others) if np.isfinite(apart.cost) else None

    def _closest(self, at: int) -> Regret | None:
        """Search the groups with the member in it for the one with least to lose apart."""
        if self.budget.over or len(self.pool.members) < 2:
            return None
        ratio = self.pool.ratio or Decimal(1)
        paid = np.array([float(each.payment / ratio) for each in self.shares.members])
        borne = paid + self.pool.own_reserves
        question = Question(borne, whole=True, precision=self.gap, proper=True, within=at)
        return self.budget.ask(self.game, "explain", question)
