"""The game of a round: costs apart and the search over all groups as one mixed-integer program.

maximise  Σ_m t_m y_m − cost(y)

y_m in {0, 1} says whether a member is in the group, and the round's program under the demands
and capacities of the group gives the cost. With y_m in [0, 1] parts of members are groups too:
the maximum can only be larger, so its bound holds for every group of whole members.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from brain_engines.awards.model import MONEY, Participation, build
from brain_engines.awards.problem import Round
from brain_engines.awards.scaling import scale
from brain_engines.milp import Limits, MixedResult, Program, SolverFailed, Status, minimise
from brain_engines.sharing.game import EXACT, Apart, Question, Regret
from brain_engines.sharing.plain import state

Floats = NDArray[np.float64]
BILL_UNITS = 1e5


@dataclass(frozen=True, eq=False)
class Statement:
    """A round's costs as a program of all groups: participation columns, costs in money."""

    program: Program
    participation: NDArray[np.int32]


def plain_statement(round_: Round) -> Statement:
    """State the round as the checker does."""
    model = state(round_, whole=True)
    plain, rows = model.program, model.program.rows
    starts = np.cumsum([0, *(len(terms) for _, _, terms in rows)]).astype(np.int32)
    flat = [term for _, _, terms in rows for term in terms]
    program = Program(
        cost=np.array(plain.costs),
        lower=np.array(plain.lower),
        upper=np.array(plain.upper),
        integer=np.array(plain.integer, dtype=np.bool_),
        row_lower=np.array([lower for lower, _, _ in rows]),
        row_upper=np.array([upper for _, upper, _ in rows]),
        starts=starts,
        columns=np.array([column for column, _ in flat], dtype=np.int32),
        values=np.array([value for _, value in flat], dtype=np.float64),
    )
    return Statement(program, np.array(model.participation, dtype=np.int32))


def strong_statement(round_: Round) -> Statement:
    """State the round by the award engine's exact model, with members taking part or not."""
    model = build(round_, Participation.BINARY)
    scaled = scale(model.linear)
    program = replace(scaled.program, cost=scaled.program.cost * (scaled.money / MONEY))
    columns = [model.variables.member[member.id] for member in round_.members]
    return Statement(program, np.array(columns, dtype=np.int32))


class RoundGame:
    """Costs apart and most regretful groups of a round, by the exact program of all groups."""

    def __init__(self, round_: Round, statement: Callable[[Round], Statement] = strong_statement) -> None:
        stated = statement(round_)
        self.columns = stated.participation
        self.members = len(round_.members)
        whole_pool = [stated.participation[at] for at in range(self.members)]
        base = stated.program
        sizes = np.array([1.0] * self.members)
        self.scale = BILL_UNITS / max(1.0, _rough_bill(round_))
        self.program = replace(
            base,
            cost=base.cost * self.scale,
            row_lower=np.append(base.row_lower, 0.0),
            row_upper=np.append(base.row_upper, float(self.members)),
            starts=np.append(base.starts, base.starts[-1] + self.members).astype(np.int32),
            columns=np.append(base.columns, whole_pool).astype(np.int32),
            values=np.append(base.values, sizes),
        )

    def cost(self, group: tuple[int, ...], *, seconds: float, gap: float = EXACT) -> Apart:
        """Compute what a group would cost apart to a relative gap; infinite if it cannot buy everything."""
        inside = np.zeros(self.members)
        inside[list(group)] = 1.0
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        lower[self.columns] = upper[self.columns] = inside
        fixed = replace(self.program, lower=lower, upper=upper)
        result = minimise(fixed, Limits(seconds, gap, heuristics=False))
        if result.values is None and result.status is not Status.INFEASIBLE:
            raise SolverFailed(f"No plan for a group of {len(group)} was found in {seconds:.0f} s")
        return Apart(result.objective / self.scale, result.bound / self.scale)

    def most_regret(self, question: Question) -> Regret:
        """Find the group that would gain most apart, with a proven bound on every group's gain."""
        result = self._search(question)
        if result.values is None:
            bound = -result.bound / self.scale
            return Regret(None, 0.0, float("-inf"), bound)
        inside = np.clip(result.values[self.columns], 0.0, 1.0)
        if question.whole:
            inside = np.round(inside)
        borne = float(question.borne @ result.values[self.columns])
        cost = result.objective / self.scale + borne
        value = float(question.borne @ inside) - cost
        return Regret(
            tuple(float(part) for part in inside), cost, value, max(value, -result.bound / self.scale)
        )

    def _search(self, question: Question) -> MixedResult:
        program = self.program
        cost, lower, row_lower, row_upper = (
            each.copy() for each in (program.cost, program.lower, program.row_lower, program.row_upper)
        )
        integer = program.integer.copy()
        cost[self.columns] = -question.borne * self.scale
        integer[self.columns] = question.whole
        if question.within is not None:
            lower[self.columns[question.within]] = 1.0
        if question.proper:
            row_lower[-1], row_upper[-1] = 1.0, self.members - 1.0
        asked = replace(
            program, cost=cost, lower=lower, integer=integer, row_lower=row_lower, row_upper=row_upper
        )
        limits = Limits(question.seconds, 0.0, question.precision * self.scale, heuristics=False)
        return minimise(asked, limits, should_stop=question.should_stop)


def _rough_bill(round_: Round) -> float:
    """Guess the size of the pool's bill from quantities and offered prices, for scaling only."""
    prices = [
        float(offer.price if offer.price is not None else round_.indices[offer.index or ""] + offer.premium)
        for bid in round_.bids
        for offer in bid.offers
    ]
    typical = sorted(prices)[len(prices) // 2] if prices else 1.0
    return typical * sum(float(demand.quantity) for demand in round_.demands)
