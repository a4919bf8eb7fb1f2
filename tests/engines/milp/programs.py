"""Small programs, written as dense rows."""

import numpy as np

from brain_engines.milp import Program


def known(value):
    assert value is not None
    return value


def program(cost, rows, *, upper=1.0, integer=True, lows=None, highs=None):
    """minimise cost·x with dense rows low ≤ row·x ≤ high."""
    width, height = len(cost), len(rows)
    return Program(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(width),
        upper=np.full(width, float(upper)),
        integer=np.full(width, integer),
        row_lower=np.array(lows if lows is not None else [-np.inf] * height, dtype=float),
        row_upper=np.array(highs if highs is not None else [np.inf] * height, dtype=float),
        starts=np.arange(0, width * height + 1, width or 1, dtype=np.int32)[: height + 1]
        if width
        else np.zeros(height + 1, dtype=np.int32),
        columns=np.tile(np.arange(width, dtype=np.int32), height),
        values=np.array(rows, dtype=float).ravel(),
    )


KNAPSACK = program([-10, -13, -7], [[3, 4, 2]], highs=[6])


def hard(size=60, seed=3):
    draw = np.random.default_rng(seed)
    rows = draw.integers(1, 60, (8, size))
    return program(-draw.integers(20, 60, size), rows, highs=list(rows.sum(axis=1) // 2))


def dense(size):
    """A program that takes many steps."""
    random = np.random.default_rng(1)
    values = random.random((size, size)) + 0.01
    return Program(
        cost=-random.random(size) - 0.1,
        lower=np.zeros(size),
        upper=np.full(size, 1e3),
        integer=np.zeros(size, dtype=bool),
        row_lower=np.full(size, -np.inf),
        row_upper=np.full(size, float(size)),
        starts=np.arange(0, size * size + 1, size, dtype=np.int32),
        columns=np.tile(np.arange(size, dtype=np.int32), size),
        values=values.ravel(),
    )
