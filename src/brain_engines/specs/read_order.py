"""Sets aside what belongs to the order, not to the material: tonnes, pieces, prices, tolerances, notes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from brain_engines.specs.names import NOTE_WORDS
from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import Kind

#: With or without thousands: 5200 and 5,200.
_AMOUNT: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,4})?"
_NUMBER: Final = rf"(?<![0-9A-Za-z.φ×□δ/])(?<![0-9][-~])(?P<number>{_AMOUNT})"
_PRICE: Final = re.compile(
    rf"(?:(?:单价|价格|含税价|¥)\s*:?\s*)(?P<price>{_AMOUNT})(?![0-9])\s*(?:元|块)?(?:\s*/\s*(?P<per>吨|t|kg|公斤))?"
    rf"|{_NUMBER}\s*(?:元|块|rmb|cny)(?:\s*/\s*(?P<unit>吨|t|kg|公斤|千克))?(?![a-z])",
    re.IGNORECASE,
)
_WEIGHT: Final = re.compile(
    rf"{_NUMBER}\s*(?P<unit>万吨|吨|公吨|千克|公斤|kgs|kg|tons|ton|mt|t)(?![a-z0-9])", re.IGNORECASE
)
_PIECES: Final = re.compile(
    r"(?<![0-9A-Za-z.φ])(?P<number>[0-9]{1,9})\s*(?:支|根|件|只|个|捆|片|张|套|pcs|pc)(?![a-z])",
    re.IGNORECASE,
)
_TOLERANCE: Final = re.compile(
    r"(?:±|\+/-)\s*[0-9]{1,3}(?:\.[0-9]{1,3})?\s*(?:mm|毫米)?"
    r"|[(]?\+\s*[0-9](?:\.[0-9]{1,3})?\s*[/,]?\s*-\s*[0-9](?:\.[0-9]{1,3})?\s*(?:mm)?[)]?"
    r"|(?<![a-z])h(?:[6-9]|1[0-4])(?![0-9a-z])",
    re.IGNORECASE,
)
_NOTES: Final = re.compile(
    r"(?:hbw|hb|hrc|hv|硬度)\s*[≤≥<>=:]*\s*[0-9]{1,4}(?:\s*[-~]\s*[0-9]{1,4})?"
    r"|(?:公差|精度|探伤|第)?\s*[0-9](?:\.[0-9])?\s*[级组类]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,2})?\s*%"
    r"|(?<![0-9A-Za-zφ×])20[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|[0-9]{1,4}\s*(?:年|个月|月|日|天|周)(?:底|前|内|份)?"
    r"|(?:合同|订单|编号|序号|炉号|批号)(?:号)?\s*[:]?\s*[0-9A-Za-z-]{1,30}",
    re.IGNORECASE,
)
_NOTE_WORDS: Final = re.compile("|".join(sorted(NOTE_WORDS, key=lambda word: (-len(word), word))))
#: The place of a line in somebody's list: 1、 or (2).
_ORDINAL: Final = re.compile(
    r"^\s*(?:[(]?[0-9]{1,3}\s*[、)]|[0-9]{1,3}\.)\s*(?=[A-Za-z\u4e00-\u9fff#]|[0-9]{2}\s*#)"
)
_GRAMS: Final = {"万吨": 10_000_000_000, "千克": 1_000, "公斤": 1_000, "kg": 1_000, "kgs": 1_000}


def set_aside_order_terms(notebook: Notebook) -> None:
    """Set prices, weights, pieces, tolerances and hardness aside, each with its amount."""
    page = notebook.page
    for match in page.finds(_ORDINAL):
        page.set_aside(match, Kind.NOTE)
    for match in page.finds(_PRICE):
        page.set_aside(match, Kind.PRICE, _fen_per_tonne(match))
    for match in page.finds(_WEIGHT):
        page.set_aside(match, Kind.QUANTITY, _whole(match["number"], _grams(match["unit"])))
    for match in page.finds(_PIECES):
        page.set_aside(match, Kind.PIECES, int(match["number"]))
    for match in page.finds(_NOTES):
        page.set_aside(match, Kind.NOTE)


def set_aside_tolerances(notebook: Notebook) -> None:
    """Set tolerances such as ±0.3 and h11 aside; grades must have been read before."""
    for match in notebook.page.finds(_TOLERANCE):
        notebook.page.set_aside(match, Kind.TOLERANCE)


def set_aside_note_words(notebook: Notebook) -> None:
    """Set words that label a field or belong to the order aside, when all else has been read."""
    for match in notebook.page.finds(_NOTE_WORDS):
        notebook.page.set_aside(match, Kind.NOTE)


def _grams(unit: str) -> int:
    return _GRAMS.get(unit.lower(), 1_000_000)


def _whole(number: str, factor: int) -> int | None:
    exact = Decimal(number.replace(",", "")) * factor
    return int(exact) if exact == exact.to_integral_value() else None


def _fen_per_tonne(match: re.Match[str]) -> int | None:
    number = match["price"] or match["number"]
    unit = match["per"] or match["unit"] or "吨"
    return _whole(number, 100 if unit.lower() in ("吨", "t") else 100_000)
