"""Turn an exact program into floats the solver likes, and its answers back into whole numbers.

Scales are powers of two, so scaling itself loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np

from brain_engines.awards.linear import LinearModel
from brain_engines.milp import Program
from brain_engines.milp.program import Floats

TARGET_QUANTITY = 256.0
TARGET_COST = 2.0**20
NOISE = 1e-8
"""Coefficients this small beside the largest of their row are left out of the float program."""


@dataclass(frozen=True, eq=False)
class Scaled:
    """A program in floats; x = columns × scaled x, a row's multiplier = money × rows × scaled multiplier."""

    program: Program
    columns: Floats
    rows: Floats
    money: float


def power_of_two(value: float) -> float:
    """Find the power of two at or below a positive value."""
    return 2.0 ** int(np.floor(log2(value))) if value > 0 else 1.0


def scale(model: LinearModel, *, whole: bool = False) -> Scaled:
    """Scale an exact program; quantities are integer columns only if ``whole``."""
    binary = np.array(model.binary, dtype=bool)
    upper = np.array(model.upper, dtype=np.float64)
    most = float(upper[~binary].max()) if (~binary).any() else 1.0
    unit = 1.0 if whole else max(1.0, power_of_two(max(most, 1.0) / TARGET_QUANTITY))
    columns = np.where(binary, 1.0, unit)
    cost = np.array([float(c) for c in model.cost], dtype=np.float64) * columns
    biggest = float(np.abs(cost * upper / columns).max()) if len(cost) else 0.0
    money = power_of_two(biggest / TARGET_COST) if biggest else 1.0
    starts = np.array(model.starts, dtype=np.int32)
    index = np.array(model.columns, dtype=np.int32)
    values = np.array([float(v) for v in model.values], dtype=np.float64)
    if len(index):
        values = values * columns[index]
    rows = _row_scales(starts, values)
    values = values * np.repeat(rows, np.diff(starts))
    values[np.abs(values) < NOISE] = 0.0
    program = Program(
        cost=cost / money,
        lower=np.array(model.lower, dtype=np.float64) / columns,
        upper=upper / columns,
        integer=np.ones_like(binary) if whole else binary,
        row_lower=_sides(model.row_lower, -np.inf) * rows,
        row_upper=_sides(model.row_upper, np.inf) * rows,
        starts=starts,
        columns=index,
        values=values,
    )
    return Scaled(program, columns, rows, money)


def _sides(bounds: list[int | None], open_: float) -> Floats:
    return np.array([open_ if b is None else float(b) for b in bounds], dtype=np.float64)


def _row_scales(starts: np.ndarray, values: Floats) -> Floats:
    """Make the largest coefficient of each row lie between one and two."""
    scales = np.ones(len(starts) - 1)
    for row in range(len(scales)):
        span = values[starts[row] : starts[row + 1]]
        if len(span):
            scales[row] = 1.0 / power_of_two(float(np.abs(span).max()))
    return scales
