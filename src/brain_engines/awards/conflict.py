"""Say why a round has no award: a smallest conflict in words, and what would resolve it.

The demands, bid terms and rules of the round are its *terms*; each can be dropped. QuickXplain
(Junker 2004) finds terms that cannot hold together although any of them dropped lets the rest
hold: nobody can shorten the list. Then each of them is relaxed alone, by bisection, as little as
makes an award possible; where none suffices alone, terms are dropped one conflict after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from brain_engines import milp
from brain_engines.awards.model import build
from brain_engines.awards.problem import Conflict, Relaxation, Round
from brain_engines.awards.scaling import scale
from brain_engines.awards.terms import Term, terms_of

STEPS = 12
"""Halvings of a bisection: a relaxation is found to about one part in four thousand."""


def find_conflict(round_: Round) -> tuple[tuple[Conflict, ...], tuple[Relaxation, ...]]:
    """Find a smallest conflict of an infeasible round and what would resolve it; empty if it has an award."""
    terms = terms_of(round_)
    if has_award(round_):
        return (), ()
    core = smallest_conflict(round_, terms)
    single = [(term, needed) for term in core for needed in _alone(round_, term)]
    if single:
        relaxations = tuple(term.relaxation(needed) for term, needed in single)
    else:
        relaxations = tuple(term.relaxation(None) for term in _together(round_, terms))
    return tuple(term.conflict() for term in core), relaxations


def has_award(round_: Round) -> bool:
    """Say whether any award keeps every term, whatever it costs."""
    model = build(round_).linear
    if not model.width:
        sides = zip(model.row_lower, model.row_upper, strict=True)
        return all((low is None or low <= 0) and (high is None or high >= 0) for low, high in sides)
    model.cost = [0] * model.width
    return milp.minimise(scale(model).program).values is not None


def dropped(round_: Round, terms: Iterable[Term]) -> Round:
    """Drop terms from a round."""
    for term in terms:
        round_ = term.loosened(round_, None)
    return round_


def smallest_conflict(round_: Round, terms: Sequence[Term]) -> list[Term]:
    """Find terms that cannot hold together, none of which can be left out; order is kept."""

    def holds(kept: list[Term]) -> bool:
        names = {term.place + term.code for term in kept}
        return has_award(dropped(round_, (term for term in terms if term.place + term.code not in names)))

    def explain(base: list[Term], added: bool, candidates: list[Term]) -> list[Term]:
        if added and not holds(base):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        from_second = explain(base + first, bool(first), second)
        return explain(base + from_second, bool(from_second), first) + from_second

    # Terms tried last are the first to be left out, so plain demands explain more than rules do.
    return explain([], False, list(terms)) if not holds(list(terms)) else []


def _alone(round_: Round, term: Term) -> list[Decimal | None]:
    """Find how far one term must be loosened for an award to exist; empty if that does not help."""
    if not has_award(term.loosened(round_, None)):
        return []
    if term.value is None or term.loosest is None or not has_award(term.loosened(round_, term.loosest)):
        return [None]
    tight, loose = term.value, term.loosest
    for _ in range(STEPS):
        middle = ((tight + loose) / 2 / term.step).to_integral_value() * term.step
        if middle in (tight, loose):
            break
        if has_award(term.loosened(round_, middle)):
            loose = middle
        else:
            tight = middle
    return [loose]


def _together(round_: Round, terms: Sequence[Term]) -> list[Term]:
    """Drop one term of each conflict, rules before bid terms before demands, until an award exists."""
    chosen: list[Term] = []
    left = list(terms)
    while not has_award(round_) and left:
        core = smallest_conflict(round_, left)
        term = max(core, key=terms.index)
        chosen.append(term)
        left = [other for other in left if other is not term]
        round_ = term.loosened(round_, None)
    return chosen
