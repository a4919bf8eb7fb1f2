import json

import pytest

from industry_brain.kernel.text import is_storable


@pytest.mark.parametrize("text", ["", "钢", "🙂", "a\tb\n", "\u202e"])
def test_real_text_can_be_kept_wherever_it_stands(text: str) -> None:
    assert is_storable(text)
    assert is_storable({text: [text, {"a": text}], "n": [1, None, True]})


@pytest.mark.parametrize("said", ['"\\u0000"', '"a\\ud800"', '["\\udfff"]', '{"a": {"\\u0000": 1}}'])
def test_half_a_sign_and_nul_cannot(said: str) -> None:
    assert not is_storable(json.loads(said))
