"""What is committed names no package registry and no folder of the machine it was written on."""

import re

import pytest

from tests.architecture.source import ROOT, nothing, tracked_files, where

# Written in parts, so that this file does not hold what it looks for.
REGISTRIES = ["pypi." + "org", "files.python" + "hosted", "registry.npm" + "js", "deb." + "debian"]
FOLDERS = ["wo" + "rk", "ro" + "ot", "ho" + "me", "t" + "mp"]
BINARY = {".png", ".ico", ".woff2", ".jpg", ".xlsx", ".xls", ".pdf", ".gz"}
TEXTS = {
    path: path.read_text(encoding="utf-8", errors="replace")
    for path in tracked_files()
    if path.suffix not in BINARY
}


def files_with(pattern: str) -> list[str]:
    return [where(path) for path, text in TEXTS.items() if re.search(pattern, text)]


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_package_registry(registry: str) -> None:
    nothing(files_with(re.escape(registry)))


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_names_a_folder_of_one_machine(folder: str) -> None:
    nothing(files_with(rf"(?<![\w.])/{folder}/"))


def test_nothing_built_or_third_party_is_committed() -> None:
    parts = {"node_modules", "dist", "ssr", ".venv", "var", "staticfiles"}
    built = [where(path) for path in tracked_files() if parts & set(path.relative_to(ROOT).parts)]

    nothing(built)
    nothing(where(path) for path in tracked_files() if path.suffix in {".mo", ".pyc", ".sqlite3"})
