"""Form fields for figures as people type them: ``1,234.50``, full-width digits, spaces, a ¥ in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel import money, quantity

LARGEST_FEN = 10**15
LARGEST_GRAMS = 10**15
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?|[+-]?\d*\.?\d*")


def exact_number(text: str) -> Decimal:
    """Read a number as typed, exactly; anything doubtful raises ``ValueError``.

    >>> exact_number("１，２３４．５０"), exact_number("¥ 1,234.5"), exact_number("-5")
    (Decimal('1234.50'), Decimal('1234.5'), Decimal('-5'))
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("。", ".").strip()
    plain = plain.removeprefix("¥").removeprefix("￥").removesuffix("元")
    plain = re.sub(r"\s+", "", plain)
    if len(plain) > 40 or not _GROUPED.fullmatch(plain):
        raise ValueError(f"not a number: {text[:40]!r}")
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"not a number: {text[:40]!r}") from None


class FigureField(forms.CharField):
    """An exact number that is stored as a whole number of small units."""

    default_error_messages = {
        "not_a_number": _("“{text}” is not a number. Write it like 1,234.50."),
        "too_fine": _("“{text}” has more than {places} decimals."),
        "too_small": _("Give a number of at least {least}."),
        "too_large": _("“{text}” is larger than this platform can take."),
    }
    places = 2

    def __init__(
        self,
        *,
        least: Decimal | int = 0,
        largest: int = LARGEST_FEN,
        places: int | None = None,
        **options: Any,
    ) -> None:
        self.least, self.largest = Decimal(least), largest
        self.places = self.places if places is None else places
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_units(self, number: Decimal) -> int:
        """Turn the typed number into the stored one."""
        return int(number.scaleb(self.places))

    def from_units(self, units: int) -> Decimal:
        """Turn the stored number into the typed one."""
        return Decimal(units).scaleb(-self.places)

    def clean(self, value: Any) -> Any:
        """Read, check and scale; an empty optional field gives ``None``."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        try:
            number = exact_number(text)
        except ValueError:
            raise self._wrong("not_a_number", text=text[:40]) from None
        if number < self.least:
            raise self._wrong("too_small", least=self.least)
        if abs(number) > Decimal(self.largest).scaleb(-self.places):
            raise self._wrong("too_large", text=text[:40])
        if number != round(number, self.places):
            raise self._wrong("too_fine", text=text[:40], places=self.places)
        return self.to_units(number)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as people write it; leave what was typed alone."""
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{self.from_units(value).normalize():f}"
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the number, not its spelling, is another one."""
        if not str(data or "").strip():
            return initial is not None
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True

    def _wrong(self, code: str, **facts: object) -> ValidationError:
        return ValidationError(str(self.error_messages[code]).format(**facts), code=code)


class MoneyField(FigureField):
    """Yuan to the cent; gives whole fen."""

    places = 2

    def prepare_value(self, value: Any) -> Any:
        """Show yuan with both decimals."""
        return f"{money.yuan_from_fen(value):f}" if isinstance(value, int) else value


class UnitPriceField(FigureField):
    """Yuan per tonne with up to four decimals; gives ten-thousandths of a yuan."""

    places = 4

    def prepare_value(self, value: Any) -> Any:
        """Show at least two decimals."""
        return f"{money.price_from_e4(value):f}" if isinstance(value, int) else value


class QuantityField(FigureField):
    """Tonnes with up to three decimals (whole kilograms); gives whole grams."""

    places = 3

    def __init__(self, **options: Any) -> None:
        options.setdefault("largest", LARGEST_GRAMS // 1_000)
        super().__init__(**options)

    def to_units(self, number: Decimal) -> int:
        """Turn tonnes into grams."""
        return quantity.grams_from_tonnes(number)

    def from_units(self, units: int) -> Decimal:
        """Turn grams into tonnes."""
        return Decimal(units).scaleb(-6)


class PercentField(FigureField):
    """Per cent with up to four decimals; gives millionths."""

    places = 4


class PlainForm(forms.Form):
    """The base form: no colons after labels, required marks drawn by ``<c-field>``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)


Reader = Callable[[str], int]


def reader_of(field: FigureField) -> Reader:
    """Use a field's reading and its sentences outside forms, for cells of uploads and pastes."""

    def read(text: str) -> int:
        value: int = field.clean(text)
        return value

    return read
