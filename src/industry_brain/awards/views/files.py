"""What people take away: sheets, minutes, and the files that anybody entitled can check."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.awards import exports, queries
from industry_brain.awards.tables import SORTS, run_rows, runs_asked
from industry_brain.web.downloads import download
from industry_brain.web.tables import order_by, sort_of


@require_GET
@signed_in
def run_export(request: UserRequest) -> HttpResponse:
    """Give the list of awards as shown, every page of it."""
    runs = runs_asked(request.GET, queries.runs_seen_by(request.user))
    name, descending = sort_of(request, SORTS, "-requested")
    rows = run_rows(list(runs.order_by(*order_by(SORTS[name], descending))), request.user)
    return download(exports.list_workbook(rows), "awards.xlsx")


@require_GET
@signed_in
def run_workbook(request: UserRequest, reference: str) -> HttpResponse:
    """Give everything an award shows, as a workbook."""
    run = queries.get_result(reference, seen_by=request.user)
    return download(exports.run_workbook(run, at=timezone.now()), f"{run.reference}.xlsx")


@require_GET
@signed_in
def run_minutes(request: UserRequest, reference: str) -> HttpResponse:
    """Give the minutes of the award, for signing and filing."""
    run = queries.get_result(reference, seen_by=request.user)
    content = exports.minutes(run, at=timezone.now())
    return download(content, f"{run.reference}.pdf", "application/pdf")


@require_GET
@signed_in
def run_file(request: UserRequest, reference: str, kind: str) -> HttpResponse:
    """Give a file of the round format, byte for byte as it was checked."""
    run = queries.get_result(reference, seen_by=request.user)
    text = queries.file_of(run, kind)
    return download(text.encode(), f"{run.reference}-{kind}.json", "application/json")
