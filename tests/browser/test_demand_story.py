"""A member's clerk pastes a month's steel; nothing typed is lost, and what is wrong is said where it is."""

import re

from playwright.sync_api import Page, expect

from tests.browser.clipboard import paste
from tests.browser.conftest import Visit
from tests.browser.readers import PHONE, Reader

SHEET = (
    "GCr15 圆钢 φ50 热轧 GB/T 18254-2016\t12.5\t塘口镇\n"
    "GCr15 圆钢 φ65 热轧 GB/T 18254-2016\t三十吨左右\t塘口镇\n"
    "20CrMnTi 圆钢 φ65 热轧 GB/T 3077-2015\t8\t塘口镇\n"
)


def test_a_pasted_sheet_is_checked_corrected_and_submitted(visit: Visit) -> None:
    page = visit("/", "member")
    page.locator(".callout a").first.click()
    page.get_by_role("link", name="上报需求").click()
    page.get_by_role("link", name=re.compile("粘贴或上传")).first.click()
    material, quantity = page.locator("[name=material-0]"), page.locator("[name=quantity-0]")
    fill_columns(page)
    expect(material).to_have_value("GCr15 圆钢 φ50 热轧 GB/T 18254-2016")
    expect(quantity).to_have_value("12.5")

    page.get_by_role("button", name="校验并保存").click()
    page.wait_for_url(re.compile("/demands/sheets/"))
    faulty = page.locator("td.cell-error input")
    expect(faulty).to_have_value("三十吨左右")  # as typed
    expect(page.locator("td.check .bad")).to_be_visible()
    expect(page.locator("td.check .good")).to_have_count(2)

    faulty.fill("30")
    page.get_by_role("button", name="重新校验").click()
    expect(page.locator("td.check .good")).to_have_count(3)
    page.get_by_role("button", name=re.compile("提交")).click()
    page.wait_for_url(re.compile(r"/demands/R-[^/]+/$"))
    expect(page.locator("main")).to_contain_text("12.5")
    expect(page.get_by_role("button", name=re.compile("提交全部草稿"))).to_have_count(0)


def test_a_sheet_can_be_sent_without_scripts_from_a_phone(visit: Visit) -> None:
    page = visit("/", "member", Reader(screen=PHONE), java_script_enabled=False)
    page.locator(".callout a").first.click()
    page.get_by_role("link", name="上报需求").click()
    page.get_by_role("link", name=re.compile("粘贴或上传")).first.click()
    page.locator("[name=material-0]").fill("GCr15 φ50 热轧 GB/T 18254-2016")
    page.locator("[name=quantity-0]").fill("-3")
    page.locator("[name=place-0]").fill("塘口镇")

    page.get_by_role("button", name="校验并保存").click()

    assert "/demands/sheets/" in page.url
    expect(page.locator("td.cell-error input")).to_have_value("-3")


def fill_columns(page: Page) -> None:
    """Paste column by column: the form has columns between those of the sheet."""
    rows = [line.split("\t") for line in SHEET.strip().splitlines()]
    for place, name in enumerate(("material", "quantity", "place")):
        paste(page, f"[name={name}-0]", "\n".join(row[place] for row in rows) + "\n")
