"""The pages of the opening and after it: open, compare, read."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from industry_brain.accounts.models import User
from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.bids import operations, queries
from industry_brain.bids.engine import Matrix, basis_of, matrix_of
from industry_brain.bids.exports import matrix_workbook
from industry_brain.bids.forms import form_of
from industry_brain.bids.permissions import may_open, may_read_all
from industry_brain.bids.tables import MODES, cells_of, mode_of
from industry_brain.kernel.errors import NotFound
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_oversee
from industry_brain.rounds.queries import get_round
from industry_brain.rounds.states import RoundState
from industry_brain.rounds.tables import steps_of, tabs_of
from industry_brain.web.downloads import download


def _overseen(request: UserRequest, reference: str) -> Round:
    """Find the round for those who oversee it; for everybody else this page does not exist."""
    round_ = get_round(reference, seen_by=request.user)
    if not may_oversee(request.user, round_):
        raise NotFound(_("There is no such page."), code="no_such_page")
    return round_


@signed_in
def bid_opening(request: UserRequest, reference: str) -> HttpResponse:
    """Open the bids of a round, and afterwards the minutes of the opening."""
    round_ = _overseen(request, reference)
    at = timezone.now()
    is_due = round_.state == RoundState.CLOSED or (
        round_.state == RoundState.BIDDING and round_.bids_close_at <= at
    )
    opening = queries.opening_record(round_, seen_by=request.user)
    facts = {
        "round": round_,
        "steps": steps_of(round_),
        "count": queries.count_of_bids(round_, seen_by=request.user),
        "may_open": may_open(request.user, round_) and is_due,
        "may_award": _may_award(request, round_),
        "award_key": uuid4().hex,
        "is_due": is_due,
        "openings": queries.openings_of(round_, seen_by=request.user),
        "opening": opening,
        "opened_by": queries.opener_name(opening),
    }
    return render(request, "bids/bid_opening.html", facts)


@require_POST
@signed_in
def bid_open(request: UserRequest, reference: str) -> HttpResponse:
    """Open every valid bid at once."""
    round_ = get_round(reference, seen_by=request.user)
    operations.open_bids(round_, actor=request.user, at=timezone.now())
    messages.success(request, _("The bids are open. Everything is in the minutes below."))
    return redirect("bids:bid_opening", reference)


@signed_in
def bid_matrix(request: UserRequest, reference: str) -> HttpResponse:
    """Show opened bids side by side."""
    round_ = _overseen(request, reference)
    if not may_read_all(request.user, round_):
        return redirect("bids:bid_opening", reference)
    mode = mode_of(request.GET.get("mode", ""))
    matrix = _matrix(round_, request.user)
    facts = {
        "may_award": _may_award(request, round_),
        "award_key": uuid4().hex,
        "round": round_,
        "tabs": tabs_of(round_, request.user, "matrix"),
        "steps": steps_of(round_),
        "mode": mode,
        "modes": MODES.items(),
        "columns": matrix.columns,
        "rows": cells_of(matrix, mode),
    }
    part = "#matrix" if request.htmx else ""
    return render(request, f"bids/bid_matrix.html{part}", facts)


@signed_in
def bid_matrix_export(request: UserRequest, reference: str) -> HttpResponse:
    """Give the comparison as a workbook: a sheet for each figure."""
    round_ = _overseen(request, reference)
    if not may_read_all(request.user, round_):
        raise NotFound(_("There is no such page."), code="no_such_page")
    return download(matrix_workbook(round_, _matrix(round_, request.user)), f"{reference}-bids.xlsx")


@signed_in
def bid_detail(request: UserRequest, bid: str) -> HttpResponse:
    """Show one bid in full: its own people's, or an opened one."""
    found = queries.get_bid(bid, seen_by=request.user)
    content = queries.content_of(found.revision, seen_by=request.user) if found.revision else {}
    facts = {
        "bid": found,
        "round": found.round,
        "form": form_of(content, basis_of(found.round), blank_rows=0),
    }
    return render(request, "bids/bid_detail.html", facts)


def _matrix(round_: Round, actor: User) -> Matrix:
    return matrix_of(queries.openings_of(round_, seen_by=actor), basis_of(round_))


def _may_award(request: UserRequest, round_: Round) -> bool:
    """Say whether working out the award is this person's next step."""
    return round_.state == RoundState.OPENED and may_open(request.user, round_)
