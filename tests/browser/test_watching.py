"""The watching itself works: what is wrong is seen."""

from tests.browser.conftest import Look, overflow, violations
from tests.browser.readers import Reader


def test_a_picture_without_words_is_a_violation(look: Look) -> None:
    page = look("/account/sign-in/")

    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")

    assert [fault.split(" ")[0] for fault in violations(page)] == ["image-alt"]


def test_a_page_wider_than_the_phone_is_seen(look: Look) -> None:
    page = look("/account/sign-in/", reader=Reader(screen=(390, 844)))

    page.evaluate("() => { document.querySelector('main').style.minWidth = '900px' }")

    assert overflow(page) > 400
