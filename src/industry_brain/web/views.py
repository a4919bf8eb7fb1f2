"""The few pages that belong to no context."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import TooManyFieldsSent
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from industry_brain.web.errors import TITLES, refuse
from industry_brain.web.styleguide import samples


@require_GET
@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say whether the server answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
@login_not_required
def favicon(_request: HttpRequest) -> HttpResponse:
    """Point browsers that ask for the old address to our mark."""
    return redirect(static("web/mark.svg"), permanent=True)


@require_POST
@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the reader's language, also before signing in."""
    return django_set_language(request)


@require_GET
@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once, with samples; only where developers work."""
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)):
        raise Http404
    return render(request, "web/styleguide.html", samples(request))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    del exception
    return refuse(request, HTTPStatus.NOT_FOUND, _("There is no such page."), code="no_such_page")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what only others may do."""
    del exception
    return refuse(request, HTTPStatus.FORBIDDEN, _("You may not do this."), code="not_allowed")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what no browser of ours would send, and forms with more fields than are read at once."""
    sentence = _("The request could not be understood.")
    if isinstance(exception, TooManyFieldsSent):
        sentence = _("The form holds more fields than are read at once. Upload the rows as a file instead.")
    return refuse(request, HTTPStatus.BAD_REQUEST, sentence, code="bad_request")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that lost its token, mostly because it was open for very long."""
    del reason
    sentence = _(
        "This form was open for too long, or cookies are switched off. Reload the page and send it again."
    )
    return refuse(request, HTTPStatus.FORBIDDEN, sentence, code="csrf")


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours without asking the database or the session."""
    facts = {
        "layout": "web/base_plain.html",
        "plain": True,
        "title": TITLES[HTTPStatus.INTERNAL_SERVER_ERROR],
        "sentence": _("The fault is ours and has been written down. Nothing you saved before is lost."),
        "advice": _("Try again in a minute; tell whoever runs the platform if it happens again."),
        "code": "server_error",
        "status": 500,
    }
    return HttpResponse(render_to_string("web/refused.html", facts), status=HTTPStatus.INTERNAL_SERVER_ERROR)
