"""What people do on every page: change language and theme, search, use the keyboard or a thumb."""

import re

from playwright.sync_api import expect

from industry_brain.demo.cast import PASSWORD
from tests.browser.conftest import Visit
from tests.browser.readers import PHONE, Reader


def test_the_language_is_switched_where_one_is_and_remembered(visit: Visit) -> None:
    page = visit("/rounds/?q=2026", "operator")
    expect(page.locator("h1")).to_have_text("采购轮次")

    page.get_by_role("button", name="EN", exact=True).click()

    expect(page.locator("h1")).to_have_text("Purchasing rounds")
    assert page.url.endswith("/rounds/?q=2026")
    page.goto("/materials/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_theme_is_switched_and_remembered(visit: Visit) -> None:
    page = visit("/", "analyst")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")

    page.locator("[data-action=theme]").click()
    page.goto("/rounds/")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_ctrl_k_searches(visit: Visit) -> None:
    page = visit("/rounds/", "operator")

    page.keyboard.press("Control+k")
    page.keyboard.type("R-2026-0004")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/search/"))
    expect(page.locator("main a[href='/rounds/R-2026-0004/']").first).to_be_visible()


def test_a_thumb_reaches_every_place_of_the_menu(visit: Visit) -> None:
    page = visit("/", "member", Reader(screen=PHONE))
    tabs = page.locator(".bottom-tabs")
    expect(page.locator(".sidebar")).to_be_hidden()

    tabs.locator("a").nth(1).tap()
    page.wait_for_url(re.compile("/rounds/$"))
    tabs.locator("button").tap()
    expect(page.locator(".sidebar")).to_be_visible()
    page.locator(".sidebar a[href='/materials/']").tap()

    page.wait_for_url(re.compile("/materials/$"))


def test_signing_in_needs_no_mouse(visit: Visit) -> None:
    page = visit("/rounds/")
    assert "/account/sign-in/" in page.url
    name = page.locator("input[name=username]")
    for _ in range(10):  # the skip link and the language come first
        if name.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("auditor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(lambda address: "sign-in" not in address)
    assert page.url.endswith("/rounds/")  # where they wanted to go
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_an_award_is_readable_without_scripts(visit: Visit) -> None:
    page = visit("/awards/A-2026-0003/", "member", java_script_enabled=False)
    page.get_by_role("link", name="我的分摊").click()

    expect(page.locator(".stat-value").first).to_contain_text("¥")
    page.locator("[data-chart] summary").first.click()
    expect(page.locator("[data-chart] table").first).to_be_visible()
