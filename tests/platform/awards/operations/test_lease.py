"""Writes that only the holder of a run can make, and patience with the database."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from industry_brain.awards.models import FILE_COLUMNS
from industry_brain.awards.operations.lease import LostLease, light, lock_run, patiently, write
from industry_brain.awards.states import RUN_LIFECYCLE, RunState
from tests.platform.factories.awards import AwardRunFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("after", list(RunState))
def test_a_worker_moves_its_run_only_where_the_life_of_runs_allows_it(after: RunState) -> None:
    run = AwardRunFactory(solving=True, checked_at="2026-03-01T00:00:00Z", landed_cost=1, evaluated_cost=1)

    assert RUN_LIFECYCLE.allows(RunState.SOLVING, after)  # whatever it becomes; then it is over
    write(run, state=after)
    if after is RunState.SOLVING:
        return
    with pytest.raises(LostLease):
        write(run, state=RunState.PROVED)


def test_the_files_are_not_read_with_a_run() -> None:
    run = AwardRunFactory()

    with CaptureQueriesContext(connection) as queries:
        list(light())
        lock_run(run)

    assert not [query for query in queries for column in FILE_COLUMNS if column in query["sql"]]


def test_a_database_that_is_away_for_a_moment_is_asked_again() -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        return len(tries)

    assert patiently(work) == 3


def test_a_database_that_stays_away_is_given_up() -> None:
    def work() -> None:
        raise OperationalError("no connection")

    with pytest.raises(OperationalError):
        patiently(work, seconds=0)
