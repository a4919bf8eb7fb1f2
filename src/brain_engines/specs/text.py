"""The page a reader works on: normalised text that remembers where each character came from.

Full-width and compatibility characters, the many diameter signs, dashes and
traditional characters become one spelling each. A reader claims pieces; what
nobody claims comes back as remainders, so that nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from brain_engines.specs.problem import Kind, Remainder, Span

#: What stands where a claimed piece was: matches no pattern, separates its neighbours.
CLAIMED: Final = "\x00"

#: A times sign left between two sizes that were read one by one.
_TIMES: Final = ("x", "X", "ｘ", "Ｘ")

#: What may stand between two pieces that are beside each other.
_BESIDE: Final = " ():"

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("ΦφϕøØфФ∅⌀ɸ¢￠", "φ"),
        **dict.fromkeys("×✕✖╳⨯＊∗﹡∙•·⋅", "×"),
        **dict.fromkeys("–—－−‐‑‒―", "-"),
        **dict.fromkeys("～〜∼﹏", "~"),
        **dict.fromkeys("□◻▢口", "□"),
        **dict(zip("鋼圓軋軸熱無縫噸長徑鍛銀壓規銑冷", "钢圆轧轴热无缝吨长径锻银压规铣冷", strict=True)),
        "＃": "#",
        "鈎": "钩",
        "δ": "δ",
        "Δ": "δ",
    }
)


def _normal(char: str) -> str:
    mapped = char.translate(_SAME)
    if mapped != char:
        return mapped
    # Circled numbers and superscripts are no numbers of a specification; they are kept as unread.
    if char == CLAIMED or unicodedata.category(char)[0] in "CZ" or unicodedata.category(char) == "No":
        return " "
    wide = unicodedata.normalize("NFKC", char)
    return "".join(" " if part.isspace() or part == CLAIMED else part.translate(_SAME) for part in wide)


class Page:
    """A text being read: search in what is left, claim what was understood."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        self._origin: list[int] = []
        for position, char in enumerate(text):
            for part in _normal(char):
                letters.append(part)
                self._origin.append(position)
        self.whole = "".join(letters)
        self._left = letters
        self._remainders: list[Remainder] = []

    @property
    def left(self) -> str:
        """The normalised text with claimed pieces blanked."""
        return "".join(self._left)

    def finds(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield matches of a pattern in what is left when the search starts."""
        yield from pattern.finditer(self.left)

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match in what is left."""
        return pattern.search(self.left)

    def span(self, start: int, end: int) -> Span:
        """Return the original span of a piece of the normalised text."""
        if start == end:
            return Span(0, 0)
        return Span(self._origin[start], self._origin[end - 1] + 1)

    def claim(self, start: int, end: int) -> Span:
        """Take a piece out of what is left and return where it was in the original."""
        self._left[start:end] = CLAIMED * (end - start)
        return self.span(start, end)

    def claim_match(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Take what a match, or one group of it, found."""
        return self.claim(match.start(group), match.end(group))

    def touches(self, start: int, end: int, spans: Iterable[Span]) -> bool:
        """Say whether only blanks or brackets lie between a piece and one of some claimed spans."""
        before, after = start - 1, end
        while before >= 0 and self.whole[before] in _BESIDE:
            before -= 1
        while after < len(self.whole) and self.whole[after] in _BESIDE:
            after += 1
        beside = [self._origin[at] for at in (before, after) if 0 <= at < len(self._origin)]
        return any(span.start <= place < span.end for span in spans for place in beside)

    def set_aside(self, match: re.Match[str], kind: Kind, amount: int | None = None) -> None:
        """Take a match out as a remainder of a known kind."""
        span = self.claim_match(match)
        self._remainders.append(Remainder(kind, self.text[span.start : span.end], span, amount))

    def remainders(self, read: Iterable[Span]) -> tuple[Remainder, ...]:
        """Return what was set aside, and everything that no reading was taken from."""
        taken = bytearray(len(self.text))
        for span in (*read, *(remainder.span for remainder in self._remainders)):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
        found = list(self._remainders)
        start = 0
        while start < len(self.text):
            if taken[start]:
                start += 1
                continue
            end = taken.find(1, start)
            end = len(self.text) if end < 0 else end
            piece = self.text[start:end]
            says = any(char.isalnum() for char in piece) and piece.strip() not in _TIMES
            kind = Kind.UNREAD if says else Kind.SEPARATOR
            found.append(Remainder(kind, piece, Span(start, end)))
            start = end
        return tuple(sorted(found, key=lambda remainder: remainder.span))
