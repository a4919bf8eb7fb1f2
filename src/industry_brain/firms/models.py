"""Firms and delivery places."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation
from industry_brain.kernel.fields import PpmField
from industry_brain.kernel.language import localised


class Place(models.Model):
    """A town or works to which material is delivered; freight is quoted per place."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("delivery place")

    def __str__(self) -> str:
        return localised(self.name, self.name_en)


class Firm(Organisation):
    """A legal entity; it may be a member that buys, a supplier that sells, or both.

    ``quality_ppm`` is the supplier's current quality score (100 % = 1,000,000); rounds
    read it, scorecards will write it.  Changed only through
    :mod:`industry_brain.firms.operations`.
    """

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="firms", verbose_name=_("place"))
    is_member = models.BooleanField(_("member"), default=False)
    is_supplier = models.BooleanField(_("supplier"), default=False)
    quality_ppm = PpmField(_("quality score"), default=1_000_000)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    joined_at = models.DateTimeField(_("joined at"))

    class Meta:
        verbose_name = _("firm")
        constraints = [
            models.CheckConstraint(
                name="firm_buys_or_sells", condition=Q(is_member=True) | Q(is_supplier=True)
            ),
            models.CheckConstraint(
                name="firm_quality_is_a_share", condition=Q(quality_ppm__gte=0, quality_ppm__lte=1_000_000)
            ),
        ]
