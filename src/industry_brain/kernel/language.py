"""Names in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language


def localised(chinese: str, english: str) -> str:
    """Give the name in the active language, or the one there is."""
    prefers_chinese = (get_language() or "zh").startswith("zh")
    first, second = (chinese, english) if prefers_chinese else (english, chinese)
    return first or second
