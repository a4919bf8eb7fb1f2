"""Reading demands, sheets, and what the pool wants in total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.catalogue.models import Material
from industry_brain.demands.models import Demand, Sheet, SheetRow
from industry_brain.demands.permissions import may_see_picture, may_see_totals
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm, Place
from industry_brain.firms.queries import members, own_firms
from industry_brain.kernel.errors import Invalid, NotFound
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.states import RoundState

# Totals over fewer members than this would tell one member what another wants.
SMALLEST_GROUP = 3
COUNTED = (DemandState.SUBMITTED, DemandState.POOLED)


def demands_seen_by(actor: User) -> QuerySet[Demand]:
    """Demands the actor may read: a member its own, the operator those of its rounds, auditors all."""
    demands = Demand.objects.select_related("round", "member", "material", "place", "window")
    if not acts_as(actor, Role.AUDITOR):
        own = Q(member__in=organisation_ids(actor, Role.MEMBER))
        demands = demands.filter(own | Q(round__operator__in=organisation_ids(actor, Role.OPERATOR)))
    return demands.order_by("material__code", "place__code", "window__code", "pk")


def get_demand(reference: str, *, seen_by: User) -> Demand:
    """One demand by its reference; one the actor may not see does not exist."""
    demand = demands_seen_by(seen_by).filter(reference=reference).first()
    if demand is None:
        raise NotFound(_("There is no demand {reference}."), code="no_demand", reference=reference)
    return demand


def sheets_seen_by(actor: User) -> QuerySet[Sheet]:
    """Imported sheets the actor may read, by the same rule as demands, newest first."""
    sheets = Sheet.objects.select_related("round", "member", "imported_by")
    if not acts_as(actor, Role.AUDITOR):
        own = Q(member__in=organisation_ids(actor, Role.MEMBER))
        sheets = sheets.filter(own | Q(round__operator__in=organisation_ids(actor, Role.OPERATOR)))
    faulty = Count("rows", filter=Q(rows__state=RowState.FAULTY))
    taken = Count("rows", filter=Q(rows__state=RowState.TAKEN))
    return sheets.annotate(faulty_rows=faulty, taken_rows=taken).order_by("-imported_at", "-pk")


def get_sheet(reference: str, *, seen_by: User) -> Sheet:
    """One sheet by its reference; one the actor may not see does not exist."""
    sheet = sheets_seen_by(seen_by).filter(reference=reference).first()
    if sheet is None:
        raise NotFound(_("There is no sheet {reference}."), code="no_sheet", reference=reference)
    return sheet


def rows_of(sheet: Sheet, *, faulty_only: bool = False) -> QuerySet[SheetRow]:
    """The rows of a sheet in their order."""
    rows = SheetRow.objects.filter(sheet=sheet).select_related("demand").order_by("number")
    return rows.filter(state=RowState.FAULTY) if faulty_only else rows


def get_row(sheet: Sheet, number: int) -> SheetRow:
    """One row of a sheet by its number."""
    row = rows_of(sheet).filter(number=number).first()
    if row is None:
        raise NotFound(
            _("There is no row {number} in {sheet}."), code="no_row", number=number, sheet=sheet.reference
        )
    return row


def member_of(actor: User, reference: str = "") -> Firm:
    """The firm for which the actor enters demands; it must be named where there are several."""
    firms = own_firms(actor, Role.MEMBER).filter(is_member=True).select_related("place")
    found = list(firms.filter(reference=reference) if reference else firms[:2])
    if not found:
        raise NotFound(_("You do not act for a member here. Sign in as somebody who does."), code="no_member")
    if len(found) > 1:
        raise Invalid(
            _("You act for several members. Say for which one, by its reference."), code="which_member"
        )
    return found[0]


def demands_of(round_: Round, member: Firm) -> QuerySet[Demand]:
    """The demands of a member in a round, without those withdrawn."""
    demands = Demand.objects.filter(round=round_, member=member).exclude(state=DemandState.WITHDRAWN)
    demands = demands.select_related("round", "material", "place", "window")
    return demands.order_by("material__code", "place__code", "window__code", "pk")


def submitted_demands(round_: Round) -> QuerySet[Demand]:
    """What has been submitted or pooled in a round, of all members."""
    demands = Demand.objects.filter(round=round_, state__in=COUNTED)
    demands = demands.select_related("member", "material", "place", "window", "item")
    return demands.order_by("material__code", "place__code", "window__code", "member__reference")


def takes_demands(round_: Round, at: datetime) -> bool:
    """Whether demands of a round can be entered and changed at a moment."""
    return round_.state == RoundState.COLLECTING and at < round_.demands_close_at


def can_be_pooled(round_: Round, at: datetime, *, complete: bool) -> bool:
    """Whether demands can be added up: after the announced moment, or once every member has submitted."""
    return round_.state == RoundState.COLLECTING and (complete or at >= round_.demands_close_at)


@dataclass(frozen=True)
class RoundCount:
    """What a member has in a round."""

    round: Round
    drafts: int
    submitted: int
    quantity: int


def demands_by_round(rounds: Sequence[Round], member_ids: Iterable[int]) -> list[RoundCount]:
    """Count what members have in each of the rounds."""
    found = Demand.objects.filter(round__in=rounds, member__in=list(member_ids))
    counted = (
        found.exclude(state=DemandState.WITHDRAWN)
        .order_by()
        .values("round")
        .annotate(
            drafts=Count("pk", filter=Q(state=DemandState.DRAFT)),
            submitted=Count("pk", filter=Q(state__in=COUNTED)),
            grams=Sum("quantity"),
        )
    )
    by_round = {row["round"]: row for row in counted}
    nothing = {"drafts": 0, "submitted": 0, "grams": 0}
    rows = [(round_, by_round.get(round_.pk, nothing)) for round_ in rounds]
    return [RoundCount(r, row["drafts"], row["submitted"], row["grams"] or 0) for r, row in rows]


@dataclass(frozen=True)
class Total:
    """What the pool wants of a material; ``quantity`` is withheld where too few members want it."""

    material: Material
    members: int
    quantity: int | None


def totals(round_: Round, *, seen_by: User) -> list[Total]:
    """What has been submitted in a round by material, without saying who wants it.

    While members still enter demands, a total over fewer than three members is withheld
    from everybody but those who oversee the round.
    """
    if not may_see_totals(seen_by, round_):
        raise NotFound(_("There are no totals of {round}."), code="no_totals", round=round_)
    counted = (
        Demand.objects.filter(round=round_, state__in=COUNTED)
        .order_by()
        .values("material")
        .annotate(members=Count("member", distinct=True), grams=Sum("quantity"))
    )
    by_material = {row["material"]: row for row in counted}
    open_to_all = round_.pooled_at is not None or may_see_picture(seen_by, round_)
    return [
        Total(
            material,
            by_material[material.pk]["members"],
            by_material[material.pk]["grams"]
            if open_to_all or by_material[material.pk]["members"] >= SMALLEST_GROUP
            else None,
        )
        for material in Material.objects.filter(pk__in=by_material).order_by("code")
    ]


@dataclass(frozen=True)
class Column:
    """What one item of the pool is, or will be."""

    material: Material
    place: Place
    window: Window
    quantity: int


@dataclass(frozen=True)
class PictureRow:
    """What one member wants of each item, in the order of the columns, and what it still has in draft."""

    member: Firm
    quantities: tuple[int, ...]
    total: int
    drafts: int


@dataclass(frozen=True)
class Picture:
    """Who wants what: members by items, who has submitted nothing, and who would take something else."""

    columns: tuple[Column, ...]
    rows: tuple[PictureRow, ...]
    missing: tuple[Firm, ...]
    total: int
    drafts: int
    with_substitutes: tuple[Demand, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every member has submitted and nobody has drafts left."""
        return bool(self.rows) and not self.missing and self.drafts == 0


def pooled_picture(round_: Round) -> Picture:
    """Who wants what in a round; for those who oversee it only."""
    cells: dict[tuple[int, int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    parts: dict[tuple[int, int, int], Demand] = {}
    for demand in submitted_demands(round_):
        key = (demand.material_id, demand.place_id, demand.window_id)
        parts.setdefault(key, demand)
        cells[key][demand.member_id] += demand.quantity
    columns = tuple(
        Column(d.material, d.place, d.window, sum(cells[key].values())) for key, d in parts.items()
    )
    drafts = _drafts_by_member(round_)
    submitted = {member for by_member in cells.values() for member in by_member}
    everybody = list(members())
    rows = tuple(
        PictureRow(
            firm,
            tuple(cells[key].get(firm.pk, 0) for key in parts),
            sum(cells[key].get(firm.pk, 0) for key in parts),
            drafts.get(firm.pk, 0),
        )
        for firm in everybody
        if firm.pk in submitted
    )
    missing = tuple(firm for firm in everybody if firm.pk not in submitted)
    total = sum(column.quantity for column in columns)
    return Picture(columns, rows, missing, total, sum(drafts.values()), _with_substitutes(round_))


def _with_substitutes(round_: Round) -> tuple[Demand, ...]:
    """Give the demands whose members would also take other materials."""
    demands = submitted_demands(round_).prefetch_related("substitutes")
    wishes = Demand.substitutes.through.objects.filter(demand__round=round_)
    return tuple(demands.filter(pk__in=wishes.values("demand")))


def _drafts_by_member(round_: Round) -> dict[int, int]:
    drafts = Demand.objects.filter(round=round_, state=DemandState.DRAFT).order_by()
    return {row["member"]: row["n"] for row in drafts.values("member").annotate(n=Count("pk"))}


def confirmed_writings(member: Firm) -> dict[str, int]:
    """How a member wrote materials before, and which material each writing turned out to mean."""
    written = Demand.objects.filter(member=member).exclude(written_as="").order_by("pk")
    return dict(written.values_list("written_as", "material"))
