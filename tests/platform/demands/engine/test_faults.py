from django.utils import translation

from industry_brain.demands.engine.faults import CellError, Fault, Option, fault_from_json, said


def test_a_fault_is_kept_and_read_back_whole() -> None:
    fault = CellError("x", "“{text}”", options=[Option("k", "中", "en")], text="a").fault("place")

    assert fault_from_json(fault.as_json()) == fault
    assert fault.as_json() == {
        "column": "place",
        "code": "x",
        "message": "“{text}”",
        "facts": {"text": "a"},
        "options": [{"key": "k", "zh": "中", "en": "en"}],
    }


def test_a_fact_in_two_languages_is_said_in_the_reader_s() -> None:
    fault = Fault("material", "x", "{question}!", {"question": {"zh": "哪种", "en": "Which"}})

    with translation.override("zh-hans"):
        assert said(fault) == "哪种!"
    with translation.override("en"):
        assert said(fault) == "Which!"


def test_braces_in_what_was_typed_are_not_filled_in() -> None:
    assert said(Fault("quantity", "x", "“{text}”", {"text": "{0.__class__}"})) == "“{0.__class__}”"
