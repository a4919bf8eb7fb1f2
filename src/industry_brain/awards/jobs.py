"""What workers do with awards."""

from __future__ import annotations

from datetime import UTC, datetime

from industry_brain.awards.operations import carry_out_run, carry_out_sharing, recover_stalled_runs
from industry_brain.kernel.background import job


def _now() -> datetime:
    return datetime.now(UTC)


@job("awards.solve")
def solve(run_id: int) -> None:
    """Carry one run out; take up first what other workers dropped."""
    recover_stalled_runs(at=_now(), besides=run_id)
    carry_out_run(run_id, now=_now)


@job("awards.share")
def share(run_id: int) -> None:
    """Share the bill of an award that is kept already."""
    carry_out_sharing(run_id, now=_now)


@job("awards.recover")
def recover() -> None:
    """Queue again the runs whose worker died."""
    recover_stalled_runs(at=_now())
