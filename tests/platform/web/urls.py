"""Addresses for the tests of what pages share: no context is needed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from industry_brain.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState

REFUSALS = {
    "not-allowed": NotAllowed("Only the operator opens bids.", code="not_allowed"),
    "not-found": NotFound("There is no round {round}.", code="not_found", round="R-1"),
    "wrong-state": WrongState("{round} is still open for bids.", code="wrong_state", round="<b>R-1</b>"),
    "conflict": Conflict("Somebody else was faster.", code="conflict"),
    "invalid": Invalid(
        "Two rows need mending.",
        code="rows",
        places=[{"place": "Row 3", "message": "The weight is missing."}],
    ),
}


@login_not_required
def refusing(_request: HttpRequest, which: str) -> HttpResponse:
    """Refuse as an operation would."""
    raise REFUSALS[which]


@login_not_required
def missing(_request: HttpRequest) -> HttpResponse:
    """Find nothing."""
    raise Http404


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    """Fail as only a mistake of ours can."""
    raise ZeroDivisionError


@login_not_required
def saved(request: HttpRequest) -> HttpResponse:
    """Take an autosave, refusing a text that says so."""
    return HttpResponse(status=422 if "refuse" in request.POST.get("material-0", "") else 204)


PAGE = """{% extends "web/base.html" %}{% block heading %}Desk{% endblock %}{% block content %}
<form id="desk" data-autosave="/saved/" data-guard method="post">{% csrf_token %}
<input name="material-0" aria-label="Material">
<span data-autosave-status data-pending="…" data-saving="saving"
data-saved="saved" data-failed="failed"></span></form>
<button hx-post="/refusing/conflict/" type="button">Try</button>
<a data-go="r" href="/styleguide/">Rounds</a>{% endblock %}"""


@login_not_required
def desk(request: HttpRequest) -> HttpResponse:
    """Show a form that saves itself, and a button that will be refused."""
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"search_url": "/search/"}, request))


urlpatterns = [
    path("desk/", desk),
    path("", include("industry_brain.web.urls")),
    path("styleguide/", include("industry_brain.web.styleguide_urls")),
    path("refusing/<which>/", refusing),
    path("missing/", missing),
    path("broken/", broken),
    path("saved/", saved),
]
handler404 = "industry_brain.web.views.page_not_found"
handler500 = "industry_brain.web.views.server_error"
handler403 = "industry_brain.web.views.permission_denied"
handler400 = "industry_brain.web.views.bad_request"
