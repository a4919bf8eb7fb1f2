"""What happens again and again without anybody asking: done by every worker, beside its tasks."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta

from django.db import close_old_connections, connections

from industry_brain.kernel.background import JOBS

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Repeated:
    """A job by its name, and the pause between two runs; it may run in two workers at once."""

    job: str
    every: timedelta


SCHEDULE = (Repeated("awards.recover", every=timedelta(seconds=15)),)


def repeat(entry: Repeated, stop: threading.Event) -> None:
    """Run one job again and again until told to stop; a failure is logged and tried again."""
    while not stop.is_set():
        close_old_connections()
        try:
            JOBS[entry.job].call()
        except Exception:
            logger.exception("The repeated job %s failed", entry.job)
        stop.wait(entry.every.total_seconds())
    connections.close_all()


def start(schedule: tuple[Repeated, ...] = SCHEDULE) -> threading.Event:
    """Begin to repeat what the schedule says, each in a thread; setting the event ends them."""
    stop = threading.Event()
    for entry in schedule:
        threading.Thread(target=repeat, args=(entry, stop), name=entry.job, daemon=True).start()
    return stop
