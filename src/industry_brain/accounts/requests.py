"""Requests that carry a signed-in user, typed as such."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from industry_brain.accounts.models import User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

P = ParamSpec("P")


class UserRequest(HttpRequest):
    """A request by a signed-in user."""

    user: User
    htmx: HtmxDetails


def user_of(request: HttpRequest) -> User:
    """Give the signed-in user of a request that has been authenticated."""
    return cast("User", request.user)


def signed_in(
    view: Callable[Concatenate[UserRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only signed-in users through, and tell the type checker so."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(cast("UserRequest", request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(checked))
