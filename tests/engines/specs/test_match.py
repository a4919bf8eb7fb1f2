"""Matching never decides what a person has to decide."""

from brain_engines.specs.match import DifferenceKind, Outcome, match
from brain_engines.specs.problem import Field
from brain_engines.specs.read import read


def spec(text):
    found = read(text).specification
    assert found is not None, text
    return found


def catalogue(**texts):
    return {key: spec(text) for key, text in texts.items()}


def test_the_same_material_in_other_words_is_exact():
    entries = catalogue(a="GCr15 圆钢 φ50 热轧 GB/T 18254-2016", b="GCr15 圆钢 φ55 热轧 GB/T 18254-2016")

    found = match(spec("轴承钢gcr15圆棒Ø50mm 热轧 gb/t18254—2016"), entries)

    assert (found.outcome, found.key) == (Outcome.EXACT, "a")


def test_how_it_is_weighed_does_not_make_another_material():
    entries = catalogue(a="GCr15 圆钢 φ50")

    assert match(spec("GCr15 圆钢 φ50 检斤"), entries).key == "a"


def test_an_entry_that_says_more_is_only_a_candidate_and_the_difference_is_named():
    entries = catalogue(a="GCr15 圆钢 φ50 热轧 球化退火 GB/T 18254-2016")

    found = match(spec("GCr15 φ50 热轧 GB/T 18254"), entries)

    assert (found.outcome, found.key) == (Outcome.CANDIDATES, None)
    (candidate,) = found.candidates
    kinds = {difference.field: difference.kind for difference in candidate.differences}
    assert kinds == {Field.TREATMENT: DifferenceKind.UNSTATED, Field.STANDARD: DifferenceKind.UNDATED}
    assert not candidate.contradicts


def test_candidates_come_nearest_first_and_contradictions_last():
    entries = catalogue(
        far="GCr15 φ90", near="GCr15 φ52", annealed="GCr15 φ50 退火", drawn="GCr15 φ50 冷拔 剥皮"
    )

    found = match(spec("GCr15 φ50 热轧"), entries)

    order = [candidate.key for candidate in found.candidates]
    assert order == ["annealed", "drawn", "near", "far"]
    assert [candidate.contradicts for candidate in found.candidates] == [False, True, True, True]


def test_another_grade_or_form_is_never_a_candidate():
    entries = catalogue(a="GCr15SiMn 圆钢 φ50", b="GCr15 盘条 φ50", c="GCr15 钢管 φ50×5")

    found = match(spec("GCr15 圆钢 φ50"), entries)

    assert (found.outcome, found.key, found.candidates) == (Outcome.NONE, None, ())


def test_two_exact_entries_are_left_to_a_person():
    entries = catalogue(a="GCr15 φ50", b="GCr15 圆钢 φ50")

    found = match(spec("GCr15 φ50"), entries)

    assert (found.outcome, found.key) == (Outcome.CANDIDATES, None)
    assert [candidate.key for candidate in found.candidates] == ["a", "b"]
