"""What the tests of this folder look at: the source as files and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = ROOT / "src" / "industry_brain"
ENGINES = ROOT / "src" / "brain_engines"
NOT_CONTEXTS = {"config", "demo", "web", "kernel", "locale"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def contexts() -> list[str]:
    """Name the contexts: the platform's folders that are words of the business."""
    folders = (path.parent.name for path in PLATFORM.glob("*/__init__.py"))
    return sorted(name for name in folders if name not in NOT_CONTEXTS)


def engines() -> list[str]:
    """Name the engines."""
    return sorted(path.parent.name for path in ENGINES.glob("*/__init__.py"))


def modules(top: Path) -> list[Path]:
    """List the Python files below a folder, without migrations."""
    return sorted(path for path in top.rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[Function]:
    """List all functions of a file, methods and nested ones too."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def public_functions(path: Path) -> list[Function]:
    """List a file's own public functions."""
    return [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


def operations() -> list[tuple[Path, Function]]:
    """List every context's operations: of a package, what its ``__init__`` publishes."""
    found: list[tuple[Path, Function]] = []
    for context in contexts():
        single = PLATFORM / context / "operations.py"
        package = PLATFORM / context / "operations"
        if single.exists():
            found.extend((single, node) for node in public_functions(single))
        elif package.is_dir():
            published = {
                alias.asname or alias.name
                for node in tree(package / "__init__.py").body
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            pairs = [(path, node) for path in modules(package) for node in public_functions(path)]
            found.extend(pair for pair in pairs if pair[1].name in published)
    return found


def where(path: Path, node: ast.AST | None = None) -> str:
    """Name a place as a reader would look for it."""
    line = getattr(node, "lineno", None)
    return path.relative_to(ROOT).as_posix() + (f":{line}" if line else "")


@cache
def tracked_files() -> tuple[Path, ...]:
    """List the files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in found if path.is_file())


def nothing(found: Iterable[object]) -> None:
    """Fail with everything that was found, a line each; pytest would shorten the list."""
    lines = [str(thing) for thing in found]
    assert not lines, "\n" + "\n".join(lines)
