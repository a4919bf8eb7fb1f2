"""A mixed-integer program in exact whole numbers, grown column by column and row by row.

The solver works on floats made from it; a proof is checked on the whole numbers themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class LinearModel:
    """minimise Σ cost·x  such that  row_lower ≤ A x ≤ row_upper, lower ≤ x ≤ upper, x whole.

    ``binary`` columns are choices; the other columns count quanta. A row bound of None is open.
    """

    cost: list[int] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    binary: list[bool] = field(default_factory=list)
    row_lower: list[int | None] = field(default_factory=list)
    row_upper: list[int | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def add_column(self, *, cost: int = 0, lower: int = 0, upper: int = 1, binary: bool = False) -> int:
        """Add a column and say its number."""
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.binary.append(binary)
        return len(self.cost) - 1

    def add_row(self, terms: Iterable[tuple[int, int]], lower: int | None, upper: int | None) -> int:
        """Add a row of (column, coefficient) terms and say its number; a column may be named once only."""
        for column, value in terms:
            if value:
                self.columns.append(column)
                self.values.append(value)
        self.starts.append(len(self.columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.row_lower)

    def activity(self, row: int, point: list[int]) -> int:
        """Compute the value of a row at a point."""
        span = range(self.starts[row], self.starts[row + 1])
        return sum(self.values[k] * point[self.columns[k]] for k in span)

    def violated(self, point: list[int]) -> int | None:
        """Find the first row that a point breaks; height + column for a broken column bound."""
        for column, value in enumerate(point):
            if not self.lower[column] <= value <= self.upper[column]:
                return self.height + column
        for row in range(self.height):
            value, low, high = self.activity(row, point), self.row_lower[row], self.row_upper[row]
            if (low is not None and value < low) or (high is not None and value > high):
                return row
        return None

    def value(self, point: list[int]) -> int:
        """Compute the cost of a point."""
        return sum(cost * value for cost, value in zip(self.cost, point, strict=True) if value)
