"""A page has one name: its view, its address and its template share it."""

import inspect
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PLATFORM, contexts, nothing


def patterns(resolver: URLResolver, namespace: str = "") -> list[tuple[str, URLPattern]]:
    """List every address with the namespace it lives in."""
    found: list[tuple[str, URLPattern]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found.extend(patterns(entry, entry.namespace or namespace))
        else:
            found.append((namespace, entry))
    return found


@cache
def pages() -> list[tuple[str, URLPattern]]:
    """List the addresses of the contexts."""
    return [(space, entry) for space, entry in patterns(get_resolver()) if space in contexts()]


def test_there_are_pages_to_look_at() -> None:
    assert len(pages()) > 10


def test_every_page_is_named_like_its_view() -> None:
    strangers = [
        (f"{space}:{entry.name}", entry.callback.__name__)
        for space, entry in pages()
        if inspect.isfunction(entry.callback) and entry.callback.__name__ != entry.name
    ]

    nothing(strangers)


def test_every_view_belongs_to_the_context_it_is_named_after() -> None:
    strangers = [
        (f"{space}:{entry.name}", entry.callback.__module__)
        for space, entry in pages()
        if entry.callback.__module__.startswith("industry_brain.")
        and entry.callback.__module__.split(".")[1] != space
    ]

    nothing(strangers)


def test_every_page_template_is_named_like_a_view() -> None:
    names = {(space, entry.name) for space, entry in pages()}
    templates = {
        (context, path.stem)
        for context in contexts()
        for path in (PLATFORM / context / "templates" / context).glob("*.html")
        if not path.stem.startswith("_")
    }

    nothing(sorted(templates - names))
