"""Categories and materials."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.language import localised


class Category(models.Model):
    """What one round is about, such as bearing steel."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("category")

    def __str__(self) -> str:
        return localised(self.name, self.name_en)


class Material(models.Model):
    """One standardised specification, bought by the tonne.

    ``specification`` is a :class:`brain_engines.specs.Specification` as
    :mod:`industry_brain.catalogue.engine` writes it; ``form``, ``grade`` and ``standard``
    repeat its values for searching.  Changed only through
    :mod:`industry_brain.catalogue.operations`.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="materials")
    name = models.CharField(_("name in Chinese"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    form = models.CharField(_("form"), max_length=20)
    grade = models.CharField(_("grade"), max_length=30)
    standard = models.CharField(_("standard"), max_length=40, blank=True)
    specification = models.JSONField(_("specification"))
    grams_per_metre = models.PositiveIntegerField(_("theoretical weight (g/m)"), null=True, blank=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("material")

    def __str__(self) -> str:
        return localised(self.name, self.name_en)
