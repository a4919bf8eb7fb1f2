"""Starting, stopping, approving, setting aside, making final."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.awards import operations, queries
from industry_brain.awards.forms import ReasonForm, StartForm
from industry_brain.awards.permissions import may_lead
from industry_brain.awards.tables import run_facts
from industry_brain.kernel.access import require
from industry_brain.kernel.idempotency import once
from industry_brain.rounds.queries import get_round


@require_POST
@signed_in
def run_start(request: UserRequest) -> HttpResponse:
    """Begin to work out the award of a round."""
    form = StartForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        messages.error(request, str(first))
        return redirect("awards:run_list")
    facts, at = form.cleaned_data, timezone.now()
    round_ = get_round(facts["round"], seen_by=request.user)

    def carry_out() -> dict[str, str]:
        run = operations.start_award(round_, limit_seconds=facts["limit_seconds"], actor=request.user, at=at)
        return {"run": run.reference}

    answer = once(
        facts["idempotency_key"],
        actor=request.user.username,
        request=["start_award", facts["round"], facts["limit_seconds"]],
        at=at,
        carry_out=carry_out,
    )
    return redirect("awards:run_detail", answer["run"])


@require_POST
@signed_in
def run_stop(request: UserRequest, reference: str) -> HttpResponse:
    """Stop the search; the best award so far is kept."""
    run = queries.get_result(reference, seen_by=request.user)
    operations.stop_award(run, actor=request.user, at=timezone.now())
    return redirect("awards:run_detail", reference)


@require_POST
@signed_in
def run_share(request: UserRequest, reference: str) -> HttpResponse:
    """Ask for the shares of an award that has none."""
    run = queries.get_result(reference, seen_by=request.user)
    operations.share_award(run, actor=request.user, at=timezone.now())
    messages.success(request, _("A worker shares the bill of {run} again.").format(run=run))
    return redirect("awards:run_detail", reference)


@signed_in
def run_approve(request: UserRequest, reference: str) -> HttpResponse:
    """Agree to the award with a typed reason; two different people have to."""
    run = queries.get_result(reference, seen_by=request.user)
    require(may_lead, request.user, run)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.approve_award(run, **form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(request, _("Your approval of {run} is recorded.").format(run=run))
        return redirect("awards:run_detail", reference)
    facts = run_facts(run, request.user, timezone.now()) | {"form": form}
    return render(request, "awards/run_approve.html", facts, status=422 if form.errors else 200)


@signed_in
def run_set_aside(request: UserRequest, reference: str) -> HttpResponse:
    """Do without this award and go back to the opened bids."""
    run = queries.get_result(reference, seen_by=request.user)
    require(may_lead, request.user, run)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.set_award_aside(run, **form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(
            request, _("{run} is set aside; the round is back at its opened bids.").format(run=run)
        )
        return redirect("awards:run_list")
    facts = run_facts(run, request.user, timezone.now()) | {"form": form}
    return render(request, "awards/run_set_aside.html", facts, status=422 if form.errors else 200)


@require_POST
@signed_in
def run_finalise(request: UserRequest, reference: str) -> HttpResponse:
    """Make the award final after the standstill."""
    run = queries.get_result(reference, seen_by=request.user)
    operations.finalise_award(run, actor=request.user, at=timezone.now())
    messages.success(request, _("The award {run} is final.").format(run=run))
    return redirect("awards:run_detail", reference)
