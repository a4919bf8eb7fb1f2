"""Pages about demands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.accounts.states import Role
from industry_brain.catalogue.queries import materials
from industry_brain.demands import operations, queries
from industry_brain.demands.engine import FIELDS, read_sheet
from industry_brain.demands.exports import (
    demands_workbook,
    picture_workbook,
    template_workbook,
    totals_workbook,
)
from industry_brain.demands.forms import DemandForm, UploadForm
from industry_brain.demands.models import Demand
from industry_brain.demands.permissions import may_change, may_correct, may_see_picture, may_see_totals
from industry_brain.demands.states import DemandState
from industry_brain.demands.tables import (
    EMPTY_ROWS,
    MOST_PASTED_ROWS,
    NUMBERS,
    corrections_of,
    grid_of,
    headings_of,
    table_of,
    tone_of,
)
from industry_brain.firms.models import Firm
from industry_brain.firms.queries import places
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import NotFound
from industry_brain.kernel.idempotency import once
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_run
from industry_brain.rounds.queries import get_round, rounds_seen_by, windows_of
from industry_brain.rounds.states import RoundState
from industry_brain.rounds.tables import tabs_of
from industry_brain.rounds.tables import tone_of as round_tone
from industry_brain.web.downloads import download
from industry_brain.web.spreadsheets import Table, read_pasted, read_table
from industry_brain.web.tables import page_of


@signed_in
def demand_list(request: UserRequest) -> HttpResponse:
    """The member's demands by round, those still open first."""
    member_ids = organisation_ids(request.user, Role.MEMBER)
    rounds = rounds_seen_by(request.user).exclude(published_at=None)
    listing = page_of(request, rounds, rounds.count(), per_page=50)
    counts = queries.demands_by_round(listing.rows, member_ids)
    facts = {
        "listing": listing,
        "rows": [(c, RoundState(c.round.state).label, round_tone(c.round.state)) for c in counts],
        "sheets": queries.sheets_seen_by(request.user).filter(member__in=member_ids)[:10],
    }
    return render(request, "demands/demand_list.html", facts)


@signed_in
def round_demands(request: UserRequest, round_reference: str) -> HttpResponse:
    """Demands in a round: the member's own rows, and what the pool wants in total."""
    round_ = get_round(round_reference, seen_by=request.user)
    demands = _shown(request, round_)
    listing = page_of(request, demands, demands.count(), per_page=50)
    rows = [(d, DemandState(d.state).label, tone_of(d.state)) for d in listing]
    facts = {
        **_head(request, round_),
        "listing": listing,
        "rows": rows,
        "drafts": demands.filter(state=DemandState.DRAFT).count(),
        "totals": queries.totals(round_, seen_by=request.user),
        "sheets": queries.sheets_seen_by(request.user).filter(round=round_)[:10],
        "idempotency_key": uuid4(),
    }
    return render(request, "demands/round_demands.html", facts)


@signed_in
def demand_create(request: UserRequest, round_reference: str) -> HttpResponse:
    """Enter one demand by form."""
    round_, member = _for_member(request, round_reference)
    form = DemandForm(round_, member, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        demand = _entered(request, round_, member, form.cleaned_data)
        messages.success(
            request, _("{reference} is a draft now. Submit it when you are done.").format(**demand)
        )
        return redirect("demands:round_demands", round_reference)
    facts = {"round": round_, "form": form, "idempotency_key": _key(request)}
    return render(request, "demands/demand_write.html", facts, status=422 if form.errors else 200)


@signed_in
def demand_edit(request: UserRequest, reference: str) -> HttpResponse:
    """Change one demand before demands close."""
    demand = queries.get_demand(reference, seen_by=request.user)
    require(may_change, request.user, demand)
    form = DemandForm(demand.round, demand.member, demand, request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.change_demand(demand, **form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(request, _("{reference} is changed and a draft again.").format(reference=reference))
        return redirect("demands:round_demands", demand.round.reference)
    facts = {"round": demand.round, "demand": demand, "form": form, "idempotency_key": _key(request)}
    return render(request, "demands/demand_write.html", facts, status=422 if form.errors else 200)


@require_POST
@signed_in
def demand_withdraw(request: UserRequest, reference: str) -> HttpResponse:
    """Take a demand back."""
    demand = queries.get_demand(reference, seen_by=request.user)
    operations.withdraw_demand(demand, actor=request.user, at=timezone.now())
    messages.success(request, _("{reference} is withdrawn.").format(reference=reference))
    return redirect("demands:round_demands", demand.round.reference)


@require_POST
@signed_in
def demands_submit(request: UserRequest, round_reference: str) -> HttpResponse:
    """Hand in all drafts."""
    round_, member = _for_member(request, round_reference)
    submitted = operations.submit_demands(round_, member, actor=request.user, at=timezone.now())
    said = ngettext("{count} demand is submitted.", "{count} demands are submitted.", len(submitted))
    messages.success(request, said.format(count=len(submitted)))
    return redirect("demands:round_demands", round_reference)


@signed_in
def demand_sheet(request: UserRequest, round_reference: str) -> HttpResponse:
    """Paste or upload a sheet; what holds becomes drafts at once, the rest is shown for correction."""
    round_, member = _for_member(request, round_reference)
    upload = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        sent = _sent(request, upload)
        if sent:
            return _imported(request, round_, member, sent)
        if "upload" not in request.POST:
            messages.warning(request, _("The sheet is empty. Paste or type at least one row."))
    facts = {
        "round": round_,
        "upload": upload,
        "fields": [(name, heading, name in NUMBERS) for name, heading in FIELDS.items()],
        "empty_rows": range(EMPTY_ROWS),
        "most_pasted_rows": MOST_PASTED_ROWS,
        "materials": materials(category=round_.category),
        "places": places(),
        "windows": windows_of(round_),
        "closed": not queries.takes_demands(round_, timezone.now()),
        "idempotency_key": _key(request),
    }
    return render(
        request, "demands/demand_sheet.html", facts, status=422 if request.method == "POST" else 200
    )


@signed_in
def sheet_detail(request: UserRequest, reference: str) -> HttpResponse:
    """A sheet as it came, what became of each row, and what still has to be corrected."""
    sheet = queries.get_sheet(reference, seen_by=request.user)
    rows = queries.rows_of(sheet, faulty_only=request.GET.get("show") == "faulty")
    listing = page_of(request, rows, rows.count(), per_page=100)
    if request.method == "POST":
        corrections = corrections_of(request.POST, listing.rows, len(sheet.columns))
        operations.correct_rows(sheet, corrections, actor=request.user, at=timezone.now())
        return redirect(request.get_full_path())
    facts = {
        "sheet": sheet,
        "round": sheet.round,
        "listing": listing,
        "headings": headings_of(sheet),
        "grid": grid_of(sheet, listing.rows),
        "may_correct": may_correct(request.user, sheet)
        and queries.takes_demands(sheet.round, timezone.now()),
        "drafts": queries.demands_of(sheet.round, sheet.member).filter(state=DemandState.DRAFT).count(),
    }
    return render(request, "demands/sheet_detail.html", facts)


@require_POST
@signed_in
def row_drop(request: UserRequest, reference: str) -> HttpResponse:
    """Set a row of a sheet aside."""
    sheet = queries.get_sheet(reference, seen_by=request.user)
    number = request.POST.get("row", "")
    row = queries.get_row(sheet, int(number) if number.isdecimal() and len(number) < 8 else 0)
    operations.drop_row(row, actor=request.user, at=timezone.now())
    return redirect("demands:sheet_detail", reference)


@signed_in
def pool_preview(request: UserRequest, round_reference: str) -> HttpResponse:
    """Who wants what and who is missing; the operator pools from here."""
    round_ = get_round(round_reference, seen_by=request.user)
    _require_picture(request, round_)
    if request.method == "POST":
        items = operations.pool_round(round_, actor=request.user, at=timezone.now())
        said = ngettext(
            "The demands are pooled into {count} item.",
            "The demands are pooled into {count} items.",
            len(items),
        )
        messages.success(request, said.format(count=len(items)))
        return redirect("rounds:round_detail", round_reference)
    picture = queries.pooled_picture(round_)
    facts = {
        **_head(request, round_),
        "picture": picture,
        "may_pool": may_run(request.user, round_)
        and queries.can_be_pooled(round_, timezone.now(), complete=picture.complete),
    }
    return render(request, "demands/pool_preview.html", facts)


@signed_in
def demand_template(request: UserRequest, round_reference: str) -> HttpResponse:
    """An empty sheet to fill in, with instructions and lists."""
    round_ = get_round(round_reference, seen_by=request.user)
    return download(template_workbook(round_), f"{round_reference}-template.xlsx")


@signed_in
def demand_export(request: UserRequest, round_reference: str) -> HttpResponse:
    """The demands that the page shows, as a spreadsheet."""
    round_ = get_round(round_reference, seen_by=request.user)
    oversees = may_see_picture(request.user, round_)
    content = demands_workbook(round_, _shown(request, round_), with_member=oversees)
    return download(content, f"{round_reference}-demands.xlsx")


@signed_in
def pool_export(request: UserRequest, round_reference: str) -> HttpResponse:
    """The operator's picture as a spreadsheet."""
    round_ = get_round(round_reference, seen_by=request.user)
    _require_picture(request, round_)
    return download(picture_workbook(round_, queries.pooled_picture(round_)), f"{round_reference}-pool.xlsx")


@signed_in
def totals_export(request: UserRequest, round_reference: str) -> HttpResponse:
    """What the pool wants in total, as a spreadsheet."""
    round_ = get_round(round_reference, seen_by=request.user)
    totals = queries.totals(round_, seen_by=request.user)
    return download(totals_workbook(round_, totals), f"{round_reference}-totals.xlsx")


def _for_member(request: UserRequest, round_reference: str) -> tuple[Round, Firm]:
    round_ = get_round(round_reference, seen_by=request.user)
    return round_, queries.member_of(request.user, request.GET.get("member", ""))


def _shown(request: UserRequest, round_: Round) -> QuerySet[Demand]:
    demands = queries.demands_seen_by(request.user).filter(round=round_)
    return demands.exclude(state=DemandState.WITHDRAWN)


def _require_picture(request: UserRequest, round_: Round) -> None:
    if not may_see_picture(request.user, round_):
        raise NotFound(_("There is no such page."), code="no_such_page")


def _key(request: UserRequest) -> str:
    return request.POST.get("idempotency_key") or str(uuid4())


def _head(request: UserRequest, round_: Round) -> dict[str, object]:
    enters = acts_as(request.user, Role.MEMBER)
    takes = queries.takes_demands(round_, timezone.now())
    return {
        "round": round_,
        "state_label": RoundState(round_.state).label,
        "state_tone": round_tone(round_.state),
        "tabs": tabs_of(round_, request.user, "demands"),
        "oversees": may_see_picture(request.user, round_),
        "sees_totals": may_see_totals(request.user, round_),
        "enters": enters and takes,
        "is_member": enters,
        "closed": not takes,
    }


def _entered(request: UserRequest, round_: Round, member: Firm, facts: dict[str, Any]) -> dict[str, str]:
    def carry_out() -> dict[str, str]:
        demand = operations.enter_demand(round_, member, **facts, actor=request.user, at=timezone.now())
        return {"reference": demand.reference}

    return _once(request, carry_out)


def _sent(request: UserRequest, upload: UploadForm) -> list[tuple[Table, str]]:
    """Read what was sent: a file with its name, or what was pasted as text and what stands in the grid."""
    if "upload" in request.POST:
        file = upload.cleaned_data["file"] if upload.is_valid() else None
        return [(read_table(file.read(), file.name), file.name)] if file else []
    pasted, grid = request.POST.get("pasted", ""), table_of(request.POST)
    tables = [read_pasted(pasted)] if pasted.strip() else []
    tables += [grid] if any(any(row) for row in grid.rows[1:]) else []
    return [(table, "") for table in tables]


def _imported(
    request: UserRequest, round_: Round, member: Firm, sent: Sequence[tuple[Table, str]]
) -> HttpResponse:
    """Import each table as a sheet of its own, and go to the first."""
    read = [(read_sheet(round_, member, t.rows, first_row=t.first_row), name) for t, name in sent]

    def carry_out() -> dict[str, str]:
        sheets = [
            operations.import_sheet(
                round_, member, sheet, file_name=name, actor=request.user, at=timezone.now()
            )
            for sheet, name in read
        ]
        return {"reference": sheets[0].reference, "others": ", ".join(s.reference for s in sheets[1:])}

    answer = _once(request, carry_out, [table.rows for table, _name in sent])
    if answer["others"]:
        said = _("What stood in the grid was imported as {sheet}.")
        messages.info(request, said.format(sheet=answer["others"]))
    return redirect("demands:sheet_detail", answer["reference"])


def _once(request: UserRequest, carry_out: Any, table: object = None) -> dict[str, str]:
    posted = {name: texts for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken"}
    answer: dict[str, str] = once(
        request.POST.get("idempotency_key"),
        actor=request.user.username,
        request=[posted, table],
        at=timezone.now(),
        carry_out=carry_out,
    )
    return answer
