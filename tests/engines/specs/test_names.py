import pytest

from brain_engines.specs.names import LENGTH_KINDS, WORDS, spelled, spellings
from brain_engines.specs.problem import Condition, Form, Weighing


@pytest.mark.parametrize(
    ("word", "chinese", "english"),
    [
        (Form.ROUND_BAR, "圆钢", "round bar"),
        (Condition.HOT_ROLLED, "热轧", "hot rolled"),
        (Weighing.ACTUAL, "检斤", "by actual weight"),
    ],
)
def test_a_word_has_one_canonical_name_in_each_language(word, chinese: str, english: str) -> None:
    assert (spelled(word, "zh"), spelled(word, "en")) == (chinese, english)


@pytest.mark.parametrize("names", [*WORDS.values(), LENGTH_KINDS], ids=lambda n: next(iter(n)).name)
def test_no_spelling_means_two_things(names) -> None:
    meanings: dict[str, set[object]] = {}
    for name, word in spellings(names):
        meanings.setdefault(name, set()).add(word)

    assert {name: words for name, words in meanings.items() if len(words) > 1} == {}


@pytest.mark.parametrize("names", [*WORDS.values(), LENGTH_KINDS], ids=lambda n: next(iter(n)).name)
def test_longer_spellings_are_tried_first(names) -> None:
    lengths = [len(name) for name, _word in spellings(names)]

    assert lengths == sorted(lengths, reverse=True)
