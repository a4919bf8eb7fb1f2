"""Between materials and the engine that reads specifications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brain_engines.specs.describe import describe, section_text
from brain_engines.specs.io import specification_from_dict, specification_to_dict
from brain_engines.specs.match import Match, match
from brain_engines.specs.names import spelled
from brain_engines.specs.problem import Answer, Choice, Form, Specification
from brain_engines.specs.read import read
from brain_engines.specs.weight import theoretical_weight
from industry_brain.catalogue.models import Material

FORM_CODES = {
    "round_bar": "R",
    "square_bar": "S",
    "hex_bar": "H",
    "flat_bar": "F",
    "wire_rod": "W",
    "wire": "D",
    "tube": "T",
    "plate": "P",
    "strip": "C",
    "ring": "N",
}


@dataclass(frozen=True)
class Found:
    """What a text was read as, and which materials of the catalogue are meant or near.

    ``answer.question`` is open where a person must decide; then ``material`` is empty.
    ``candidates`` are near materials, nearest first, for a person to choose from.
    """

    answer: Answer
    material: Material | None
    candidates: tuple[Material, ...] = ()


def specification_of(material: Material) -> Specification:
    """Give a material's specification as the engine knows it."""
    return specification_from_dict(material.specification)


def find(text: str, among: Iterable[Material], *, choices: Iterable[Choice] = ()) -> Found:
    """Read a text and look it up; nothing is ever taken for meant that was not said."""
    by_code = {material.code: material for material in among}
    answer = read(text, choices)
    if answer.specification is None:
        return Found(answer, None)
    matched: Match = match(answer.specification, {c: specification_of(m) for c, m in by_code.items()})
    if matched.key is not None:
        return Found(answer, by_code[matched.key])
    return Found(answer, None, tuple(by_code[c.key] for c in matched.candidates if not c.contradicts))


def material_facts(specification: Specification) -> dict[str, object]:
    """Work out the columns of a material that follow from its specification."""
    return {
        "name": describe(specification, "zh"),
        "name_en": describe(specification, "en"),
        "form": specification.form.value,
        "grade": specification.grade,
        "standard": specification.standard or "",
        "specification": specification_to_dict(specification),
        "grams_per_metre": _grams_per_metre(specification),
    }


def suggested_code(specification: Specification) -> str:
    """Make a short code such as ``GCr15-R50-HR``; the caller makes it unique."""
    size = section_text(specification.form, specification.section)
    plain = size.strip("φ□δS").replace("φ", "").replace("×", "x")
    words = [
        "".join(part[0] for part in str(word).split("_")).upper()
        for word in (specification.condition, specification.treatment, specification.surface)
        if word is not None
    ]
    return "-".join([specification.grade, f"{FORM_CODES[specification.form.value]}{plain}", *words])


def form_name(form: str, language: str) -> str:
    """Give the trade's word for a form."""
    return spelled(Form(form), language)


def _grams_per_metre(specification: Specification) -> int | None:
    weight = theoretical_weight(specification)
    return weight.grams if weight.per == "metre" else None
