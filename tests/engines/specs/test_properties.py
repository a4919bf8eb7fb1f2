"""What holds for every text and every specification."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brain_engines.specs.describe import describe
from brain_engines.specs.io import answer_to_dict, dumps, specification_from_dict, specification_to_dict
from brain_engines.specs.problem import Choice, SpecificationError
from brain_engines.specs.questions import sentence
from brain_engines.specs.read import LONGEST, answer, read
from tests.engines.specs.reading import question_of
from tests.engines.specs.strategies import lines, specifications
from tests.engines.specs.test_corpus import LINES

texts = st.text(max_size=80)


def assert_nothing_is_lost(found):
    covered: set[int] = set()
    for reading in found.readings:
        for span in reading.spans:
            assert 0 <= span.start <= span.end <= len(found.text)
            covered.update(range(span.start, span.end))
    for remainder in found.remainders:
        assert found.text[remainder.span.start : remainder.span.end] == remainder.text
        covered.update(range(remainder.span.start, remainder.span.end))
    assert covered == set(range(len(found.text)))


def outcome(text):
    found = read(text)
    return found.question.code if found.question else found.specification


@settings(max_examples=200, deadline=None)
@given(st.one_of(texts, lines))
@example("\x00\x00")
@example("GCr15\u202eφ50")
@example("φ" * 400)
@example("1×" * 200)
@example("GCr15 φ50 " + "不" * 300 + "冷拔")
@example("{0.__class__} φ50")
def test_no_text_crashes_the_reader_or_loses_a_character(text):
    found = read(text)

    assert (found.specification is None) == (found.question is not None)
    assert_nothing_is_lost(found)
    assert dumps(answer_to_dict(found))
    if found.question:
        assert sentence(found.question, "zh")
        assert sentence(found.question, "en")
        assert found.question.options or found.question.typed


@settings(max_examples=100, deadline=None)
@given(lines, st.data())
def test_answering_questions_leads_to_a_specification(text, data):
    found = read(text)
    for _ in range(25):
        if found.question is None:
            break
        asked = found.question
        key = (
            data.draw(st.sampled_from([option.key for option in asked.options])) if asked.options else "60×8"
        )
        if asked.code in ("text_empty", "text_too_long"):
            key = "GCr15 φ50"
        if asked.code == "wall_missing":
            key = "2"
        if asked.code == "sizes_unclear":
            key = asked.facts["example"]
        found = answer(found, Choice(asked.code, asked.subject, key))
        assert_nothing_is_lost(found)

    assert found.question is None
    assert found.specification is not None


@settings(max_examples=200, deadline=None)
@given(specifications(), st.sampled_from(["zh", "en"]))
def test_a_description_reads_back_as_the_same_specification(specification, language):
    found = read(describe(specification, language))

    assert found.question is None, (describe(specification, language), found.question)
    assert found.specification == specification


@settings(max_examples=100, deadline=None)
@given(specifications())
def test_a_specification_survives_json(specification):
    assert specification_from_dict(specification_to_dict(specification)) == specification


def test_capitals_do_not_matter():
    for line in LINES:
        assert outcome(line["text"].upper()) == outcome(line["text"].lower()) == outcome(line["text"])


def test_width_does_not_matter():
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for line in LINES:
        text = line["text"].translate(wide)
        assert unicodedata.normalize("NFKC", text) != text or not line["text"].isascii()
        assert outcome(text) == outcome(line["text"])


def test_more_space_does_not_matter():
    for line in LINES:
        assert outcome("  " + line["text"].replace(" ", " \t\u3000 ") + " ") == outcome(line["text"])


def test_missing_space_does_not_matter_between_chinese_and_anything():
    for line in LINES:
        text = line["text"]
        tight = "".join(
            char
            for place, char in enumerate(text)
            if char != " " or (text[place - 1].isascii() and text[place + 1 : place + 2].isascii())
        )
        assert outcome(tight) == outcome(text), tight


def test_a_very_long_text_is_refused_quickly_and_whole():
    for text in ("GCr15 φ50 " * 10_000, "1" * 100_000, "(" * 100_000, "φ1×" * 30_000):
        found = read(text)

        assert question_of(found).code == "text_too_long"
        assert "".join(remainder.text for remainder in found.remainders) == text
    assert read("GCr15 φ50" + " " * (LONGEST - 9)).specification is not None


def test_a_choice_nobody_offered_is_refused():
    found = read("GCr15 50")

    with pytest.raises(SpecificationError) as refused:
        answer(found, Choice("number_unclear", "50", "kilometres"))

    assert refused.value.code == "choice_not_offered"
