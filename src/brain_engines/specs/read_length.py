"""Reads lengths: 定尺6米, 4-6m不定尺, L=6000, 倍尺, 6m."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import Field, How, Length, LengthKind, Option, Span
from brain_engines.specs.questions import KEEP, NOTE, question

NUMBER: Final = r"[0-9]{1,6}(?:\.[0-9]{1,3})?(?![0-9.])"
UNIT: Final = r"(?:mm|毫米|cm|厘米|m|米)(?![a-z])"
MICROMETRES: Final = {
    "mm": 1_000,
    "毫米": 1_000,
    "cm": 10_000,
    "厘米": 10_000,
    "m": 1_000_000,
    "米": 1_000_000,
}

_LABEL: Final = (
    r"(?:random\s+lengths?|length\s+range|fixed\s+lengths?|multiple\s+lengths?|定尺长度|不定尺|非定尺|乱尺"
    r"|倍尺|定尺|长度|通常长度|长|(?<![a-z])l(?=\s*[:=0-9]))"
)
_AFTERWARDS: Final = r"(?:random\s+lengths?|fixed\s+lengths?|不定尺|非定尺|乱尺|倍尺|定尺|长)"
_FREE: Final = r"(?<![0-9A-Za-z.φ□δ])(?<!φ\s)"
_RANGE: Final = re.compile(
    rf"(?:(?P<label>{_LABEL})\s*[:=为]*\s*|{_FREE}(?<![×*]))(?P<low>{NUMBER})\s*(?P<low_unit>{UNIT})?\s*(?:[-~至到]|--)\s*"
    rf"(?P<high>{NUMBER})\s*(?P<unit>{UNIT})?\s*(?P<after>{_AFTERWARDS})?",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    rf"(?P<label>{_LABEL})\s*[:=为]*\s*(?P<number>{NUMBER})\s*(?P<unit>{UNIT})?", re.IGNORECASE
)
_TRAILED: Final = re.compile(
    rf"{_FREE}(?<![×*])(?P<number>{NUMBER})\s*(?P<unit>{UNIT})?\s*(?P<after>{_AFTERWARDS})", re.IGNORECASE
)
_METRES: Final = re.compile(
    rf"{_FREE}(?<![×*])(?P<number>{NUMBER})\s*(?P<unit>m|米)(?![a-z²³])", re.IGNORECASE
)
_CHINESE: Final = re.compile(r"(?P<number>[二三四五六七八九十]|十[一二])\s*米\s*(?:定尺|长)?")
_CHINESE_NUMBERS: Final = ("二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_RANDOM: Final = re.compile(r"不定尺|非定尺|乱尺|通常长度|random\s+lengths?", re.IGNORECASE)
_LIMITS: Final = (50_000, 30_000_000)


def read_length(notebook: Notebook) -> None:
    """Read the length if words or metres say it; sizes like φ50×6000 come later."""
    page = notebook.page
    found: list[tuple[Length, int, Span, str]] = [
        (length, 98, page.claim_match(match), match.group())
        for match in page.finds(_RANGE)
        if (length := _range(match)) is not None
    ]
    for pattern, confidence in ((_LABELLED, 100), (_TRAILED, 100), (_METRES, 88)):
        for match in page.finds(pattern):
            length = _single(notebook, match)
            if length is not None:
                found.append((length, confidence, page.claim_match(match), match.group()))
    for match in page.finds(_CHINESE):
        size = (_CHINESE_NUMBERS.index(match["number"]) + 2) * 1_000_000
        found.append((Length(LengthKind.FIXED, size, size), 92, page.claim_match(match), match.group()))
    _add_random(notebook, found)
    _choose(notebook, found)


def micrometres(number: str, unit: str) -> int:
    """Convert a written number to whole micrometres."""
    return int(Decimal(number) * MICROMETRES[unit.lower()])


def length_of(
    notebook: Notebook, number: str, unit: str | None, written: str, spans: tuple[Span, ...]
) -> int | None:
    """Return a length in micrometres; a number without a unit that could be both becomes a question."""
    if unit is not None:
        return micrometres(number, unit)
    if Decimal(number) >= 1_000:
        return micrometres(number, "mm")
    options = (
        Option("m", f"{number} 米", f"{number} m"),
        Option("mm", f"{number} 毫米", f"{number} mm"),
        NOTE,
    )
    key = notebook.ask(question("length_unit", written, options=options, spans=spans))
    return micrometres(number, key) if key in ("m", "mm") else None


def _kind(label: str) -> LengthKind | None:
    word = label.lower()
    if re.match(r"不定尺|非定尺|乱尺|通常|random", word):
        return LengthKind.RANDOM
    if re.match(r"倍尺|multiple", word):
        return LengthKind.MULTIPLE
    return LengthKind.FIXED if re.match(r"定尺|fixed", word) else None


def _range(match: re.Match[str]) -> Length | None:
    label, after = match["label"] or "", match["after"] or ""
    unit = match["unit"] or match["low_unit"]
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if unit is None:
        # Without a unit only labelled numbers or thousands of millimetres can be lengths.
        thousands = low >= 1_000
        if not (label or after) or not (thousands or high <= 15):
            return None
        unit = "mm" if thousands else "m"
    if unit.lower() in ("mm", "毫米", "cm", "厘米") and not label and not after and low < 1_000:
        return None
    minimum = micrometres(match["low"], match["low_unit"] or unit)
    maximum = micrometres(match["high"], unit)
    if not 0 < minimum < maximum:
        return None
    random = LengthKind.RANDOM in (_kind(label), _kind(after))
    return Length(LengthKind.RANDOM if random else LengthKind.RANGE, minimum, maximum)


def _single(notebook: Notebook, match: re.Match[str]) -> Length | None:
    groups = match.groupdict()
    label = groups.get("label") or groups.get("after") or ""
    unit = groups.get("unit")
    if not unit and not label:
        return None
    span = notebook.page.span(match.start(), match.end())
    number = match["number"]
    if unit is None and Decimal(number) <= 15 and label[:1] in "定倍长不" and label:
        unit = "m"  # 定尺6: nobody buys six-millimetre pieces in fixed lengths
    size = length_of(notebook, number, unit, match.group(), (span,))
    if not size:
        return None
    kind = _kind(label) or LengthKind.FIXED
    return Length(kind, size, size)


def _add_random(notebook: Notebook, found: list[tuple[Length, int, Span, str]]) -> None:
    """Read 不定尺 by itself, or together with a range found elsewhere in the text."""
    for match in notebook.page.finds(_RANDOM):
        span = notebook.page.claim_match(match)
        ranges = [entry for entry in found if entry[0].kind is LengthKind.RANGE]
        if len(ranges) == len(found) == 1:
            length, confidence, before, written = ranges[0]
            found[:] = [
                (Length(LengthKind.RANDOM, length.minimum, length.maximum), confidence, before, written),
                (Length(LengthKind.RANDOM, length.minimum, length.maximum), confidence, span, match.group()),
            ]
        else:
            found.append((Length(LengthKind.RANDOM), 100, span, match.group()))


def _choose(notebook: Notebook, found: list[tuple[Length, int, Span, str]]) -> None:
    different = {length: written.strip() for length, _, _, written in found}
    if not different:
        return
    spans = tuple(span for _, _, span, _ in found)
    length, how = next(iter(different)), How.WRITTEN
    if len(different) > 1:
        names = ", ".join(different.values())
        options = [Option(str(place), name, name) for place, name in enumerate(different.values(), 1)]
        key = notebook.ask(question("lengths_several", names, options=options, spans=spans, found=names))
        if key is None:
            return
        length, how = list(different)[int(key) - 1], How.ANSWERED
    note_length(notebook, length, min(sure for _, sure, _, _ in found), spans, how)


def note_length(
    notebook: Notebook, length: Length, confidence: int, spans: tuple[Span, ...], how: How = How.WRITTEN
) -> None:
    """Note a length; one that no truck or saw takes becomes a question first."""
    low, high = _LIMITS
    if (length.minimum or low) < low or (length.maximum or high) > high:
        subject = notebook.written(spans, f"{Decimal(length.minimum or 0) / 1_000:f} mm")
        key = notebook.ask(question("length_unclear", subject, options=(KEEP, NOTE), spans=spans))
        if key != KEEP.key:
            return
        how = How.ANSWERED
    notebook.note(Field.LENGTH, length, confidence, spans, how)
