"""Reporting demands in a real browser: paste, check, correct, choose, submit."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.demands import operations
from industry_brain.demands.models import Demand, Sheet
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round, Window
from tests.browser.conftest import Look, overflow, violations
from tests.browser.readers import DESKTOP, PHONE, Reader
from tests.platform.demands.conftest import material
from tests.platform.factories.accounts import OrganisationFactory, person
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import FirmFactory, PlaceFactory, SupplierFactory
from tests.platform.factories.rounds import RoundFactory, WindowFactory

R = "R-2026-0001"
TWO_READERS = [Reader("zh-CN", PHONE, "light"), Reader("en-US", DESKTOP, "dark")]
SHEET = [
    ["规格", "数量(吨)", "交货地", "最高限价", "备注"],
    ["GCr15 φ50 热轧 圆钢", "12.5", "高桥", "5650", "急"],
    ["GCr15 50", "八百", "高桥", "", ""],
    ["GCr15 φ60 热轧 圆钢", "3", "月球", "", ""],
]
PASTED = "GCR15-50\t12.5\tt\t高桥\nGCr15 60\t3\t\t高桥\n"


@pytest.fixture
def platform() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def collecting(platform: Organisation) -> Round:
    now = timezone.now()
    round_ = RoundFactory(
        reference=R,
        operator=platform,
        collecting=True,
        demands_close_at=now + timedelta(days=5),
        bids_close_at=now + timedelta(days=9),
    )
    WindowFactory(round=round_, code="all")
    material("GCR15-50", "GCr15 圆钢 φ50 热轧")
    material("GCR15-60", "GCr15 圆钢 φ60 热轧")
    PlaceFactory(code="gaoqiao", name="高桥", name_en="Gaoqiao")
    SupplierFactory(name="东特钢", name_en="East Special Steel")
    return round_


@pytest.fixture
def firm() -> Firm:
    return FirmFactory(name="五洲轴承", name_en="Wuzhou Bearings")


@pytest.fixture
def buyer(firm: Firm) -> User:
    return person(Role.MEMBER, firm, "chen")


@pytest.fixture
def operator(platform: Organisation) -> User:
    return person(Role.OPERATOR, platform, "lin")


@pytest.fixture
def sheet(collecting: Round, firm: Firm, buyer: User) -> Sheet:
    return operations.import_sheet(collecting, firm, SHEET, actor=buyer, at=timezone.now())


@pytest.mark.parametrize("reader", TWO_READERS, ids=str)
def test_the_pages_of_demands_are_accessible_to_every_reader(
    look: Look, reader: Reader, collecting: Round, buyer: User, operator: User, sheet: Sheet
) -> None:
    window = Window.objects.get()
    DemandFactory.create_batch(3, round=collecting, window=window, submitted=True)
    pages = [
        (buyer, "/demands/"),
        (buyer, f"/demands/{R}/"),
        (buyer, f"/demands/{R}/new/"),
        (buyer, f"/demands/{R}/sheet/"),
        (buyer, f"/demands/sheets/{sheet.reference}/"),
        (operator, f"/demands/{R}/"),
        (operator, f"/demands/{R}/pool/"),
    ]

    for user, path in pages:
        page = look(path, user, reader)
        assert (path, violations(page)) == (path, [])
        assert (path, max(overflow(page), 0)) == (path, 0)


def paste(page: Page, text: str) -> None:
    """Paste into the first cell, as Excel and WPS put cells on the clipboard."""
    page.locator("input[name=material-0]").focus()
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_a_member_pastes_checks_chooses_and_submits(look: Look, collecting: Round, buyer: User) -> None:
    page = look(f"/demands/{R}/sheet/", buyer, Reader("en-US"))

    paste(page, PASTED)
    assert page.locator("input[name=quantity-1]").input_value() == "3"
    page.get_by_role("button", name="Check and keep").click()
    page.wait_for_url("**/demands/sheets/**")
    assert page.locator("td.cell-error").count() == 1
    page.get_by_text("Choose", exact=True).click()
    page.get_by_role("button", name="φ60").click()
    page.get_by_text("nothing is left to correct").wait_for()
    page.get_by_role("button", name="Submit 2 drafts").click()
    page.wait_for_url(f"**/demands/{R}/")

    submitted = Demand.objects.filter(state="submitted").order_by("quantity")
    assert [(d.material.code, d.quantity) for d in submitted] == [
        ("GCR15-60", 3_000_000),
        ("GCR15-50", 12_500_000),
    ]


def test_enter_in_a_cell_checks_and_neither_chooses_nor_drops(look: Look, buyer: User, sheet: Sheet) -> None:
    page = look(f"/demands/sheets/{sheet.reference}/", buyer, Reader("en-US"))
    cell = page.locator("td.cell-error input").last

    cell.fill("高桥")
    cell.evaluate("cell => cell.closest('table').removeAttribute('data-paste-grid')")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    states = list(sheet.rows.order_by("number").values_list("state", flat=True))
    assert states == ["taken", "faulty", "taken"]


def test_a_paste_too_long_for_the_grid_stays_whole_as_text(
    look: Look, collecting: Round, buyer: User
) -> None:
    page = look(f"/demands/{R}/sheet/", buyer, Reader("en-US"))
    rows = ["GCR15-50\t12.5\tt\t高桥", *(f'"a ""b""\nc"\t{n}\t\t' for n in range(2_499))]

    paste(page, "\n".join(rows) + "\n")
    page.get_by_text("So many rows stand here as text").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Check and keep").click()
    page.wait_for_url("**/demands/sheets/**")

    imported = Sheet.objects.get()
    assert (imported.rows.count(), Demand.objects.get().quantity) == (2_500, 12_500_000)
    assert imported.rows.get(number=2_500).cells[:2] == ['a "b"\nc', "2498"]
