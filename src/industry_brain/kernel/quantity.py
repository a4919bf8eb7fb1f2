"""Weight: whole grams inside, tonnes with at most six decimals at the edges.

Round files carry at most three decimals of a tonne (whole kilograms), so a
quantity that enters a round must be a whole number of kilograms.
"""

from __future__ import annotations

from decimal import Decimal

GRAMS_PER_TONNE = 1_000_000
GRAMS_PER_KILOGRAM = 1_000


def grams_from_tonnes(tonnes: Decimal) -> int:
    """Turn tonnes into whole grams; a part of a gram raises.

    >>> grams_from_tonnes(Decimal("12.5"))
    12500000
    """
    scaled = tonnes * GRAMS_PER_TONNE
    if scaled != scaled.to_integral_value():
        raise ValueError(f"a weight in tonnes has at most six decimals, not {tonnes}")
    return int(scaled)


def tonnes_from_grams(grams: int) -> Decimal:
    """Turn grams into tonnes with three decimals, or six where kilograms do not do.

    >>> tonnes_from_grams(12500000), tonnes_from_grams(1)
    (Decimal('12.500'), Decimal('0.000001'))
    """
    tonnes = Decimal(grams).scaleb(-6)
    return tonnes.quantize(Decimal("0.001")) if grams % GRAMS_PER_KILOGRAM == 0 else tonnes
