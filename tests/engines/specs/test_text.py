"""A page remembers where every character came from."""

import re

from brain_engines.specs.problem import Kind, Span
from brain_engines.specs.text import CLAIMED, Page


def test_the_many_signs_of_a_diameter_and_of_times_become_one_each():
    assert Page("ΦφϕØøф∅⌀").whole == "φ" * 8
    assert Page("×✕＊•").whole == "×" * 4
    assert Page("ＧＣｒ１５—＃").whole == "GCr15-#"


def test_a_character_that_becomes_two_keeps_its_place():
    page = Page("5㎜圆")

    (match,) = page.finds(re.compile("mm"))
    assert page.whole == "5mm圆"
    assert page.claim_match(match) == Span(1, 2)


def test_what_is_claimed_is_not_found_again():
    page = Page("50 50")

    page.claim(0, 2)

    assert page.left == CLAIMED * 2 + " 50"
    assert [match.start() for match in page.finds(re.compile("50"))] == [3]


def test_what_nobody_read_comes_back_word_for_word():
    page = Page("abc, 5吨 ×")
    (weight,) = page.finds(re.compile("5吨"))
    page.set_aside(weight, Kind.QUANTITY, 5_000_000)

    kept = page.remainders([Span(0, 2)])

    assert [(part.kind, part.text) for part in kept] == [
        (Kind.UNREAD, "c, "),
        (Kind.QUANTITY, "5吨"),
        (Kind.SEPARATOR, " ×"),
    ]


def test_control_characters_cannot_pass_for_claimed_text():
    assert Page(f"5{CLAIMED}0\u202e\u200b").whole == "5 0  "
