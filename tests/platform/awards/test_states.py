"""Which state of a run may follow which."""

import pytest

from industry_brain.awards.states import RUN_LIFECYCLE, RUNNING, WITH_AWARD, RunState

ENDS = set(RunState) - set(RUNNING)


@pytest.mark.parametrize("end", sorted(ENDS))
def test_nothing_follows_an_end(end: RunState) -> None:
    assert not any(RUN_LIFECYCLE.allows(end, after) for after in RunState)


@pytest.mark.parametrize("end", sorted(ENDS))
def test_a_working_run_can_end_in_every_way(end: RunState) -> None:
    assert RUN_LIFECYCLE.allows(RunState.SOLVING, end)


def test_a_run_without_a_worker_ends_without_an_award() -> None:
    assert not any(RUN_LIFECYCLE.allows(RunState.QUEUED, end) for end in WITH_AWARD)


def test_a_run_goes_back_to_the_queue_when_its_worker_dies() -> None:
    assert RUN_LIFECYCLE.allows(RunState.SOLVING, RunState.QUEUED)
