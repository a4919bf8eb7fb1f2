"""How much processor time does a page take with 1,000 rounds in the database, and how many queries?"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.cases.platform import prepared
from benchmarks.registry import Case, Row

ROUNDS = 1_000
REPETITIONS = 30


def rows() -> Iterator[Row]:
    """Ask for pages as their users would; a page that is not 200 is a wrong answer."""
    prepared()
    from benchmarks.cases.stage import page_rows  # noqa: PLC0415 - needs Django set up

    yield from page_rows(ROUNDS, REPETITIONS)


CASE = Case("pages", (__doc__ or "").strip(), rows)
