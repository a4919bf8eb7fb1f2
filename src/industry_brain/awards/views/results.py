"""The whole award, for those who may see all of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.awards import queries
from industry_brain.awards.tables import corridor_chart, flow_chart, run_facts, tabs_of


@signed_in
def award_matrix(request: UserRequest, reference: str) -> HttpResponse:
    """Items by suppliers: what was offered, and who won how much at which price."""
    run = queries.get_result(reference, seen_by=request.user)
    suppliers, rows = queries.matrix_of(run)
    facts = {
        "suppliers": suppliers,
        "rows": rows,
        "packages": queries.packages_of(run),
        "charges": queries.charges_of(run),
        "flows": flow_chart(run, "member"),
        "tabs": tabs_of(run, request.user, "matrix"),
    }
    return render(request, "awards/award_matrix.html", run_facts(run, request.user, timezone.now()) | facts)


@signed_in
def run_shares(request: UserRequest, reference: str) -> HttpResponse:
    """Show what everybody pays, and against what."""
    run = queries.get_result(reference, seen_by=request.user)
    shares = list(queries.shares_of(run))
    facts = {
        "shares": shares,
        "total": queries.shares_total(shares),
        "savings": queries.baselines(shares),
        "price_list": queries.price_list_of(run),
        "corridor": corridor_chart(shares),
        "groups": 2 ** len(shares) - 1,
        "tabs": tabs_of(run, request.user, "shares"),
    }
    return render(request, "awards/run_shares.html", run_facts(run, request.user, timezone.now()) | facts)
