"""Everything that changes the catalogue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brain_engines.specs.problem import Specification
from industry_brain.accounts.models import User
from industry_brain.catalogue.engine import material_facts, suggested_code
from industry_brain.catalogue.models import Category, Material
from industry_brain.catalogue.permissions import may_edit_catalogue
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.records.operations import record


@transaction.atomic
def add_category(*, code: str, name: str, name_en: str, actor: User, at: datetime) -> Category:
    """Add a category in which rounds can be run."""
    require(may_edit_catalogue, actor, None)
    if Category.objects.filter(code=code).exists():
        raise Invalid(_("There is a category {category} already."), code="category_exists", category=code)
    category = Category.objects.create(code=code, name=name, name_en=name_en)
    record("catalogue.add_category", category, actor=actor, at=at, category=code)
    return category


@transaction.atomic
def add_material(
    specification: Specification, *, category: Category, actor: User, at: datetime, code: str = ""
) -> Material:
    """Add a material with a short code; the same specification is never there twice."""
    require(may_edit_catalogue, actor, None)
    facts = material_facts(specification)
    twin = Material.objects.filter(name=facts["name"]).first()
    if twin is not None:
        raise Invalid(
            _("{name} is in the catalogue already, as {material}."),
            code="material_exists",
            name=str(facts["name"]),
            material=twin.code,
        )
    material = Material.objects.create(
        code=_free_code(code or suggested_code(specification)), category=category, added_at=at, **facts
    )
    record("catalogue.add_material", material, actor=actor, at=at, material=material.code, name=material.name)
    return material


def _free_code(code: str) -> str:
    taken = set(Material.objects.filter(code__startswith=code).values_list("code", flat=True))
    if code not in taken:
        return code
    number = 2
    while f"{code}-{number}" in taken:
        number += 1
    return f"{code}-{number}"
