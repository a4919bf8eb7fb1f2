"""Reading single cells: weights, prices, dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext

from django.utils.translation import gettext_noop as _

from industry_brain.demands.engine.faults import CellError
from industry_brain.kernel.money import E4_PER_YUAN
from industry_brain.kernel.quantity import GRAMS_PER_KILOGRAM, GRAMS_PER_TONNE

MOST_TONNES = 1_000_000
MOST_YUAN = 1_000_000
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[+-]?\d{1,4})?", re.IGNORECASE)
_WEIGHT_UNITS = {
    **dict.fromkeys(("吨", "t", "ton", "tons", "tonne", "tonnes", "mt", "公吨"), Decimal(1)),
    **dict.fromkeys(("kg", "kgs", "公斤", "千克"), Decimal("0.001")),
    **dict.fromkeys(("万吨",), Decimal(10_000)),
}
_PRICE_UNITS = {
    **dict.fromkeys(
        ("", "元", "元/吨", "元/t", "元每吨", "yuan", "yuan/t", "cny", "cny/t", "rmb"), Decimal(1)
    ),
    **dict.fromkeys(("元/kg", "元/公斤", "元/千克", "yuan/kg", "cny/kg"), Decimal(1000)),
    **dict.fromkeys(("万元", "万元/吨"), Decimal(10_000)),
}
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})(?!\d)日?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})月(?!\d)")


def quantity_of(text: str, unit: str = "", *, per_kilogram: bool = False) -> int:
    """Read a weight into grams; the unit in the cell counts before the unit column, then the heading.

    >>> quantity_of("１，２００ kg"), quantity_of("12.5吨"), quantity_of("800", "公斤")
    (1200000, 12500000, 800000)
    """
    plain = _plain(text)
    if not plain:
        raise CellError("quantity_missing", _("The quantity is missing. Write tonnes, such as 12.5."))
    number, written = _number_and_rest(plain)
    factor = _WEIGHT_UNITS.get(written or _plain(unit) or ("kg" if per_kilogram else "t"))
    if number is None:
        raise CellError(
            "quantity_not_a_number",
            _("“{text}” is not a quantity. Write a number, such as 12.5 for tonnes or 800 kg."),
            text=text[:40],
        )
    if factor is None:
        raise CellError(
            "quantity_unit",
            _("“{unit}” is not a unit of weight known here. Write t or kg."),
            unit=(written or unit)[:20],
        )
    if number <= 0:
        raise CellError(
            "quantity_not_positive",
            _("A quantity is above zero; “{text}” is not."),
            text=text[:40],
        )
    if number > MOST_TONNES / factor:
        raise CellError(
            "quantity_too_large",
            _("“{text}” is more than {most} tonnes. Check the figure and its unit."),
            text=text[:40],
            most=f"{MOST_TONNES:,}",
        )
    kilograms = _times(number, factor, GRAMS_PER_TONNE // GRAMS_PER_KILOGRAM)
    if kilograms is None:
        raise CellError(
            "quantity_too_fine",
            _("“{text}” has a part of a kilogram. Round it to whole kilograms (three decimals of a tonne)."),
            text=text[:40],
        )
    return kilograms * GRAMS_PER_KILOGRAM


def price_of(text: str, *, per_kilogram: bool = False) -> int | None:
    """Read a price per tonne into ten-thousandths of a yuan; an empty cell gives none.

    >>> price_of("￥5,650.25"), price_of("5.65元/kg"), price_of("")
    (56502500, 56500000, None)
    """
    plain = _plain(text).removeprefix("¥")
    if not plain:
        return None
    number, unit = _number_and_rest(plain)
    factor = _PRICE_UNITS.get(unit)
    if number is None or factor is None:
        raise CellError(
            "price_not_a_number",
            _("“{text}” is not a price. Write yuan per tonne, such as 5650.50."),
            text=text[:40],
        )
    if per_kilogram and not unit:
        factor = Decimal(1000)
    if number <= 0:
        raise CellError(
            "price_not_positive",
            _("A price is above zero; “{text}” is not. Leave the cell empty if there is none."),
            text=text[:40],
        )
    if number > MOST_YUAN / factor:
        raise CellError(
            "price_too_large",
            _("“{text}” is more than {most} yuan per tonne. Check the figure and its unit."),
            text=text[:40],
            most=f"{MOST_YUAN:,}",
        )
    e4 = _times(number, factor, E4_PER_YUAN)
    if e4 is None:
        raise CellError(
            "price_too_fine",
            _("“{text}” has more than four decimals of a yuan. Round it."),
            text=text[:40],
        )
    return e4


def days_of(text: str, around: date) -> tuple[date, date] | None:
    """Read a day, a month or a span of days; a missing year is the one that lies nearest.

    >>> days_of("12月15日", date(2026, 12, 1))
    (datetime.date(2026, 12, 15), datetime.date(2026, 12, 15))
    >>> days_of("2027/1/3 ~ 2027/1/20", date(2026, 12, 1))
    (datetime.date(2027, 1, 3), datetime.date(2027, 1, 20))
    """
    plain = unicodedata.normalize("NFKC", text)
    try:
        days = [_day(m.groups(), around) for m in _DATE.finditer(plain)]
        months = [] if days else [_month(m.groups(), around) for m in _MONTH.finditer(plain)]
    except ValueError:
        return None
    if days:
        return min(days), max(days)
    if months:
        return min(first for first, _last in months), max(last for _first, last in months)
    return None


def list_of(text: str) -> list[str]:
    """Split a cell that holds several names; the stroke of a standard's number does not split.

    >>> list_of("GCr15 Φ50；GCr15SiMn Φ50 GB/T 18254、42CrMo/40Cr")
    ['GCr15 Φ50', 'GCr15SiMn Φ50 GB/T 18254', '42CrMo', '40Cr']
    """
    parts = re.split(r"[;；、,，|\n]|/(?!T\s?\d)", text)
    return [part.strip() for part in parts if part.strip()]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("−", "-").lower()


def _number_and_rest(plain: str) -> tuple[Decimal | None, str]:
    matched = _NUMBER.match(plain)
    written = matched.group(0) if matched else ""
    if len(written) > 40 or not any(sign.isdigit() for sign in written):
        return None, ""
    try:
        return Decimal(written.replace(",", "")), plain[len(written) :]
    except InvalidOperation:
        return None, ""


def _times(number: Decimal, factor: Decimal, scale: int) -> int | None:
    """Multiply without rounding; none where the product is not whole."""
    with localcontext() as exact:
        exact.prec = 120
        product = number * factor * scale
        return int(product) if product == product.to_integral_value() else None


def _day(parts: tuple[str | None, ...], around: date) -> date:
    year, month, day = parts
    if year is not None:
        return date(int(year), int(month or 0), int(day or 0))
    return _nearest(int(month or 0), int(day or 0), around)


def _month(parts: tuple[str | None, ...], around: date) -> tuple[date, date]:
    year, month = parts
    first = date(int(year), int(month or 0), 1) if year else _nearest(int(month or 0), 1, around)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def _nearest(month: int, day: int, around: date) -> date:
    years = (around.year - 1, around.year, around.year + 1)
    return min((date(year, month, day) for year in years), key=lambda d: abs((d - around).days))
