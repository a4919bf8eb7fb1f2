"""Repeated jobs run again and again, also after one that failed, until told to stop."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from industry_brain.config.schedule import SCHEDULE, Repeated, repeat
from industry_brain.kernel.background import JOBS, job

RUNS: list[int] = []
ENOUGH = threading.Event()


@pytest.fixture
def failing_first() -> Iterator[str]:
    """A job that fails the first time and says when it has run twice."""
    RUNS.clear()
    ENOUGH.clear()
    job("testing.count")(count)
    yield "testing.count"
    del JOBS["testing.count"]


def count() -> None:
    RUNS.append(len(RUNS))
    if len(RUNS) == 1:
        raise ValueError("the first time is always hard")
    ENOUGH.set()


def test_every_repeated_job_exists() -> None:
    assert [entry.job for entry in SCHEDULE if entry.job not in JOBS] == []


@pytest.mark.django_db
def test_a_job_that_failed_is_tried_again(failing_first: str, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    entry = Repeated(failing_first, every=timedelta(milliseconds=5))
    thread = threading.Thread(target=repeat, args=(entry, stop))

    thread.start()

    assert ENOUGH.wait(timeout=10)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert "The repeated job testing.count failed" in caplog.text
