"""What browsers are told: headers, cookies, forms that only our pages can send, no way out to other sites."""

import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client, override_settings

from industry_brain.accounts.models import User
from industry_brain.rounds.models import Round
from tests.architecture.source import nothing
from tests.architecture.walls.addresses import UNSAFE, Route, operations, pages
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db
PASSWORD = "long enough to be a password"
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
)


@pytest.fixture
def chen(operator: User) -> User:
    """Somebody with a password."""
    operator.set_password(PASSWORD)
    operator.save()
    return operator


@pytest.fixture
def drafted(operator: User) -> Round:
    """A round that could be published."""
    organisation = operator.memberships.get().organisation
    round_: Round = RoundFactory(reference="R-1", operator=organisation)
    return round_


def filled(route: Route) -> str:
    return re.sub(r"[<{][^>}]*[>}]", "7", route.path)


def test_every_answer_tells_browsers_what_not_to_do(operator: User, drafted: Round) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(operator)
    wrong = []
    paths = [filled(route) for route in pages() if "sign-out" not in route.path]
    for path in [*paths, "/rounds/R-1/", "/api/v1/rounds/", "/nowhere/"]:
        headers = client.get(path).headers
        policy = headers.get("Content-Security-Policy", "")
        scripts = next(
            (part for part in policy.split(";") if part.strip().startswith("script-src ")), "unsafe-inline"
        )
        rules = {
            "no sniffing": headers.get("X-Content-Type-Options") == "nosniff",
            "no frames": headers.get("X-Frame-Options") == "DENY" and "frame-ancestors 'none'" in policy,
            "no referrer elsewhere": headers.get("Referrer-Policy") == "same-origin",
            "no inline script": "unsafe-inline" not in scripts and "unsafe-eval" not in policy,
            "nothing from elsewhere": "default-src 'self'" in policy
            and "http" not in policy
            and "*" not in policy,
            "no base, no objects": "base-uri 'none'" in policy and "object-src 'none'" in policy,
            "forms only here": "form-action 'self'" in policy,
        }
        wrong += [f"{path}: {rule}" for rule, kept in rules.items() if not kept]
    nothing(wrong)


def test_no_page_holds_an_inline_script_or_handler(operator: User, drafted: Round) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(operator)
    for route in pages():
        if "sign-out" in route.path or route.name.startswith("api-1"):
            continue
        text = client.get(
            route.path.replace("<str:reference>", "R-1") if "rounds/" in route.path else filled(route)
        )
        body = text.content.decode(errors="replace")
        for script in re.findall(r"<script\b[^>]*>", body):
            assert "src=" in script or "nonce=" in script or "application/json" in script, (
                route.path,
                script,
            )
        assert not re.findall(r"<[a-z][^>]*\son\w+=", body), route.path
        assert "javascript:" not in body, route.path


def test_no_unsafe_request_is_taken_without_the_forms_token(operator: User, drafted: Round) -> None:
    """By session, that is; a program's own token needs none, because no browser sends it by itself."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(operator)
    wrong = []
    for route in pages():
        status = client.post(filled(route), {}).status_code
        if status not in (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED):
            wrong.append(f"{status} {route.name}")
    for route in operations():
        method = route.name.split()[0]
        if method in UNSAFE:
            status = client.generic(method, filled(route), "{}", content_type="application/json").status_code
            if status != HTTPStatus.FORBIDDEN:
                wrong.append(f"{status} {route.name}")
    nothing(wrong)
    drafted.refresh_from_db()
    assert drafted.published_at is None


def test_methods_that_an_address_does_not_know_are_refused(operator: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(operator)
    wrong = []
    for route in (*pages(), *operations()):
        for method in ("TRACE", "PROPFIND", "DELETE", "PUT"):
            if f"{method} " in route.name or (" " in route.name and method in ("DELETE", "PUT")):
                continue
            status = client.generic(method, filled(route)).status_code
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                wrong.append(f"{status} {method} {route.name}")
    nothing(wrong)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_and_choosing_a_language_lead_nowhere_else(place: str, chen: User) -> None:
    client = Client()
    signed = client.post(
        f"/account/sign-in/?next={place}", {"username": "lin", "password": PASSWORD, "next": place}
    )
    chosen = client.post("/language/", {"language": "en", "next": place}, headers={"Referer": place})
    for answer in (signed, chosen):
        assert answer.status_code in (HTTPStatus.FOUND, HTTPStatus.NO_CONTENT)
        assert "evil" not in answer.get("Location", "/")
        assert not answer.get("Location", "/").startswith("javascript")


def test_signing_in_changes_the_session_so_that_none_can_be_planted(chen: User) -> None:
    client = Client()
    client.get("/account/sign-in/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted or ""
    assert (
        client.post("/account/sign-in/", {"username": "lin", "password": PASSWORD}).status_code
        == HTTPStatus.FOUND
    )
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted or ""
    assert thief.get("/rounds/").status_code == HTTPStatus.FOUND


def test_signing_out_ends_the_session_and_needs_a_form(chen: User) -> None:
    client = Client()
    client.force_login(chen)
    key = client.session.session_key or ""
    assert client.get("/account/sign-out/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    client.post("/account/sign-out/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = key
    assert again.get("/rounds/").status_code == HTTPStatus.FOUND


def test_a_changed_password_ends_other_sessions(chen: User) -> None:
    here, there = Client(), Client()
    here.force_login(chen)
    there.force_login(chen)
    forms = {"old": PASSWORD, "new": "another long enough one", "again": "another long enough one"}
    answer = here.post("/account/", forms)
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()[-2000:]
    assert here.get("/rounds/").status_code == HTTPStatus.OK
    assert there.get("/rounds/").status_code == HTTPStatus.FOUND


def test_cookies_are_not_for_scripts_nor_for_other_sites(chen: User) -> None:
    answer = Client().post("/account/sign-in/", {"username": "lin", "password": PASSWORD})
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert answer.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


@override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
def test_in_production_cookies_travel_by_tls_only(chen: User) -> None:
    answer = Client().post("/account/sign-in/", {"username": "lin", "password": PASSWORD})
    assert all(cookie["secure"] for name, cookie in answer.cookies.items() if name != "brain_language")


def test_pages_about_a_tenant_are_kept_by_no_shared_cache(operator: User, drafted: Round) -> None:
    client = Client()
    client.force_login(operator)
    for path in ("/rounds/", "/rounds/R-1/", "/rounds/export.xlsx", "/api/v1/rounds/"):
        headers = client.get(path).headers
        assert "private" in headers.get("Cache-Control", "") or "Cookie" in headers.get("Vary", ""), path


def test_downloads_are_taken_away_and_never_opened_in_our_pages(operator: User, drafted: Round) -> None:
    client = Client()
    client.force_login(operator)
    for path in ("/rounds/export.xlsx", "/rounds/R-1/items.xlsx", "/awards/export.xlsx"):
        assert client.get(path).headers["Content-Disposition"].startswith("attachment"), path


def test_a_wrong_or_revoked_token_opens_nothing() -> None:
    for token in ("", "ib_wrong", "x" * 10_000, "ib_\x00"):
        client = Client(raise_request_exception=False)
        answer = client.get("/api/v1/rounds/", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == HTTPStatus.UNAUTHORIZED, token
