"""Everything that changes a bid.

Until the opening every operation leaves the same kind of record: an entry on the round by
nobody named, with a blinded digest.  The record by itself does not say who bids, how many do,
or whether an entry was a draft, a submission or a withdrawal; whoever holds a receipt can prove
its own.  Each entry has its moment, though, and whoever knows from elsewhere who was at work at
that moment (the server's files, the database) can guess.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.bids import sealing
from industry_brain.bids.engine import basis_of, faults_of, shaped
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.permissions import may_bid, may_open, may_write
from industry_brain.bids.queries import unsealed, version_of
from industry_brain.bids.states import BID_LIFECYCLE, BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Conflict, Invalid, WrongState
from industry_brain.kernel.lifecycle import lock, move
from industry_brain.records.operations import record
from industry_brain.rounds.models import Round
from industry_brain.rounds.operations import close_bidding, mark_opened
from industry_brain.rounds.states import RoundState


@dataclass
class _Nobody:
    """Stands in the record for the person, until the opening names the supplier."""

    username: str = "(sealed)"


@transaction.atomic
def save_draft(
    round_: Round,
    supplier: Firm,
    *,
    content: Mapping[str, Any],
    read: str | None = None,
    actor: User,
    at: datetime,
) -> Bid:
    """Keep what a supplier has written so far, right or wrong; possible until bids close.

    ``read`` is the version (``version_of``) of the draft that the actor worked on; a draft that a
    colleague has kept since is not written over.  None writes over whatever is there.
    """
    require(may_bid, actor, (round_, supplier))
    _require_open(round_, at)
    kept = shaped(content, supplier=supplier.reference)
    bid, _new = Bid.objects.get_or_create(
        round=round_,
        supplier=supplier,
        defaults={"reference": f"{round_.reference}-{supplier.reference}"},
    )
    bid = lock(bid)
    if bid.draft_saved_at is not None and bid.draft == kept:
        return bid
    if read is not None and read != version_of(bid) and bid.draft_saved_by_id != actor.pk:
        raise _changed_meanwhile(bid)
    bid.draft, bid.draft_saved_at, bid.draft_saved_by = kept, at, actor
    bid.save(update_fields=["draft", "draft_saved_at", "draft_saved_by"])
    _record_sealed(round_, secrets.token_hex(32), at=at)
    return bid


@transaction.atomic
def submit_bid(bid: Bid, *, actor: User, at: datetime) -> Revision:
    """Seal the draft as the supplier's valid bid and give a receipt; again and again until bids close.

    What is sealed is the draft as it stands in ``bid``, which is what the actor has read; a draft
    that was changed since stops the submission.
    """
    require(may_write, actor, bid)
    round_ = _require_open(bid.round, at)
    fresh = lock(bid)
    if version_of(fresh) != version_of(bid):
        raise _changed_meanwhile(fresh)
    _require_sound(fresh)
    number = Revision.objects.filter(bid=fresh).count() + 1
    supplier = fresh.supplier.reference
    sealed = sealing.seal(
        {
            "round": round_.reference,
            "revision": number,
            "bid": {**fresh.draft, "supplier": supplier},
        },
        salt=secrets.token_hex(32),
    )
    revision = Revision.objects.create(
        bid=fresh,
        number=number,
        receipt=f"{fresh.reference}-{number:02d}-{sealed.sha256[:8]}",
        tier=sealed.tier,
        sealed=sealed.body,
        sha256=sealed.sha256,
        submitted_by=actor,
        submitted_at=at,
    )
    move(
        fresh,
        BID_LIFECYCLE,
        to=BidState.SUBMITTED,
        submitted_at=at,
        withdrawn_at=None,
        revision=revision,
    )
    _record_sealed(round_, revision.sha256, at=at)
    return revision


@transaction.atomic
def withdraw_bid(bid: Bid, *, actor: User, at: datetime) -> Bid:
    """Take a submitted bid back before bids close; the draft stays and can be submitted again."""
    require(may_write, actor, bid)
    round_ = _require_open(bid.round, at)
    fresh = lock(bid)
    move(fresh, BID_LIFECYCLE, to=BidState.WITHDRAWN, withdrawn_at=at, revision=None)
    _record_sealed(round_, secrets.token_hex(32), at=at)
    return fresh


@transaction.atomic
def open_bids(round_: Round, *, actor: User, at: datetime) -> list[Bid]:
    """Open every valid bid of a round at once, after bids have closed, and name them in the record.

    A round whose announced moment has passed is closed on the way.  Of two people who open at
    once one succeeds.  Every envelope is checked first; one that does not match its digest
    stops the opening.
    """
    require(may_open, actor, round_)
    if round_.state == RoundState.BIDDING:
        close_bidding(round_, actor=actor, at=at)
    if round_.state != RoundState.CLOSED:
        raise WrongState(
            _("{round} is at “{state}”; bids are opened once, after bidding has closed."),
            code="wrong_state",
            round=round_,
            state=RoundState(round_.state).label,
        )
    mark_opened(round_, actor=actor, at=at)
    valid = Bid.objects.filter(round=round_, state=BidState.SUBMITTED)
    bids = list(valid.select_related("supplier", "revision__submitted_by").order_by("supplier__reference"))
    for bid in bids:
        if bid.revision is not None:
            unsealed(bid.revision)
        move(bid, BID_LIFECYCLE, to=BidState.OPENED)
    record("bids.open_bids", round_, actor=actor, at=at, bids=[_opening_entry(bid) for bid in bids])
    return bids


def _require_open(round_: Round, at: datetime) -> Round:
    """Lock the round and refuse unless it takes bids at this moment."""
    fresh = lock(round_)
    if fresh.state == RoundState.BIDDING and at < fresh.bids_close_at:
        return fresh
    if fresh.bids_close_at <= at or fresh.state in (RoundState.CLOSED, RoundState.OPENED):
        raise WrongState(
            _(
                "Bids in {round} were taken until {deadline:%Y-%m-%d %H:%M}; nothing can be changed after "
                "that. What was submitted before it stays valid, and your draft is kept."
            ),
            code="bids_closed",
            round=fresh,
            deadline=timezone.localtime(fresh.bids_close_at),
        )
    raise WrongState(
        _("{round} is at “{state}”; bids are taken only while it is at “{wanted}”."),
        code="wrong_state",
        round=fresh,
        state=RoundState(fresh.state).label,
        wanted=RoundState.BIDDING.label,
    )


def _changed_meanwhile(bid: Bid) -> Conflict:
    return Conflict(
        _(
            "{person} has changed the draft of {bid} at {moment:%H:%M:%S}, after you had opened it. Nothing "
            "was kept or submitted. Load the draft again and repeat your changes there."
        ),
        code="draft_changed",
        person=bid.draft_saved_by,
        bid=bid,
        moment=timezone.localtime(bid.draft_saved_at),
    )


def _require_sound(bid: Bid) -> None:
    faults = faults_of(bid.draft, basis_of(bid.round))
    if not faults:
        return
    first = faults[0]
    places = [{"place": f.place, "message": f.message, "path": f.path, "code": f.code} for f in faults]
    raise Invalid(
        _(
            "The bid cannot be submitted yet: {count} places need mending, first {place}: {fault} "
            "The draft is kept."
        ),
        code="bid_faulty",
        bid=bid,
        count=len(faults),
        place=first.place,
        fault=first.message,
        places=places,
    )


def _record_sealed(round_: Round, digest: str, *, at: datetime) -> None:
    record("bids.sealed_entry", round_, actor=_Nobody(), at=at, entry=sealing.opaque(digest))


def _opening_entry(bid: Bid) -> dict[str, object]:
    revision = bid.revision
    if revision is None:
        raise RuntimeError(f"the submitted bid {bid} has no valid revision")
    return {
        "supplier": bid.supplier.reference,
        "receipt": revision.receipt,
        "sha256": revision.sha256,
        "entry": sealing.opaque(revision.sha256),
        "submitted_by": revision.submitted_by.username,
        "submitted_at": revision.submitted_at.isoformat(),
    }
