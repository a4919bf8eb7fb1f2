"""Refusals, said in HTML: a page for a visit, a fragment for htmx, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import DomainError

TITLES: dict[int, Promise] = {
    HTTPStatus.BAD_REQUEST: _("This could not be understood"),
    HTTPStatus.FORBIDDEN: _("You may not do this"),
    HTTPStatus.NOT_FOUND: _("There is nothing here"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("There is no page here"),
    HTTPStatus.CONFLICT: _("This is not possible now"),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("Something needs mending first"),
    HTTPStatus.TOO_MANY_REQUESTS: _("Too many attempts"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Something went wrong on our side"),
}
ADVICE: dict[int, Promise] = {
    HTTPStatus.FORBIDDEN: _("Ask whoever runs the platform if you need this right for your work."),
    HTTPStatus.NOT_FOUND: _("The address may be mistyped, or what it names is not open to you."),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Go back to the page you came from, or start from the overview."),
    HTTPStatus.CONFLICT: _("Go back, reload the page, and look at how things stand now."),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("Go back: what you typed is still there."),
}


class RefusalMiddleware:
    """Turn a :class:`DomainError` raised by a view into a page that explains it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it holds a NUL, which PostgreSQL keeps in no text."""
        sent = [*request.GET.lists(), *request.POST.lists()]
        texts = [request.path, *(text for name, values in sent for text in (name, *values))]
        if any("\x00" in text for text in texts):
            sentence = str(_("The request could not be understood."))
            return refuse(request, HTTPStatus.BAD_REQUEST, sentence, code="bad_request")
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return self._say_not_visited(request, response)
        return response

    @staticmethod
    def _say_not_visited(request: HttpRequest, empty: HttpResponse) -> HttpResponse:
        """Explain an address that only takes forms, as somebody sees it who reloads after a refusal."""
        sentence = str(_("This address only takes what a form sends; there is no page here to visit."))
        page = refuse(request, HTTPStatus.METHOD_NOT_ALLOWED, sentence, code="method_not_allowed")
        page["Allow"] = empty.get("Allow", "")
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say refusals, missing pages and missing rights; leave every other exception alone."""
        if isinstance(error, DomainError):
            return refuse(
                request, error.status, str(error), code=error.code, places=error.facts.get("places", ())
            )
        if isinstance(error, Http404):
            return refuse(
                request, HTTPStatus.NOT_FOUND, str(_("There is no such page.")), code="no_such_page"
            )
        if isinstance(error, PermissionDenied):
            return refuse(request, HTTPStatus.FORBIDDEN, str(_("You may not do this.")), code="not_allowed")
        return None


def refuse(
    request: HttpRequest, status: int, sentence: str, *, code: str, places: object = ()
) -> HttpResponse:
    """Answer with one sentence: as a fragment above the page for htmx, as a page otherwise."""
    facts = {"sentence": sentence, "code": code, "status": int(status), "places": places}
    if getattr(request, "htmx", False):
        fragment = render_to_string("web/partials/refusal.html", facts)
        response = HttpResponse(fragment, status=status)
        # What the reader typed stays where it is; the sentence goes above it.
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    return HttpResponse(_page(request, facts), status=status)


def _page(request: HttpRequest, facts: dict[str, object]) -> str:
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    status = int(str(facts["status"]))
    words = {
        "title": TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST]),
        "advice": ADVICE.get(status, ""),
        "plain": not signed_in,
        "layout": "web/base.html" if signed_in else "web/base_plain.html",
    }
    return render_to_string("web/refused.html", {**facts, **words}, request=request)
