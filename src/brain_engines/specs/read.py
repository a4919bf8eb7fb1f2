"""Read what people write about steel: a specification comes out, or a question, never a silent guess.

The reader goes over the text in passes, from what is unmistakable to what needs
context, and claims what each pass understood:

1. standards, prices, weights, pieces (they contain numbers that look like sizes)
2. the grade
3. words: form, condition, treatment, surface, quality, process, weighing
4. lengths with words or metres
5. sizes, whose meaning depends on the form
6. what is left: numbers become questions, everything else is kept as unread

A question that was answered is not asked again: `answer` reads the text once
more with the choices made so far.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import (
    Answer,
    Choice,
    Condition,
    Field,
    Form,
    Kind,
    Length,
    Quality,
    Remainder,
    Section,
    Span,
    Specification,
    SpecificationError,
    Surface,
    Treatment,
    Weighing,
)
from brain_engines.specs.questions import form_options, question
from brain_engines.specs.read_grade import check_standard, read_grade, read_standards
from brain_engines.specs.read_length import read_length
from brain_engines.specs.read_order import set_aside_note_words, set_aside_order_terms, set_aside_tolerances
from brain_engines.specs.read_section import read_section
from brain_engines.specs.read_size import ask_for_size, find_group, form_from
from brain_engines.specs.read_words import read_alternatives, read_words

#: Longer texts are not specification lines.
LONGEST: Final = 500


def read(text: str, choices: Iterable[Choice] = ()) -> Answer:
    """Read a text, taking a person's earlier choices into account.

    >>> answer = read("GCr15 φ50 热轧 GB/T18254")
    >>> answer.specification.grade, answer.specification.section.diameter
    ('GCr15', 50000)
    >>> read("GCr15 50").question.code
    'number_unclear'
    """
    notebook = Notebook(text if len(text) <= LONGEST else "", choices)
    if len(text) > LONGEST:
        return _retyped(notebook, text, "text_too_long", length=str(len(text)), limit=str(LONGEST))
    if not any(char.isalnum() for char in notebook.page.whole):
        return _retyped(notebook, text, "text_empty")
    read_standards(notebook)
    set_aside_order_terms(notebook)
    read_grade(notebook)
    set_aside_tolerances(notebook)
    read_words(notebook)
    read_alternatives(notebook)
    read_length(notebook)
    _read_form_and_size(notebook)
    check_standard(notebook)
    set_aside_note_words(notebook)
    return _answer(notebook)


def answer(earlier: Answer, choice: Choice) -> Answer:
    """Read an answer's text again with one more choice of a person."""
    asked = earlier.question
    if asked is None or (asked.code, asked.subject) != (choice.code, choice.subject):
        raise SpecificationError(
            f"Nobody asked “{choice.code}” about “{choice.subject}”; answer the open question.",
            code="choice_without_question",
        )
    return read(earlier.text, (*earlier.choices, choice))


def _read_form_and_size(notebook: Notebook) -> None:
    group = find_group(notebook)
    if group is None and notebook.question is None:
        group = ask_for_size(notebook)
    if group is not None:
        form, group = form_from(notebook, group)
        if form is not None:
            read_section(notebook, form, group)
    elif Field.FORM not in notebook.readings and notebook.question is None:
        notebook.ask(question("form_missing", options=form_options()))


def _retyped(notebook: Notebook, text: str, code: str, **facts: str) -> Answer:
    """Ask for another text, and read that one once it is typed."""
    key = notebook.ask(question(code, options=(), typed=True, spans=(), field=None, **facts))
    if key is not None:
        return read(key)
    kind = Kind.UNREAD if any(char.isalnum() for char in text) else Kind.SEPARATOR
    rest = (Remainder(kind, text, Span(0, len(text))),) if text else ()
    return Answer(text, None, notebook.question, (), rest, notebook.choices)


def _answer(notebook: Notebook) -> Answer:
    order = list(Field)
    readings = tuple(sorted(notebook.readings.values(), key=lambda reading: order.index(reading.field)))
    specification = None if notebook.question else _specification(notebook)
    remainders = notebook.page.remainders(span for reading in readings for span in reading.spans)
    return Answer(
        notebook.page.text, specification, notebook.question, readings, remainders, notebook.choices
    )


def _specification(notebook: Notebook) -> Specification:
    value = notebook.value
    form, grade, section = value(Field.FORM), value(Field.GRADE), value(Field.SECTION)
    assert isinstance(form, Form)
    assert isinstance(grade, str)
    assert isinstance(section, Section)
    standard, sizes, process = value(Field.STANDARD), value(Field.DIMENSION_STANDARD), value(Field.PROCESS)
    quality, condition, treatment = value(Field.QUALITY), value(Field.CONDITION), value(Field.TREATMENT)
    surface, length, weighing = value(Field.SURFACE), value(Field.LENGTH), value(Field.WEIGHING)
    return Specification(
        form=form,
        grade=grade,
        section=section,
        standard=standard if isinstance(standard, str) else None,
        dimension_standard=sizes if isinstance(sizes, str) else None,
        quality=quality if isinstance(quality, Quality) else None,
        condition=condition if isinstance(condition, Condition) else None,
        treatment=treatment if isinstance(treatment, Treatment) else None,
        surface=surface if isinstance(surface, Surface) else None,
        length=length if isinstance(length, Length) else None,
        process=process if isinstance(process, tuple) else (),
        weighing=weighing if isinstance(weighing, Weighing) else None,
    )
