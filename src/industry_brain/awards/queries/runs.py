"""Runs, shares and bidders as far as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.awards.models import FILE_COLUMNS, Approval, AwardRun, ProgressPoint, Share
from industry_brain.awards.permissions import may_see_all, may_see_result
from industry_brain.bids.models import Bid
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import NotFound
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState

MOST_POINTS = 200


def runs_seen_by(actor: User) -> QuerySet[AwardRun]:
    """Runs the actor may know of, newest first.

    Operators: all of their own rounds.  Auditors: all.  The city: approved ones.  Members and
    suppliers: approved ones in which they have a share or a bid.
    """
    runs = AwardRun.objects.select_related("round", "round__category", "requested_by")
    runs = runs.defer(*FILE_COLUMNS)
    if not acts_as(actor, Role.AUDITOR):
        visible = Q(round__operator__in=organisation_ids(actor, Role.OPERATOR))
        visible |= Q(approved_at__isnull=False) & _concerned(actor)
        runs = runs.filter(visible)
    return runs.order_by("-requested_at", "-pk")


def _concerned(actor: User) -> Q:
    if acts_as(actor, Role.ANALYST, Role.COMMISSIONER):
        return Q()
    shared = Share.objects.filter(member__in=organisation_ids(actor, Role.MEMBER)).values("run")
    bid = Bid.objects.filter(supplier__in=organisation_ids(actor, Role.SUPPLIER), state=BidState.OPENED)
    return Q(pk__in=shared) | Q(round__in=bid.values("round"))


def get_run(reference: str, *, seen_by: User) -> AwardRun:
    """One run by its reference; one the actor may not see does not exist."""
    run = runs_seen_by(seen_by).filter(reference=reference).first()
    if run is None:
        raise _no_run(reference)
    return run


def get_result(reference: str, *, seen_by: User) -> AwardRun:
    """One run whose whole content the actor may see; for everybody else it does not exist."""
    run = get_run(reference, seen_by=seen_by)
    if not may_see_all(seen_by, run):
        raise _no_run(reference)
    return run


def _no_run(reference: str) -> NotFound:
    return NotFound(_("There is no award {reference}."), code="no_award", reference=reference)


def runs_of_round(round_: Round, *, seen_by: User) -> QuerySet[AwardRun]:
    """The runs of one round that the actor may see."""
    return runs_seen_by(seen_by).filter(round=round_)


def rounds_to_award(actor: User) -> QuerySet[Round]:
    """Rounds with opened bids that the actor could have awarded now."""
    own = Round.objects.filter(operator__in=organisation_ids(actor, Role.OPERATOR))
    return own.filter(state=RoundState.OPENED).select_related("category").order_by("opened_at", "pk")


def shares_seen_by(run: AwardRun, actor: User) -> QuerySet[Share]:
    """Every share for overseers; those of one's own firms, once approved, for members."""
    shares = (
        Share.objects.filter(run=run).select_related("member", "run__round").order_by("member__reference")
    )
    if may_see_all(actor, run):
        return shares
    if run.approved_at is None:
        return shares.none()
    return shares.filter(member__in=organisation_ids(actor, Role.MEMBER))


def get_share(run: AwardRun, member: str, *, seen_by: User) -> Share:
    """The share of one member, or of the actor's own firm if no member is named."""
    shares = shares_seen_by(run, seen_by)
    own = shares.filter(member__in=organisation_ids(seen_by, Role.MEMBER))
    share = (shares.filter(member__reference=member) if member else own).first()
    if share is None:
        raise NotFound(
            _("There is no share of {member} in {run}."), code="no_share", member=member or seen_by, run=run
        )
    return share


def get_first_share(run: AwardRun, actor: User) -> Share | None:
    """The share of the actor's own firm, if it has one that may be seen."""
    own = shares_seen_by(run, actor).filter(member__in=organisation_ids(actor, Role.MEMBER))
    return own.first()


def bidders_seen_by(run: AwardRun, actor: User) -> QuerySet[Firm]:
    """Suppliers whose result in this run the actor may read."""
    opened = Bid.objects.filter(round=run.round_id, state=BidState.OPENED)
    bidders = Firm.objects.filter(pk__in=opened.values("supplier")).order_by("reference")
    if may_see_all(actor, run):
        return bidders
    allowed = [firm.pk for firm in bidders if may_see_result(actor, run, firm)]
    return bidders.filter(pk__in=allowed)


def approvals_of(run: AwardRun) -> QuerySet[Approval]:
    """Who approved, first one first."""
    return Approval.objects.filter(run=run).select_related("person").order_by("approved_at", "pk")


def points_of(run: AwardRun) -> list[ProgressPoint]:
    """The course of the search, thinned out so that a chart stays light; the last point is kept."""
    points = list(ProgressPoint.objects.filter(run=run).order_by("milliseconds", "pk"))
    step = -(-len(points) // MOST_POINTS) or 1
    return points[: len(points) - 1 : step] + points[-1:]


def progress_of(run: AwardRun) -> AwardRun:
    """The run as it stands in the database now."""
    runs = AwardRun.objects.defer(*FILE_COLUMNS).select_related("round", "requested_by")
    return runs.get(pk=run.pk)


FILE_KINDS = ("round", "award", "proof", "shares")


def file_of(run: AwardRun, kind: str) -> str:
    """The text of one file of a run; ask first whether the reader sees the whole run."""
    text: str = getattr(run, f"{kind}_file") if kind in FILE_KINDS else ""
    if not text:
        raise NotFound(_("{run} has no file {kind}."), code="no_file", run=run, kind=kind)
    return text


def get_bidder(run: AwardRun, supplier: str, *, seen_by: User) -> Firm:
    """One supplier whose result the actor may read, or the actor's own one if none is named."""
    bidders = bidders_seen_by(run, seen_by)
    own = bidders.filter(pk__in=organisation_ids(seen_by, Role.SUPPLIER))
    firm = (bidders.filter(reference=supplier) if supplier else own).first()
    if firm is None:
        raise NotFound(
            _("There is no bid of {supplier} in {run}."), code="no_bid", supplier=supplier or seen_by, run=run
        )
    return firm
