"""Tests mirror the source: whoever opens a file knows where its tests are."""

import ast
from pathlib import Path

from tests.architecture.source import ENGINES, PLATFORM, ROOT, functions, modules, nothing, tree, where

DOORS = {"views", "api", "cli", "forms", "tables", "exports", "requests", "jobs", "commands", "admin"}
DOOR_TESTS = {"test_doors", "test_views", "test_api", "test_cli", "test_jobs"}
WITHOUT_LOGIC = {"urls", "apps", "wsgi", "__main__", "models", "styleguide", "styleguide_urls", "testing"}


def has_logic(path: Path) -> bool:
    """Whether a file does something that could be wrong by itself."""
    parts = path.relative_to(ROOT / "src").parts
    if path.stem in WITHOUT_LOGIC or {"settings", "formats", "demo", "models"} & set(parts):
        return False
    if path.stem == "__init__":
        return any(isinstance(node, ast.FunctionDef) for node in tree(path).body)
    return bool(functions(path))


def candidates(path: Path, tests: Path) -> set[Path]:
    """Where the tests of a file may be: the same name, or the package's, or the first words of the name."""
    relative = path.relative_to(ROOT / "src").parts[1:]
    unit, inner = tests / relative[0], [*relative[1:-1], path.stem]
    words = path.stem.split("_")
    names = {"_".join(words[:count]) for count in range(1, len(words) + 1)} | set(inner)
    found = {unit / f"test_{name}.py" for name in names}
    found |= {unit.joinpath(*inner[:-1]) / f"test_{name}.py" for name in names}
    found |= {unit / f"test_{inner[0]}" / f"test_{name}.py" for name in names}
    if DOORS & set(inner):
        found |= {unit / f"{name}.py" for name in DOOR_TESTS}
    return found


def imported_by(folder: Path) -> set[str]:
    """The modules that the tests of a folder import by their full names."""
    return {
        name
        for path in folder.rglob("test_*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    }


def untested(top: Path, tests: Path) -> list[str]:
    """Name the files with logic that have neither a test file of their name nor a test that imports them."""
    lonely = []
    for path in modules(top):
        if path.parent == top or not has_logic(path):
            continue
        unit = tests / path.relative_to(top).parts[0]
        dotted = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        named = [*unit.glob(f"test_{path.stem}_*.py"), *filter(Path.exists, candidates(path, tests))]
        if not named and dotted not in imported_by(unit):
            lonely.append(where(path))
    return lonely


def test_every_platform_file_with_logic_has_its_tests() -> None:
    nothing(untested(PLATFORM, ROOT / "tests" / "platform"))


def test_every_engine_file_with_logic_has_its_tests() -> None:
    nothing(untested(ENGINES, ROOT / "tests" / "engines"))


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}

    nothing(where(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists())
