"""Figures as people read them, exact at every place: money, weights, prices, shares, moments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, pgettext

MINUS = "−"
NOTHING = "—"
FEN_PER_WAN = 1_000_000
FEN_PER_THOUSAND_YUAN = 100_000


def in_chinese() -> bool:
    """Say whether the reader reads Chinese; documents without a reader are Chinese."""
    return (get_language() or "zh").startswith("zh")


def grouped(number: Decimal | int, places: int | None = None) -> str:
    """Write a number with thousands separators and a real minus sign.

    >>> grouped(-1234567), grouped(Decimal("1234.5"), 2)
    ('−1,234,567', '1,234.50')
    """
    value = Decimal(number)
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(value):,f}"
    return MINUS + text if value < 0 else text


def trimmed(number: Decimal, at_least: int = 0) -> str:
    """Write a number without superfluous zeros, keeping ``at_least`` decimals.

    >>> trimmed(Decimal("12.500")), trimmed(Decimal("5650.2000"), 2)
    ('12.5', '5,650.20')
    """
    text = grouped(number)
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(at_least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def money(fen: int | None) -> str:
    """Write fen as yuan to the cent.

    >>> money(-123456)
    '−¥1,234.56'
    """
    if fen is None:
        return NOTHING
    text = grouped(Decimal(abs(fen)).scaleb(-2), 2)
    return f"{MINUS if fen < 0 else ''}¥{text}"


def amount(fen: int | None) -> str:
    """Write fen as yuan to the cent without the currency, for columns whose heading names it."""
    return NOTHING if fen is None else grouped(Decimal(fen).scaleb(-2), 2)


def wan(fen: int | None) -> str:
    """Write fen in the big unit of the language: 万元 with a decimal, thousands of yuan whole."""
    if fen is None:
        return NOTHING
    if in_chinese():
        return grouped(Decimal(fen) / FEN_PER_WAN, 1)
    return grouped(Decimal(fen) / FEN_PER_THOUSAND_YUAN, 0)


def wan_unit() -> str:
    """Name the unit that :func:`wan` counts in."""
    return pgettext("unit of money", "thousand yuan")


def money_wan(fen: int | None) -> str:
    """Write fen in the big unit of the language together with that unit."""
    return NOTHING if fen is None else f"{wan(fen)} {wan_unit()}"


def tonnes(grams: int | None) -> str:
    """Write grams as tonnes without the unit, for columns whose heading names it.

    >>> tonnes(12_500_000), tonnes(1_000)
    ('12.5', '0.001')
    """
    return NOTHING if grams is None else trimmed(Decimal(grams).scaleb(-6))


def weight(grams: int | None) -> str:
    """Write grams as tonnes with the unit."""
    return NOTHING if grams is None else f"{tonnes(grams)} {weight_unit()}"


def weight_unit() -> str:
    """Name the unit that :func:`tonnes` counts in."""
    return pgettext("unit of weight", "t")


def unit_price(e4: int | None) -> str:
    """Write ten-thousandths of a yuan as a unit price with two to four decimals.

    >>> unit_price(56_502_500), unit_price(56_502_510)
    ('5,650.25', '5,650.251')
    """
    return NOTHING if e4 is None else trimmed(Decimal(e4).scaleb(-4), 2)


def percent_ppm(ppm: int | None, places: int = 1) -> str:
    """Write millionths as per cent.

    >>> percent_ppm(123_456), percent_ppm(1_000_000, 0)
    ('12.3%', '100%')
    """
    return NOTHING if ppm is None else grouped(Decimal(ppm).scaleb(-4), places) + "%"


def change_ppm(ppm: int | None, places: int = 1) -> str:
    """Write millionths as a signed per cent, so that colour is never the only carrier.

    >>> change_ppm(54_000), change_ppm(-160_000)
    ('+5.4%', '−16.0%')
    """
    text = percent_ppm(ppm, places)
    return f"+{text}" if ppm is not None and ppm > 0 else text


def moment(at: datetime | date | None) -> str:
    """Write a moment in local time, the year only where it is not this one."""
    if at is None:
        return NOTHING
    today = timezone.localdate()
    if isinstance(at, datetime):
        local = timezone.localtime(at) if timezone.is_aware(at) else at
        return local.strftime("%m-%d %H:%M" if local.year == today.year else "%Y-%m-%d %H:%M")
    return at.strftime("%m-%d" if at.year == today.year else "%Y-%m-%d")
