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

    The fields mirror :class:`brain_engines.specs.Specification`; enumerated ones hold the
    engine's values, empty where the specification leaves them open.  Lengths are whole
    micrometres.  Changed only through :mod:`industry_brain.catalogue.operations`.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="materials")
    name = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    form = models.CharField(_("form"), max_length=20)
    grade = models.CharField(_("grade"), max_length=30)
    standard = models.CharField(_("standard"), max_length=40, blank=True)
    quality_class = models.CharField(_("quality class"), max_length=20, blank=True)
    size_um = models.PositiveIntegerField(_("diameter or side (μm)"))
    second_size_um = models.PositiveIntegerField(_("wall or thickness (μm)"), null=True, blank=True)
    condition = models.CharField(_("delivery condition"), max_length=30, blank=True)
    surface = models.CharField(_("surface"), max_length=20, blank=True)
    length_min_um = models.PositiveBigIntegerField(_("shortest length (μm)"), null=True, blank=True)
    length_max_um = models.PositiveBigIntegerField(_("longest length (μm)"), null=True, blank=True)
    grams_per_metre = models.PositiveIntegerField(_("theoretical weight (g/m)"))
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("material")

    def __str__(self) -> str:
        return localised(self.name, self.name_en)
