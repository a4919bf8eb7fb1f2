"""A real Chromium that looks at the platform as each kind of reader does.

Every page a test visits is watched: a request to a foreign host, a script error or a breach of
the content security policy fails the test that caused it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from industry_brain.accounts.models import User
from tests.chromium import CHROMIUM, NAMES

DESKTOP, PHONE = (1440, 900), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; without a browser they are skipped."""
    absent = pytest.mark.skip(reason=f"there is no browser on PATH ({', '.join(NAMES)})")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(absent)


@dataclass(frozen=True)
class Reader:
    """Who looks: language, size of the screen, light or dark."""

    language: str = "zh-CN"
    screen: tuple[int, int] = DESKTOP
    scheme: str = "light"

    def __str__(self) -> str:
        return f"{self.language[:2]}-{'phone' if self.screen == PHONE else 'desktop'}-{self.scheme}"


READERS = [
    Reader(language, screen, scheme)
    for language in ("zh-CN", "en-US")
    for screen in (DESKTOP, PHONE)
    for scheme in ("light", "dark")
]


Look = Callable[..., Page]


@pytest.fixture
def look(chromium: Browser, live_server: LiveServer) -> Iterator[Look]:
    """Open an address as a reader, signed in as somebody or nobody."""
    contexts, faults = [], []

    def said(message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text  # a refusal's own status is not an error
        if message.type == "error" and not expected:
            faults.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            faults.append(f"request to {request.url}")

    def open_page(path: str, user: User | None = None, reader: Reader | None = None) -> Page:
        reader = reader or Reader()
        width, height = reader.screen
        context = chromium.new_context(
            base_url=live_server.url,
            locale=reader.language,
            viewport={"width": width, "height": height},
            color_scheme="dark" if reader.scheme == "dark" else "light",
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session(user), "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", asked)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def session(user: User) -> str:
    """Sign somebody in without the form, which has its own test."""
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def violations(page: Page) -> list[str]:
    """Name what axe finds wrong with a page, element by element.

    Axe is evaluated by the browser's debugger, so the policy of the page stays as it is.
    """
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        for node in fault["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
