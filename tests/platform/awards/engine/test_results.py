"""What the engines found, as rows."""

import pytest

from industry_brain.awards.engine.results import _at_prices


@pytest.mark.parametrize(
    ("parts", "fen"),
    [
        ([(1_000_000, 56_505_000)], 565_050),
        ([(333_000, 1)], 0),
        ([(500_000, 100)], 1),  # half a fen goes up
        ([(1_000_000, 10_000), (2_000_000, 20_000)], 500),
        ([(1_000_000, 10_000), (1, None)], None),
        ([], None),
    ],
)
def test_quantities_are_priced_half_up_or_not_at_all(
    parts: list[tuple[int, int | None]], fen: int | None
) -> None:
    assert _at_prices(parts) == fen
