"""What a worker was doing when it was killed is done by the next worker of its name."""

from datetime import UTC, datetime

import pytest
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from industry_brain.kernel.background import MOST_ATTEMPTS, resume_tasks_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)


def task_of(*workers: str, status: TaskResultStatus = TaskResultStatus.RUNNING) -> "DBTaskResult[..., None]":
    """A task that the named workers took, one after the other."""
    return DBTaskResult.objects.create(
        status=status,
        started_at=NOON,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="rounds.jobs.announce",
        backend_name="default",
        worker_ids=list(workers),
        run_after=NOON,
        exception_class_path="",
        traceback="",
    )


def test_a_dead_workers_task_is_ready_again() -> None:
    task = task_of("north:local")

    resumed = resume_tasks_of("north:local")

    task.refresh_from_db()
    assert (resumed, task.status, task.started_at) == (1, TaskResultStatus.READY, None)


def test_other_workers_and_finished_tasks_are_left_alone() -> None:
    others = task_of("south:local")
    passed_on = task_of("north:local", "south:local")
    finished = task_of("north:local", status=TaskResultStatus.SUCCESSFUL)

    resumed = resume_tasks_of("north:local")

    assert resumed == 0
    for task, status in [(others, "RUNNING"), (passed_on, "RUNNING"), (finished, "SUCCESSFUL")]:
        task.refresh_from_db()
        assert task.status == status


def test_a_task_that_kills_every_worker_fails_in_the_end() -> None:
    task = task_of(*["north:local"] * MOST_ATTEMPTS)

    resumed = resume_tasks_of("north:local")

    task.refresh_from_db()
    assert (resumed, task.status) == (0, TaskResultStatus.FAILED)
    assert import_string(task.exception_class_path) is RuntimeError
