"""Every operation says who and when, and what it changes in the world."""

import ast

import pytest

from tests.architecture.source import Function, nothing, operations, where

ALL = operations()

# An operation without one of the two says here why.
WITHOUT: dict[str, dict[str, str]] = {
    "found_platform": {"actor": "there is nobody yet"},
    "carry_out_run": {
        "actor": "a worker acts for whoever asked for the run",
        "at": "solving takes time, so it is handed a clock",
    },
    "carry_out_sharing": {
        "actor": "a worker acts for whoever asked for the run",
        "at": "sharing takes time, so it is handed a clock",
    },
    "pool_demands": {"actor": "changes nothing: adds up", "at": "changes nothing: adds up"},
    "recover_stalled_runs": {"actor": "the platform itself; nobody asked"},
    "token_digest": {"actor": "changes nothing: hashes a text", "at": "changes nothing: hashes a text"},
}


def keywords_without_default(node: Function) -> set[str]:
    pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return {argument.arg for argument, default in pairs if default is None}


def test_there_are_operations_to_look_at() -> None:
    assert len(ALL) > 10


@pytest.mark.parametrize("name", ["actor", "at"])
def test_every_operation_takes_it_as_a_keyword_without_default(name: str) -> None:
    silent = [
        f"{where(path, node)} {node.name}"
        for path, node in ALL
        if name not in keywords_without_default(node) and name not in WITHOUT.get(node.name, {})
    ]

    nothing(silent)


def test_every_operation_has_a_docstring_that_is_a_sentence() -> None:
    speechless = [
        f"{where(path, node)} {node.name}"
        for path, node in ALL
        if not (ast.get_docstring(node) or "").split("\n")[0].endswith(".")
    ]

    nothing(speechless)


def test_the_exceptions_still_exist() -> None:
    assert set(WITHOUT) <= {node.name for _, node in ALL}
