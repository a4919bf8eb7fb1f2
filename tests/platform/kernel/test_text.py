import json

import pytest

from industry_brain.kernel.text import is_storable, search_words


@pytest.mark.parametrize("text", ["", "钢", "🙂", "a\tb\n", "\u202e"])
def test_real_text_can_be_kept_wherever_it_stands(text: str) -> None:
    assert is_storable(text)
    assert is_storable({text: [text, {"a": text}], "n": [1, None, True]})


@pytest.mark.parametrize("said", ['"\\u0000"', '"a\\ud800"', '["\\udfff"]', '{"a": {"\\u0000": 1}}'])
def test_half_a_sign_and_nul_cannot(said: str) -> None:
    assert not is_storable(json.loads(said))


def test_a_search_takes_so_many_words_as_somebody_types_by_hand() -> None:
    assert search_words(" GCr15　圆钢\tΦ50 ") == ["GCr15", "圆钢", "Φ50"]
    assert search_words("a " * 1500) == ["a"] * 8
    assert search_words("b" * 5000) == ["b" * 100]
