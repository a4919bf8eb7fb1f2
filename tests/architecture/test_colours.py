"""Colours are tokens: one file says what each looks like in the light and in the dark."""

import re

from tests.architecture.source import PLATFORM, ROOT, where

TOKENS = ROOT / "frontend" / "css" / "tokens.css"
HEX = re.compile(r"(?<![\w&])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])")
STYLED = [
    path
    for top, pattern in [(ROOT / "frontend", "*.css"), (ROOT / "frontend", "*.js"), (PLATFORM, "*.html")]
    for path in sorted(top.rglob(pattern))
    if path != TOKENS and not {"dist", "ssr"} & set(path.parts)
]


def test_the_tokens_are_where_colours_are() -> None:
    assert len(HEX.findall(TOKENS.read_text(encoding="utf-8"))) > 20


def test_no_other_file_holds_a_colour() -> None:
    found = {where(path): HEX.findall(path.read_text(encoding="utf-8")) for path in STYLED}

    assert {place: colours for place, colours in found.items() if colours} == {}


def test_no_python_file_holds_a_colour() -> None:
    six = re.compile(r"""["'][^"']*#[0-9a-fA-F]{6}\b""")

    assert [
        where(path) for path in PLATFORM.rglob("*.py") if six.search(path.read_text(encoding="utf-8"))
    ] == []
