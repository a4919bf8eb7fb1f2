"""Money and unit prices: whole numbers inside, decimals at the edges.

Amounts are whole fen.  Unit prices are whole ten-thousandths of a yuan per
tonne (``e4``), because round files allow four decimals.  Floats never appear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN_PER_YUAN = 100
E4_PER_YUAN = 10_000


def fen_from_yuan(amount: Decimal) -> int:
    """Turn yuan into whole fen, half a fen rounded away from zero.

    >>> fen_from_yuan(Decimal("10.005"))
    1001
    """
    return int((amount * FEN_PER_YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def yuan_from_fen(fen: int) -> Decimal:
    """Turn fen into yuan with two decimals.

    >>> yuan_from_fen(123456)
    Decimal('1234.56')
    """
    return Decimal(fen).scaleb(-2)


def e4_from_price(price: Decimal) -> int:
    """Turn a unit price in yuan into ten-thousandths; more than four decimals raise.

    >>> e4_from_price(Decimal("5650.25"))
    56502500
    """
    scaled = price * E4_PER_YUAN
    if scaled != scaled.to_integral_value():
        raise ValueError(f"a unit price has at most four decimals, not {price}")
    return int(scaled)


def price_from_e4(e4: int) -> Decimal:
    """Turn ten-thousandths of a yuan into a unit price with at least two decimals.

    >>> price_from_e4(56502500), price_from_e4(56502501)
    (Decimal('5650.25'), Decimal('5650.2501'))
    """
    price = Decimal(e4).scaleb(-4)
    return price.quantize(Decimal("0.01")) if e4 % 100 == 0 else price


@dataclass(frozen=True, order=True)
class Money:
    """A whole number of minor units (fen, cents) of one currency."""

    currency: str
    minor: int

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.currency, self.minor + other.minor)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share the amount in proportion to ``weights``; the shares add up exactly.

        Minor units left over by rounding go to the largest remainders, the
        earlier party first among equals.

        >>> [m.minor for m in Money("CNY", 100).split([1, 1, 1])]
        [34, 33, 33]
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        shares = [self.minor * w // total for w in weights]
        remainders = [self.minor * w % total for w in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
        for i in by_remainder[: self.minor - sum(shares)]:
            shares[i] += 1
        return [Money(self.currency, s) for s in shares]
