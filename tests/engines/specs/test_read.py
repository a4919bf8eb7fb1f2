"""Reading: confidence, provenance, and questions a person can answer."""

import pytest

from brain_engines.specs.describe import describe
from brain_engines.specs.problem import Choice, Field, Form, How, Kind, SpecificationError
from brain_engines.specs.questions import SENTENCES, sentence
from brain_engines.specs.read import answer, read
from tests.engines.specs.reading import question_of, reading_of, specification_of
from tests.engines.specs.test_corpus import LINES


def choose(text, *keys):
    found = read(text)
    for key in keys:
        asked = question_of(found)
        found = answer(found, Choice(asked.code, asked.subject, key))
    return found


def test_every_reading_points_at_the_words_it_comes_from():
    found = read("轴承钢 GCr15 圆钢 φ50 定尺6米 检斤 120吨")

    spelled = {
        reading.field: [found.text[span.start : span.end] for span in reading.spans]
        for reading in found.readings
    }
    assert spelled == {
        Field.GRADE: ["GCr15"],
        Field.FORM: ["圆钢"],
        Field.SECTION: ["φ50 "],
        Field.LENGTH: ["定尺6米"],
        Field.WEIGHING: ["检斤"],
    }
    assert [(kept.kind, kept.text) for kept in found.remainders_of(Kind.QUANTITY, Kind.FAMILY)] == [
        (Kind.FAMILY, "轴承钢"),
        (Kind.QUANTITY, "120吨"),
    ]


def test_a_form_that_follows_only_from_the_size_is_marked_as_implied():
    form = reading_of("GCr15 φ50", Field.FORM)

    assert (form.value, form.how) == (Form.ROUND_BAR, How.IMPLIED)
    assert form.confidence < reading_of("GCr15 圆钢 φ50", Field.FORM).confidence


def test_a_grade_of_another_system_is_marked_as_an_equivalent_and_less_sure():
    grade = reading_of("SUJ2 φ50", Field.GRADE)

    assert (grade.value, grade.how, grade.confidence) == ("GCr15", How.EQUIVALENT, 90)
    assert reading_of("GCr15 φ50", Field.GRADE).confidence == 100


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("GCr15 50", ["size", "round_bar"], "GCr15 圆钢 φ50"),
        ("45# 80", ["size", "square_bar"], "45# 方钢 □80"),
        ("GCr15 φ60×8", ["tube"], "GCr15 钢管 φ60×8"),
        ("GCr15 φ60×8", ["round_bar"], "GCr15 圆钢 φ60 定尺8m"),
        ("GCrl5 φ50", ["GCr15"], "GCr15 圆钢 φ50"),
        ("XM19 φ50", ["as_written"], "XM19 圆钢 φ50"),
        ("Q235 φ20", ["Q235B"], "Q235B 圆钢 φ20"),
        ("φ50cm GCr15", ["mm"], "GCr15 圆钢 φ50"),
        ("φ50cm GCr15", ["cm"], "GCr15 圆钢 φ500"),
        ("轴承钢 φ50", ["GCr15SiMn"], "GCr15SiMn 圆钢 φ50"),
        ("轴承钢 φ50", ["suj2"], "GCr15 圆钢 φ50"),
        ("GCr15 钢管 φ63", ["9"], "GCr15 钢管 φ63×9"),
        ("GCr15 钢管 φ63×40", ["63×9"], "GCr15 钢管 φ63×9"),
        ("GCr15 φ20-30", ["20"], "GCr15 圆钢 φ20"),
        ("GCr15 φ50 φ60", ["2"], "GCr15 圆钢 φ60"),
        ("GCr15 40Cr φ50", ["40Cr"], "40Cr 圆钢 φ50"),
        ("45 φ60", ["grade"], "45# 圆钢 φ60"),
        ("GCr15 圆钢", ["50"], "GCr15 圆钢 φ50"),
        ("GCr15 圆钢 φ5000", ["50"], "GCr15 圆钢 φ50"),
        ("GCr15 圆钢 φ5000", ["as_written"], "GCr15 圆钢 φ5000"),
        ("GCr15 φ50 热轧 冷拔", ["cold_drawn"], "GCr15 圆钢 φ50 冷拔"),
        ("GCr15 φ50 热轧或退火", ["first"], "GCr15 圆钢 φ50 热轧"),
        ("GCr15 φ50 热轧或退火", ["second"], "GCr15 圆钢 φ50 退火"),
        ("GCr15 φ50 热轧或退火", ["both"], "GCr15 圆钢 φ50 热轧 退火"),
        ("GCr15Φ50/Φ60/Φ70", ["70"], "GCr15 圆钢 φ70"),
        ("GCr15 φ50 不要冷拔", ["unwanted"], "GCr15 圆钢 φ50"),
        ("GCr15 φ50 GB/T 699", ["GB/T 18254"], "GCr15 圆钢 φ50 GB/T 18254"),
        ("GCr15 φ50 GB/T 699", ["note"], "GCr15 圆钢 φ50"),
        ("GCr15 φ50 80", ["tonnes"], "GCr15 圆钢 φ50"),
        ("GCr15 φ50 6", ["metres"], "GCr15 圆钢 φ50 定尺6m"),
        ("GCr15 φ70 定尺6米 9米", ["2"], "GCr15 圆钢 φ70 定尺9m"),
        ("GCr15圆钢 φ70×8", ["m"], "GCr15 圆钢 φ70 定尺8m"),
        ("", ["GCr15 φ50"], "GCr15 圆钢 φ50"),
        ("x" * 1000, ["GCr15 φ50"], "GCr15 圆钢 φ50"),
    ],
)
def test_a_person_s_answer_settles_the_question(text, keys, expected):
    found = choose(text, *keys)

    assert found.question is None
    assert describe(specification_of(found)) == expected
    assert found.confidence > 0


def test_tonnes_a_person_named_are_kept_as_a_quantity_in_grams():
    found = choose("GCr15 φ50 80", "tonnes")

    assert [kept.amount for kept in found.remainders_of(Kind.QUANTITY)] == [80_000_000]


def test_a_size_that_was_not_chosen_is_shown_as_unread():
    found = choose("GCr15 φ50 φ60", "2")

    assert [kept.text.strip() for kept in found.remainders_of(Kind.UNREAD)] == ["φ50"]


def test_the_same_number_twice_is_asked_about_twice():
    found = choose("GCr15 圆钢 φ50 8 8", "metres", "tonnes")

    assert describe(specification_of(found)) == "GCr15 圆钢 φ50 定尺8m"
    assert [kept.amount for kept in found.remainders_of(Kind.QUANTITY)] == [8_000_000]


def test_an_answer_to_a_question_nobody_asked_is_refused():
    with pytest.raises(SpecificationError) as refused:
        answer(read("GCr15 φ50"), Choice("number_unclear", "50", "size"))

    assert refused.value.code == "choice_without_question"


def test_a_typed_answer_that_is_not_a_size_is_refused():
    with pytest.raises(SpecificationError) as refused:
        choose("GCr15 圆钢", "big")

    assert refused.value.code == "size_unreadable"


def test_every_question_speaks_both_languages_and_quotes_the_reader():
    asked = {}
    for line in LINES:
        if question := read(line["text"]).question:
            asked[question.code] = question
            assert question.message != sentence(question, "zh")
            for language in ("zh", "en"):
                assert "{" not in sentence(question, language)

    assert set(SENTENCES) - set(asked) == {"text_empty", "text_too_long"}


def test_a_stranger_s_braces_are_quoted_and_not_filled_in():
    found = read("GCr1{subject}5 φ50x{0}")

    assert found.question is not None
    assert sentence(found.question, "zh")
