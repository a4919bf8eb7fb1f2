"""The list of award runs, and one run while it computes and when it is done."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.awards import queries
from industry_brain.awards.forms import StartForm
from industry_brain.awards.permissions import may_see_all, may_see_totals
from industry_brain.awards.tables import (
    SORTS,
    bridge_chart,
    files_of,
    flow_chart,
    progress_chart,
    run_facts,
    run_rows,
    runs_asked,
    steps_of,
    tabs_of,
)
from industry_brain.web.tables import listing_of

END_POLLING = "HX-Refresh"


@signed_in
def run_list(request: UserRequest) -> HttpResponse:
    """Awards that the visitor may see, and rounds that wait for one."""
    runs = runs_asked(request.GET, queries.runs_seen_by(request.user))
    waiting = queries.rounds_to_award(request.user)
    facts = {
        "listing": listing_of(request, runs, sorts=SORTS, default_sort="-requested"),
        "waiting": [
            (round_, StartForm(initial={"round": round_.reference, "idempotency_key": uuid4()}))
            for round_ in waiting[:20]
        ],
        "asked_round": request.GET.get("round", "")[:20],
    }
    facts["rows"] = run_rows(facts["listing"].rows, request.user)  # type: ignore[attr-defined]  # a Listing
    return render(request, "awards/run_list.html", facts)


@signed_in
def run_detail(request: UserRequest, reference: str) -> HttpResponse:
    """One award: how far it is, or what it found."""
    run = queries.get_run(reference, seen_by=request.user)
    facts = run_facts(run, request.user, timezone.now())
    if request.htmx:
        response = render(request, "awards/run_detail.html#progress", facts | {"chart": progress_chart(run)})
        if not facts["is_running"]:
            response[END_POLLING] = "true"
        return response
    if may_see_totals(request.user, run):
        facts |= {"comparisons": queries.comparisons_of(run), "bridge": bridge_chart(run)}
    if may_see_all(request.user, run):
        facts |= {
            "chart": progress_chart(run),
            "flows": flow_chart(run),
            "files": files_of(run),
            "steps": steps_of(run),
        }
    return render(request, "awards/run_detail.html", facts | {"tabs": tabs_of(run, request.user, "detail")})
