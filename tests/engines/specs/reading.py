"""Reading in tests: insist on a specification, or on a question."""

from brain_engines.specs.problem import Answer, Field, Question, Reading, Specification
from brain_engines.specs.read import read


def specification_of(found: Answer | str) -> Specification:
    """Return the specification that a text or an answer must have."""
    found = read(found) if isinstance(found, str) else found
    assert found.specification is not None, found.question
    return found.specification


def question_of(found: Answer | str) -> Question:
    """Return the question that a text or an answer must have."""
    found = read(found) if isinstance(found, str) else found
    assert found.question is not None, found.specification
    return found.question


def reading_of(text: str, field: Field) -> Reading:
    """Return how a field of a text was read; it must have been."""
    reading = read(text).reading(field)
    assert reading is not None
    return reading
