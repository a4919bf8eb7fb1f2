"""The glossary is the law about names: what exists in code stands in it, in three columns."""

import re

from tests.architecture.source import ENGINES, PLATFORM, ROOT, contexts, engines, modules, nothing

ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith("|-")
]
TERMS = [row for row in ROWS if row[0] != "中文"]
IN_CODE = " ".join(row[2] for row in TERMS)


def test_every_term_has_chinese_english_and_a_name_in_code() -> None:
    nothing(row for row in TERMS if len(row) != 4 or not all(row[:3]))


def test_no_chinese_term_is_explained_twice() -> None:
    chinese = [row[0] for row in TERMS]

    nothing(sorted(term for term in set(chinese) if chinese.count(term) > 1))


def test_every_context_is_a_word_of_the_glossary() -> None:
    nothing(name for name in contexts() if f"`{name}`" not in IN_CODE)


def test_every_engine_is_a_word_of_the_glossary() -> None:
    nothing(name for name in engines() if f"`brain_engines.{name}`" not in IN_CODE)


def test_every_name_in_code_is_in_the_code() -> None:
    files = [*modules(PLATFORM), *modules(ENGINES)]
    words = set(re.findall(r"\w+", " ".join(path.read_text(encoding="utf-8") for path in files)))
    words |= {part for path in files for part in path.parts}
    names = re.findall(r"`([^`]+)`", IN_CODE)

    nothing(name for name in names if name not in words and name.split(".")[-1] not in words)
