import pytest
from django.utils import translation

from industry_brain.kernel.language import localised


@pytest.mark.parametrize(
    ("language", "chinese", "english", "shown"),
    [
        ("zh-hans", "砚溪", "Yanxi", "砚溪"),
        ("en", "砚溪", "Yanxi", "Yanxi"),
        ("en", "砚溪", "", "砚溪"),
        ("zh-hans", "", "Yanxi", "Yanxi"),
    ],
)
def test_a_name_is_shown_in_the_readers_language_or_as_there_is(
    language: str, chinese: str, english: str, shown: str
) -> None:
    with translation.override(language):
        assert localised(chinese, english) == shown
