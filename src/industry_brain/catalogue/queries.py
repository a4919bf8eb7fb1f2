"""Reading categories and materials; everybody who signs in may."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.catalogue.models import Category, Material
from industry_brain.kernel.errors import NotFound
from industry_brain.kernel.text import search_words


def categories() -> QuerySet[Category]:
    """Every category."""
    return Category.objects.order_by("code")


def get_category(code: str) -> Category:
    """One category by its code."""
    category = Category.objects.filter(code=code).first()
    if category is None:
        raise NotFound(_("There is no category {category}."), code="no_category", category=code)
    return category


def materials(*, category: Category | None = None, containing: str = "") -> QuerySet[Material]:
    """Materials by code, of one category and with a text in code or name where these are given."""
    found = Material.objects.select_related("category").order_by("code")
    if category is not None:
        found = found.filter(category=category)
    for word in search_words(containing):
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word) | Q(name_en__icontains=word))
    return found


def get_material(code: str) -> Material:
    """One material by its code."""
    material = Material.objects.select_related("category").filter(code=code).first()
    if material is None:
        raise NotFound(_("There is no material {material}."), code="no_material", material=code)
    return material
