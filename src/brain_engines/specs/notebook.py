"""What a reader has understood so far, and the questions it had to ask."""

from __future__ import annotations

from collections.abc import Iterable

from brain_engines.specs.problem import (
    Choice,
    Field,
    How,
    Question,
    Reading,
    Span,
    SpecificationError,
    Value,
)
from brain_engines.specs.text import Page


class Notebook:
    """A page, the readings taken from it, and the first open question.

    A question that a person answered before is not asked again: `ask` returns
    the person's key. Otherwise the reader goes on without the answer, so that
    an answer with a question still shows everything else that was understood.
    """

    def __init__(self, text: str, choices: Iterable[Choice]) -> None:
        self.page = Page(text)
        self.choices = tuple(choices)
        self.readings: dict[Field, Reading] = {}
        self.question: Question | None = None
        self._unused = list(self.choices)

    def ask(self, question: Question) -> str | None:
        """Return the key a person chose, or note the question as open."""
        for place, choice in enumerate(self._unused):
            if (choice.code, choice.subject) == (question.code, question.subject):
                # Used once: the same number may stand twice in a line and mean two things.
                del self._unused[place]
                return _checked(question, choice.key)
        if self.question is None:
            self.question = question
        return None

    def note(
        self, field: Field, value: Value, confidence: int, spans: Iterable[Span], how: How = How.WRITTEN
    ) -> None:
        """Note the value of a field; a later note replaces an earlier one."""
        self.readings[field] = Reading(field, value, confidence, tuple(sorted(set(spans))), how)

    def written(self, spans: Iterable[Span], otherwise: str) -> str:
        """Return the text of the first of some spans, or other words for what nobody wrote."""
        for span in spans:
            return self.page.text[span.start : span.end].strip()
        return otherwise

    def value(self, field: Field) -> Value | None:
        """Return what was noted of a field."""
        reading = self.readings.get(field)
        return reading.value if reading else None


def _checked(question: Question, key: str) -> str:
    if question.typed or any(option.key == key for option in question.options):
        return key
    offered = ", ".join(option.key for option in question.options)
    raise SpecificationError(
        f"“{key}” is not an answer to “{question.message}” Choose one of: {offered}.",
        code="choice_not_offered",
        key=key,
        offered=offered,
    )
