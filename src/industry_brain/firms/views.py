"""Pages about firms."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.firms import operations, queries
from industry_brain.firms.forms import FirmForm
from industry_brain.firms.permissions import may_register
from industry_brain.kernel.access import require
from industry_brain.web.tables import listing_of

SORTS = {"reference": "reference", "name": "name", "place": "place__code", "joined": "joined_at"}


@signed_in
def firm_list(request: UserRequest) -> HttpResponse:
    """The firms the visitor may see."""
    search = request.GET.get("q", "").strip()
    firms = queries.firms_seen_by(request.user)
    if search:
        firms = firms.filter(
            Q(name__icontains=search) | Q(name_en__icontains=search) | Q(reference__iexact=search)
        )
    facts = {
        "listing": listing_of(request, firms, sorts=SORTS, default_sort="reference"),
        "search": search,
        "may_register": may_register(request.user),
    }
    return render(request, "firms/firm_list.html", facts)


@signed_in
def firm_register(request: UserRequest) -> HttpResponse:
    """Register a firm as member, supplier, or both."""
    require(may_register, request.user, None)
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        firm = operations.register_firm(**form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(
            request, _("{firm} is registered as {reference}.").format(firm=firm, reference=firm.reference)
        )
        return redirect("firms:firm_list")
    return render(request, "firms/firm_register.html", {"form": form}, status=422 if form.errors else 200)
