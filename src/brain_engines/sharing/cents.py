"""Turn shares into whole cents, and list prices into four decimals, so that they add up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
PRICE_STEP = Decimal("0.0001")


def to_cents(amounts: Sequence[Decimal], total: Decimal) -> tuple[Decimal, ...]:
    """Round amounts to cents that add up to ``total``: largest remainder, ties by declared order.

    The amounts may miss the total by a little themselves; what is missing or left over is dealt
    out cent by cent in the same order, so every part differs by less than a cent from its amount
    as long as the amounts miss the total by less than a cent each.

    >>> to_cents([Decimal("1.005"), Decimal("1.005"), Decimal("0.99")], Decimal("3.00"))
    (Decimal('1.01'), Decimal('1.00'), Decimal('0.99'))
    """
    if not amounts:
        return ()
    floors = [amount.quantize(CENT, ROUND_FLOOR) for amount in amounts]
    missing = int((total - sum(floors, Decimal(0))) / CENT)
    order = sorted(range(len(amounts)), key=lambda at: (floors[at] - amounts[at], at))
    whole, rest = divmod(missing, len(amounts))
    parts = [floor + whole * CENT for floor in floors]
    for at in order[:rest]:
        parts[at] += CENT
    return tuple(parts)


def list_prices(
    prices: Mapping[str, Decimal], quantities: Mapping[str, Decimal], total: Decimal
) -> dict[str, Decimal]:
    """Round prices to four decimals so that quantities × prices come as near to ``total`` as they can.

    Every price is rounded half up; what the rounding adds or takes away in sum is then evened out
    on the item of least quantity, where one step of the last decimal moves the least money.
    """
    rounded = {item: price.quantize(PRICE_STEP, ROUND_HALF_UP) for item, price in prices.items()}
    for item in sorted(prices, key=lambda each: -quantities[each]):
        if not quantities[item]:
            continue
        missing = total - sum((quantities[each] * rounded[each] for each in prices), Decimal(0))
        steps = (missing / quantities[item] / PRICE_STEP).to_integral_value(ROUND_HALF_UP)
        rounded[item] += steps * PRICE_STEP
    return rounded
