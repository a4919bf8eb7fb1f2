"""Pages about rounds."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.catalogue.queries import categories
from industry_brain.firms.queries import get_firm
from industry_brain.kernel.access import require
from industry_brain.kernel.idempotency import once
from industry_brain.rounds import operations, queries
from industry_brain.rounds.exports import items_workbook, rounds_workbook
from industry_brain.rounds.forms import CalendarForm, CancelForm, InviteForm, MarketPriceForm, RoundPage
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_create, may_oversee, may_run
from industry_brain.rounds.states import RoundState
from industry_brain.rounds.tables import NOTES, SORTS, next_action, steps_of, tabs_of, tone_of
from industry_brain.web.downloads import download
from industry_brain.web.tables import listing_of, order_by, sort_of

DEFAULT_SORT = "-created"


@signed_in
def round_list(request: UserRequest) -> HttpResponse:
    """Every round the visitor may see, narrowed and sorted as the address says."""
    listing = listing_of(request, _narrowed(request), sorts=SORTS, default_sort=DEFAULT_SORT, per_page=50)
    facts = {
        "listing": listing,
        "rows": [(round_, RoundState(round_.state).label, tone_of(round_.state)) for round_ in listing],
        "states": RoundState.choices,
        "categories": categories(),
        "may_create": may_create(request.user),
    }
    return render(request, "rounds/round_list.html", facts)


@signed_in
def round_export(request: UserRequest) -> HttpResponse:
    """The rows that the list shows under the same address, as a spreadsheet."""
    sort, descending = sort_of(request, SORTS, DEFAULT_SORT)
    rounds = _narrowed(request).order_by(*order_by(SORTS[sort], descending))
    return download(rounds_workbook(rounds), "rounds.xlsx")


@signed_in
def round_detail(request: UserRequest, reference: str) -> HttpResponse:
    """One round: where it stands, what comes next, and its rules."""
    round_ = queries.get_round(reference, seen_by=request.user)
    oversees = may_oversee(request.user, round_)
    facts = {
        **_head(request, round_, "overview"),
        "steps": steps_of(round_),
        "action": next_action(round_, request.user, timezone.now()),
        "note": NOTES[RoundState(round_.state)],
        "items": queries.items_of(round_),
        "windows": queries.windows_of(round_),
        "indices": queries.indices_of(round_),
        "share_rules": queries.share_rules_of(round_),
        "suppliers": queries.invited_suppliers(round_) if oversees else None,
    }
    return render(request, "rounds/round_detail.html", facts)


@signed_in
def round_files(request: UserRequest, reference: str) -> HttpResponse:
    """The files of a round."""
    round_ = queries.get_round(reference, seen_by=request.user)
    facts = {**_head(request, round_, "files"), "has_items": queries.items_of(round_).exists()}
    return render(request, "rounds/round_files.html", facts)


@signed_in
def round_items_export(request: UserRequest, reference: str) -> HttpResponse:
    """The pooled items as a spreadsheet."""
    round_ = queries.get_round(reference, seen_by=request.user)
    return download(items_workbook(round_, queries.items_of(round_)), f"{reference}-items.xlsx")


@signed_in
def round_create(request: UserRequest) -> HttpResponse:
    """Draft a new round."""
    require(may_create, request.user, None)
    return _write(request, None)


@signed_in
def round_edit(request: UserRequest, reference: str) -> HttpResponse:
    """Change a draft."""
    round_ = queries.get_round(reference, seen_by=request.user)
    require(may_run, request.user, round_)
    return _write(request, round_)


@require_POST
@signed_in
def round_publish(request: UserRequest, reference: str) -> HttpResponse:
    """Open a drafted round for demands."""
    return _step(request, reference, operations.publish_round, gettext_lazy("Members can enter demands now."))


@require_POST
@signed_in
def round_start_bidding(request: UserRequest, reference: str) -> HttpResponse:
    """Show the pooled items to the invited suppliers."""
    return _step(request, reference, operations.start_bidding, gettext_lazy("Invited suppliers can bid now."))


@require_POST
@signed_in
def round_close_bidding(request: UserRequest, reference: str) -> HttpResponse:
    """Take no more bids."""
    return _step(request, reference, operations.close_bidding, gettext_lazy("No more bids are taken."))


@signed_in
def round_calendar(request: UserRequest, reference: str) -> HttpResponse:
    """Move deadlines that have not passed."""
    round_ = queries.get_round(reference, seen_by=request.user)
    require(may_run, request.user, round_)
    now = {"demands_close_at": round_.demands_close_at, "bids_close_at": round_.bids_close_at}
    form = CalendarForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        operations.change_calendar(round_, **form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(request, _("The calendar has been changed."))
        return redirect("rounds:round_detail", reference)
    facts = {"round": round_, "form": form}
    return render(request, "rounds/round_calendar.html", facts, status=422 if form.errors else 200)


@signed_in
def round_suppliers(request: UserRequest, reference: str) -> HttpResponse:
    """Who is invited; invite one more."""
    round_ = queries.get_round(reference, seen_by=request.user)
    require(may_run, request.user, round_)
    form = InviteForm(round_, request.POST or None)
    if request.method == "POST" and form.is_valid():
        firm = form.cleaned_data["supplier"]
        operations.invite_supplier(round_, firm, actor=request.user, at=timezone.now())
        messages.success(request, _("{firm} is invited.").format(firm=firm))
        return redirect("rounds:round_suppliers", reference)
    facts = {"round": round_, "form": form, "suppliers": queries.invited_suppliers(round_)}
    return render(request, "rounds/round_suppliers.html", facts, status=422 if form.errors else 200)


@require_POST
@signed_in
def round_uninvite(request: UserRequest, reference: str) -> HttpResponse:
    """Take back an invitation."""
    round_ = queries.get_round(reference, seen_by=request.user)
    firm = get_firm(request.POST.get("supplier", ""), seen_by=request.user)
    operations.withdraw_invitation(round_, firm, actor=request.user, at=timezone.now())
    messages.success(request, _("{firm} is no longer invited.").format(firm=firm))
    return redirect("rounds:round_suppliers", reference)


@signed_in
def round_market_prices(request: UserRequest, reference: str) -> HttpResponse:
    """Note the market reference price of each item, against which savings are counted."""
    round_ = queries.get_round(reference, seen_by=request.user)
    require(may_run, request.user, round_)
    posted = request.POST or None
    rows = [
        (item, MarketPriceForm(posted, prefix=str(item.pk), initial={"market_price": item.market_price}))
        for item in queries.items_of(round_)
    ]
    faulty = [form for _item, form in rows if not form.is_valid()] if posted else []
    if posted and not faulty:
        prices = {item: form.cleaned_data["market_price"] for item, form in rows if form.has_changed()}
        operations.set_market_prices(round_, prices, actor=request.user, at=timezone.now())
        messages.success(request, _("The market reference prices are noted."))
        return redirect("rounds:round_detail", reference)
    facts = {"round": round_, "rows": rows}
    return render(request, "rounds/round_market_prices.html", facts, status=422 if faulty else 200)


@signed_in
def round_cancel(request: UserRequest, reference: str) -> HttpResponse:
    """End a round without an award."""
    round_ = queries.get_round(reference, seen_by=request.user)
    require(may_run, request.user, round_)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.cancel_round(round_, **form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(request, _("The round is cancelled."))
        return redirect("rounds:round_detail", reference)
    facts = {"round": round_, "form": form}
    return render(request, "rounds/round_cancel.html", facts, status=422 if form.errors else 200)


def _narrowed(request: UserRequest) -> QuerySet[Round]:
    asked = {name: request.GET.get(name, "").strip() for name in ("state", "category")}
    return queries.find_rounds(request.user, **asked, text=request.GET.get("q", "").strip())


def _head(request: UserRequest, round_: Round, active: str) -> dict[str, object]:
    return {
        "round": round_,
        "state_label": RoundState(round_.state).label,
        "state_tone": tone_of(round_.state),
        "tabs": tabs_of(round_, request.user, active),
        "may_run": may_run(request.user, round_),
    }


def _step(
    request: UserRequest, reference: str, operation: Callable[..., Round], done: Promise
) -> HttpResponse:
    round_ = queries.get_round(reference, seen_by=request.user)
    operation(round_, actor=request.user, at=timezone.now())
    messages.success(request, str(done))
    return redirect("rounds:round_detail", reference)


def _write(request: UserRequest, round_: Round | None) -> HttpResponse:
    operators = () if round_ else tuple(queries.operators_of(request.user))
    page = RoundPage(request.POST if request.method == "POST" else None, round_, operators=operators)
    if request.method == "POST" and page.is_valid():
        reference = _edited(request, round_, page) if round_ else _created(request, page)
        messages.success(request, _("The draft is saved. Nobody else sees it before you publish it."))
        return redirect("rounds:round_detail", reference)
    status = 422 if request.method == "POST" else 200
    facts = {"page": page, "round": round_, "idempotency_key": request.POST.get("idempotency_key") or uuid4()}
    return render(request, "rounds/round_write.html", facts, status=status)


def _edited(request: UserRequest, round_: Round, page: RoundPage) -> str:
    """Save the draft; twice the same leaves the same, so no key is needed."""
    return operations.save_draft(round_, page.draft(), actor=request.user, at=timezone.now()).reference


def _created(request: UserRequest, page: RoundPage) -> str:
    """Draft one round however often the page is sent."""

    def carry_out() -> dict[str, str]:
        drafted = operations.save_draft(None, page.draft(), actor=request.user, at=timezone.now())
        return {"reference": drafted.reference}

    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    key = request.POST.get("idempotency_key")
    answer = once(key, actor=request.user.username, request=sent, at=timezone.now(), carry_out=carry_out)
    return str(answer["reference"])
