"""A real Chromium that looks at the platform as each kind of reader does.

Every page a test opens is watched: a request to a foreign host, a script error or a breach of
the content security policy fails the test that caused it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from industry_brain.accounts.models import User
from tests.browser.cluster import Cluster, served, told
from tests.browser.readers import DESKTOP, Reader
from tests.chromium import CHROMIUM, NAMES

PATIENCE = 30_000  # milliseconds; the machine may be busy with other tests
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; without a browser they are skipped."""
    absent = pytest.mark.skip(reason=f"there is no browser on PATH ({', '.join(NAMES)})")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "live_server" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(absent)


@dataclass
class Watch:
    """Opens contexts of one browser at one address, and writes down what no page may do."""

    browser: Browser
    address: str

    def __post_init__(self) -> None:
        self.faults: list[str] = []
        self.contexts: list[BrowserContext] = []

    def context(self, reader: Reader, **more: object) -> BrowserContext:
        """A new visitor."""
        width, height = reader.screen
        context = self.browser.new_context(
            base_url=self.address,
            locale=reader.language,
            viewport={"width": width, "height": height},
            color_scheme="dark" if reader.scheme == "dark" else "light",
            has_touch=reader.screen != DESKTOP,
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("request", self._asked)
        self.contexts.append(context)
        return context

    def end(self) -> None:
        """Close what was opened; whatever no page may do fails the test."""
        for context in self.contexts:
            context.close()
        assert self.faults == []

    def _said(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text  # a refusal's own status is not an error
        if message.type == "error" and not expected:
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"request to {request.url}")


Look = Callable[..., Page]


@pytest.fixture
def look(chromium: Browser, live_server: LiveServer) -> Iterator[Look]:
    """Open an address of an empty platform as a reader, signed in as somebody or nobody."""
    watch = Watch(chromium, live_server.url)

    def open_page(path: str, user: User | None = None, reader: Reader | None = None) -> Page:
        context = watch.context(reader or Reader())
        if user is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session(user), "url": live_server.url}]
            )
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    watch.end()


def session(user: User) -> str:
    """Sign somebody in without the form, which has its own test."""
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@pytest.fixture(scope="session")
def cluster(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The reference cluster, served with its worker; one copy for each process of the run.

    ``BRAIN_TOLD`` names a demo's folder that is copied instead of telling the story again.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    ready = os.environ.get("BRAIN_TOLD", "")
    template = Path(ready) if ready else told(shared / "cluster")
    with served(template, own / "served") as cluster:
        yield cluster


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, cluster: Cluster) -> Iterator[Visit]:
    """Open an address of the reference cluster as one of its people, or as nobody."""
    watch = Watch(chromium, cluster.address)

    def open_page(path: str, name: str = "", reader: Reader | None = None, **more: object) -> Page:
        context = watch.context(reader or Reader(), **more)
        if name:
            context.add_cookies([cluster.session_of(name, context.request)])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    watch.end()


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
