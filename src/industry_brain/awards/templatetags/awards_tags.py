"""Filters for what only awards have: gaps, and very large counts of groups."""

from __future__ import annotations

from decimal import Decimal

from django import template

from industry_brain.web import formats

register = template.Library()


@register.filter
def gap(ppb: int | None) -> str:
    """Write parts per billion as per cent, fine enough to tell 0.01 % from a proof.

    >>> gap(0), gap(123_456), gap(20_000_000)
    ('0%', '0.0124%', '2%')
    """
    if ppb is None:
        return formats.NOTHING
    places = 4 if ppb < 10_000_000 else 1
    return formats.trimmed(round(Decimal(ppb).scaleb(-7), places)) + "%"


@register.filter
def grouped(number: int | None) -> str:
    """Write a whole number with separators.

    >>> grouped(268_435_455)
    '268,435,455'
    """
    return formats.NOTHING if number is None else formats.grouped(number)


@register.filter
def list_price(e4: int | None) -> str:
    """Write a list price with all its four decimals, so that a list lines up.

    >>> list_price(56_502_500), list_price(56_502_513)
    ('5,650.2500', '5,650.2513')
    """
    return formats.NOTHING if e4 is None else formats.grouped(Decimal(e4).scaleb(-4), 4)
