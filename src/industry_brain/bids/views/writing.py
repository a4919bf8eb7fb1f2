"""The supplier's pages: invitations, the bid, its receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.bids import forms, operations, queries
from industry_brain.bids.engine import Basis, Fault, basis_of, faults_of, preview_of
from industry_brain.bids.models import Bid
from industry_brain.bids.sheets import bid_workbook, content_from_workbook
from industry_brain.bids.states import BidState
from industry_brain.bids.tables import bid_tone, invitation_rows
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError, Invalid
from industry_brain.kernel.idempotency import once
from industry_brain.rounds.models import Round
from industry_brain.rounds.queries import get_round
from industry_brain.rounds.states import RoundState
from industry_brain.rounds.tables import tabs_of
from industry_brain.web.downloads import download
from industry_brain.web.tables import listing_of

SORTS = {"deadline": "round__bids_close_at", "round": "round__reference"}
LARGEST_UPLOAD = 10 * 2**20


@dataclass(frozen=True)
class Side:
    """The round, and the supplier for which the visitor bids in it."""

    round: Round
    supplier: Firm
    actor: User

    @cached_property
    def bid(self) -> Bid | None:
        """The supplier's bid, once anything has been saved; read once, with its version."""
        return queries.own_bid(self.round, self.supplier, seen_by=self.actor)

    def takes_bids(self, at: datetime) -> bool:
        """Whether a bid can still be changed."""
        return self.round.state == RoundState.BIDDING and at < self.round.bids_close_at

    def url(self, name: str) -> str:
        """Give the address of one of the bid's pages, for this supplier."""
        return f"{reverse(f'bids:{name}', args=[self.round.reference])}?supplier={self.supplier.reference}"


def _side(request: UserRequest, reference: str) -> Side:
    round_ = get_round(reference, seen_by=request.user)
    wanted = request.GET.get("supplier", "")
    return Side(round_, queries.own_supplier(request.user, round_, wanted), request.user)


@signed_in
def bid_list(request: UserRequest) -> HttpResponse:
    """List the rounds to which the visitor's firms are invited, and how far each bid is."""
    invitations = queries.invitations_of(request.user)
    listing = listing_of(request, invitations, sorts=SORTS, default_sort="-deadline", per_page=50)
    facts = {"listing": listing, "rows": invitation_rows(listing, at=timezone.now())}
    return render(request, "bids/bid_list.html", facts)


@signed_in
def bid_edit(request: UserRequest, reference: str) -> HttpResponse:
    """Show the bid as a form; posting it keeps the draft."""
    side = _side(request, reference)
    if request.method != "POST":
        return _edit_page(request, side, side.bid.draft if side.bid else {})
    content = forms.content_from_post(request.POST, basis_of(side.round))
    try:
        _save(request, side, content)
    except DomainError as refusal:
        return _refused_page(request, side, content, refusal)
    messages.success(request, _("The draft is kept. It has not been submitted."))
    return redirect(side.url("bid_edit"))


@require_POST
@signed_in
def bid_autosave(request: UserRequest, reference: str) -> HttpResponse:
    """Keep what has been typed so far, unless a colleague has changed the draft meanwhile (409)."""
    side = _side(request, reference)
    _save(request, side, forms.content_from_post(request.POST, basis_of(side.round)))
    return HttpResponse(status=204)


@require_POST
@signed_in
def bid_preview(request: UserRequest, reference: str) -> HttpResponse:
    """Say what the bid as typed would bring; nothing is kept."""
    side = _side(request, reference)
    basis = basis_of(side.round)
    content = forms.content_from_post(request.POST, basis)
    return render(request, "bids/bid_edit.html#preview", _preview_facts(request, content, basis))


@require_POST
@signed_in
def bid_submit(request: UserRequest, reference: str) -> HttpResponse:
    """Keep the draft and submit it; a bid with faults comes back with each beside its cell."""
    side = _side(request, reference)
    content = forms.content_from_post(request.POST, basis_of(side.round))
    try:
        bid = _save(request, side, content)
        answer = once(
            request.POST.get("idempotency_key"),
            actor=request.user.username,
            request={"submit": bid.reference, "draft": bid.draft},
            at=timezone.now(),
            carry_out=lambda: _submit(request.user, bid),
        )
    except DomainError as refusal:
        return _refused_page(request, side, content, refusal)
    return redirect("bids:bid_receipt", answer["receipt"])


@require_POST
@signed_in
def bid_withdraw(request: UserRequest, reference: str) -> HttpResponse:
    """Take the submitted bid back."""
    side = _side(request, reference)
    bid = queries.get_bid(f"{side.round.reference}-{side.supplier.reference}", seen_by=request.user)
    operations.withdraw_bid(bid, actor=request.user, at=timezone.now())
    messages.success(request, _("The bid is withdrawn. The draft is kept; you can submit it again."))
    return redirect(side.url("bid_edit"))


@signed_in
def bid_receipt(request: UserRequest, receipt: str) -> HttpResponse:
    """Show the receipt of one submission, to print."""
    revision = queries.get_revision(receipt, seen_by=request.user)
    content = queries.content_of(revision, seen_by=request.user)
    facts = {
        "revision": revision,
        "bid": revision.bid,
        "is_valid": revision.bid.revision_id == revision.pk,
        "form": forms.form_of(content, basis_of(revision.bid.round), blank_rows=0),
    }
    return render(request, "bids/bid_receipt.html", facts)


@signed_in
def bid_envelope(request: UserRequest, receipt: str) -> HttpResponse:
    """Give the sealed body behind a receipt, with which its digest can be recomputed."""
    revision = queries.get_revision(receipt, seen_by=request.user)
    return download(revision.sealed.encode(), f"{receipt}.json", "application/json")


@signed_in
def bid_template(request: UserRequest, reference: str) -> HttpResponse:
    """Give the draft as a workbook to fill in outside, every item already in it."""
    side = _side(request, reference)
    content = side.bid.draft if side.bid else {}
    return download(bid_workbook(content, basis_of(side.round)), f"{reference}-bid.xlsx")


@require_POST
@signed_in
def bid_upload(request: UserRequest, reference: str) -> HttpResponse:
    """Take a filled-in workbook over as the draft; the page then says what has to be mended."""
    side = _side(request, reference)
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid(_("Choose the filled-in workbook first."), code="no_file")
    basis = basis_of(side.round)
    content = content_from_workbook(upload.read(LARGEST_UPLOAD + 1), upload.name or "", basis)
    _save(request, side, content)
    messages.success(request, _("The workbook has been taken over as your draft. Check it, then submit."))
    return _edit_page(request, side, content, faults=faults_of(content, basis))


def _save(request: UserRequest, side: Side, content: dict[str, Any]) -> Bid:
    read = request.POST.get("draft_version")
    return operations.save_draft(
        side.round, side.supplier, content=content, read=read, actor=side.actor, at=timezone.now()
    )


def _submit(actor: User, bid: Bid) -> dict[str, Any]:
    return {"receipt": operations.submit_bid(bid, actor=actor, at=timezone.now()).receipt}


def _refused_page(
    request: UserRequest, side: Side, content: dict[str, Any], refusal: DomainError
) -> HttpResponse:
    """Draw the form again with everything that was typed and the reason above it."""
    faults = faults_of(content, basis_of(side.round)) if refusal.code == "bid_faulty" else ()
    return _edit_page(request, side, content, faults=faults, refusal=refusal)


def _edit_page(
    request: UserRequest,
    side: Side,
    content: dict[str, Any],
    *,
    faults: tuple[Fault, ...] = (),
    refusal: DomainError | None = None,
) -> HttpResponse:
    """Draw the form; it carries the version that was read first, so that a colleague's is not lost."""
    basis, bid, at = basis_of(side.round), side.bid, timezone.now()
    trials = forms.trials_from_post(request.POST)
    facts = {
        "round": side.round,
        "supplier": side.supplier,
        "suppliers": queries.bidding_suppliers(request.user, side.round),
        "tabs": tabs_of(side.round, request.user, "bids"),
        "bid": bid,
        "state": BidState(bid.state).label if bid else BidState.DRAFT.label,
        "tone": bid_tone(bid.state if bid else BidState.DRAFT),
        "may_withdraw": bid is not None and bid.state == BidState.SUBMITTED,
        "revisions": queries.revisions_of(bid, seen_by=request.user) if bid else (),
        "takes_bids": side.takes_bids(at),
        "form": forms.form_of(content, basis, faults=faults, trials=trials),
        "basis": basis,
        "refusal": refusal,
        "draft_version": request.POST.get("draft_version", queries.version_of(bid)),
        "idempotency_key": uuid4(),
        "urls": {name: side.url(f"bid_{name}") for name in URLS},
        **_preview_facts(request, content, basis),
    }
    return render(request, "bids/bid_edit.html", facts, status=refusal.status if refusal else 200)


URLS = ("edit", "autosave", "preview", "submit", "withdraw", "template", "upload")


def _preview_facts(request: UserRequest, content: dict[str, Any], basis: Basis) -> dict[str, Any]:
    share = forms.share_of(request.POST.get("share", ""))
    quantities = forms.quantities_of(forms.trials_from_post(request.POST))
    return {
        "preview": preview_of(content, basis, share_ppm=share, quantities=quantities),
        "preview_faults": faults_of(content, basis),
        "share": share,
        "shares": forms.SHARES,
        "uses_trials": bool(quantities),
    }
