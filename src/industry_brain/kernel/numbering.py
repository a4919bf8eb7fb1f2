"""Public references such as ``R-2026-0001``, given out without gaps or doubles."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.timezone import get_default_timezone, localtime

from industry_brain.kernel.models import Counter


def of_year(kind: str, at: datetime) -> str:
    """Give the prefix of a kind of reference for the year that ``at`` lies in where the platform stands."""
    return f"{kind}-{localtime(at, get_default_timezone()).year}"


def next_reference(prefix: str) -> str:
    """Give the next reference under ``prefix``; call it inside a transaction.

    A rolled-back transaction gives its number back, so there are no gaps.
    """
    Counter.objects.get_or_create(key=prefix)
    Counter.objects.filter(key=prefix).update(value=F("value") + 1)
    return f"{prefix}-{Counter.objects.get(key=prefix).value:04d}"


def next_references(prefix: str, count: int) -> list[str]:
    """Give ``count`` references in a row, with the promise of :func:`next_reference`."""
    Counter.objects.get_or_create(key=prefix)
    Counter.objects.filter(key=prefix).update(value=F("value") + count)
    last = Counter.objects.get(key=prefix).value
    return [f"{prefix}-{number:04d}" for number in range(last - count + 1, last + 1)]
