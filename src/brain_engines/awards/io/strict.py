"""Read hostile JSON strictly: every problem is collected with its place, no number becomes a float.

A :class:`Node` is a value together with the place where it stands in the file. Reading a
wrong value records a :class:`Problem` and returns a harmless stand-in, so that one pass
finds everything that is wrong; the caller raises :class:`BadFile` at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 12
MAX_DIGITS = 40
MAX_PROBLEMS = 1000
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_TEXT_LIMIT = 400


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place of a file, in words, with a stable code and the facts."""

    place: str
    code: str
    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class BadFile(ValueError):
    """A file does not say what it should; ``errors`` lists every problem found in it."""

    def __init__(self, errors: tuple[Problem, ...]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


@dataclass(frozen=True)
class Places:
    """The decimals and range that a kind of number may have."""

    name: str
    decimals: int
    least: Decimal
    most: Decimal


BIG = Decimal(10) ** 12
QUANTITY = Places("quantity", 3, Decimal(0), Decimal(10) ** 9)
AMOUNT = Places("amount of money", 2, Decimal(0), BIG)
PRICE = Places("unit price", 4, Decimal(0), Decimal(10) ** 9)
PREMIUM = Places("premium", 4, -(Decimal(10) ** 9), Decimal(10) ** 9)
PERCENT = Places("percent", 6, Decimal(0), Decimal(100))
RATE = Places("rate", 6, Decimal(0), Decimal(10))
SHARE = Places("share", 6, Decimal(0), Decimal(1))


class Sink:
    """Collects the problems of one file."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, place: str, code: str, message: str, **facts: object) -> None:
        """Note a problem at a place; facts are kept as text for translation."""
        if len(self.problems) < MAX_PROBLEMS:
            told = {key: _short(str(value)) for key, value in facts.items()}
            self.problems.append(Problem(place, code, message.format(**told), told))


class _Object(dict[str, Any]):
    """A JSON object that remembers keys given twice."""

    repeated: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> _Object:
    built = _Object(pairs)
    if len(built) != len(pairs):
        keys = [key for key, _ in pairs]
        built.repeated = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return built


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= MAX_DIGITS else Decimal(digits)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def _too_deep(text: str) -> bool:
    """Say whether brackets nest deeper than any of our files; strings are skipped."""
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        first = token.group()[0]
        if first != '"':
            depth += 1 if first in "[{" else -1
            if depth > MAX_DEPTH:
                return True
    return False


def parse(data: str | bytes, sink: Sink) -> Node:
    """Read JSON text into a node; text that is no JSON becomes a problem of the whole file."""
    node = Node(None, "", sink)
    if len(data) > MAX_BYTES:
        sink.add("", "file_too_large", "The file is larger than {limit} MB.", limit=MAX_BYTES // 1024 // 1024)
        return node
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        sink.add("", "not_utf8", "The file is not UTF-8 text (byte {byte}).", byte=error.start)
        return node
    if _too_deep(text):
        sink.add("", "nested_too_deeply", "The file nests deeper than {limit} levels.", limit=MAX_DEPTH)
        return node
    try:
        value = json.loads(
            text, parse_float=Decimal, parse_int=_whole, parse_constant=Decimal, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        sink.add(
            "",
            "not_json",
            "The file is not JSON: line {line}, column {column}: {reason}.",
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        )
        return node
    half = _HALF.search(text)
    if half is not None and _has_half(value):
        before = text[: half.start()]
        sink.add(
            "",
            "not_json",
            "The file is not JSON: line {line}, column {column}: {reason}.",
            line=before.count("\n") + 1,
            column=half.start() - before.rfind("\n"),
            reason="half of a character",
        )
        return node
    return Node(value, "", sink)


def _has_half(value: object) -> bool:
    """Say whether any text holds half of a surrogate pair, which cannot be written to a file."""
    if isinstance(value, str):
        return any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return any(_has_half(key) or _has_half(child) for key, child in value.items())
    return isinstance(value, list) and any(_has_half(child) for child in value)


@dataclass(frozen=True)
class Node:
    """A value and the place where it stands."""

    value: Any
    place: str
    sink: Sink

    def wrong(self, code: str, message: str, **facts: object) -> None:
        """Note a problem at this place."""
        self.sink.add(self.place, code, message, **facts)

    def fields(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Fields:
        """Read an object whose keys are these and no others."""
        value = self.value
        if not isinstance(value, dict):
            self.wrong(
                "not_an_object",
                "An object with {keys} is wanted here, not {found}.",
                keys=", ".join(required),
                found=kind_of(value),
            )
            return Fields({}, self, broken=True)
        for key in getattr(value, "repeated", ()):
            self.wrong("repeated_key", "The key {key} is given twice.", key=key)
        for key in value:
            if key not in required and key not in optional:
                self.sink.add(
                    join(self.place, key),
                    "unknown_key",
                    "The key {key} is unknown here; allowed are {allowed}.",
                    key=key,
                    allowed=", ".join(required + optional),
                )
        for key in required:
            if key not in value:
                self.wrong("missing_key", "The key {key} is missing.", key=key)
        return Fields(value, self)

    def nodes(self) -> list[Node]:
        """Read a list."""
        if not isinstance(self.value, list):
            self.wrong("not_a_list", "A list is wanted here, not {found}.", found=kind_of(self.value))
            return []
        return [Node(value, f"{self.place}[{number}]", self.sink) for number, value in enumerate(self.value)]

    def table(self) -> dict[str, Node]:
        """Read an object with free keys."""
        if not isinstance(self.value, dict):
            self.wrong("not_an_object", "An object is wanted here, not {found}.", found=kind_of(self.value))
            return {}
        for key in getattr(self.value, "repeated", ()):
            self.wrong("repeated_key", "The key {key} is given twice.", key=key)
        for key in self.value:
            if not good_text(key):
                self.wrong(
                    "empty_text",
                    "Every key must be a non-empty text of at most {limit} characters.",
                    limit=_TEXT_LIMIT,
                )
        return {key: Node(value, join(self.place, key), self.sink) for key, value in self.value.items()}

    def text(self, *, empty: bool = False) -> str:
        """Read a text; ids must not be empty."""
        if not isinstance(self.value, str):
            self.wrong("not_text", "A text is wanted here, not {found}.", found=kind_of(self.value))
            return ""
        if not (good_text(self.value) or (empty and not self.value)):
            self.wrong(
                "empty_text",
                "A non-empty text of at most {limit} characters is wanted here.",
                limit=_TEXT_LIMIT,
            )
            return ""
        return self.value

    def decimal(self, places: Places) -> Decimal:
        """Read a decimal written as text or number, within the kind's decimals and range."""
        value = self.value
        if (isinstance(value, str) and _DECIMAL.fullmatch(value)) or (
            isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        ):
            number = Decimal(value)
        else:
            self.wrong(
                "not_a_number",
                'A {kind} such as "12.5" is wanted here, not {found}.',
                kind=places.name,
                found=kind_of(value),
            )
            return Decimal(0)
        if not number.is_finite():
            self.wrong("not_finite", "A {kind} must be a finite number.", kind=places.name)
            return Decimal(0)
        if not -MAX_DIGITS <= number.adjusted() <= MAX_DIGITS or not places.least <= number <= places.most:
            self.wrong(
                "out_of_range",
                "A {kind} must lie between {least} and {most}; {found} does not.",
                kind=places.name,
                least=f"{places.least:f}",
                most=f"{places.most:f}",
                found=number,
            )
            return Decimal(0)
        digits = len(text_of(number).partition(".")[2])
        if digits > places.decimals:
            self.wrong(
                "too_many_decimals",
                "A {kind} has at most {decimals} decimals; {found} has more.",
                kind=places.name,
                decimals=places.decimals,
                found=number,
            )
            return Decimal(0)
        return plain(number)

    def whole(self, least: int = 0, most: int = 1_000_000) -> int:
        """Read a whole number."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong("not_whole", "A whole number is wanted here, not {found}.", found=kind_of(value))
            return least
        if not least <= value <= most:
            self.wrong(
                "out_of_range",
                "A {kind} must lie between {least} and {most}; {found} does not.",
                kind="whole number",
                least=least,
                most=most,
                found=value,
            )
            return least
        return value

    def choice(self, allowed: tuple[str, ...]) -> str:
        """Read one of the allowed words."""
        if not isinstance(self.value, str) or self.value not in allowed:
            self.wrong(
                "not_a_choice",
                "One of {allowed} is wanted here, not {found}.",
                allowed=", ".join(allowed),
                found=kind_of(self.value),
            )
            return allowed[0]
        return self.value

    def reference(self, known: frozenset[str], what: str) -> str:
        """Read the id of something that the file defines elsewhere."""
        text = self.text()
        if text and text not in known:
            self.wrong("unknown_reference", "There is no {what} {id} in this file.", what=what, id=text)
        return text


class Fields:
    """The values of one object by key; asking for an absent optional key gives the default."""

    def __init__(self, values: dict[str, Any], node: Node, *, broken: bool = False) -> None:
        self.values, self.node, self.broken = values, node, broken

    def has(self, key: str) -> bool:
        """Say whether the key is given."""
        return key in self.values

    def get(self, key: str) -> Node:
        """Find the value of a key with its place."""
        return Node(self.values.get(key), join(self.node.place, key), self.node.sink)

    def text(self, key: str, *, empty: bool = False) -> str:
        """Read a text, or an empty one if the key is absent."""
        return self.get(key).text(empty=empty) if self.has(key) else ""

    def decimal(self, key: str, places: Places, default: Decimal = Decimal(0)) -> Decimal:
        """Read a decimal, or the default if the key is absent."""
        return self.get(key).decimal(places) if self.has(key) else default

    def maybe(self, key: str, places: Places) -> Decimal | None:
        """Read a decimal, or None if the key is absent."""
        return self.get(key).decimal(places) if self.has(key) else None

    def whole(self, key: str, least: int = 0, default: int = 0) -> int:
        """Read a whole number, or the default if the key is absent."""
        return self.get(key).whole(least) if self.has(key) else default

    def maybe_whole(self, key: str, least: int = 0) -> int | None:
        """Read a whole number, or None if the key is absent."""
        return self.get(key).whole(least) if self.has(key) else None

    def nodes(self, key: str) -> list[Node]:
        """Read a list, empty if the key is absent."""
        return self.get(key).nodes() if self.has(key) else []

    def table(self, key: str) -> dict[str, Node]:
        """Read an object with free keys, empty if the key is absent."""
        return self.get(key).table() if self.has(key) else {}


def join(place: str, key: str) -> str:
    """Write the place of a key inside a place."""
    return f"{place}.{_short(key)}" if place else _short(key)


def kind_of(value: object) -> str:
    """Describe a JSON value in words short enough for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return _short(f'"{value}"' if isinstance(value, str) else str(value))


def good_text(value: str) -> bool:
    """Say whether a text is non-empty, of sane length and without control characters."""
    return bool(value.strip()) and len(value) <= _TEXT_LIMIT and all(ord(c) >= 32 for c in value)


def plain(number: Decimal) -> Decimal:
    """Write a decimal without exponent and without trailing zeros."""
    return Decimal(text_of(number))


def text_of(number: Decimal, decimals: int = 0) -> str:
    """Write a decimal plainly, with at least so many decimals."""
    whole, _, rest = format(number, "f").partition(".") if number else ("0", "", "")
    rest = rest.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{rest}" if rest else whole
