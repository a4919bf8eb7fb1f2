"""Background jobs by name.

``<context>/jobs.py`` declares a job; an operation asks for it by name, so that
operations never import jobs, and jobs may import operations.  This is the only
module that knows which task library runs underneath.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, ParamSpec

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

P = ParamSpec("P")

JOBS: dict[str, Task[..., Any]] = {}
MOST_ATTEMPTS = 3


def job(name: str) -> Callable[[Callable[P, None]], Task[P, None]]:
    """Declare a function as the job called ``name``; its arguments must be JSON.

    The decorated name is the task itself: workers find it by its import path.
    A job may run twice, because a worker may die after the work and before the mark.
    """

    def register(function: Callable[P, None]) -> Task[P, None]:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name!r}")
        JOBS[name] = declared = task()(function)
        return declared

    return register


def enqueue_on_commit(name: str, **arguments: Any) -> None:
    """Run a job once the surrounding transaction has been committed."""
    transaction.on_commit(partial(JOBS[name].enqueue, **arguments))


def is_waiting(name: str, **arguments: Any) -> bool:
    """Say whether a task for this job and these arguments waits for a worker."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY,
        task_path=JOBS[name].module_path,
        args_kwargs={"args": [], "kwargs": arguments},
    )
    return waiting.exists()


def discover() -> None:
    """Import every context's ``jobs`` module, so that its jobs are known."""
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "jobs"):
            import_module(f"{app.name}.jobs")


def resume_tasks_of(worker: str) -> int:
    """Put back in the queue what a worker of this name was doing when it died; count the tasks.

    To be called before a worker of that name starts, while no other runs under the name.
    A task that outlived no worker ``MOST_ATTEMPTS`` times counts as failed: it may be the murderer.
    """
    resumed = 0
    for task_row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if task_row.worker_ids[-1:] != [worker]:
            continue
        if len(task_row.worker_ids) >= MOST_ATTEMPTS:
            task_row.set_failed(RuntimeError(f"its worker died {MOST_ATTEMPTS} times"))
            continue
        mine = DBTaskResult.objects.filter(pk=task_row.pk, status=TaskResultStatus.RUNNING)
        resumed += mine.update(status=TaskResultStatus.READY, started_at=None)
    return resumed
