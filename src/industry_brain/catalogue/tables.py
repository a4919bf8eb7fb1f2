"""How the catalogue's list sorts, and how a reading is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brain_engines.specs.describe import length_text, section_text
from brain_engines.specs.names import spelled
from brain_engines.specs.problem import Field, Form, Length, Reading, Section
from brain_engines.specs.questions import sentence
from industry_brain.catalogue.engine import Found

SORTS = {"code": "code", "grade": ("grade", "code"), "form": ("form", "code"), "name": "name"}

FIELD_NAMES: dict[Field, str | Promise] = {
    Field.GRADE: _("grade"),
    Field.FORM: _("form"),
    Field.SECTION: _("section"),
    Field.LENGTH: _("length"),
    Field.CONDITION: _("delivery condition"),
    Field.TREATMENT: _("heat treatment"),
    Field.SURFACE: _("surface"),
    Field.QUALITY: _("quality class"),
    Field.PROCESS: _("process"),
    Field.WEIGHING: _("weighing"),
    Field.STANDARD: _("standard"),
    Field.DIMENSION_STANDARD: _("size standard"),
}


@dataclass(frozen=True)
class ReadingRow:
    """One field of a reading as the page shows it."""

    name: str | Promise
    value: str
    confidence: int


@dataclass(frozen=True)
class Reads:
    """A whole reading as the page shows it: rows, the open question, what was left over."""

    rows: tuple[ReadingRow, ...]
    question: str
    options: tuple[str, ...]
    rest: tuple[str, ...]


def reading_rows(found: Found | None, language: str) -> Reads | None:
    """Write a reading in the reader's language."""
    if found is None:
        return None
    short = "zh" if language.startswith("zh") else "en"
    asked = found.answer.question
    form = next((r.value for r in found.answer.readings if r.field is Field.FORM), Form.ROUND_BAR)
    return Reads(
        rows=tuple(
            ReadingRow(FIELD_NAMES[r.field], _value(r, form, short), r.confidence)
            for r in found.answer.readings
        ),
        question=sentence(asked, short) if asked else "",
        options=tuple(o.chinese if short == "zh" else o.english for o in asked.options) if asked else (),
        rest=tuple(r.text for r in found.answer.remainders if r.text.strip()),
    )


def _value(reading: Reading, form: Any, language: str) -> str:
    value = reading.value
    if isinstance(value, Section):
        return section_text(form, value)
    if isinstance(value, Length):
        return length_text(value, language)
    if isinstance(value, tuple):
        return "+".join(spelled(step, language) for step in value)
    return value if type(value) is str else spelled(value, language)  # type: ignore[arg-type] # enums are strings too
