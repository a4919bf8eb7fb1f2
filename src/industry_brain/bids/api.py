"""Bids through the REST API; contents are bids of the round format."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.http.request import RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from ninja.params.functions import Header, Query

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import user_of
from industry_brain.bids import operations, queries
from industry_brain.bids.engine import basis_of, faults_of, preview_of, shaped
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import Conflict, Invalid, NotFound
from industry_brain.kernel.idempotency import once
from industry_brain.kernel.money import price_from_e4, yuan_from_fen
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.kernel.text import is_storable
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import get_round

router = Router(tags=["bids"])
Key: str | None = Header(None, alias="Idempotency-Key")
Supplier: str = Query("", description="Reference of your supplier, where you act for several.")
IfMatch: str | None = Header(None, alias="If-Match")
LARGEST_BODY = 4 * 2**20
BID_BODY = {
    "requestBody": {
        "required": True,
        "description": "A bid of the round format (docs/reference): offers, discounts, packages, …",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


class PlaceOut(Schema):
    """One thing to mend: its place in the round format, in words, and what is wrong."""

    path: str
    place: str
    code: str
    message: str


class BidOut(Schema):
    """A bid of your own: where it stands, and its valid receipt."""

    reference: str
    round: str
    supplier: str
    state: str
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    receipt: str | None


class DraftOut(Schema):
    """What you have written so far, its version for ``If-Match``, and what keeps it from being submitted."""

    content: dict[str, Any]
    version: str
    saved_at: datetime | None
    faults: list[PlaceOut]


class ReceiptOut(Schema):
    """A submission: its receipt, the digest that binds both sides, and whether it is the valid one."""

    receipt: str
    revision: int
    submitted_at: datetime
    sha256: str
    tier: str
    is_valid: bool


class EnvelopeOut(ReceiptOut):
    """A receipt together with the sealed body, with which the digest can be recomputed."""

    sealed: str


class PreviewLineOut(Schema):
    """One item of the preview; prices per tonne and amounts in yuan, exactly."""

    item: str
    quantity: Decimal
    price: Decimal
    discount: str
    tier: int
    unit_price: Decimal
    freight: Decimal
    invoice: Decimal
    landed: Decimal


class PreviewOut(Schema):
    """What you would be paid."""

    lines: list[PreviewLineOut]
    invoice: Decimal
    freight: Decimal
    charges: Decimal
    landed: Decimal
    breaks_own_limits: bool


class OpenedOut(Schema):
    """An opened bid."""

    supplier: str
    receipt: str
    sha256: str
    submitted_at: datetime
    content: dict[str, Any]


class CountOut(Schema):
    """How many valid bids came in; null before bidding has closed."""

    count: int | None


@router.get("", response=list[BidOut])
def list_bids(request: HttpRequest) -> list[dict[str, Any]]:
    """List your own bids, newest round first."""
    actor = user_of(request)
    own = queries.bids_seen_by(actor).filter(supplier__in=queries.own_suppliers(actor))
    return [_bid(bid) for bid in own[:200]]


@router.get("/{reference}/draft", response=DraftOut)
def get_draft(request: HttpRequest, reference: str, supplier: str = Supplier) -> dict[str, Any]:
    """Read your draft in a round."""
    round_, firm = _side(request, reference, supplier)
    bid = queries.own_bid(round_, firm, seen_by=user_of(request))
    return _draft(round_, bid)


@router.put("/{reference}/draft", response=DraftOut, openapi_extra=BID_BODY)
def put_draft(
    request: HttpRequest, reference: str, supplier: str = Supplier, read: str | None = IfMatch
) -> dict[str, Any]:
    """Keep a draft, also one with faults; the answer lists them.

    With the version you read in If-Match, a draft that a colleague has kept since is not written
    over (409); without it the last one wins.
    """
    round_, firm = _side(request, reference, supplier)
    bid = operations.save_draft(
        round_, firm, content=_body(request), read=_unquoted(read), actor=user_of(request), at=timezone.now()
    )
    return _draft(round_, bid)


@router.post("/{reference}/preview", response=PreviewOut, openapi_extra=BID_BODY)
def preview_bid(
    request: HttpRequest, reference: str, share: Decimal = Decimal(1), supplier: str = Supplier
) -> dict[str, Any]:
    """Say what a bid would bring at a share (0 to 1) of the quantities wanted; nothing is kept."""
    round_, firm = _side(request, reference, supplier)
    if not 0 < share <= 1:
        raise Invalid(_("A share lies above 0 and at most at 1."), code="share_bounds")
    content = shaped(_body(request), supplier=firm.reference)
    return _preview(content, round_, int(share * 1_000_000))


@router.post("/{reference}/submit", response=ReceiptOut)
def submit_bid(
    request: HttpRequest,
    reference: str,
    supplier: str = Supplier,
    key: str | None = Key,
    read: str | None = IfMatch,
) -> dict[str, Any]:
    """Submit your draft; the same Idempotency-Key gives the same receipt again.

    With the version you read in If-Match, no other draft than that one is submitted (409).
    """
    actor = user_of(request)
    round_, firm = _side(request, reference, supplier)
    bid = _own(round_, firm, actor)
    if read is not None and _unquoted(read) != queries.version_of(bid):
        raise Conflict(
            _("The draft of {bid} is not the version you read. Read it again, then submit."),
            code="draft_changed",
            bid=bid,
        )
    at = timezone.now()
    answer = once(
        key,
        actor=actor.username,
        request={"submit": bid.reference, "draft": bid.draft},
        at=at,
        carry_out=lambda: {"receipt": operations.submit_bid(bid, actor=actor, at=at).receipt},
    )
    return _receipt(queries.get_revision(answer["receipt"], seen_by=actor))


@router.post("/{reference}/withdraw", response=BidOut)
def withdraw_bid(request: HttpRequest, reference: str, supplier: str = Supplier) -> dict[str, Any]:
    """Take your submitted bid back; the draft stays."""
    actor = user_of(request)
    round_, firm = _side(request, reference, supplier)
    return _bid(operations.withdraw_bid(_own(round_, firm, actor), actor=actor, at=timezone.now()))


@router.get("/{reference}/receipts", response=list[ReceiptOut])
def list_receipts(request: HttpRequest, reference: str, supplier: str = Supplier) -> list[dict[str, Any]]:
    """List your submissions in a round, newest first."""
    actor = user_of(request)
    round_, firm = _side(request, reference, supplier)
    bid = queries.own_bid(round_, firm, seen_by=actor)
    return [_receipt(r) for r in queries.revisions_of(bid, seen_by=actor)] if bid else []


@router.get("/receipts/{receipt}", response=EnvelopeOut)
def get_receipt(request: HttpRequest, receipt: str) -> dict[str, Any]:
    """Read one receipt with its sealed body."""
    revision = queries.get_revision(receipt, seen_by=user_of(request))
    return {**_receipt(revision), "sealed": revision.sealed}


@router.get("/{reference}/count", response=CountOut)
def count_bids(request: HttpRequest, reference: str) -> dict[str, int | None]:
    """Count the valid bids, for those who oversee the round, once bidding has closed."""
    round_ = get_round(reference, seen_by=user_of(request))
    return {"count": queries.count_of_bids(round_, seen_by=user_of(request))}


@router.post("/{reference}/open", response=list[OpenedOut])
def open_bids(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Open every valid bid of a round at once."""
    actor = user_of(request)
    round_ = get_round(reference, seen_by=actor)
    operations.open_bids(round_, actor=actor, at=timezone.now())
    return _opened(round_, actor)


@router.get("/{reference}/opened", response=list[OpenedOut])
def list_opened_bids(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """List the opened bids you may read: all as operator or auditor, your own as supplier."""
    actor = user_of(request)
    return _opened(get_round(reference, seen_by=actor), actor)


def _side(request: HttpRequest, reference: str, supplier: str) -> tuple[Round, Firm]:
    actor = user_of(request)
    round_ = get_round(reference, seen_by=actor)
    return round_, queries.own_supplier(actor, round_, supplier)


def _own(round_: Round, firm: Firm, actor: User) -> Bid:
    bid = queries.own_bid(round_, firm, seen_by=actor)
    if bid is None:
        raise NotFound(_("There is no draft in {round} yet."), code="no_draft", round=round_.reference)
    return bid


def _body(request: HttpRequest) -> dict[str, Any]:
    """Read a bid without a detour through binary floats."""
    try:
        body = request.body
        if len(body) > LARGEST_BODY:
            raise Invalid(_("The bid is larger than {megabytes} MB."), code="too_large", megabytes=4)
        found = json.loads(body, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError, RawPostDataException) as error:
        raise Invalid(_("The body is no JSON."), code="not_json") from error
    if not isinstance(found, dict) or not is_storable(found):
        raise Invalid(_("The body is no JSON object."), code="not_json")
    return found


def _unquoted(tag: str | None) -> str | None:
    """Read an entity tag with or without its quotation marks."""
    return tag.strip().strip('"') if tag is not None else None


def _bid(bid: Bid) -> dict[str, Any]:
    return {
        "reference": bid.reference,
        "round": bid.round.reference,
        "supplier": bid.supplier.reference,
        "state": BidState(bid.state).value,
        "submitted_at": bid.submitted_at,
        "withdrawn_at": bid.withdrawn_at,
        "receipt": bid.revision.receipt if bid.revision else None,
    }


def _draft(round_: Round, bid: Bid | None) -> dict[str, Any]:
    content = bid.draft if bid else {}
    faults = [
        {"path": f.path, "place": str(f.place), "code": f.code, "message": str(f.message)}
        for f in faults_of(content, basis_of(round_))
    ]
    return {
        "content": content,
        "version": queries.version_of(bid),
        "saved_at": bid.draft_saved_at if bid else None,
        "faults": faults,
    }


def _receipt(revision: Revision) -> dict[str, Any]:
    return {
        "receipt": revision.receipt,
        "revision": revision.number,
        "submitted_at": revision.submitted_at,
        "sha256": revision.sha256,
        "tier": revision.tier,
        "is_valid": revision.bid.revision_id == revision.pk,
    }


def _preview(content: dict[str, Any], round_: Round, share_ppm: int) -> dict[str, Any]:
    basis = basis_of(round_)
    preview = preview_of(content, basis, share_ppm=share_ppm)
    faults = faults_of(content, basis)
    if preview is None or faults:
        places = [{"path": f.path, "place": f.place, "code": f.code, "message": f.message} for f in faults]
        raise Invalid(_("The bid has faults; see “places”."), code="bid_faulty", places=places)
    return {
        "lines": [
            {
                "item": line.row.code,
                "quantity": tonnes_from_grams(line.quantity),
                "price": price_from_e4(line.price),
                "discount": line.discount,
                "tier": line.tier,
                "unit_price": price_from_e4(line.unit_price),
                "freight": price_from_e4(line.freight),
                "invoice": yuan_from_fen(line.invoice),
                "landed": yuan_from_fen(line.landed),
            }
            for line in preview.lines
        ],
        "invoice": yuan_from_fen(preview.invoice),
        "freight": yuan_from_fen(preview.freight),
        "charges": yuan_from_fen(preview.charges),
        "landed": yuan_from_fen(preview.landed),
        "breaks_own_limits": preview.beyond,
    }


def _opened(round_: Round, actor: User) -> list[dict[str, Any]]:
    return [
        {
            "supplier": opened.supplier.reference,
            "receipt": opened.receipt,
            "sha256": opened.sha256,
            "submitted_at": opened.submitted_at,
            "content": opened.content,
        }
        for opened in queries.openings_of(round_, seen_by=actor)
    ]
