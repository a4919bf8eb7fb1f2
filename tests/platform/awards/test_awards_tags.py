"""Filters that only awards need."""

import pytest

from industry_brain.awards.templatetags.awards_tags import gap, grouped


@pytest.mark.parametrize(
    ("ppb", "text"),
    [(0, "0%"), (1, "0%"), (1_000, "0.0001%"), (10_000_000, "1%"), (123_456_789, "12.3%"), (None, "—")],
)
def test_a_gap_is_written_fine_enough(ppb: int | None, text: str) -> None:
    assert gap(ppb) == text


def test_counts_of_groups_have_separators() -> None:
    assert (grouped(2**28 - 1), grouped(None)) == ("268,435,455", "—")
