"""What a member pays and why; what became of a supplier's bid and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.awards import queries
from industry_brain.awards.engine import result_of
from industry_brain.awards.permissions import may_see_all
from industry_brain.awards.tables import own_flow_chart, own_share, run_facts, share_chart, tabs_of


@signed_in
def my_share(request: UserRequest, reference: str, member: str = "") -> HttpResponse:
    """Show what one member pays, what it would pay alone, and why this is fair."""
    run = queries.get_run(reference, seen_by=request.user)
    share = queries.get_share(run, member, seen_by=request.user)
    own = own_share(run, share)
    facts = {
        "own": own,
        "share": share,
        "corridor": share_chart(share),
        "flows": own_flow_chart(own.allocations),
        "tabs": tabs_of(run, request.user, "shares" if may_see_all(request.user, run) else "my_share"),
    }
    return render(request, "awards/my_share.html", run_facts(run, request.user, timezone.now()) | facts)


@signed_in
def my_result(request: UserRequest, reference: str, supplier: str = "") -> HttpResponse:
    """Show what a supplier won, and by plain facts why not more."""
    run = queries.get_run(reference, seen_by=request.user)
    firm = queries.get_bidder(run, supplier, seen_by=request.user)
    facts = {
        "supplier": firm,
        "result": result_of(run, firm, with_worth=may_see_all(request.user, run)),
        "tabs": tabs_of(run, request.user, "my_result"),
    }
    return render(request, "awards/my_result.html", run_facts(run, request.user, timezone.now()) | facts)
