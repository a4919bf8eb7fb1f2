"""Take the documentation's pictures from a running demo: ``make demo`` in one terminal, this in another.

``BRAIN_URL`` names the demo when it is not at its usual address.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from industry_brain.demo.cast import PASSWORD

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
URL = os.environ.get("BRAIN_URL", "http://127.0.0.1:8000")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHARTS_DRAWN = 1500  # milliseconds until charts have come to rest
DESKTOP, LAPTOP, PHONE = (1440, 900), (1200, 750), (390, 844)


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at what, in which language, on which screen.

    A ``page`` may lead through links: ``/awards/ > /awards/A[^/]+/`` opens the list, then the first
    link on it that matches.
    """

    name: str
    user: str
    page: str
    language: str = "zh-CN"
    screen: tuple[int, int] = DESKTOP
    scheme: str = "light"


MY_SHARE = "/awards/ > /awards/A[^/]+/ > /awards/A[^/]+/my-share/.*"
PICTURES_TO_TAKE = (
    Picture("overview-zh", "operator", "/"),
    Picture("overview-en", "operator", "/", language="en-US"),
    Picture("overview-dark-zh", "operator", "/", scheme="dark"),
    Picture("rounds-zh", "operator", "/rounds/"),
    Picture("round-zh", "operator", "/rounds/R-2026-0004/"),
    Picture("award-zh", "operator", "/awards/ > /awards/A[^/]+/"),
    Picture("award-en", "operator", "/awards/ > /awards/A[^/]+/", language="en-US"),
    Picture("matrix-zh", "operator", "/awards/ > /awards/A[^/]+/ > /awards/A[^/]+/matrix/", screen=LAPTOP),
    Picture("bids-zh", "operator", "/bids/R-2026-0003/matrix/", screen=LAPTOP),
    Picture("sheet-zh", "member2", "/demands/ > /demands/sheets/S[^/]+/", screen=LAPTOP),
    Picture("shares-zh", "operator", "/awards/ > /awards/A[^/]+/ > /awards/A[^/]+/shares/"),
    Picture("my-share-zh", "member", MY_SHARE),
    Picture("my-share-phone-zh", "member", MY_SHARE, screen=PHONE),
    Picture("phone-zh", "member", "/", screen=PHONE),
)


def main(names: list[str]) -> int:
    """Take all pictures, or those named."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print(f"There is no browser on PATH ({', '.join(BROWSERS)}).", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed = 0
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        for picture in PICTURES_TO_TAKE:
            if not names or picture.name in names:
                failed += not take(browser, picture)
        browser.close()
    return 1 if failed else 0


def take(browser: Browser, picture: Picture) -> bool:
    """Take one picture; tell why when it cannot be taken."""
    try:
        with _signed_in(browser, picture) as page:
            _follow(page, picture.page)
            page.screenshot(path=PICTURES / f"{picture.name}.png", animations="disabled")
    except (Error, LookupError) as error:
        reason = str(error).split("\n", maxsplit=1)[0]
        print(f"{picture.name}: {reason} Is `make demo` running at {URL}?", file=sys.stderr)
        return False
    print(f"{picture.name}.png")
    return True


@contextmanager
def _signed_in(browser: Browser, picture: Picture) -> Iterator[Page]:
    width, height = picture.screen
    context = browser.new_context(
        base_url=URL,
        locale=picture.language,
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    try:
        page = context.new_page()
        page.goto("/account/sign-in/")
        page.locator("input[name=username]").fill(picture.user)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda address: "sign-in" not in address)
        yield page
    finally:
        context.close()


def _follow(page: Page, path: str) -> None:
    first, *patterns = path.split(" > ")
    page.goto(first)
    for pattern in patterns:
        links = [link.get_attribute("href") or "" for link in page.locator("main a[href]").all()]
        found = next((link for link in links if re.fullmatch(pattern, link)), None)
        if found is None:
            raise LookupError(f"{page.url} has no link like {pattern}.")
        page.goto(found)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(CHARTS_DRAWN)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
