"""The shape of a bid's content: which lists and keys there are, and numbers as exact text.

A draft may say anything inside this shape, also nonsense, so that no input is lost; what it
says is judged by :mod:`industry_brain.bids.engine.faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Invalid

MAX_ROWS = 5_000
MAX_TEXT = 400
WHOLES = ("payment_days", "lead_days")
KEYS: dict[str, tuple[str, ...]] = {
    "offers": ("item", "price", "index", "premium", "min", "max"),
    "discounts": ("id", "items", "kind", "tiers"),
    "tiers": ("from", "percent", "off"),
    "packages": ("id", "quantities", "price", "exclusive"),
    "capacities": ("items", "max"),
    "minimums": ("items", "min"),
    "charges": ("amount", "per"),
}
LISTS = ("offers", "discounts", "packages", "capacities", "minimums", "charges")


def _is_storable(text: str) -> bool:
    """Whether a text is one that databases and files can hold: no null sign, no half of a sign pair."""
    return not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in text)


def whole(text: str) -> int | str:
    """Give a whole number where the text is one, and the text as typed where it is not."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else text


def shaped(content: object, *, supplier: str) -> dict[str, Any]:
    """Give a bid its plain shape, or refuse what has another one, place by place.

    Numbers become text as they were written (payment and lead days whole numbers), absent
    lists and values stay absent.
    """
    shaper = _Shaper()
    found = shaper.bid(content, supplier)
    if shaper.faults:
        raise Invalid(
            _("This is not a bid of the round format: {place}: {fault}"),
            code="bid_misshapen",
            place=shaper.faults[0]["place"],
            fault=shaper.faults[0]["message"],
            places=shaper.faults,
        )
    return found


class _Shaper:
    """Walks through a bid and notes what is out of shape."""

    def __init__(self) -> None:
        self.faults: list[dict[str, str | Promise]] = []

    def wrong(self, place: str, message: str | Promise) -> None:
        if len(self.faults) < 100:
            self.faults.append({"place": place or "bid", "message": message})

    def bid(self, content: object, supplier: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in self.pairs(content, "", ("supplier", *LISTS, "freight", *WHOLES)):
            if key == "supplier":
                if value != supplier:
                    self.wrong(key, format_lazy(_("the supplier is {supplier}"), supplier=supplier))
            elif key == "freight":
                found[key] = self.table(value, key)
            elif key in WHOLES:
                found[key] = self.whole(value, key)
            else:
                found[key] = self.rows(value, key, key)
        return found

    def pairs(self, value: object, place: str, allowed: tuple[str, ...]) -> list[tuple[str, Any]]:
        if not isinstance(value, Mapping):
            self.wrong(place, _("an object is wanted here"))
            return []
        for key in value:
            if key not in allowed:
                self.wrong(
                    place,
                    format_lazy(
                        _("the key “{key}” is unknown here; allowed are {allowed}"),
                        key=str(key)[:80],
                        allowed=", ".join(allowed),
                    ),
                )
        return [(key, value[key]) for key in allowed if value.get(key) is not None]

    def rows(self, value: object, kind: str, place: str) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MAX_ROWS:
            self.wrong(place, format_lazy(_("a list of at most {most} rows is wanted here"), most=MAX_ROWS))
            return []
        return [self.row(row, kind, f"{place}[{number}]") for number, row in enumerate(value)]

    def row(self, value: object, kind: str, place: str) -> dict[str, Any]:
        special: dict[str, Callable[[object, str], Any]] = {
            "items": self.scope,
            "quantities": self.table,
            "tiers": lambda rows, at: self.rows(rows, "tiers", at),
        }
        return {
            key: special.get(key, self.text)(given, f"{place}.{key}")
            for key, given in self.pairs(value, place, KEYS[kind])
        }

    def scope(self, value: object, place: str) -> str | list[str]:
        if not isinstance(value, list):
            return self.text(value, place)
        if len(value) > MAX_ROWS:
            self.wrong(place, format_lazy(_("a list of at most {most} rows is wanted here"), most=MAX_ROWS))
            return []
        return [self.text(item, f"{place}[{number}]") for number, item in enumerate(value)]

    def table(self, value: object, place: str) -> dict[str, str]:
        if not isinstance(value, Mapping) or len(value) > MAX_ROWS:
            self.wrong(place, _("an object is wanted here"))
            return {}
        return {self.text(key, place): self.text(amount, f"{place}.{key}") for key, amount in value.items()}

    def text(self, value: object, place: str) -> str:
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or len(value) > MAX_TEXT or not _is_storable(value):
            self.wrong(place, _("a number or a short text is wanted here"))
            return ""
        return value.strip()

    def whole(self, value: object, place: str) -> int | str:
        return whole(self.text(value, place))
