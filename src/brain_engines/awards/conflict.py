"""Say why a round has no award: a smallest conflict in words, and what would resolve it.

The demands, bid terms and rules of the round are its *terms*; each can be dropped. QuickXplain
(Junker 2004) finds terms that cannot hold together although any of them dropped lets the rest
hold: nobody can shorten the list. Then each of them is relaxed alone, by bisection, as little as
makes an award possible; where none suffices alone, terms are dropped one conflict after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from brain_engines import milp
from brain_engines.awards.model import build
from brain_engines.awards.problem import Conflict, Relaxation, Round
from brain_engines.awards.scaling import scale
from brain_engines.awards.terms import Term, terms_of

STEPS = 12
"""Halvings of a bisection: a relaxation is found to about one part in four thousand."""


ShouldStop = Callable[[], bool]


class GaveUp(RuntimeError):
    """The search for a conflict was stopped before it knew one."""


def never() -> bool:
    """Let a search run to its end."""
    return False


def find_conflict(
    round_: Round, should_stop: ShouldStop = never
) -> tuple[tuple[Conflict, ...], tuple[Relaxation, ...]]:
    """Find a smallest conflict of an infeasible round and what would resolve it; empty if it has an award.

    Stopped early, it gives what it knows: perhaps no relaxations, perhaps nothing.
    """
    core: list[Term] = []
    helpful: list[Relaxation] = []
    try:
        if has_award(round_, should_stop):
            return (), ()
        terms = terms_of(round_)
        core = smallest_conflict(round_, terms, should_stop)
        for term in core:
            helpful += [term.relaxation(needed) for needed in _alone(round_, term, should_stop)]
        if not helpful:
            helpful = [term.relaxation(None) for term in _together(round_, terms, should_stop)]
    except GaveUp:
        pass
    return tuple(term.conflict() for term in core), tuple(helpful)


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


def smallest_conflict(round_: Round, terms: Sequence[Term], should_stop: ShouldStop = never) -> list[Term]:
    """Find terms that cannot hold together, none of which can be left out; order is kept."""

    def holds(kept: list[Term]) -> bool:
        names = {term.place + term.code for term in kept}
        others = (term for term in terms if term.place + term.code not in names)
        return has_award(dropped(round_, others), should_stop)

    def explain(base: list[Term], added: bool, candidates: list[Term]) -> list[Term]:
        if added and not holds(base):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        from_second = explain(base + first, bool(first), second)
        return explain(base + from_second, bool(from_second), first) + from_second

    return explain([], False, list(terms)) if not holds(list(terms)) else []


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
    return [loose]


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
