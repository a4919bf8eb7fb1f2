"""What a worker holds while it works on a run: writes that only the holder can make, and patience.

A run belongs to the worker whose ``attempt`` it carries: every write names that number, so
a worker that was thought dead, and comes back, changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.awards.models import FILE_COLUMNS, AwardRun
from industry_brain.awards.states import RUN_LIFECYCLE, RunState
from industry_brain.kernel.errors import WrongState

PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.5
T = TypeVar("T")
logger = logging.getLogger(__name__)


class LostLease(Exception):
    """Another worker carries this run now, or somebody ended it."""


def light() -> QuerySet[AwardRun]:
    """Give runs without their files, which may be megabytes; a file that is asked for is still read."""
    return AwardRun.objects.defer(*FILE_COLUMNS)


def lock_run(run: AwardRun) -> AwardRun:
    """Lock a run until the transaction ends and give it as it is now, without its files."""
    return light().select_for_update(of=("self",)).get(pk=run.pk)


def write(run: AwardRun, *, state: RunState = RunState.SOLVING, **facts: Any) -> None:
    """Write columns of a run that is still this worker's."""
    require_move(RunState.SOLVING, state)
    mine = AwardRun.objects.filter(pk=run.pk, attempt=run.attempt, state=RunState.SOLVING)
    if not mine.update(state=state, **facts):
        raise LostLease


def require_move(before: str, after: RunState) -> None:
    """Refuse a move that the life of runs does not have."""
    if not RUN_LIFECYCLE.allows(before, after):
        raise WrongState(
            _("An award at “{before}” cannot become “{after}”."),
            code="wrong_state",
            before=RunState(before).label,
            after=after.label,
        )


def patiently(work: Callable[[], T], *, seconds: float = PATIENCE_SECONDS) -> T:
    """Do something in the database; if the database is away for a moment, try again until it is back.

    ``work`` may be done more than once.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > until:
                raise
            logger.warning("The database did not answer (%s); trying again", error)
            _drop_connection()
            time.sleep(PAUSE_SECONDS)


def _drop_connection() -> None:
    try:
        connection.close_if_unusable_or_obsolete()
    except DatabaseError:
        logger.warning("The connection could not be closed")
