"""Theoretical weights (理计) in whole grams.

The conventions of the trade, with sizes in millimetres and the result in
kilograms per metre:

========== =============================== ====================================
round      0.00617 × d²                    GB/T 702, density 7.85 g/cm³
square     0.00785 × a²
hexagon    0.00680 × s²                    s across flats
flat       0.00785 × b × t
tube       0.02466 × (D − t) × t           GB/T 17395 rounds π / 4 × 4 × 7.85
========== =============================== ====================================

For other densities the factor is π/4 × density and so on, rounded to the same
number of digits: bearing steel at 7.81 has 0.00613 d² and 0.02454 (D − t) t.
The result is rounded half up to the gram; nothing is a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from brain_engines.specs.grades import GRADES, STEEL
from brain_engines.specs.problem import Form, Section, Specification, SpecificationError

_PI: Final = Fraction(314_159_265_359, 10**11)
_ROOT_3: Final = Fraction(173_205_080_757, 10**11)


@dataclass(frozen=True)
class TheoreticalWeight:
    """Grams of a metre (of a piece for rings), the formula used, and the density in kg/m³."""

    grams: int
    formula: str
    density: int
    per: str = "metre"


def theoretical_weight(specification: Specification) -> TheoreticalWeight:
    """Compute the weight by which a specification is invoiced when it is not weighed.

    Per metre; per piece for rings; per square metre for plate and strip without a width.

    >>> from brain_engines.specs.read import read
    >>> theoretical_weight(read("45# 圆钢 φ50").specification).grams
    15425
    """
    grade = GRADES.get(specification.grade)
    density = grade.density if grade else STEEL
    section = specification.section
    if specification.form is Form.RING:
        return _ring(section, density)
    if specification.form in (Form.PLATE, Form.STRIP) and section.width is None:
        grams = Fraction(_set(section.thickness) * density, 1_000)
        return TheoreticalWeight(_half_up(grams), f"{_short(density)} t", density, per="square metre")
    factor, shape, area = _area(specification.form, section, density)
    # factor is in g/m per mm²; area is in µm².
    return TheoreticalWeight(_half_up(factor * area / 10**6), f"{_decimal(factor)} {shape}", density)


def _area(form: Form, section: Section, density: int) -> tuple[Fraction, str, int]:
    """Return the factor in g/m per mm², the shape's formula, and its value in µm²."""
    if form is Form.TUBE:
        wall = _set(section.wall)
        return _rounded(_PI * density / 1_000, 2), "(D−t) t", (_set(section.diameter) - wall) * wall
    if form is Form.SQUARE_BAR:
        return Fraction(density, 1_000), "a²", _set(section.side) ** 2
    if form is Form.HEX_BAR:
        return _rounded(_ROOT_3 / 2 * density / 1_000, 2), "s²", _set(section.side) ** 2
    if section.diameter is not None:
        return _rounded(_PI / 4 * density / 1_000, 2), "d²", section.diameter**2
    return Fraction(density, 1_000), "b t", _set(section.width) * _set(section.thickness)


def _ring(section: Section, density: int) -> TheoreticalWeight:
    outer, bore, height = _set(section.diameter), _set(section.bore), _set(section.height)
    grams = _PI / 4 * (outer**2 - bore**2) * height * density / 10**15
    return TheoreticalWeight(_half_up(grams), f"π/4 (D²−d²) H × {_short(density)}", density, per="piece")


def _set(size: int | None) -> int:
    if size is None:
        raise SpecificationError("A size is missing, so there is no theoretical weight.", code="size_missing")
    return size


def _half_up(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _rounded(exact: Fraction, places: int) -> Fraction:
    return Fraction(_half_up(exact * 10**places), 10**places)


def _decimal(factor: Fraction) -> str:
    """Write a factor in g/m as one in kg/m: 617/100 as 0.00617."""
    return f"0.{_half_up(factor * 100):05d}"


def _short(density: int) -> str:
    return f"{density / 1_000:.2f}"
