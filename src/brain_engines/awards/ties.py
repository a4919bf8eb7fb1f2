"""Break ties by declared order: between equally cheap ways to buy, the one declared first.

Two ties are broken exactly. With the choices of an award fixed (which tiers, packages, suppliers),
whole quantities of equal cost are compared by Σ quantity × place, where a supplier's place counts
first and the item's second; what could be filled at its reserve price is filled. The optimal face
of the linear program is searched for the least sum: a column with a reduced cost stays where it
is, a row with a price stays tight. And suppliers whose bids are alike in everything take the
larger part in declared order.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from brain_engines import milp
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import AwardModel, Variables
from brain_engines.awards.problem import Bid, Round
from brain_engines.awards.scaling import Scaled, scale
from brain_engines.milp.program import Floats

PRICED = 1e-9
"""A reduced cost or row price larger than this part of the largest cost is not zero."""


def in_declared_order(model: AwardModel, point: list[int]) -> list[int]:
    """Turn a best point into the one of equal cost that declared order prefers, as far as said above."""
    return exchange_twins(model, prefer_declared(model, exchange_twins(model, point)))


def prefer_declared(model: AwardModel, point: list[int]) -> list[int]:
    """Move quantities to suppliers and items declared earlier where that costs nothing."""
    fixed = with_choices_of(model.linear, point)
    scaled = scale(fixed)
    result = milp.LinearSolver(scaled.program).run()
    if result.values is None or result.duals is None:
        return point
    wish = preference(model)
    face = _optimal_face(scaled, result.values, result.duals, wish)
    if face is None:
        return point
    moved = milp.LinearSolver(face).run()
    if moved.values is None:
        return point
    other = [round(value) for value in moved.values * scaled.columns]
    if model.linear.violated(other) is not None:
        return point
    mine, theirs = ((model.linear.value(p), _sum(wish, p)) for p in (point, other))
    return other if theirs < mine else point


def with_choices_of(model: LinearModel, point: list[int]) -> LinearModel:
    """Copy a program with its choices fixed as a point has them."""
    lower = [p if b else low for p, b, low in zip(point, model.binary, model.lower, strict=True)]
    upper = [p if b else high for p, b, high in zip(point, model.binary, model.upper, strict=True)]
    return replace(model, lower=lower, upper=upper)


def preference(model: AwardModel) -> list[int]:
    """Weigh each column: a supplier's place counts more than all items' places together.

    The later of two suppliers rather delivers the later of two items.
    """
    suppliers = {bid.supplier: place for place, bid in enumerate(model.round.bids)}
    items = {item.id: place for place, item in enumerate(model.round.items)}
    step = len(suppliers) * len(items) + 1
    wish = [0] * model.linear.width
    for (supplier, item, _), column in model.variables.quantity.items():
        wish[column] = suppliers[supplier] * (step - items[item])
    for column in model.variables.unfilled.values():
        wish[column] = (len(suppliers) + 1) * step
    return wish


def _sum(wish: list[int], point: list[int]) -> int:
    return sum(weight * value for weight, value in zip(wish, point, strict=True))


def _optimal_face(scaled: Scaled, values: Floats, duals: Floats, wish: list[int]) -> milp.Program | None:
    """State the program of all points as cheap as an optimal one; None if none can be preferred."""
    program = scaled.program
    weights = np.array(wish, dtype=np.float64) * scaled.columns
    rows = np.repeat(np.arange(program.height), np.diff(program.starts))
    reduced = program.cost - np.bincount(
        program.columns, weights=duals[rows] * program.values, minlength=program.width
    )
    tolerance = PRICED * max(1.0, float(np.abs(program.cost).max(initial=0.0)))
    priced = np.abs(reduced) > tolerance
    loose = ~priced & (program.lower < program.upper)
    if len(np.unique(weights[loose])) < 2:
        return None
    activity = np.bincount(rows, weights=values[program.columns] * program.values, minlength=program.height)
    tight = np.abs(duals) > tolerance
    from_above = np.abs(program.row_upper - activity) <= np.abs(activity - program.row_lower)
    side = np.where(from_above, program.row_upper, program.row_lower)
    return replace(
        program,
        cost=weights / max(1.0, float(weights.max(initial=0.0))),
        lower=np.where(priced, values, program.lower),
        upper=np.where(priced, values, program.upper),
        integer=np.zeros_like(program.integer),
        row_lower=np.where(tight, side, program.row_lower),
        row_upper=np.where(tight, side, program.row_upper),
    )


def exchange_twins(model: AwardModel, point: list[int]) -> list[int]:
    """Give suppliers whose bids are alike in everything their parts in declared order, the largest first."""
    columns = _columns_of(model.variables)
    moved = list(point)
    for twins in _twins(model.round):
        parts = sorted(twins, key=lambda supplier: _size(model, point, supplier))
        for supplier, part in zip(twins, parts, strict=True):
            for key, column in columns.get(supplier, {}).items():
                moved[column] = point[columns[part][key]]
    return point if model.linear.violated(moved) is not None else moved


def _columns_of(variables: Variables) -> dict[str, dict[tuple[object, ...], int]]:
    """List every supplier's columns by what they mean."""
    found: dict[str, dict[tuple[object, ...], int]] = {}
    for supplier, column in variables.supplier.items():
        found.setdefault(supplier, {})["supplier",] = column
    for name in (
        "quantity",
        "tier",
        "package",
        "supplier_item",
        "destination",
        "offer_minimum",
        "minimum",
        "flow",
    ):
        table: dict[tuple[str, *tuple[object, ...]], int] = getattr(variables, name)
        for (supplier, *rest), column in table.items():
            found.setdefault(supplier, {})[name, *rest] = column
    return found


def _size(model: AwardModel, point: list[int], supplier: str) -> tuple[int, int, tuple[int, ...]]:
    """Order parts: more packages first, then more quantity, then more of the items declared first."""
    packages = sum(point[c] for (who, _), c in model.variables.package.items() if who == supplier)
    units = dict.fromkeys((item.id for item in model.round.items), 0)
    for (who, item, _), column in model.variables.quantity.items():
        if who == supplier:
            units[item] += point[column]
    return -packages, -sum(units.values()), tuple(-count for count in units.values())


def _twins(round_: Round) -> list[list[str]]:
    """List groups of suppliers that nothing in the round tells apart."""
    qualities = {supplier.id: supplier.quality for supplier in round_.suppliers}
    groups: dict[tuple[object, ...], list[tuple[Bid, list[str]]]] = {}
    for bid in round_.bids:
        name = bid.supplier
        shunned = tuple(n for n, d in enumerate(round_.demands) if name in d.excluded_suppliers)
        shares = tuple((r.items, r.max, r.min) for r in round_.rules.shares if r.supplier == name)
        alike = groups.setdefault((qualities[name], shunned, shares), [])
        for first, members in alike:
            if replace(bid, supplier=first.supplier) == first:
                members.append(name)
                break
        else:
            alike.append((bid, [name]))
    return [members for alike in groups.values() for _, members in alike if len(members) > 1]
