"""Pages about materials."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from industry_brain.accounts.requests import UserRequest, signed_in
from industry_brain.catalogue import operations, queries
from industry_brain.catalogue.engine import find
from industry_brain.catalogue.forms import MaterialForm
from industry_brain.catalogue.permissions import may_edit_catalogue
from industry_brain.catalogue.tables import SORTS, reading_rows
from industry_brain.kernel.access import require
from industry_brain.web.tables import listing_of


@signed_in
def material_list(request: UserRequest) -> HttpResponse:
    """The catalogue, and a line to try how a written specification is understood."""
    search, text = request.GET.get("q", "").strip(), request.GET.get("read", "").strip()[:300]
    rows = queries.materials(containing=search)
    found = find(text, queries.materials()) if text else None
    facts = {
        "listing": listing_of(request, rows, sorts=SORTS, default_sort="code"),
        "search": search,
        "text": text,
        "found": found,
        "readings": reading_rows(found, get_language() or ""),
        "may_edit": may_edit_catalogue(request.user),
    }
    return render(request, "catalogue/material_list.html", facts)


@signed_in
def material_add(request: UserRequest) -> HttpResponse:
    """Add a material by writing it as the trade does."""
    require(may_edit_catalogue, request.user, None)
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        material = operations.add_material(**form.cleaned_data, actor=request.user, at=timezone.now())
        messages.success(
            request, _("{name} is in the catalogue as {code}.").format(name=material, code=material.code)
        )
        return redirect("catalogue:material_list")
    return render(request, "catalogue/material_add.html", {"form": form}, status=422 if form.errors else 200)
