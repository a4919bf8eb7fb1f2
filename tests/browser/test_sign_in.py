"""Signing in, in a real browser, as every kind of reader."""

import pytest

from industry_brain.accounts.states import Role
from tests.browser.conftest import Look, overflow, violations
from tests.browser.readers import READERS, Reader
from tests.platform.factories.accounts import OrganisationFactory, person

PASSWORD = "a long enough password"


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_the_sign_in_page_is_accessible_to_every_reader(look: Look, reader: Reader) -> None:
    page = look("/account/sign-in/", reader=reader)

    assert violations(page) == []
    assert overflow(page) <= 0
    assert page.locator("html").get_attribute("lang") == ("zh-hans" if reader.language == "zh-CN" else "en")


def test_somebody_signs_in_and_out(look: Look) -> None:
    user = person(Role.OPERATOR, OrganisationFactory(), "lin")
    user.set_password(PASSWORD)
    user.save()
    page = look("/", reader=Reader(language="en-US"))

    page.locator("input[name=username]").fill("lin")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/")
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_the_first_page_is_accessible_to_every_reader(look: Look, reader: Reader) -> None:
    user = person(Role.OPERATOR, OrganisationFactory(), "lin")

    page = look("/", user, reader)

    assert violations(page) == []
    assert overflow(page) <= 0
