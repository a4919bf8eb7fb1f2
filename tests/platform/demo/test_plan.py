from decimal import Decimal

import pytest

from industry_brain.demo.cast import SUPPLIERS
from industry_brain.demo.plan import CHAPTERS, Chapter, Ending, Quoted, bid_of, market_price, wishes

BOUGHT = [chapter for chapter in CHAPTERS if chapter.ending in (Ending.FINAL, Ending.STANDSTILL)]
WITH_DEMANDS = [chapter for chapter in CHAPTERS if chapter.tonnes]


def test_the_awarded_rounds_add_up_to_a_little_over_seven_thousand_tonnes() -> None:
    assert sum(chapter.tonnes for chapter in BOUGHT) == 7_050


def test_the_tube_maker_needs_over_two_thousand_tonnes_in_one_month() -> None:
    needs = [chapter.orders.get("Changguan Bearing Tubes", 0) for chapter in BOUGHT]

    assert max(needs) > 2_000


@pytest.mark.parametrize("chapter", WITH_DEMANDS, ids=lambda c: c.title_en)
def test_wishes_add_up_exactly_and_come_from_every_member(chapter: Chapter) -> None:
    lines = wishes(chapter)

    assert sum(wish.tonnes for wish in lines) == chapter.tonnes
    assert len({wish.member.name for wish in lines}) == 28
    assert all(wish.tonnes >= Decimal("0.5") for wish in lines)


def test_the_same_seed_tells_the_same_story() -> None:
    assert wishes(CHAPTERS[0]) == wishes(CHAPTERS[0])


@pytest.mark.parametrize("supplier", SUPPLIERS, ids=lambda s: s.key)
def test_every_supplier_quotes_only_what_it_sells(supplier) -> None:
    chapter = CHAPTERS[0]
    asked = sorted({(w.written, w.place) for w in wishes(chapter)})
    quoted = [Quoted(f"{written}@{place}", written, place, Decimal(100)) for written, place in asked]

    bid = bid_of(supplier, quoted, chapter)

    offers = bid["offers"]
    assert isinstance(offers, list)
    offered = {offer["item"].split("@")[0] for offer in offers}
    assert offered
    assert all(market_price(written, chapter) > 0 for written in offered)
    assert bid == bid_of(supplier, quoted, chapter)
