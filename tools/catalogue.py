"""The Chinese messages: one fragment for each context, compiled into one catalogue.

``python -m tools.catalogue``            merges ``locale/fragments/*.zh.po`` into one ``django.po``, ``.mo``
``python -m tools.catalogue --check``    fails on messages that are missing, empty, fuzzy, unused, given twice
differently, or whose placeholders differ, and on a ``%`` inside ``{% trans %}``
``python -m tools.catalogue --missing``  prints the missing entries as a fragment to fill in

GNU gettext is not needed: Babel reads and writes the files, Django reads its own templates.
"""

from __future__ import annotations

import argparse
import io
import re
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from django.conf import settings
from django.template.base import DebugLexer, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PLATFORM = ROOT / "src" / "industry_brain"
FRAGMENTS = PLATFORM / "locale" / "fragments"
COMPILED = PLATFORM / "locale" / "zh_Hans" / "LC_MESSAGES"
OVERRIDES = "overrides Django"  # a translator's comment: the message id is one of Django's own

KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TRANSLATED_TAG = re.compile(r"""^(?:trans|translate)\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""", re.DOTALL)
PERCENT_FIELD = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[diouxXeEfFgGcrsa]")

Key = tuple[str, str]  # context and message id, both "" where there is none


@dataclass(frozen=True)
class Use:
    """A message as the source uses it."""

    key: Key
    plural: str
    place: str

    @property
    def context(self) -> str:
        """Return the platform context (the folder below ``industry_brain``) that shows it."""
        return self.place.split("/")[2]


def main(arguments: list[str]) -> int:
    """Compile, check or list, as the arguments say; the status is 1 when the check fails."""
    parser = argparse.ArgumentParser(prog="catalogue", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare the fragments with the source")
    parser.add_argument("--missing", action="store_true", help="print missing entries as a fragment")
    chosen = parser.parse_args(arguments)
    entries, problems = read_fragments(sorted(FRAGMENTS.glob("*.zh.po")))
    if not (chosen.check or chosen.missing):
        for problem in problems:
            print(problem, file=sys.stderr)
        compile_catalogue(entries)
        print(f"{len(entries)} Chinese messages compiled.")
        return 0
    uses, badly_written = read_source(PLATFORM)
    if chosen.missing:
        print(missing_entries(uses, entries), end="")
        return 0
    problems = [*badly_written, *problems, *compare(uses, entries)]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(uses)} messages in the source, {len(entries)} in Chinese, {len(problems)} problems.")
    return 1 if problems else 0


def read_fragments(paths: Iterable[Path]) -> tuple[dict[Key, Message], list[str]]:
    """Read all fragments; of a message given twice the first stays, and a difference is a problem."""
    entries: dict[Key, Message] = {}
    problems: list[str] = []
    for path in paths:
        for message in _read_fragment(path):
            key = _key(message)
            place = f"{path.name}:{message.lineno or 0}"
            if key in entries and entries[key].string != message.string:
                first = entries[key].string
                problems.append(f"{place}: {key[1]!r} is {message.string!r} here and {first!r} elsewhere")
            message.locations = [(path.name, message.lineno or 0)]
            entries.setdefault(key, message)
    return entries, problems


def compile_catalogue(entries: dict[Key, Message]) -> None:
    """Write the merged ``.po`` (for reading) and ``.mo`` (for Django)."""
    catalogue = Catalog(locale="zh_Hans", project="industry-brain", fuzzy=False)
    for message in entries.values():
        if not message.fuzzy and _translated(message):
            catalogue.add(message.id, message.string, context=message.context)
    COMPILED.mkdir(parents=True, exist_ok=True)
    with (COMPILED / "django.po").open("wb") as readable:
        pofile.write_po(readable, catalogue, sort_output=True, width=0)
    with (COMPILED / "django.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


def read_source(root: Path) -> tuple[dict[Key, Use], list[str]]:
    """Collect every message of Python files and templates below a folder, and what is badly written."""
    if not settings.configured:
        settings.configure()  # reading a template asks Django for its syntax settings
    uses: dict[Key, Use] = {}
    problems: list[str] = []
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        if {"static", "ssr", "node_modules"} & set(path.relative_to(root).parts):
            continue
        place = path.relative_to(root.parents[1]).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            problems.extend(_percent_in_trans(text, place))
            text = templatize(text, origin=place)
        for use in _messages(text, place):
            uses.setdefault(use.key, use)
    return uses, problems


def compare(uses: dict[Key, Use], entries: dict[Key, Message]) -> Iterator[str]:
    """Yield a sentence for each message on which source and fragments disagree."""
    for key, use in uses.items():
        entry = entries.get(key)
        if entry is None:
            yield f"{use.place}: {_shown(key)} has no Chinese (fragment {use.context}.zh.po)"
        else:
            yield from _faults(use, entry)
    for key, entry in entries.items():
        if key not in uses and OVERRIDES not in " ".join([*entry.user_comments, *entry.auto_comments]):
            file, line = entry.locations[0]
            yield f"{file}:{line}: {_shown(key)} is used nowhere"


def missing_entries(uses: dict[Key, Use], entries: dict[Key, Message]) -> str:
    """Return the messages without Chinese as a fragment, context by context."""
    lines: list[str] = []
    for use in sorted((use for key, use in uses.items() if key not in entries), key=lambda use: use.place):
        catalogue = Catalog(locale="zh_Hans")
        catalogue.add((use.key[1], use.plural) if use.plural else use.key[1], context=use.key[0] or None)
        written = io.BytesIO()
        pofile.write_po(written, catalogue, omit_header=True, width=0)
        lines.append(f"# {use.place}\n{written.getvalue().decode('utf-8').strip()}\n\n")
    return "".join(lines)


def _read_fragment(path: Path) -> list[Message]:
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, locale="zh_Hans", abort_invalid=True)
    return [message for message in catalogue if message.id]


def _messages(source: str, place: str) -> Iterator[Use]:
    found = extract_python(io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for line, called, given, _comments in found:
        name, texts = str(called), given if isinstance(given, tuple) else (given,)
        spots = [spot if isinstance(spot, int) else spot[0] for spot in KEYWORDS[name] or ()]
        if len(texts) < max(spots) or any(not isinstance(texts[spot - 1], str) for spot in spots):
            continue  # not a literal: somebody passes a message on
        wanted = [str(texts[spot - 1]) for spot in spots]
        context = wanted.pop(0) if name.startswith(("pgettext", "npgettext")) else ""
        if wanted[0]:
            plural = wanted[1] if len(wanted) > 1 else ""
            yield Use((context, wanted[0]), plural, f"{place}:{line}")


def _percent_in_trans(text: str, place: str) -> Iterator[str]:
    for token in DebugLexer(text).tokenize():
        match = TRANSLATED_TAG.match(token.contents) if token.token_type == TokenType.BLOCK else None
        if match and "%" in match["text"]:
            yield f"{place}:{token.lineno}: a % inside trans never finds its Chinese; use blocktrans"


def _faults(use: Use, entry: Message) -> Iterator[str]:
    file, line = entry.locations[0]
    place = f"{file}:{line}"
    if entry.fuzzy:
        yield f"{place}: {_shown(use.key)} is marked fuzzy"
    if not _translated(entry):
        yield f"{place}: {_shown(use.key)} is empty"
        return
    if bool(use.plural) != isinstance(entry.id, tuple | list):
        yield f"{place}: {_shown(use.key)} is {'plural' if use.plural else 'not plural'} in {use.place}"
        return
    for translated in _strings(entry):
        wanted, found = fields_of(use.plural or use.key[1]), fields_of(translated)
        if wanted != found:
            yield f"{place}: {_shown(use.key)} has {sorted(wanted)}, its Chinese {sorted(found)}"


def fields_of(text: str) -> frozenset[str]:
    """Name the placeholders of a message, ``{name:…}`` and ``%(name)s`` alike.

    >>> sorted(fields_of("{count} bids on %(round)s close at {deadline:%H:%M}"))
    ['count', 'deadline', 'round']
    """
    names = set(PERCENT_FIELD.findall(text))
    try:
        names |= {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        names.add("(a brace without its partner)")
    return frozenset(names)


def _strings(entry: Message) -> list[str]:
    texts = entry.string if isinstance(entry.string, tuple | list) else [entry.string]
    return [str(text) for text in texts]


def _translated(entry: Message) -> bool:
    return all(text.strip() for text in _strings(entry))


def _key(message: Message) -> Key:
    single = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return (message.context or "", str(single))


def _shown(key: Key) -> str:
    return f"{key[1]!r}" + (f" ({key[0]})" if key[0] else "")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
