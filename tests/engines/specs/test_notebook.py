import pytest

from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import Choice, Field, Option, Span, SpecificationError
from brain_engines.specs.questions import question

ASKED = question(
    "form_missing",
    "45 80",
    options=(Option("round_bar", "圆钢", "round bar"), Option("tube", "钢管", "tube")),
)


def test_the_first_open_question_stays() -> None:
    notebook = Notebook("45 80", ())

    assert notebook.ask(ASKED) is None
    assert notebook.ask(question("size_missing")) is None
    assert notebook.question is ASKED


def test_an_answered_question_is_not_asked_again() -> None:
    notebook = Notebook("45 80", [Choice("form_missing", "45 80", "tube")])

    assert notebook.ask(ASKED) == "tube"
    assert notebook.question is None


def test_an_answer_counts_once() -> None:
    notebook = Notebook("45 80", [Choice("form_missing", "45 80", "tube")])

    assert [notebook.ask(ASKED), notebook.ask(ASKED)] == ["tube", None]


def test_an_answer_that_was_not_offered_is_refused() -> None:
    notebook = Notebook("45 80", [Choice("form_missing", "45 80", "cube")])

    with pytest.raises(SpecificationError, match="Choose one of: round_bar, tube") as refusal:
        notebook.ask(ASKED)

    assert refusal.value.code == "choice_not_offered"


def test_a_later_note_replaces_an_earlier_one() -> None:
    notebook = Notebook("GCr15", ())
    notebook.note(Field.GRADE, "45", 50, [Span(0, 2)])
    notebook.note(Field.GRADE, "GCr15", 100, [Span(0, 5), Span(0, 5)])

    assert notebook.value(Field.GRADE) == "GCr15"
    assert notebook.readings[Field.GRADE].spans == (Span(0, 5),)
    assert notebook.value(Field.FORM) is None


def test_written_gives_the_text_of_a_span_or_other_words() -> None:
    notebook = Notebook("GCr15 圆钢", ())

    assert (notebook.written([Span(0, 5)], "?"), notebook.written([], "?")) == ("GCr15", "?")
