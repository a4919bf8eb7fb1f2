"""Under the plugin an import of Django fails, so that an engine that needs it is found out."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PLUGIN = ["-p", "no:django", "-p", "tools.without_django", "-p", "no:cacheprovider", "-q"]


def run(test: Path) -> subprocess.CompletedProcess[str]:
    """Run one file of tests as `make test` runs the engines' tests."""
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-c", str(ROOT / "pyproject.toml"), str(test)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["django", "industry_brain.kernel.money"])
def test_an_engine_test_that_imports_the_platform_fails(tmp_path: Path, name: str) -> None:
    test = tmp_path / "test_engine.py"
    test.write_text(f"def test_it():\n    import {name}\n", encoding="utf-8")

    done = run(test)

    assert done.returncode == 1
    assert f"an engine or its test imports {name.split('.', maxsplit=1)[0]}" in done.stdout


def test_an_engine_test_without_django_passes(tmp_path: Path) -> None:
    test = tmp_path / "test_engine.py"
    test.write_text("def test_it():\n    import brain_engines.milp\n", encoding="utf-8")

    assert run(test).returncode == 0
