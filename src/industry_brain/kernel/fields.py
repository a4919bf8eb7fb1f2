"""Columns whose unit is part of their type."""

from __future__ import annotations

from django.db import models


class FenField(models.BigIntegerField):  # type: ignore[type-arg] # the stub's parameters are the column's own
    """An amount of money in whole fen."""


class UnitPriceField(models.BigIntegerField):  # type: ignore[type-arg] # as above
    """A price per tonne in whole ten-thousandths of a yuan."""


class GramField(models.BigIntegerField):  # type: ignore[type-arg] # as above
    """A weight in whole grams."""


class PpmField(models.IntegerField):  # type: ignore[type-arg] # as above
    """A share, rate or percentage in parts per million."""
