"""Reads what is said in words: form, condition, treatment, surface, quality, process, weighing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from brain_engines.specs.names import COMPOUNDS, LOOSE, WORDS, Names, spelled, spellings
from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import (
    Condition,
    Field,
    Form,
    How,
    Option,
    Process,
    Quality,
    Reading,
    Span,
    Surface,
    Treatment,
    Weighing,
)
from brain_engines.specs.questions import question
from brain_engines.specs.text import CLAIMED

_NEGATION: Final = re.compile(
    r"(?:不要|不是|不用|不需|无需|不|非|未|勿|免|no |not |non-?)\s*$", re.IGNORECASE
)
_OR: Final = re.compile(rf"{CLAIMED}\s*(?:或者?|任选|or)\s*{CLAIMED}", re.IGNORECASE)
Found = dict[Field, dict[StrEnum, tuple[int, list[Span]]]]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = []
    for word in words:
        escaped = re.escape(word).replace(r"\ ", r"[\s-]*")
        parts.append(rf"(?<![A-Za-z]){escaped}(?![A-Za-z])" if word.isascii() else escaped)
    return re.compile("|".join(parts), re.IGNORECASE)


def _lookup(names: Names) -> Mapping[str, StrEnum]:
    return {_key(word): value for word, value in spellings(names)}


def _key(word: str) -> str:
    return re.sub(r"[\s-]", "", word).lower()


_COMPOUND: Final = re.compile(
    rf"(?P<word>{'|'.join(sorted(COMPOUNDS, key=lambda word: (-len(word), word)))})(?:(?<=圆)钢)?"
)
_READERS: Final = {
    field: (_pattern(word for word, _ in spellings(names)), _lookup(names)) for field, names in WORDS.items()
}


def read_words(notebook: Notebook) -> None:
    """Read every field that is a word; contradictions and negations become questions."""
    found: Found = {field: {} for field in WORDS}
    for match in notebook.page.finds(_COMPOUND):
        span = notebook.page.claim_match(match)
        for field, value in COMPOUNDS[match["word"]]:
            _add(found, field, value, 95, span)
    for field, (pattern, lookup) in _READERS.items():
        for match in notebook.page.finds(pattern):
            if _unwanted(notebook, match):
                continue
            value = lookup[_key(match.group())]
            confidence = 85 if match.group().lower() in LOOSE else 100
            _add(found, field, value, confidence, notebook.page.claim_match(match))
    _tidy(found)
    for field, values in found.items():
        _note_words(notebook, field, values)


def read_alternatives(notebook: Notebook) -> None:
    """Ask which is wanted where 或 stands between two things of different fields."""
    for match in notebook.page.finds(_OR):
        before, after = (_beside(notebook, place) for place in (match.start(), match.end() - 1))
        if before is None or after is None or before.field is after.field:
            continue
        first, second = (notebook.written(reading.spans, reading.field.value) for reading in (before, after))
        options = (
            Option("first", first, first),
            Option("second", second, second),
            Option("both", "都要", "both"),
        )
        key = notebook.ask(
            question("alternatives", f"{first}或{second}", options=options, field=before.field)
        )
        if key in ("first", "second"):
            del notebook.readings[(after if key == "first" else before).field]


def _beside(notebook: Notebook, place: int) -> Reading | None:
    at = notebook.page.span(place, place + 1).start
    for reading in notebook.readings.values():
        if any(span.start <= at < span.end for span in reading.spans):
            return reading
    return None


def _add(found: Found, field: Field, value: StrEnum, confidence: int, span: Span) -> None:
    before, spans = found[field].get(value, (0, []))
    found[field][value] = (max(before, confidence), [*spans, span])


def _unwanted(notebook: Notebook, match: re.Match[str]) -> bool:
    """Ask whether a word after 不, 非, not … is wanted; without an answer it is not read."""
    if not _NEGATION.search(notebook.page.left[max(0, match.start() - 8) : match.start()]):
        return False
    options = (Option("wanted", "需要", "wanted"), Option("unwanted", "不需要", "not wanted"))
    span = notebook.page.span(match.start(), match.end())
    return notebook.ask(question("word_negated", match.group(), options=options, spans=[span])) != "wanted"


def _tidy(found: Found) -> None:
    """Drop the general word where a special one says the same and more."""
    treatments = found[Field.TREATMENT]
    if Treatment.SPHEROIDISED in treatments:
        _absorb(treatments, Treatment.ANNEALED, Treatment.SPHEROIDISED)
    forms = found[Field.FORM]
    for wider in (Form.RING, Form.TUBE, Form.WIRE_ROD, Form.WIRE):
        if wider in forms:
            _absorb(forms, Form.ROUND_BAR, wider)
    surfaces = found[Field.SURFACE]
    if Surface.BRIGHT in surfaces:
        for part in (Surface.GROUND, Surface.PEELED, Surface.POLISHED):
            _absorb(surfaces, part, Surface.BRIGHT)
    processes = found[Field.PROCESS]
    if Process.LADLE_FURNACE in processes or Process.VACUUM_DEGASSED in processes:
        special = Process.LADLE_FURNACE if Process.LADLE_FURNACE in processes else Process.VACUUM_DEGASSED
        _absorb(processes, Process.REFINED, special)


def _absorb(values: dict[StrEnum, tuple[int, list[Span]]], general: StrEnum, special: StrEnum) -> None:
    if general in values:
        confidence, spans = values[special]
        values[special] = (min(confidence, 90), spans + values.pop(general)[1])


def _note_words(notebook: Notebook, field: Field, values: dict[StrEnum, tuple[int, list[Span]]]) -> None:
    if not values:
        return
    spans = [span for _, places in values.values() for span in places]
    confidence = min(sure for sure, _ in values.values())
    if field is Field.PROCESS:
        steps = tuple(step for step in Process if step in values)
        notebook.note(field, steps, confidence, spans)
        return
    chosen, how = next(iter(values)), How.WRITTEN
    if len(values) > 1:
        words = ", ".join(
            notebook.page.text[places[0].start : places[0].end] for _, places in values.values()
        )
        options = [Option(value.value, spelled(value, "zh"), spelled(value, "en")) for value in values]
        key = notebook.ask(
            question("words_several", words, options=options, spans=spans, field=field, found=words)
        )
        if key is None:
            return
        chosen, how = next(value for value in values if value.value == key), How.ANSWERED
        spans = values[chosen][1]
    assert isinstance(chosen, Form | Condition | Treatment | Surface | Quality | Weighing)
    notebook.note(field, chosen, confidence, spans, how)
