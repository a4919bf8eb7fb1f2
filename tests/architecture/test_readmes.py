"""The English and the Chinese README say the same: as many headings, the same commands, the same pictures."""

import re

from tests.architecture.source import ROOT, nothing

ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


def headings(text: str) -> list[int]:
    """The levels of the headings, in order, outside code."""
    return [len(line.split(" ")[0]) for line in FENCE.sub("", text).splitlines() if line.startswith("#")]


def commands(text: str) -> list[str]:
    """What a reader would type, without the comments."""
    lines = (line.split("#")[0].strip() for block in FENCE.findall(text) for line in block.splitlines())
    return [line for line in lines if line.startswith(("make", "brain", ".venv/"))]


def links(text: str) -> list[str]:
    """The files linked to; a translation may link to itself and to translated pictures."""
    return sorted({link for link in LINK.findall(text) if not link.startswith(("http", "README"))})


def test_both_have_the_same_headings() -> None:
    assert headings(ENGLISH) == headings(CHINESE)


def test_both_name_the_same_commands() -> None:
    assert commands(ENGLISH) == commands(CHINESE)
    assert {"make demo", "make test"} <= set(commands(ENGLISH))


def test_every_linked_file_exists() -> None:
    nothing(link for link in [*links(ENGLISH), *links(CHINESE)] if not (ROOT / link).exists())
