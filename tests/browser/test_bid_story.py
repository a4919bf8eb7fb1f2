"""A mill's salesman writes a bid in the grid: figures at once, nothing lost, a receipt at the end."""

import re

from playwright.sync_api import Page, expect

from tests.browser.clipboard import paste
from tests.browser.conftest import Visit
from tests.browser.readers import ENGLISH


def open_bid(page: Page) -> None:
    page.locator(".callout a").first.click()
    page.get_by_role("link", name="Write your bid").click()
    page.wait_for_url(re.compile(r"/bids/R-"))


def test_a_bid_with_tiers_is_previewed_kept_and_submitted(visit: Visit) -> None:
    page = visit("/", "supplier", ENGLISH)
    open_bid(page)
    paste(page, "[name=offers-0-price]", "5100\n5100\n5100\n5100\n")
    expect(page.locator("[name=offers-3-price]")).to_have_value("5100")
    paid = page.locator("#preview .stat", has_text="You would be paid").locator(".stat-value")
    expect(paid).to_be_visible()
    before = paid.inner_text()

    for name, value in {"discount": "volume", "kind": "all-units", "from": "0", "percent": "0"}.items():
        put(page, f"tiers-0-{name}", value)
    page.locator("[data-add-row='#grid-tiers']").click()
    for name, value in {"discount": "volume", "kind": "all-units", "from": "20", "percent": "5"}.items():
        put(page, f"tiers-1-{name}", value)
    put(page, "terms-0-payment_days", "30")
    put(page, "terms-0-lead_days", "20")
    expect(paid).not_to_have_text(before)
    expect(page.locator("#preview")).to_contain_text("tier 2")
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", "saved")

    page.reload()
    expect(page.locator("[name=offers-3-price]")).to_have_value("5100")
    expect(page.locator("[name=tiers-1-percent]")).to_have_value("5")

    page.get_by_role("button", name="Submit the bid").click()
    page.wait_for_url(re.compile("/bids/receipts/"))
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Digest (SHA-256)")

    rival = visit("/bids/", "supplier2", ENGLISH)
    answer = rival.goto(page.url)
    assert answer is not None
    assert answer.status == 404


def test_a_bid_is_computed_without_scripts(visit: Visit) -> None:
    page = visit("/", "supplier2", ENGLISH, java_script_enabled=False)
    open_bid(page)
    page.locator("[name=offers-0-price]").fill("5200")
    page.locator("[name=terms-0-payment_days]").fill("30")
    page.locator("[name=terms-0-lead_days]").fill("15")

    page.get_by_role("button", name="Keep the draft and compute").click()

    expect(page.locator("#preview .stat", has_text="You would be paid")).to_be_visible()
    expect(page.locator("[name=offers-0-price]")).to_have_value(re.compile("5200"))


def put(page: Page, name: str, value: str) -> None:
    cell = page.locator(f"[name={name}]")
    if cell.evaluate("cell => cell.tagName") == "SELECT":
        cell.select_option(value)
    else:
        cell.fill(value)
