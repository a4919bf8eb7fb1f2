"""Figures and words that stand in one tenant's rows and nowhere else, and who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Canary:
    """A secret in every way in which an answer could write it."""

    name: str
    forms: tuple[str, ...]
    seen_by: frozenset[str]

    def sings_in(self, text: str) -> bool:
        """Whether an answer tells the secret."""
        return any(form in text for form in self.forms)


def word(name: str, text: str, *readers: str) -> Canary:
    """Give a secret word."""
    return Canary(name, (text,), frozenset(readers))


def number(name: str, value: str, scale: int, *readers: str) -> Canary:
    """Give a secret figure: as typed, with thousands grouped, and as the whole number that is stored."""
    figure = Decimal(value)
    places = -int(figure.as_tuple().exponent)
    stored = str(int(figure * scale))
    # a stored figure of few digits stands in any page by chance
    kept = (stored,) if len(stored) >= 8 else ()
    return Canary(name, (value, f"{figure:,.{places}f}", *kept), frozenset(readers))
