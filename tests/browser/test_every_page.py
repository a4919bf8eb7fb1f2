"""Every page that a role is led to: whole, accessible, on every screen, in one language.

Each page is looked at by two readers who differ in everything; ``BRAIN_BROWSER=all`` has all eight look.
"""

import os
import re
from collections import deque

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.cluster import Cluster
from tests.browser.conftest import Visit, overflow, violations
from tests.browser.readers import PAIRS, READERS, Reader
from tests.browser.words import stored, strange

ROLES = ("operator", "member", "member2", "supplier", "analyst", "commissioner", "auditor")
NO_PAGES = re.compile(r"\.(xlsx|pdf|json)$|^/api/|^/static/")
ALIKE = re.compile(r"/(of/R-[^/]+|receipts/[^/]+|[A-QS-Z]-\d[^/]*)")  # one award, sheet, firm … is enough
BY_STATE = re.compile(r"/rounds/R-[^/]+/|/bids/R-[^/]+/opening/")  # differ with the state of the round


@pytest.mark.parametrize("name", ROLES)
def test_every_page_of(name: str, visit: Visit, cluster: Cluster) -> None:
    paths = led_to(visit("/", name).context)
    data = stored(cluster.folder / "demo.sqlite3")
    faults: list[str] = []
    assert len(paths) > 8

    for reader, seen in rota(paths):
        page = visit("/", name, reader)
        for path in seen:
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                faults.append(f"{path}: {answer and answer.status}")
                continue
            found = [
                *([f"{overflow(page)} px too wide"] if overflow(page) > 0 else []),
                *(f"strange: {text}" for text in strange(page, reader.language, data)),
                *violations(shortened(page)),
            ]
            faults += [f"{path} {reader}: {fault}" for fault in found]

    assert faults == []


def shortened(page: Page) -> Page:
    """Leave ten rows of each table, which are alike: axe takes long over hundreds."""
    page.evaluate(
        """() => document.querySelectorAll('tbody, ul.rows').forEach(
            (list) => [...list.children].slice(10).forEach((row) => row.remove()))"""
    )
    return page


def led_to(context: BrowserContext) -> list[str]:
    """Follow every link from the first page on; pages that differ only in what they show count once."""
    found: dict[str, str] = {}
    waiting = deque(["/"])
    while waiting:
        path = waiting.popleft().partition("#")[0].partition("?")[0]
        if NO_PAGES.search(path) or kind(path) in found:
            continue
        found[kind(path)] = path
        text = context.request.get(path).text()
        waiting.extend(link for link in re.findall(r'href="(/[^"]*)"', text) if kind(link) not in found)
    return sorted(found.values())


def kind(path: str) -> str:
    """What pages have in common that are alike."""
    path = ALIKE.sub("/*", path.partition("?")[0])
    return path if BY_STATE.fullmatch(path) else re.sub(r"/R-[^/]+", "/*", path)


def rota(paths: list[str]) -> list[tuple[Reader, list[str]]]:
    """Who looks at what."""
    if os.environ.get("BRAIN_BROWSER") == "all":
        return [(reader, paths) for reader in READERS]
    return [(reader, paths[turn :: len(PAIRS)]) for turn, pair in enumerate(PAIRS) for reader in pair]
