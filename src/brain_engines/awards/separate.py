"""Find cutting planes for the proof: mixed-integer rounding of rows that bound choices.

Rows are added up so that quantities are replaced by the tiers' least or most (Marchand and
Wolsey, Aggregation and mixed integer rounding to solve MIPs, 2001); divisors are coefficients of
choices that the linear program leaves open. Rounds of cuts are added while the bound rises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from brain_engines import milp
from brain_engines.awards.cuts import Cut, add_up, derive
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import AwardModel
from brain_engines.awards.pricing import in_scope
from brain_engines.awards.scaling import NOISE, Scaled, scale
from brain_engines.milp.program import Floats

Multipliers = dict[int, int]

ROUNDS = 20
CUTS_A_ROUND = 100
FRACTION = 0.005
DIVISORS = 12
DEPTH = 1e-4
LONGEST = 1000
WIDEST = 1e6
RISE = 2e-6
"""A round must raise the bound by this part of it to be followed by another."""


@dataclass(frozen=True, eq=False)
class _Found:
    """A cut with its violation at the point, per unit of length."""

    depth: float
    cut: Cut


def ignore(_bound: float) -> None:
    """Tell nobody."""


def separate(
    award_model: AwardModel, reached: Callable[[], bool], tell: Callable[[float], None] = ignore
) -> tuple[Cut, ...]:
    """Find cuts that raise the linear bound, until a round hardly does; tell the bound after each.

    Stopped in between, it gives the cuts found so far.
    """
    model = award_model.linear
    scaled = scale(model)
    solver = milp.LinearSolver(scaled.program, should_stop=reached)
    bases: list[Multipliers] | None = None
    cuts: tuple[Cut, ...] = ()
    before: float | None = None
    for _ in range(ROUNDS):
        result = solver.run()
        if bases is None and not reached():
            bases = list(aggregations(award_model))
        if bases is None or result.values is None or reached():
            break
        value = result.objective
        if before is not None and value - before < RISE * abs(before):
            break
        before = value
        tell(value * scaled.money)
        found = _round(model, scaled, bases, result.values, reached)
        if not found or reached():
            break
        cuts += tuple(one.cut for one in found)
        _add(solver, scaled, model, found)
    return cuts


def _add(solver: milp.LinearSolver, scaled: Scaled, model: LinearModel, found: list[_Found]) -> None:
    """Add cuts to the linear program, in its scale."""
    for one in found:
        terms, most = derive(model, one.cut)
        columns = np.array([column for column, _ in terms], dtype=np.int32)
        weights = np.array([float(value) for _, value in terms]) * scaled.columns[columns]
        size = float(np.abs(weights).max())
        kept = np.abs(weights) >= NOISE * size
        solver.add_rows(
            np.array([-np.inf]),
            np.array([float(most) / size]),
            np.array([0], dtype=np.int32),
            columns[kept],
            weights[kept] / size,
        )


def aggregations(model: AwardModel) -> Iterator[Multipliers]:
    """Add up rows of the program that together say something about choices alone.

    What a supplier may deliver bounds the least quantities of the tiers chosen; so does what is
    wanted of a discount's items; and what is wanted must fit into the most of the tiers chosen.
    """
    rows = model.rows
    columns = _links(model)
    for row, times, supplier, items in rows.packing:
        base = {row: 1}
        for (who, name, tier), least in rows.least.items():
            inside = all(in_scope(items, item) for item in rows.block[who, name])
            if who == supplier and inside and tier:
                base[least] = -times
        yield base
    families = dict.fromkeys(frozenset(block) for block in rows.block.values())
    single = dict.fromkeys(frozenset((item,)) for item in rows.balance)
    for family in {**families, **single}:
        balance = dict(pair for item in sorted(family) for pair in rows.balance.get(item, ()))
        tiers = {
            row: -1 for (who, name, _), row in rows.least.items() if family.issuperset(rows.block[who, name])
        }
        if tiers:
            yield {**balance, **tiers}
        yield {**{row: -sign for row, sign in balance.items()}, **_covers(model, family, columns)}


Links = dict[str, list[tuple[str, int, int]]]


def _links(model: AwardModel) -> Links:
    """List the quantities that a choice allows by item: supplier, tier and column."""
    found: Links = {}
    for (supplier, item, tier), column in model.variables.quantity.items():
        if column in model.rows.link:
            found.setdefault(item, []).append((supplier, tier, column))
    return found


def _covers(model: AwardModel, family: frozenset[str], links: Links) -> Multipliers:
    """List the rows that bound what is bought of some items by choices, tier by tier the tighter ones."""
    rows, linear = model.rows, model.linear
    covers: Multipliers = {}
    columns: dict[tuple[str, int], list[int]] = {}
    for item in sorted(family):
        for supplier, tier, column in links.get(item, ()):
            columns.setdefault((supplier, tier), []).append(column)
    owner = {
        (who, tier): (name, row)
        for (who, name, tier), row in rows.most.items()
        if family.issuperset(rows.block[who, name])
    }
    for (supplier, tier), members in columns.items():
        name, row = owner.get((supplier, tier), ("", -1))
        inside = set(rows.block.get((supplier, name), ()))
        sold = {item for item in family if (supplier, item, tier) in model.variables.quantity}
        most = sum(linear.upper[column] for column in members)
        if row >= 0 and sold <= inside and most > _reach(linear, row):
            covers[row] = 1
            continue
        covers.update({rows.link[column]: 1 for column in members})
    return covers


def _reach(model: LinearModel, row: int) -> int:
    """Find the U of a row Σx ≤ U z: its only negative coefficient."""
    return -min(model.values[model.starts[row] : model.starts[row + 1]])


def _round(
    model: LinearModel,
    scaled: Scaled,
    bases: list[Multipliers],
    values: Floats,
    reached: Callable[[], bool],
) -> list[_Found]:
    """Round each aggregation in the ways that cut deepest at the point, and keep the deepest."""
    point = values * scaled.columns
    found: list[_Found] = []
    for base in bases:
        if reached():
            break
        one = _deepest(model, scaled, base, point)
        found += [] if one is None else [one]
    found.sort(key=lambda one: -one.depth)
    return found[:CUTS_A_ROUND]


def _deepest(model: LinearModel, scaled: Scaled, base: Multipliers, point: Floats) -> _Found | None:
    """Try the coefficients of fractional choices as divisors, in floats, and derive the deepest cut."""
    multipliers = tuple(sorted(base.items()))
    total, beta, _ = add_up(model, Cut(multipliers, (), 1))
    columns = np.array(list(total), dtype=np.int64)
    if not len(columns):
        return None
    here = point[columns]
    low = np.array([model.lower[c] for c in columns], dtype=np.float64)
    high = np.array([model.upper[c] for c in columns], dtype=np.float64)
    binary = np.array([model.binary[c] for c in columns], dtype=bool)
    values = np.array([float(value) for value in total.values()])
    above = here - low > high - here
    away, distance = np.where(above, -values, values), np.where(above, high - here, here - low)
    rest = float(beta) - float(values @ np.where(above, high, low))
    loose = binary & (here > FRACTION) & (here < 1 - FRACTION) & (np.abs(values) > 1)
    best, divisor = DEPTH, 0
    for size in np.unique(np.abs(values[loose]))[::-1][:DIVISORS]:
        left = rest % size
        unit = size - left
        whole = np.floor(away / size)
        weights = np.where(
            binary, unit * whole + np.maximum(0.0, away - whole * size - left), np.minimum(0.0, away)
        )
        length = float(np.linalg.norm(weights * scaled.columns[columns]))
        depth = (float(weights @ distance) - unit * np.floor(rest / size)) / length if length else 0.0
        if depth > best:
            best, divisor = depth, int(size)
    if not divisor:
        return None
    return _measure(model, scaled, Cut(multipliers, tuple(sorted(columns[above].tolist())), divisor), point)


def _measure(model: LinearModel, scaled: Scaled, cut: Cut, point: Floats) -> _Found | None:
    """Measure how deep a cut is; None if it is long, wide or hardly broken."""
    terms, most = derive(model, cut)
    if not terms or len(terms) > LONGEST:
        return None
    columns = [column for column, _ in terms]
    weights = np.array([float(value) for _, value in terms]) * scaled.columns[columns]
    size = float(np.linalg.norm(weights))
    lengths = np.abs(weights)
    if float(lengths[lengths > NOISE * lengths.max()].min()) * WIDEST < float(lengths.max()):
        return None
    depth = float((weights @ (point[columns] / scaled.columns[columns])) - float(most)) / size
    return _Found(depth, cut) if depth > DEPTH else None
