"""How long does a sheet of 10,000 demand rows take from the file's bytes to checked drafts?"""

from __future__ import annotations

import os
from collections.abc import Iterator

from benchmarks.cases.platform import prepared
from benchmarks.registry import Case, Row, timed

ROWS = 10_000


def rows() -> Iterator[Row]:
    """Import one large sheet of which one row in ten is faulty; each row must be taken or explained."""
    os.environ["BRAIN_BENCHMARK_ROWS"] = str(ROWS)
    prepared()
    from benchmarks.cases.stage import import_stage  # noqa: PLC0415 - needs Django set up

    stage = import_stage(ROWS)
    yield timed(f"{ROWS:,} rows: read the workbook", stage.read)
    yield timed(f"{ROWS:,} rows: check and keep", stage.keep)


CASE = Case("imports", (__doc__ or "").strip(), rows)
