"""Rounds, what is bought in them, who is invited, and the rules of the award."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation, User
from industry_brain.catalogue.models import Category, Material
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.fields import GramField, PpmField, UnitPriceField
from industry_brain.kernel.language import localised
from industry_brain.rounds.states import BreakawayCapacity, RoundState


class Round(models.Model):
    """One pooled purchase of a category, from demands to the award.

    Its state changes only through operations, here and downstream in ``demands``
    (pooling), ``bids`` (opening) and ``awards`` (awarding).
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    title = models.CharField(_("title in Chinese"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    operator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="rounds")
    terms = models.TextField(_("terms for bidders"), blank=True)

    max_suppliers = models.PositiveSmallIntegerField(_("at most so many winners"), null=True, blank=True)
    min_suppliers = models.PositiveSmallIntegerField(_("at least so many winners"), null=True, blank=True)
    max_suppliers_per_item = models.PositiveSmallIntegerField(
        _("at most so many winners per item"), null=True, blank=True
    )
    annual_rate_ppm = PpmField(_("annual rate for payment terms"), default=0)
    quality_weight_ppm = PpmField(_("weight of quality"), default=0)
    breakaway_capacity = models.CharField(
        _("capacity of a group that leaves"),
        max_length=10,
        choices=BreakawayCapacity.choices,
        default=BreakawayCapacity.PRO_RATA,
    )

    state = models.CharField(_("state"), max_length=12, choices=RoundState.choices, default=RoundState.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True)

    demands_close_at = models.DateTimeField(_("demands close at"))
    bids_close_at = models.DateTimeField(_("bids close at"))
    call_off_from = models.DateField(_("call-off from"))
    call_off_until = models.DateField(_("call-off until"))
    standstill_days = models.PositiveSmallIntegerField(_("standstill in days"), default=3)
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    pooled_at = models.DateTimeField(_("pooled at"), null=True, editable=False)
    bidding_at = models.DateTimeField(_("bidding opened at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    awarded_at = models.DateTimeField(_("awarded at"), null=True, editable=False)
    standstill_until = models.DateTimeField(_("standstill until"), null=True, editable=False)
    final_at = models.DateTimeField(_("final at"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)

    class Meta:
        verbose_name = _("round")
        indexes = [models.Index(name="round_by_state", fields=["state", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                name="round_published_unless_draft",
                condition=Q(state__in=["draft", "cancelled"]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="round_bids_close_after_demands", condition=Q(bids_close_at__gt=F("demands_close_at"))
            ),
            models.CheckConstraint(
                name="round_cancelled_with_a_reason",
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name_shown}"

    @property
    def name_shown(self) -> str:
        """The title in the reader's language."""
        return localised(self.title, self.title_en)


class Window(models.Model):
    """A delivery window of a round that a demand may name, such as the first half of the month."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="windows")
    code = models.SlugField(_("code"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    max_lead_days = models.PositiveSmallIntegerField(_("longest lead time in days"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="window_code_once_per_round", fields=["round", "code"]),
            models.CheckConstraint(name="window_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%m-%d} – {self.ends_on:%m-%d}"


class Index(models.Model):
    """A published price index and the value at which this round evaluates it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="indices")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name and source"), max_length=160)
    value = UnitPriceField(_("value"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="index_once_per_round", fields=["round", "code"]),
            models.CheckConstraint(name="index_value_positive", condition=Q(value__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """What is bought: a material for a delivery place in a window, pooled from demands."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=120)
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="items")
    quantity = GramField(_("pooled quantity"))
    market_price = UnitPriceField(_("market reference price"), null=True, blank=True)

    class Meta:
        verbose_name = _("item")
        constraints = [
            models.UniqueConstraint(
                name="item_once_per_round", fields=["round", "material", "place", "window"]
            ),
            models.UniqueConstraint(name="item_code_once_per_round", fields=["round", "code"]),
            models.CheckConstraint(name="item_quantity_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.code


class Invitation(models.Model):
    """That a supplier may bid in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField(_("invited at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invitation_once", fields=["round", "supplier"]),
        ]

    def __str__(self) -> str:
        return f"{self.round} → {self.supplier}"


class ShareRule(models.Model):
    """A bound on a supplier's share of the quantity awarded in a round.

    Without a supplier it binds each supplier on its own.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="share_rules")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    min_ppm = PpmField(_("at least"), null=True, blank=True)
    max_ppm = PpmField(_("at most"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_rule_says_something",
                condition=Q(min_ppm__isnull=False) | Q(max_ppm__isnull=False),
            ),
            models.CheckConstraint(
                name="share_rule_minimum_names_supplier",
                condition=Q(min_ppm__isnull=True) | Q(supplier__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier or '*'} {self.min_ppm}–{self.max_ppm}"
