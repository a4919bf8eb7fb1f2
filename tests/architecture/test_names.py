"""A page has one name: its view, its address and its template share it."""

import ast
import re
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PLATFORM, contexts, modules, nothing, tree


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


def in_small_letters(name: str) -> str:
    """The words of a name as functions write them."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def name_of(entry: URLPattern) -> str:
    """The name of the view behind an address, function or class."""
    view = getattr(entry.callback, "view_class", entry.callback)
    return in_small_letters(view.__name__)


def test_every_page_is_named_like_its_view() -> None:
    nothing(
        (f"{space}:{entry.name}", name_of(entry))
        for space, entry in pages()
        if entry.callback.__module__.startswith("industry_brain.") and name_of(entry) != entry.name
    )


def test_every_view_belongs_to_the_context_it_is_named_after() -> None:
    strangers = [
        (f"{space}:{entry.name}", entry.callback.__module__)
        for space, entry in pages()
        if entry.callback.__module__.startswith("industry_brain.")
        and entry.callback.__module__.split(".")[1] != space
    ]

    nothing(strangers)


def shown_by(context: str) -> dict[str, set[str]]:
    """Which functions of a context's views name which of its templates."""
    found: dict[str, set[str]] = {}
    for path in modules(PLATFORM / context):
        for node in tree(path).body if "views" in (path.stem, path.parent.name) else []:
            for text in ast.walk(node):
                literal = text.value if isinstance(text, ast.Constant) else None
                match = re.fullmatch(rf"{context}/(\w+)\.html(#.*)?", str(literal))
                if match and isinstance(node, ast.FunctionDef | ast.ClassDef):
                    found.setdefault(match[1], set()).add(in_small_letters(node.name))
    return found


def included_or_extended() -> set[str]:
    """The templates that other templates name."""
    texts = (path.read_text(encoding="utf-8") for path in PLATFORM.rglob("templates/**/*.html"))
    return {name for text in texts for name in re.findall(r"""["']([\w/]+)\.html""", text)}


def test_a_template_of_one_view_is_named_like_it_and_none_is_forgotten() -> None:
    parts = included_or_extended()
    misnamed = []
    for context in contexts():
        shown = shown_by(context)
        for path in (PLATFORM / context / "templates" / context).glob("*.html"):
            views = {view for view in shown.get(path.stem, set()) if not view.startswith("_")}
            is_shared = len(shown.get(path.stem, set())) != len(views) or len(views) > 1
            if path.stem not in views and not is_shared and f"{context}/{path.stem}" not in parts:
                misnamed.append(f"{context}/{path.name} is shown by {sorted(views) or 'nothing'}")

    nothing(misnamed)
