from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from industry_brain.records.chain import GENESIS, check_chain, first_broken, link
from industry_brain.records.models import Record


def chain(length: int) -> list[Record]:
    rows: list[Record] = []
    for number in range(1, length + 1):
        row = Record(
            number=number,
            at=datetime(2026, 11, 23, 9, number, tzinfo=UTC),
            actor="lin",
            action="rounds.test",
            subject_type="rounds.round",
            subject="R-2026-0001",
            facts={"n": number},
            previous_sha256=rows[-1].sha256 if rows else GENESIS,
        )
        row.sha256 = link(row)
        rows.append(row)
    return rows


def test_a_whole_chain_is_whole() -> None:
    rows = chain(4)

    assert asdict(check_chain(rows)) == {"length": 4, "head": rows[-1].sha256, "broken_at": None}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "chen"),
        ("facts", {"n": 99}),
        ("action", "x"),
        ("subject", "R-2"),
        ("at", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_an_edited_record_breaks_the_chain_there(field: str, value: object) -> None:
    rows = chain(4)
    setattr(rows[2], field, value)

    assert check_chain(rows).broken_at == 3


def test_a_missing_record_breaks_the_chain_there() -> None:
    rows = chain(4)
    del rows[1]

    assert check_chain(rows).broken_at == 2


def test_an_edit_that_is_hashed_again_breaks_the_chain_after_it() -> None:
    rows = chain(4)
    rows[1].facts = {"n": 99}
    rows[1].sha256 = link(rows[1])

    assert check_chain(rows).broken_at == 3


def test_a_page_of_records_fits_into_the_chain_or_says_where_it_does_not() -> None:
    rows = chain(4)
    previous = {row.number: row.sha256 for row in rows}
    page = [rows[3], rows[2]]

    assert first_broken(rows, previous) is None
    assert first_broken(page, previous) is None
    assert first_broken(page, {**previous, 2: "f" * 64}) == 3
    assert first_broken(page, {3: previous[3]}) == 3
    rows[3].actor = "chen"
    assert first_broken(page, previous) == 4
