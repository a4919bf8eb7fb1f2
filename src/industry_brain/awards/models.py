"""Award runs, what they found, and who approved it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.awards.states import BoundSource, RunPhase, RunState
from industry_brain.demands.models import Demand
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.fields import FenField, GramField, UnitPriceField
from industry_brain.rounds.models import Item, Round

SHARING_GIVEN_UP = timedelta(minutes=30)
"""After so long without an answer somebody may ask for shares again."""
FILE_COLUMNS = ("round_file", "award_file", "proof_file", "shares_file")


class AwardRun(models.Model):
    """One computation of an award for a round: its progress, files and result.

    The files are the exact texts of ``round-format.md`` that ``brain check`` accepts.
    ``attempt`` is the fence: a worker that lost its lease cannot write any more.
    ``failure`` is an untranslated sentence with ``failure_facts`` in it, and so is ``unshared``,
    which says why a checked award has no shares.  Changed only
    through :mod:`industry_brain.awards.operations`.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(_("state"), max_length=12, choices=RunState.choices, default=RunState.QUEUED)
    phase = models.CharField(_("phase"), max_length=12, choices=RunPhase.choices, default=RunPhase.READING)
    limit_seconds = models.PositiveIntegerField(_("time limit in seconds"), default=300)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested at"))
    attempt = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(_("started at"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    stop_requested_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    failure = models.TextField(_("failure"), blank=True)
    failure_facts = models.JSONField(default=dict)
    conflicts = models.JSONField(_("what cannot hold together"), default=list)

    best_cost = FenField(_("best cost so far"), null=True)
    bound = FenField(_("lower bound"), null=True)
    gap_ppb = models.BigIntegerField(_("gap in parts per billion"), null=True)
    evaluated_cost = FenField(_("evaluated cost"), null=True)
    landed_cost = FenField(_("landed cost"), null=True)

    bound_source = models.CharField(
        _("who vouches for the bound"), max_length=12, choices=BoundSource.choices, blank=True
    )
    round_file = models.TextField(blank=True)
    round_sha256 = models.CharField(max_length=64, blank=True)
    award_file = models.TextField(blank=True)
    proof_file = models.TextField(blank=True)
    shares_file = models.TextField(blank=True)
    comparisons = models.JSONField(default=dict)
    statistics = models.JSONField(default=dict)
    sharing_rule = models.CharField(_("sharing rule"), max_length=20, blank=True)
    is_stable = models.BooleanField(_("no group would do better apart"), null=True)
    worst_regret = FenField(_("largest gain of any group apart"), null=True)
    unshared = models.TextField(_("why there are no shares"), blank=True)
    unshared_facts = models.JSONField(default=dict)
    sharing_asked_at = models.DateTimeField(_("sharing asked for again at"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    set_aside_at = models.DateTimeField(_("set aside at"), null=True)
    set_aside_reason = models.CharField(_("reason for setting aside"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("award run")
        indexes = [models.Index(name="run_by_round", fields=["round", "-requested_at"])]
        constraints = [
            models.CheckConstraint(
                name="run_with_award_is_checked",
                condition=~Q(state__in=["proved", "within_gap"])
                | (Q(checked_at__isnull=False) & Q(landed_cost__isnull=False)),
            ),
            models.UniqueConstraint(
                name="run_one_at_a_time", fields=["round"], condition=Q(state__in=["queued", "solving"])
            ),
            models.UniqueConstraint(
                name="run_one_approved_per_round", fields=["round"], condition=Q(approved_at__isnull=False)
            ),
            models.CheckConstraint(
                name="run_approved_with_award",
                condition=Q(approved_at__isnull=True)
                | Q(state__in=["proved", "within_gap"], set_aside_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_shared(self) -> bool:
        """Whether the bill is split among the members."""
        return self.sharing_rule != ""

    def is_sharing(self, at: datetime) -> bool:
        """Say whether a worker was asked for the shares and may still be at it."""
        return self.sharing_asked_at is not None and at - self.sharing_asked_at < SHARING_GIVEN_UP

    @property
    def is_bound_proved(self) -> bool:
        """Whether a certificate vouches for the bound, or for there being no award."""
        return self.bound_source == BoundSource.CERTIFICATE


class ProgressPoint(models.Model):
    """Best cost and bound at a moment of a run, for the progress chart."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="points")
    milliseconds = models.PositiveIntegerField()
    best_cost = FenField(null=True)
    bound = FenField(null=True)

    def __str__(self) -> str:
        return f"{self.run} {self.milliseconds} ms"


class AwardLine(models.Model):
    """What one supplier wins of one item as unit offers."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="lines")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = GramField(_("quantity"))
    price = UnitPriceField(_("price offered"))
    discount = models.CharField(_("discount"), max_length=400, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), null=True)
    unit_price = UnitPriceField(_("price after discount"))
    freight = UnitPriceField(_("freight"))
    invoice = FenField(_("invoice"))
    landed = FenField(_("landed"))

    class Meta:
        constraints = [models.UniqueConstraint(name="award_line_once", fields=["run", "supplier", "item"])]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.item}"


class AwardedPackage(models.Model):
    """A package that a supplier wins, at its own price before freight."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="packages")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("package"), max_length=400)
    price = FenField(_("price"))

    class Meta:
        constraints = [models.UniqueConstraint(name="package_once", fields=["run", "supplier", "code"])]

    def __str__(self) -> str:
        return f"{self.supplier} · {self.code}"


class AwardedCharge(models.Model):
    """A fixed charge that becomes due: once per winning bid, or per place served."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="charges")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True)
    amount = FenField(_("amount"))

    def __str__(self) -> str:
        return f"{self.supplier}: {self.amount}"


class ListPrice(models.Model):
    """The one price that every member pays for an item, delivered."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="price_list")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    price = UnitPriceField(_("list price"))

    class Meta:
        constraints = [models.UniqueConstraint(name="list_price_once", fields=["run", "item"])]

    def __str__(self) -> str:
        return f"{self.item}: {self.price}"


class Allocation(models.Model):
    """Whose steel comes from whom: a demand's quantity from one supplier."""

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="allocations")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="allocations")
    supplier = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    quantity = GramField(_("quantity"))

    class Meta:
        constraints = [models.UniqueConstraint(name="allocation_once", fields=["run", "demand", "supplier"])]

    def __str__(self) -> str:
        return f"{self.demand} ← {self.supplier}"


class Share(models.Model):
    """What one member pays for its part of the award, and how it compares.

    ``stand_alone`` is empty when the member could not buy everything alone.
    ``alternative_margin`` is by how much more the closest alternative group would pay.
    ``last_contract`` and ``market`` are empty unless every tonne received has such a price.
    """

    run = models.ForeignKey(AwardRun, on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="shares")
    quantity = GramField(_("quantity"))
    payment = FenField(_("payment"))
    credit = FenField(_("credit"), default=0)
    stand_alone = FenField(_("alone"), null=True)
    marginal = FenField(_("added to the pool's bill"), null=True)
    alternative_size = models.PositiveSmallIntegerField(null=True)
    alternative_margin = FenField(null=True)
    last_contract = FenField(_("at the last contract price"), null=True)
    market = FenField(_("at the market index"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="share_once", fields=["run", "member"])]

    def __str__(self) -> str:
        return f"{self.member}: {self.payment}"

    @property
    def saving(self) -> int | None:
        """What is saved against buying alone; negative if more is paid."""
        return None if self.stand_alone is None else self.stand_alone - self.payment


class Approval(models.Model):
    """That a person agreed to an award; two different people make it valid."""

    run = models.ForeignKey(AwardRun, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    approved_at = models.DateTimeField(_("approved at"))

    class Meta:
        constraints = [models.UniqueConstraint(name="approval_once_per_person", fields=["run", "person"])]

    def __str__(self) -> str:
        return f"{self.run} · {self.person}"
