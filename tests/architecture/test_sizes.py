"""Files and functions stay small enough to be read at once."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

from tests.architecture.source import ENGINES, PLATFORM, Function, functions, modules, nothing, where

LONGEST_FILE = 600
LONGEST_FUNCTION = {"industry_brain": 60, "brain_engines": 80}
DEEPEST = 4
NESTING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
NO_CODE = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENDMARKER,
}
SOURCE = [*modules(PLATFORM), *modules(ENGINES)]


def code_lines(path: Path) -> set[int]:
    """Lines that hold something other than comments and docstrings."""
    text = path.read_text(encoding="utf-8")
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in functions(path):
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            lines.difference_update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def depth(node: ast.AST) -> int:
    """How many blocks stand inside each other; ``elif`` does not deepen."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deepest = max(deepest, depth(child) + (isinstance(child, NESTING) and not chained))
    return deepest


def too_long(path: Path) -> list[tuple[str, str, int]]:
    most = LONGEST_FUNCTION[path.relative_to(PLATFORM.parent).parts[0]]
    lines = code_lines(path)
    lengths: list[tuple[Function, int]] = [
        (node, len(lines & set(range(node.lineno, (node.end_lineno or node.lineno) + 1))))
        for node in functions(path)
    ]
    return [(where(path, node), node.name, length) for node, length in lengths if length > most]


def test_no_file_is_longer_than_six_hundred_lines() -> None:
    lengths = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE}

    assert {place: length for place, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("top", [PLATFORM, ENGINES], ids=["platform", "engines"])
def test_no_function_is_longer_than_its_limit(top: Path) -> None:
    nothing(found for path in modules(top) for found in too_long(path))


def test_no_function_nests_deeper_than_four() -> None:
    deep = [(where(path, node), node.name, depth(node)) for path in SOURCE for node in functions(path)]

    nothing(found for found in deep if found[2] > DEEPEST)
