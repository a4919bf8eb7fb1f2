"""Cutting planes that anybody can derive again in whole numbers.

A cut says from which rows it is made and how; :func:`derive` makes it, so nobody has to believe
it. It is the mixed-integer rounding inequality (Nemhauser and Wolsey, A recursive procedure to
generate all cuts for 0-1 mixed integer programs, 1990). With multipliers λ the rows add up to ::

    Σ N_j x_j + Σ ±λ_r s_r = β        s_r ≥ 0 the slack of row r

and with every x_j measured from its lower or its upper bound as t_j ≥ 0, divided by δ ::

    Σ_{choices} (⌊N_j/δ⌋ + max(0, f_j - f_0)/(1 - f_0)) t_j + Σ_{others} min(0, N_j)/δ/(1 - f_0) t_j ≤ ⌊β/δ⌋

where f are the fractional parts. Multiplied by δ(1 - f_0) everything is whole.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from brain_engines.awards.linear import LinearModel


@dataclass(frozen=True)
class Cut:
    """The recipe of a cut: (row, multiplier) pairs, columns measured from above, the divisor."""

    multipliers: tuple[tuple[int, int], ...]
    from_above: tuple[int, ...]
    divisor: int


def derive(model: LinearModel, cut: Cut) -> tuple[list[tuple[int, int]], int]:
    """Make a cut from the rows so far: terms and the greatest value of their sum."""
    total, beta, slacks = add_up(model, cut)
    above = set(cut.from_above)
    for column, value in total.items():
        beta -= value * (model.upper[column] if column in above else model.lower[column])
    floor_, rest = divmod(beta, cut.divisor)
    unit = cut.divisor - rest
    terms: dict[int, int] = defaultdict(int)
    most = unit * floor_
    for column, value in total.items():
        away = -value if column in above else value
        if model.binary[column]:
            times, part = divmod(away, cut.divisor)
            weight = unit * times + max(0, part - rest)
        else:
            weight = min(0, away)
        if column in above:
            terms[column] -= weight
            most -= weight * model.upper[column]
        else:
            terms[column] += weight
            most += weight * model.lower[column]
    for row, sign, value in slacks:
        weight = min(0, value)
        if weight:
            most -= sign * weight * _side(model, row)
            for place in range(model.starts[row], model.starts[row + 1]):
                terms[model.columns[place]] -= sign * weight * model.values[place]
    return [(column, value) for column, value in sorted(terms.items()) if value], most


def _side(model: LinearModel, row: int) -> int:
    """Find the side from which a row's slack is measured: the upper one if there is one."""
    high, low = model.row_upper[row], model.row_lower[row]
    if high is not None:
        return high
    return 0 if low is None else low


def add_up(model: LinearModel, cut: Cut) -> tuple[dict[int, int], int, list[tuple[int, int, int]]]:
    """Add rows up: coefficients, right-hand side, and slacks as (row, +1 from above, coefficient)."""
    total: dict[int, int] = defaultdict(int)
    beta = 0
    slacks: list[tuple[int, int, int]] = []
    for row, multiplier in cut.multipliers:
        beta += multiplier * _side(model, row)
        if model.row_lower[row] != model.row_upper[row]:
            sign = 1 if model.row_upper[row] is not None else -1
            slacks.append((row, sign, sign * multiplier))
        for place in range(model.starts[row], model.starts[row + 1]):
            total[model.columns[place]] += multiplier * model.values[place]
    return {column: value for column, value in total.items() if value}, beta, slacks


def is_well_formed(model: LinearModel, cut: Cut) -> bool:
    """Say whether a recipe names rows and columns that are there, each once, and a positive divisor."""
    rows = [row for row, _ in cut.multipliers]
    return (
        cut.divisor > 0
        and len(set(rows)) == len(rows)
        and all(0 <= row < model.height for row in rows)
        and all(model.row_upper[row] is not None or model.row_lower[row] is not None for row in rows)
        and all(0 <= column < model.width for column in cut.from_above)
    )


def extended(model: LinearModel, cuts: tuple[Cut, ...]) -> LinearModel:
    """Copy a program with the cuts as further rows; a cut may build on those before it."""
    grown = replace(
        model,
        row_lower=list(model.row_lower),
        row_upper=list(model.row_upper),
        starts=list(model.starts),
        columns=list(model.columns),
        values=list(model.values),
    )
    for cut in cuts:
        terms, most = derive(grown, cut)
        grown.add_row(terms, None, most)
    return grown
