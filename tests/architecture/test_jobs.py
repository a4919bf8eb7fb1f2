"""Jobs are found by the names and import paths under which they are asked for."""

import ast

from django.utils.module_loading import import_string

from industry_brain.kernel.background import JOBS
from tests.architecture.source import PLATFORM, contexts, modules, nothing, tree, where


def test_every_job_that_is_asked_for_is_declared() -> None:
    asked = {
        (node.args[0].value, where(path, node))
        for path in modules(PLATFORM)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "enqueue_on_commit"
        and isinstance(node.args[0], ast.Constant)
    }

    nothing(sorted((name, place) for name, place in asked if name not in JOBS))


def test_a_worker_finds_every_job_by_its_import_path() -> None:
    lost = [name for name, task in JOBS.items() if import_string(task.module_path) is not task]

    nothing(lost)


def test_every_job_is_named_after_its_context() -> None:
    strangers = [name for name, task in JOBS.items() if task.module_path.split(".")[1] != name.split(".")[0]]

    nothing(strangers)
    assert {name.split(".")[0] for name in JOBS} <= set(contexts())
