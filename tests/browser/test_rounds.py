"""Rounds in a real browser, as every kind of reader."""

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from tests.browser.conftest import Look, overflow, violations
from tests.browser.readers import DESKTOP, PHONE, Reader
from tests.platform.factories.accounts import OrganisationFactory, person
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.rounds import (
    IndexFactory,
    InvitationFactory,
    ItemFactory,
    RoundFactory,
    ShareRuleFactory,
    WindowFactory,
)

R = "/rounds/R-2025-9001/"
TWO_READERS = [Reader("zh-CN", PHONE, "light"), Reader("en-US", DESKTOP, "dark")]


@pytest.fixture
def platform() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def operator(platform: Organisation) -> User:
    return person(Role.OPERATOR, platform, "lin")


@pytest.fixture
def supplier_firm() -> Firm:
    return SupplierFactory()


@pytest.fixture
def bidding(platform: Organisation, supplier_firm: Firm) -> Round:
    round_ = RoundFactory(reference="R-2025-9001", operator=platform, bidding=True, terms="款到发货")
    InvitationFactory(round=round_, supplier=supplier_firm)
    IndexFactory(round=round_)
    ShareRuleFactory(round=round_)
    window = WindowFactory(round=round_, max_lead_days=30)
    ItemFactory.create_batch(3, round=round_, window=window, market_price=52_000_000)
    RoundFactory(reference="R-2025-9002", operator=platform)
    return round_


@pytest.mark.parametrize("reader", TWO_READERS, ids=str)
def test_the_pages_of_rounds_are_accessible_to_every_reader(
    look: Look, reader: Reader, bidding: Round, operator: User, supplier_firm: Firm
) -> None:
    seller = person(Role.SUPPLIER, supplier_firm, "sun")
    pages = [
        (operator, "/rounds/"),
        (operator, R),
        (operator, f"{R}files/"),
        (operator, f"{R}calendar/"),
        (operator, f"{R}suppliers/"),
        (operator, f"{R}market-prices/"),
        (operator, f"{R}cancel/"),
        (operator, "/rounds/new/"),
        (operator, "/rounds/R-2025-9002/edit/"),
        (seller, R),
    ]

    for user, path in pages:
        page = look(path, user, reader)
        assert (path, violations(page)) == (path, [])
        assert (path, max(overflow(page), 0)) == (path, 0)


def test_an_operator_drafts_a_round_with_two_windows(
    look: Look, bidding: Round, operator: User, supplier_firm: Firm
) -> None:
    page = look("/rounds/new/", operator, Reader("en-US"))

    page.get_by_label("Title in Chinese").fill("第九轮")
    page.get_by_label("Category").select_option("bearing-steel")
    page.get_by_label("Demands close at").fill("2030-01-07T17:00")
    page.get_by_label("Bids close at").fill("2030-01-14T17:00")
    page.get_by_label("Call-off from").fill("2030-02-01")
    page.get_by_label("Call-off until").fill("2030-03-31")
    page.get_by_role("button", name="Add a row").first.click()
    for row, (code, first, last) in enumerate(
        (("feb", "2030-02-01", "2030-02-28"), ("mar", "2030-03-01", "2030-03-31"))
    ):
        page.locator(f"[name=windows-{row}-code]").fill(code)
        page.locator(f"[name=windows-{row}-starts_on]").fill(first)
        page.locator(f"[name=windows-{row}-ends_on]").fill(last)
    page.get_by_label(supplier_firm.name_en).check()
    page.get_by_role("button", name="Save the draft").click()
    page.wait_for_url("**/rounds/R-*/")

    drafted = Round.objects.get(title="第九轮")
    assert [w.code for w in drafted.windows.order_by("starts_on")] == ["feb", "mar"]
    assert [i.supplier.pk for i in drafted.invitations.all()] == [supplier_firm.pk]
