"""The REST API: every context's router under one roof."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer, django_auth

from industry_brain.accounts.models import User
from industry_brain.accounts.operations import token_digest
from industry_brain.accounts.queries import user_by_token
from industry_brain.awards.api import router as awards
from industry_brain.bids.api import router as bids
from industry_brain.catalogue.api import router as catalogue
from industry_brain.demands.api import router as demands
from industry_brain.kernel.errors import DomainError
from industry_brain.kernel.text import is_storable
from industry_brain.overview.api import router as records
from industry_brain.rounds.api import router as rounds


class Token(HttpBearer):
    """``Authorization: Bearer ib_…`` with a token from the account page."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Give the token's person, and act as that person from here on."""
        user = user_by_token(token_digest(token), at=timezone.now())
        if user is not None:
            request.user = user
        return user


class StorableJson(Parser):
    """Bodies whose texts a database can keep; any other is as malformed as broken JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Read a body, or raise, which the framework answers with 400 and a sentence."""
        found: dict[str, Any] = json.loads(request.body)
        if not is_storable(found):
            raise ValueError("a text that no database can keep")
        return found


api = NinjaAPI(
    title="Industry Brain · 产业大脑",
    version="1",
    parser=StorableJson(),
    auth=[Token(), django_auth],
    docs_url="/docs",
    docs_decorator=login_required,
)
api.add_router("/rounds", rounds)
api.add_router("/demands", demands)
api.add_router("/bids", bids)
api.add_router("/awards", awards)
api.add_router("/materials", catalogue)
api.add_router("/records", records)


def _problem(request: HttpRequest, status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **more}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say a refusal as problem+json, with the places at fault where there are several."""
    more = {"places": error.facts["places"]} if "places" in error.facts else {}
    return _problem(request, error.status, error.code, str(error), **more)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parts of a request did not have the shape that the API reference states."""
    places = [
        {"place": ".".join(str(part) for part in fault["loc"]), "message": fault["msg"]}
        for fault in error.errors
    ]
    detail = _("The request does not have the documented shape; see “places”.")
    return _problem(request, 422, "malformed_request", detail, places=places)


def urls() -> tuple[list[URLResolver | URLPattern], str, str]:
    """Give the API's addresses, which ask for a token or a session themselves instead of the sign-in page."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback.login_required = False  # type: ignore[attr-defined] # read by Django's middleware
    return patterns, app_name, namespace
