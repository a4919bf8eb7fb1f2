"""Text that both databases can keep, and words that they can look for."""

from __future__ import annotations

LONGEST_SEARCH = 100
MOST_WORDS = 8


def search_words(text: str) -> list[str]:
    """Give the words of a search; a query grows with each, so what nobody types by hand is cut off.

    >>> search_words("  GCr15 Φ50 "), len(search_words("a " * 1500))
    (['GCr15', 'Φ50'], 8)
    """
    return text[:LONGEST_SEARCH].split()[:MOST_WORDS]


def is_storable(value: object) -> bool:
    """Whether every text inside a value is real Unicode without NUL, which PostgreSQL refuses to store.

    JSON can say half of a surrogate pair; no encoding can.

    >>> is_storable({"a": ["钢", 1]}), is_storable(["a" + chr(0)]), is_storable({chr(0xD800): 1})
    (True, False, False)
    """
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable(inside) for key, inside in value.items())
    if isinstance(value, list):
        return all(is_storable(inside) for inside in value)
    return True
