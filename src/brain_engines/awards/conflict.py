"""Say why a round has no award: a smallest conflict in words, and what would resolve it.

The demands, bid terms and rules of the round are its *terms*; each can be dropped. QuickXplain
(Junker 2004) finds terms that cannot hold together although any of them dropped lets the rest
hold. Hitting sets then show that no conflict is shorter, or find one that is, unless that takes
too many tries. The number of tries is fixed, so the same file gives the same conflict. Each term
is relaxed alone, by bisection, as little as makes an award possible; where none suffices alone,
terms are dropped one conflict after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from brain_engines import milp
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import build
from brain_engines.awards.problem import Conflict, Relaxation, Round
from brain_engines.awards.scaling import scale
from brain_engines.awards.terms import Term, terms_of

STEPS = 12
"""Halvings of a bisection: a relaxation is found to about one part in four thousand."""


TRIES, LEAST_TRIES = 30_000, 20
"""Programs solved to show that a conflict is the smallest: so many by the number of offers, or the least."""

ShouldStop = Callable[[], bool]


class GaveUp(RuntimeError):
    """The search for a conflict was stopped before it knew one."""


def never() -> bool:
    """Let a search run to its end."""
    return False


@dataclass(frozen=True)
class Explanation:
    """Why a round has no award; ``smallest`` says that no conflict has fewer terms, which was proved.

    Otherwise none of the terms can be left out, but a shorter conflict of other terms may exist.
    """

    conflicts: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    smallest: bool = False


def find_conflict(
    round_: Round, should_stop: ShouldStop = never
) -> tuple[tuple[Conflict, ...], tuple[Relaxation, ...]]:
    """Find a small conflict of an infeasible round and what would resolve it; empty if it has an award."""
    found = explain_conflict(round_, should_stop)
    return found.conflicts, found.relaxations


def explain_conflict(round_: Round, should_stop: ShouldStop = never) -> Explanation:
    """Find a conflict of an infeasible round, a smallest if that is quickly shown, and what resolves it.

    Stopped early, it gives what it knows: perhaps no relaxations, perhaps nothing.
    """
    core: list[Term] = []
    helpful: list[Relaxation] = []
    smallest = False
    try:
        if has_award(round_, should_stop):
            return Explanation()
        terms = terms_of(round_)
        tries = Tries(round_, terms, should_stop)
        core = smallest_conflict(round_, terms, should_stop, tries)
        shorter = shortest_conflict(tries, core)
        core, smallest = (core, False) if shorter is None else (shorter, True)
        for term in core:
            helpful += [term.relaxation(needed) for needed in _alone(round_, term, should_stop)]
        if not helpful:
            helpful = [term.relaxation(None) for term in _together(round_, terms, should_stop)]
    except GaveUp:
        pass
    return Explanation(tuple(term.conflict() for term in core), tuple(helpful), smallest)


def has_award(round_: Round, should_stop: ShouldStop = never) -> bool:
    """Say whether any award keeps every term, whatever it costs; discounts and charges do not matter."""
    bids = tuple(replace(bid, discounts=(), charges=()) for bid in round_.bids)
    model = build(replace(round_, bids=bids)).linear
    if not model.width:
        sides = zip(model.row_lower, model.row_upper, strict=True)
        return all((low is None or low <= 0) and (high is None or high >= 0) for low, high in sides)
    model.cost = [0] * model.width
    result = milp.minimise(scale(model).program, should_stop=should_stop)
    if should_stop() or (result.values is None and result.status is milp.Status.STOPPED):
        raise GaveUp
    return result.values is not None


def dropped(round_: Round, terms: Iterable[Term]) -> Round:
    """Drop terms from a round."""
    for term in terms:
        round_ = term.loosened(round_, None)
    return round_


class Tries:
    """Says whether terms can hold together while all others are dropped, and never asks twice."""

    def __init__(self, round_: Round, terms: Sequence[Term], should_stop: ShouldStop = never) -> None:
        self.round, self.terms, self.should_stop = round_, tuple(terms), should_stop
        self.possible: list[frozenset[int]] = []
        self.impossible: list[frozenset[int]] = []
        self.count = 0

    def hold(self, kept: frozenset[int]) -> bool:
        """Say whether an award keeps these terms, by number."""
        if any(kept <= known for known in self.possible):
            return True
        if any(kept >= known for known in self.impossible):
            return False
        self.count += 1
        others = (term for number, term in enumerate(self.terms) if number not in kept)
        holds = has_award(dropped(self.round, others), self.should_stop)
        (self.possible if holds else self.impossible).append(kept)
        return holds


def smallest_conflict(
    round_: Round, terms: Sequence[Term], should_stop: ShouldStop = never, tries: Tries | None = None
) -> list[Term]:
    """Find terms that cannot hold together, none of which can be left out; order is kept.

    The shorter of two: one with as few rules, one with as few demands as possible.
    """
    asked = tries or Tries(round_, terms, should_stop)
    every = list(range(len(terms)))
    if asked.hold(frozenset(every)):
        return []
    first, second = _explained(asked, every), _explained(asked, every[::-1])
    return [terms[number] for number in sorted(first if len(first) <= len(second) else second)]


def _explained(tries: Tries, order: list[int]) -> list[int]:
    """Find a conflict by QuickXplain that contains terms of the order's end only if it needs them."""

    def explain(base: list[int], added: bool, candidates: list[int]) -> list[int]:
        if added and not tries.hold(frozenset(base)):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        from_second = explain(base + first, bool(first), second)
        return explain(base + from_second, bool(from_second), first) + from_second

    return explain([], False, order)


def shortest_conflict(tries: Tries, core: Sequence[Term]) -> list[Term] | None:
    """Find a conflict of fewest terms; None if that takes too many tries.

    Terms whose dropping allows an award are hit by every conflict. A smallest set that hits all
    those known is a lower bound, and a smallest conflict once it is one itself (Ignatiev et al.,
    Smallest MUS extraction with minimal hitting set dualization, 2015).
    """
    budget = tries.count + max(LEAST_TRIES, TRIES // (1 + sum(len(b.offers) for b in tries.round.bids)))
    every = frozenset(range(len(tries.terms)))
    blamed = frozenset(number for number, term in enumerate(tries.terms) if term in core)
    corrections = [every - kept for kept in tries.possible]
    while tries.count < budget:
        hitting = _hitting_set(len(tries.terms), corrections)
        if len(hitting) >= len(core):
            return list(core)
        if not tries.hold(hitting):
            return [tries.terms[number] for number in sorted(hitting)]
        corrections.append(every - _grown(tries, hitting, blamed, budget))
    return None


def _hitting_set(size: int, sets: Sequence[frozenset[int]]) -> frozenset[int]:
    """Find a set of fewest numbers below ``size`` that has one in common with each set."""
    model = LinearModel()
    for _ in range(size):
        model.add_column(cost=1, binary=True)
    for one in sets:
        model.add_row([(number, 1) for number in sorted(one)], 1, None)
    result = milp.minimise(scale(model, whole=True).program)
    if result.values is None:
        raise milp.SolverFailed("no set hits all sets")
    return frozenset(int(number) for number in np.flatnonzero(result.values > 0.5))


def _grown(tries: Tries, kept: frozenset[int], blamed: frozenset[int], budget: int) -> frozenset[int]:
    """Add terms, many at a time, while they hold together; what is left when tries run out stays out.

    Those of a known conflict come last.
    """
    rest = frozenset(range(len(tries.terms))) - kept
    waiting = [chunk for chunk in (sorted(rest & blamed), sorted(rest - blamed)) if chunk]
    while waiting and tries.count < budget:
        chunk = waiting.pop()
        if tries.hold(kept.union(chunk)):
            kept = kept.union(chunk)
        elif len(chunk) > 1:
            half = len(chunk) // 2
            waiting += [chunk[half:], chunk[:half]]
    return kept


def _alone(round_: Round, term: Term, should_stop: ShouldStop) -> list[Decimal | None]:
    """Find how far one term must be loosened for an award to exist; empty if that does not help."""

    def works(value: Decimal | None) -> bool:
        return has_award(term.loosened(round_, value), should_stop)

    if not works(None):
        return []
    if term.value is None or term.loosest is None or not works(term.loosest):
        return [None]
    tight, loose = term.value, term.loosest
    for _ in range(STEPS):
        middle = ((tight + loose) / 2 / term.step).to_integral_value() * term.step
        if middle in (tight, loose):
            break
        tight, loose = (tight, middle) if works(middle) else (middle, loose)
    round_one = _roundest(tight, loose, term.step)
    return [round_one if round_one != loose and works(round_one) else loose]


def _roundest(tight: Decimal, loose: Decimal, step: Decimal) -> Decimal:
    """Find the value with fewest digits between the two, as people state their terms: 70, not 69.996."""
    low, high = sorted((tight, loose))
    unit = Decimal(10) ** high.adjusted()
    while unit >= step:
        if loose < tight:
            found = ((high - step) / unit).to_integral_value(ROUND_FLOOR) * unit
        else:
            found = ((low + step) / unit).to_integral_value(ROUND_CEILING) * unit
        if low < found < high:
            return found
        unit /= 10
    return loose


def _together(round_: Round, terms: Sequence[Term], should_stop: ShouldStop) -> list[Term]:
    """Drop one term of each conflict, rules before bid terms before demands, until an award exists."""
    chosen: list[Term] = []
    left = list(terms)
    while left and not has_award(round_, should_stop):
        core = smallest_conflict(round_, left, should_stop)
        term = max(core, key=terms.index)
        chosen.append(term)
        left = [other for other in left if other is not term]
        round_ = term.loosened(round_, None)
    return chosen
