"""A pytest plugin under which Django cannot be imported: ``-p no:django -p tools.without_django``.

The engines are promised to work where the platform is not installed; their tests run so.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

ABSENT = ("django", "ninja", "industry_brain")


class Absent(MetaPathFinder):
    """Refuses to find what an engine must not need."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the named packages and leave all others to the next finder."""
        if fullname.split(".", 1)[0] in ABSENT:
            raise ModuleNotFoundError(f"an engine or its test imports {fullname}", name=fullname)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the setting that pytest-django, absent here, would read."""
    parser.addini("DJANGO_SETTINGS_MODULE", "not used without Django")


sys.meta_path.insert(0, Absent())
