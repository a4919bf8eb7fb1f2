from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings

from industry_brain.accounts.models import User
from industry_brain.config.navigation import navigation
from industry_brain.demo.cast import LOGINS

pytestmark = pytest.mark.django_db


def menu_of(user: User, path: str = "/") -> list[dict[str, Any]]:
    request = RequestFactory().get(path)
    request.user = user
    groups: Any = navigation(request)["navigation"]
    return [item for group in groups for item in group["items"]]


@pytest.mark.parametrize(
    ("who", "offered", "not_offered"),
    [
        ("operator", {"/records/", "/account/people/"}, {"/demands/", "/bids/"}),
        ("member", {"/demands/", "/account/people/"}, {"/bids/", "/records/"}),
        ("supplier", {"/bids/"}, {"/demands/", "/records/"}),
        ("auditor", {"/records/"}, {"/bids/"}),
        ("analyst", {"/rounds/"}, {"/records/", "/demands/", "/bids/"}),
    ],
)
def test_every_role_is_offered_its_own_pages(
    who: str, offered: set[str], not_offered: set[str], request: pytest.FixtureRequest
) -> None:
    urls = {item["url"] for item in menu_of(request.getfixturevalue(who))}

    assert offered <= urls
    assert not not_offered & urls


def test_the_line_of_the_current_page_is_marked(member: User) -> None:
    marked = [item["url"] for item in menu_of(member, "/rounds/R-2026-0001/") if item["active"]]

    assert marked == ["/rounds/"]


def test_the_first_page_is_marked_only_on_itself(member: User) -> None:
    assert [item["url"] for item in menu_of(member, "/") if item["active"]] == ["/"]


@override_settings(DEMO=True)
def test_the_demo_shows_its_logins_before_signing_in() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert navigation(request)["demo_logins"] == LOGINS


def test_nothing_but_the_demo_shows_logins() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert navigation(request)["demo_logins"] == ()
    assert "demo_password" not in navigation(request)
