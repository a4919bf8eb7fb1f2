"""The first page, the search, and the record."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.accounts.states import Role
from industry_brain.kernel.access import require
from industry_brain.overview import queries
from industry_brain.overview.permissions import may_read_record
from industry_brain.overview.tables import next_steps, operation_name, round_chart, tour
from industry_brain.records import queries as record_queries
from industry_brain.web.tables import listing_of


@signed_in
def home(request: UserRequest) -> HttpResponse:
    """What waits for you, and what the cluster has done together."""
    awarded = queries.awarded_rounds(seen_by=request.user)
    rounds = list(queries.rounds_to_look_at(request.user)[:12])
    facts = {
        "figures": queries.cluster_figures(),
        "steps": next_steps(rounds, request.user),
        "awarded": list(reversed(awarded)),
        "chart": round_chart(awarded) if awarded else None,
        "may_create": acts_as(request.user, Role.OPERATOR),
        "tour": tour(rounds, request.user) if getattr(settings, "DEMO", False) else (),
    }
    return render(request, "overview/home.html", facts)


@signed_in
def search(request: UserRequest) -> HttpResponse:
    """Rounds, materials and firms that contain what was typed."""
    text = request.GET.get("q", "").strip()[:100]
    if not text:
        return redirect("overview:home")
    facts = {"search_text": text, "hits": queries.search(text, seen_by=request.user)}
    return render(request, "overview/search.html", facts)


@signed_in
def record_list(request: UserRequest) -> HttpResponse:
    """Every operation that took place; the whole chain is recomputed when asked (``?check=1``)."""
    require(may_read_record, request.user, None)
    wanted = request.GET.get("q", "").strip()[:100]
    rows = record_queries.records(containing=wanted)
    listing = listing_of(request, rows, sorts={"number": "number"}, default_sort="-number", per_page=50)
    whole = request.GET.get("check") == "1"
    chain = record_queries.check() if whole else record_queries.check_page(listing.rows)
    facts = {
        "listing": listing,
        "rows": [(entry, operation_name(entry.action)) for entry in listing],
        "search": wanted,
        "chain": chain,
        "whole": whole,
    }
    return render(request, "overview/record_list.html", facts)
