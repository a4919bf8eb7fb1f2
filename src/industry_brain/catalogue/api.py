"""The catalogue through the REST API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status

from brain_engines.specs.io import answer_to_dict, specification_from_dict
from brain_engines.specs.problem import Choice, SpecificationError
from industry_brain.accounts.requests import user_of
from industry_brain.catalogue import operations, queries
from industry_brain.catalogue.engine import find
from industry_brain.catalogue.models import Material
from industry_brain.kernel.errors import Invalid

router = Router(tags=["materials"])


class MaterialOut(Schema):
    """A material: its code, its names, and the whole specification (lengths in micrometres)."""

    code: str
    name: str
    name_en: str
    form: str
    grade: str
    standard: str
    grams_per_metre: int | None
    specification: dict[str, Any]


class MaterialIn(Schema):
    """A material to be added."""

    category: str
    specification: dict[str, Any]
    code: str = ""


class ChoiceIn(Schema):
    """A person's answer to a question of an earlier reading."""

    code: str
    subject: str
    key: str


class TextIn(Schema):
    """A specification as somebody wrote it, with answers to questions where there were any."""

    text: str
    choices: list[ChoiceIn] = []


class ReadOut(Schema):
    """What a text was read as; the material that is exactly meant; near ones otherwise."""

    answer: dict[str, Any]
    material: MaterialOut | None
    candidates: list[MaterialOut]


@router.get("/", response=list[MaterialOut])
def list_materials(request: HttpRequest, q: str = "", after: str = "", limit: int = 200) -> list[Material]:
    """Give materials by code, from the one after ``after``; at most 1,000 at a time."""
    found = queries.materials(containing=q).filter(code__gt=after)
    return list(found[: max(1, min(limit, 1000))])


@router.post("/", response={201: MaterialOut})
def add_material(request: HttpRequest, body: MaterialIn) -> Status[Material]:
    """Add a material to the catalogue."""
    try:
        specification = specification_from_dict(body.specification)
    except SpecificationError as error:
        raise Invalid(
            _("The specification does not hold together: {reason}"), code=error.code, reason=str(error)
        ) from error
    category = queries.get_category(body.category)
    user = user_of(request)
    material = operations.add_material(
        specification, category=category, code=body.code, actor=user, at=timezone.now()
    )
    return Status(201, material)


@router.post("/read", response=ReadOut)
def read_text(request: HttpRequest, body: TextIn) -> object:
    """Read a written specification: a material, near ones, or a question for a person."""
    if len(body.text) > 2000:
        raise Invalid(_("A specification is one line of at most 2,000 characters."), code="text_too_long")
    try:
        choices = [Choice(c.code, c.subject, c.key) for c in body.choices]
        found = find(body.text, queries.materials(), choices=choices)
    except SpecificationError as error:
        raise Invalid(
            _("The specification does not hold together: {reason}"), code=error.code, reason=str(error)
        ) from error
    return {
        "answer": answer_to_dict(found.answer),
        "material": found.material,
        "candidates": list(found.candidates),
    }
