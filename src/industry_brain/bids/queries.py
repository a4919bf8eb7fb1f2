"""Reading bids.  Nothing here, or anywhere, shows a bid to others before the opening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.bids import sealing
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.permissions import may_act_for, may_count, may_read_all
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, NotFound
from industry_brain.records.models import Record
from industry_brain.rounds.models import Invitation, Round


@dataclass(frozen=True)
class OpenedBid:
    """A bid that may be read: ``content`` is a bid of ``round-format.md``, supplier included."""

    bid: Bid
    supplier: Firm
    receipt: str
    sha256: str
    submitted_at: datetime
    content: dict[str, Any]


def bids_seen_by(actor: User) -> QuerySet[Bid]:
    """Bids the actor may know of: its own always; opened ones for the round's operator and auditors."""
    visible = Q(supplier__in=organisation_ids(actor, Role.SUPPLIER))
    opened = Q(state=BidState.OPENED, round__opened_at__isnull=False)
    if acts_as(actor, Role.AUDITOR):
        visible |= opened
    visible |= opened & Q(round__operator__in=organisation_ids(actor, Role.OPERATOR))
    bids = Bid.objects.filter(visible).select_related("round__category", "supplier__place", "revision")
    return bids.order_by("-round__created_at", "supplier__reference")


def get_bid(reference: str, *, seen_by: User) -> Bid:
    """One bid by its reference; one the actor may not see does not exist."""
    bid = bids_seen_by(seen_by).filter(reference=reference).first()
    if bid is None:
        raise NotFound(_("There is no bid {reference}."), code="no_bid", reference=reference)
    return bid


def invitations_of(actor: User) -> QuerySet[Invitation]:
    """The invitations of the actor's suppliers to rounds whose bidding has opened, each with its bid."""
    own = organisation_ids(actor, Role.SUPPLIER)
    invitations = Invitation.objects.filter(supplier__in=own, round__bidding_at__isnull=False)
    bids = Bid.objects.filter(supplier__in=own).select_related("revision")
    return invitations.select_related("round__category", "supplier").prefetch_related(
        Prefetch("round__bids", queryset=bids, to_attr="own_bids")
    )


def own_suppliers(actor: User) -> tuple[int, ...]:
    """The keys of the suppliers for which the actor acts."""
    return organisation_ids(actor, Role.SUPPLIER)


def bidding_suppliers(actor: User, round_: Round) -> QuerySet[Firm]:
    """The actor's own suppliers that are invited to a round."""
    own = organisation_ids(actor, Role.SUPPLIER)
    return Firm.objects.filter(pk__in=own, invitations__round=round_).order_by("reference")


def own_supplier(actor: User, round_: Round, reference: str = "") -> Firm:
    """The supplier for which the actor bids in a round: the one named, or the only or first one."""
    suppliers = bidding_suppliers(actor, round_)
    supplier = (suppliers.filter(reference=reference) if reference else suppliers).first()
    if supplier is None:
        raise NotFound(
            _("You are not invited to bid in {round}."), code="not_invited", round=round_.reference
        )
    return supplier


def own_bid(round_: Round, supplier: Firm, *, seen_by: User) -> Bid | None:
    """The supplier's bid in a round, as its own people see it; None before anything was saved."""
    if not may_act_for(seen_by, supplier):
        return None
    bids = Bid.objects.filter(round=round_, supplier=supplier)
    return bids.select_related("round", "supplier", "revision").first()


def version_of(bid: Bid | None) -> str:
    """Which version of the draft this is, to say later which one was worked on; "" before there is one."""
    if bid is None or bid.draft_saved_at is None:
        return ""
    return hashlib.sha256(sealing.canonical(bid.draft).encode()).hexdigest()[:32]


def revisions_of(bid: Bid, *, seen_by: User) -> QuerySet[Revision]:
    """Every submitted version of a bid, newest first: all for its own people, else the opened one."""
    revisions = Revision.objects.filter(bid=bid).select_related("bid", "submitted_by").order_by("-number")
    if may_act_for(seen_by, bid.supplier):
        return revisions
    if bid.revision_id is None or not may_read_all(seen_by, bid.round):
        return revisions.none()
    return revisions.filter(pk=bid.revision_id)


def get_revision(receipt: str, *, seen_by: User) -> Revision:
    """One submitted version by its receipt number; only for the supplier's own people."""
    own = organisation_ids(seen_by, Role.SUPPLIER)
    revisions = Revision.objects.select_related("bid__round", "bid__supplier", "submitted_by")
    revision = revisions.filter(receipt=receipt, bid__supplier__in=own).first()
    if revision is None:
        raise NotFound(_("There is no receipt {receipt}."), code="no_receipt", receipt=receipt)
    return revision


def content_of(revision: Revision, *, seen_by: User) -> dict[str, Any]:
    """What a submitted version says, for its own people, and after the opening for those who read all."""
    bid = revision.bid
    opened = bid.state == BidState.OPENED and may_read_all(seen_by, bid.round)
    if not (may_act_for(seen_by, bid.supplier) or opened):
        raise NotFound(_("There is no bid {reference}."), code="no_bid", reference=bid.reference)
    return unsealed(revision)


def unsealed(revision: Revision) -> dict[str, Any]:
    """Take a version out of its envelope; whoever calls this has asked whether the reader may."""
    try:
        envelope = sealing.Sealed(revision.tier, revision.sealed, revision.sha256)
        content: dict[str, Any] = sealing.unseal(envelope)["bid"]
    except (sealing.SealBroken, KeyError) as error:
        raise Conflict(
            _(
                "The sealed bid behind receipt {receipt} does not match its digest, so somebody has "
                "changed the database. Nothing was opened; tell the auditor."
            ),
            code="seal_broken",
            receipt=revision.receipt,
        ) from error
    return content


def opened_bids(round_: Round, *, seen_by: User) -> tuple[dict[str, Any], ...]:
    """The contents of the opened bids as round files state them; who sees which as in ``openings_of``."""
    return tuple(opened.content for opened in openings_of(round_, seen_by=seen_by))


def openings_of(round_: Round, *, seen_by: User) -> tuple[OpenedBid, ...]:
    """The opened bids of a round by supplier: all for operator and auditors, else the actor's own.

    Before the opening, and for everybody who has no bid in it, there are none.
    """
    if round_.opened_at is None:
        return ()
    bids = Bid.objects.filter(round=round_, state=BidState.OPENED)
    if not may_read_all(seen_by, round_):
        bids = bids.filter(supplier__in=organisation_ids(seen_by, Role.SUPPLIER))
    found = []
    for bid in bids.select_related("round", "supplier", "revision").order_by("supplier__reference"):
        revision = bid.revision
        if revision is not None:
            found.append(
                OpenedBid(
                    bid=bid,
                    supplier=bid.supplier,
                    receipt=revision.receipt,
                    sha256=revision.sha256,
                    submitted_at=revision.submitted_at,
                    content=unsealed(revision),
                )
            )
    return tuple(found)


def count_of_bids(round_: Round, *, seen_by: User) -> int | None:
    """How many valid bids came in; None as long as the actor may not know, so before bidding closes."""
    if not may_count(seen_by, round_):
        return None
    states = (BidState.SUBMITTED, BidState.OPENED)
    return Bid.objects.filter(round=round_, state__in=states).count()


def opener_name(opening: Record | None) -> str:
    """Name the person who opened the bids; the user name stands in where the person is not known."""
    if opening is None:
        return ""
    return str(User.objects.filter(username=opening.actor).first() or opening.actor)


def opening_record(round_: Round, *, seen_by: User) -> Record | None:
    """Who opened the bids and when, from the record; None before, and for those who may not read bids."""
    if not may_read_all(seen_by, round_):
        return None
    found = Record.objects.filter(action="bids.open_bids", subject=round_.reference)
    return found.order_by("-number").first()
