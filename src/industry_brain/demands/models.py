"""Demands, and the sheets from which they were imported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.fields import GramField, UnitPriceField
from industry_brain.rounds.models import Item, Round, Window


class Demand(models.Model):
    """So much of a material that a member wants at a place in a window.

    One row per member, material, place and window of a round.  ``item`` is set when the
    round is pooled.  Changed only through :mod:`industry_brain.demands.operations`.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="demands")
    member = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="demands")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="+")
    quantity = GramField(_("quantity"))
    reserve_price = UnitPriceField(_("reserve price"), null=True, blank=True)
    last_price = UnitPriceField(_("last contract price"), null=True, blank=True)
    substitutes = models.ManyToManyField(Material, related_name="+", blank=True)
    excluded_suppliers = models.ManyToManyField(Firm, related_name="+", blank=True)
    written_as = models.CharField(_("as written by the member"), max_length=300, blank=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="demands", null=True)

    state = models.CharField(
        _("state"), max_length=12, choices=DemandState.choices, default=DemandState.DRAFT
    )
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)

    class Meta:
        verbose_name = _("demand")
        constraints = [
            models.CheckConstraint(name="demand_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="demand_item_when_pooled", condition=~Q(state="pooled") | Q(item__isnull=False)
            ),
            models.UniqueConstraint(
                name="demand_once_per_member_and_item",
                fields=["round", "member", "material", "place", "window"],
                condition=~Q(state="withdrawn"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Sheet(models.Model):
    """A pasted or uploaded sheet, kept as it came so that nothing is lost."""

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    member = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="sheets")
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    columns = models.JSONField(_("columns"))
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("imported at"))

    def __str__(self) -> str:
        return self.reference


class SheetRow(models.Model):
    """One row of a sheet: its cells as they came, and what is wrong with them or what it became.

    ``faults`` is a list of ``{"column", "code", "message", "facts", "options"}``.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(_("cells"))
    faults = models.JSONField(_("faults"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=RowState.choices)
    demand = models.ForeignKey(Demand, on_delete=models.SET_NULL, related_name="rows", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="sheet_row_once", fields=["sheet", "number"])]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.number}"
