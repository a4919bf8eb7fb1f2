"""Standard materials of a bearing and machinery cluster, to begin a catalogue with."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

from brain_engines.specs.problem import (
    Condition,
    Form,
    Quality,
    Section,
    Specification,
    SpecificationError,
    Surface,
    Treatment,
)
from brain_engines.specs.read_section import section_from

_FILE: Final = "data/materials.csv"


@cache
def standard_materials() -> tuple[Specification, ...]:
    """Return the standard materials, in the order in which a catalogue lists them.

    >>> standard_materials()[0].grade
    'GCr15'
    """
    text = resources.files("brain_engines.specs").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(_material(place, row) for place, row in enumerate(csv.DictReader(text.splitlines()), 2))


def _material(place: int, row: dict[str, str]) -> Specification:
    try:
        form = Form(row["form"])
        return Specification(
            form=form,
            grade=row["grade"],
            section=_section(form, row["section"]),
            condition=Condition(row["condition"]) if row["condition"] else None,
            treatment=Treatment(row["treatment"]) if row["treatment"] else None,
            surface=Surface(row["surface"]) if row["surface"] else None,
            quality=Quality(row["quality"]) if row["quality"] else None,
            standard=row["standard"] or None,
            dimension_standard=row["dimension_standard"] or None,
        )
    except (ValueError, KeyError) as wrong:
        raise SpecificationError(
            f"{_FILE}, line {place}: {wrong}", code="material_malformed", line=str(place)
        ) from wrong


def _section(form: Form, written: str) -> Section:
    section = section_from(form, written)
    if section is None:
        raise SpecificationError(
            f"“{written}” is not the size of a {form}.", code="size_unreadable", key=written
        )
    return section
