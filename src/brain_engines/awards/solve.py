"""Find the award of least evaluated cost.

Three steps: HiGHS solves the mixed-integer program of :mod:`brain_engines.awards.model` with
quantities as real numbers; with its choices fixed, quantities become whole thousandths; then
our own branch and bound writes a proof that an independent checker accepts
(:mod:`brain_engines.awards.proof`). Amounts are recomputed in decimals from the quantities.
The same round gives the same award unless a time limit or a stop cuts the search short.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np

from brain_engines import milp
from brain_engines.awards.allocate import allocate
from brain_engines.awards.certificate import Proof
from brain_engines.awards.conflict import Explanation, explain_conflict
from brain_engines.awards.cuts import extended
from brain_engines.awards.evaluate import Choice, Priced, evaluate, half_up, quantity_of
from brain_engines.awards.io import round_sha256
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import MONEY, AwardModel, build
from brain_engines.awards.pricing import quanta
from brain_engines.awards.problem import Award, AwardStatus, Round, Unfilled
from brain_engines.awards.proof import Search, Stop, prove
from brain_engines.awards.scaling import Scaled, scale
from brain_engines.awards.separate import separate
from brain_engines.awards.ties import in_declared_order, with_choices_of

FEW_QUANTA = 10_000
INFINITY = float("inf")
OPTIMAL_GAP = Fraction(1, 1_000_000)
PROOF_GAP = OPTIMAL_GAP * 9 / 10
SEARCH_SHARE = 0.7
"""The part of a time limit that the search for an award may use; the rest is for the proof."""


@dataclass(frozen=True)
class Limits:
    """When to stop: seconds, the gap that is small enough, leaves of the proof."""

    seconds: float = float("inf")
    gap: float = 1e-7
    leaves: int = 20_000


@dataclass(frozen=True)
class Progress:
    """How far a run is: costs in the round's currency; ``best`` is infinite before the first award."""

    phase: str
    best: float
    bound: float
    gap: float
    nodes: int
    seconds: float


class BoundSource(StrEnum):
    """Who says that nothing is cheaper than the bound."""

    CERTIFICATE = "certificate"
    SOLVER = "solver"


@dataclass(frozen=True)
class Solution:
    """An award, who vouches for its bound, and how big the program was.

    ``proof`` vouches for the award's bound, or for there being no award; None if only the solver says so.
    """

    award: Award
    bound_source: BoundSource
    proof: Proof | None
    statistics: dict[str, int]


class NoAwardYet(RuntimeError):
    """The run was stopped before it found any award; ``bound`` is what is known so far."""

    def __init__(self, bound: Decimal) -> None:
        self.bound = bound
        super().__init__(f"Stopped before an award was found; none can cost less than {bound}.")


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


def solve(
    round_: Round,
    *,
    limits: Limits = Limits(),
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Award:
    """Award a round at the least evaluated cost; see :func:`find` for what else is known."""
    return find(round_, limits=limits, on_progress=on_progress, should_stop=should_stop).award


def find(
    round_: Round,
    *,
    limits: Limits = Limits(),
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    explain_infeasible: bool = True,
) -> Solution:
    """Award a round and tell everything known about the award's quality.

    An infeasible round's award names a smallest conflict unless ``explain_infeasible`` is false.
    Raises :class:`NoAwardYet` if it is stopped before there is an award.
    """
    watch = milp.Stopwatch()
    model = build(round_)
    few = sum(quanta(demand.quantity) for demand in round_.demands) <= FEW_QUANTA
    stop = _stop(limits, watch, on_progress, should_stop)

    def tell_bound(bound: float) -> None:
        if on_progress is not None:
            on_progress(Progress("cuts", INFINITY, bound / MONEY, INFINITY, 0, watch.seconds))

    cuts = separate(model, stop.reached, tell_bound)
    scaled = scale(extended(model.linear, cuts), whole=few)
    result = milp.minimise(
        scaled.program,
        milp.Limits(seconds=limits.seconds * SEARCH_SHARE, relative_gap=limits.gap),
        on_progress=None if on_progress is None else _translated(on_progress, scaled),
        should_stop=should_stop,
    )
    point = None if result.values is None else whole_point(model.linear, result.values * scaled.columns)
    bound = (
        max(Fraction(0), Fraction(result.bound) * Fraction(scaled.money) / MONEY) if _finite(result) else None
    )
    search = prove(model, cuts, point, stop, max(Fraction(limits.gap), PROOF_GAP))
    statistics = {
        "columns": model.linear.width,
        "rows": model.linear.height,
        "nodes": result.nodes,
        "leaves": search.leaves,
        "cuts": len(cuts),
    }
    if search.point is None:
        return _without_award(round_, result, search, statistics, stop if explain_infeasible else None)
    choice = read_choice(model, in_declared_order(model, search.point))
    certified = search.bound or Fraction(0)
    if bound is None or certified >= bound or _closes(round_, choice, certified, limits):
        award = state_award(round_, choice, certified, proved=True)
        return Solution(award, BoundSource.CERTIFICATE, search.proof, statistics)
    return Solution(state_award(round_, choice, bound), BoundSource.SOLVER, None, statistics)


def _finite(result: milp.MixedResult) -> bool:
    return result.values is not None and abs(result.bound) != float("inf")


def _closes(round_: Round, choice: Choice, bound: Fraction, limits: Limits) -> bool:
    """Say whether a bound is near enough to a choice's cost for what was asked."""
    exact = evaluate(round_, choice).exact
    return exact - bound <= max(OPTIMAL_GAP, Fraction(limits.gap)) * exact


def _without_award(
    round_: Round,
    result: milp.MixedResult,
    search: Search,
    statistics: dict[str, int],
    stop: Stop | None,
) -> Solution:
    """Say that there is no award and, with ``stop``, why; or that none was found in time."""
    if search.bound is None or result.status is milp.Status.INFEASIBLE:
        why = Explanation() if stop is None else explain_conflict(round_, stop.reached)
        statistics["smallest_conflict"] = int(why.smallest)
        award = Award(
            AwardStatus.INFEASIBLE,
            round_.id,
            round_sha256(round_),
            conflicts=why.conflicts,
            relaxations=why.relaxations,
        )
        source = BoundSource.CERTIFICATE if search.bound is None else BoundSource.SOLVER
        return Solution(award, source, search.proof if search.bound is None else None, statistics)
    raise NoAwardYet(half_up(max(search.bound, Fraction(0))))


def _stop(
    limits: Limits, watch: milp.Stopwatch, on_progress: OnProgress | None, should_stop: ShouldStop | None
) -> Stop:
    """State when the search for a proof ends, and whom it tells."""

    def reached() -> bool:
        return watch.seconds > limits.seconds or (should_stop is not None and should_stop())

    def tell(best: float, bound: float, nodes: int) -> None:
        if on_progress is not None:
            gap = (best - bound) / best if best not in (0.0, float("inf")) else float("inf")
            on_progress(Progress("proof", best, bound, gap, nodes, watch.seconds))

    return Stop(limits.leaves, reached, tell)


def _translated(on_progress: OnProgress, scaled: Scaled) -> Callable[[milp.Progress], None]:
    """Turn the solver's figures into the round's currency."""
    unit = scaled.money / MONEY

    def tell(p: milp.Progress) -> None:
        on_progress(Progress("search", p.best * unit, p.bound * unit, p.gap, p.nodes, p.seconds))

    return tell


def whole_point(model: LinearModel, values: milp.program.Floats) -> list[int]:
    """Keep a solution's choices and find the cheapest whole quantities that go with them.

    With the choices fixed the program is nearly a network, so the linear optimum is nearly whole;
    a small program looks for whole quantities around it, in growing boxes.
    """
    rounded = [round(value) for value in values]
    fixed = with_choices_of(model, rounded)
    program = scale(fixed)
    relaxed = milp.LinearSolver(program.program).run()
    base = rounded
    if relaxed.values is not None:
        base = [round(value) for value in relaxed.values * program.columns]
        if model.violated(base) is None:
            return base
    for reach in (2, 50, 10_000):
        point = _near(fixed, base, reach)
        if point is not None and model.violated(point) is None:
            return point
    everything = milp.minimise(scale(model, whole=True).program)
    if everything.values is None:
        raise milp.SolverFailed("no whole quantities fit an award that fits in real numbers")
    point = [round(value) for value in everything.values]
    if model.violated(point) is not None:
        raise milp.SolverFailed("the solver's whole quantities break a row when checked exactly")
    return point


def _near(model: LinearModel, base: list[int], reach: int) -> list[int] | None:
    """Find the cheapest whole point at most ``reach`` quanta from a base point, or None."""
    size = range(model.width)
    moved = LinearModel(
        cost=model.cost,
        lower=[max(model.lower[j] - base[j], -reach) for j in size],
        upper=[min(model.upper[j] - base[j], reach) for j in size],
        binary=[False] * model.width,
        starts=model.starts,
        columns=model.columns,
        values=model.values,
    )
    if any(low > high for low, high in zip(moved.lower, moved.upper, strict=True)):
        return None
    for row in range(model.height):
        there = model.activity(row, base)
        low, high = model.row_lower[row], model.row_upper[row]
        moved.row_lower.append(None if low is None else low - there)
        moved.row_upper.append(None if high is None else high - there)
    result = milp.minimise(scale(moved, whole=True).program)
    if result.values is None:
        return None
    return [value + round(change) for value, change in zip(base, np.asarray(result.values), strict=True)]


def read_choice(model: AwardModel, point: list[int]) -> Choice:
    """Read what a point of the program buys; groups leave their last declared demands unfilled."""
    quantities: dict[tuple[str, str], int] = {}
    for (supplier, item, _), column in model.variables.quantity.items():
        if point[column]:
            quantities[supplier, item] = quantities.get((supplier, item), 0) + point[column]
    packages = frozenset(key for key, column in model.variables.package.items() if point[column])
    places = {id(demand): number for number, demand in enumerate(model.round.demands)}
    unfilled: dict[int, int] = {}
    for number, column in model.variables.unfilled.items():
        left = point[column]
        for demand in reversed(model.groups[number].demands):
            part = min(left, quanta(demand.quantity))
            if part:
                unfilled[places[id(demand)]] = part
                left -= part
    return Choice(quantities, packages, dict(sorted(unfilled.items())))


def state_award(round_: Round, choice: Choice, bound: Fraction, *, proved: bool = False) -> Award:
    """Write the award of a choice with a bound; ``proved`` says that a certificate vouches for it."""
    priced = evaluate(round_, choice)
    bound = max(Fraction(0), min(bound, priced.exact))
    optimal = proved and priced.exact - bound <= OPTIMAL_GAP * priced.exact
    return Award(
        status=AwardStatus.OPTIMAL if optimal else AwardStatus.FEASIBLE,
        round=round_.id,
        round_sha256=round_sha256(round_),
        evaluated_cost=priced.evaluated,
        landed_cost=priced.landed,
        lower_bound=lower_bound_of(priced, bound),
        gap=half_up((priced.exact - bound) / priced.exact if priced.exact else Fraction(0), 6),
        lines=priced.lines,
        packages=priced.packages,
        charges=priced.charges,
        allocations=allocate(round_, choice),
        unfilled=tuple(
            Unfilled(round_.demands[n].member, round_.demands[n].item, quantity_of(count))
            for n, count in choice.unfilled.items()
        ),
    )


def lower_bound_of(priced: Priced, bound: Fraction) -> Decimal:
    """Round a bound down to the cent, and not above the cost as stated."""
    cents = bound * 100
    return min(Decimal(cents.numerator // cents.denominator).scaleb(-2), priced.evaluated)
