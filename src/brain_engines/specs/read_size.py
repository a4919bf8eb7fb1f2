"""Reads sizes: finds groups of numbers such as φ60×8, 外径60 壁厚8, □50, and decides which is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import (
    Field,
    Form,
    How,
    Kind,
    Length,
    LengthKind,
    Option,
    Span,
    SpecificationError,
)
from brain_engines.specs.questions import NOTE, form_options, question
from brain_engines.specs.read_length import NUMBER, UNIT, micrometres, note_length
from brain_engines.specs.standards import known
from brain_engines.specs.text import CLAIMED

_ROLES: Final = {
    "φ": "diameter",
    "直径": "diameter",
    "外径": "diameter",
    "od": "diameter",
    "dia": "diameter",
    "d": "diameter",
    "壁厚": "wall",
    "wt": "wall",
    "内径": "bore",
    "厚度": "thickness",
    "厚": "thickness",
    "δ": "thickness",
    "宽度": "width",
    "宽": "width",
    "□": "side",
    "边长": "side",
    "对边": "flats",
    "s": "flats",
    "高": "height",
    "规格": "size",
    "尺寸": "size",
}
_ORDER: Final = ("diameter", "thickness", "side", "flats", "wall", "bore", "width", "height", "size")
_SIGN: Final = (
    r"(?:φ|直径|外径|内径|壁厚|厚度|厚|宽度|宽|边长|对边|高|□|δ"
    r"|(?:规格|尺寸)(?!\s*[:=为]?\s*(?:φ|□|δ|[直外内]径|d|od))"
    r"|(?<![A-Za-z])(?:od|wt|dia\.?|[ds](?=\s*[:=]?\s*[0-9])))"
)
_TIMES: Final = r"\s*[×x*]\s*"
_FIRST: Final = rf"(?:(?P<sign>{_SIGN})\s*[:=为]?\s*φ?\s*|(?<![0-9A-Za-z.#])(?<![0-9]-))"
_GROUP: Final = re.compile(
    rf"{_FIRST}(?P<values>{NUMBER}\s*(?:{UNIT}|(?=x)(?!x[a-z]))?"
    rf"(?:{_TIMES}(?:φ|l\s*=?|长)?\s*{NUMBER}\s*(?:{UNIT})?){{0,3}})(?![0-9A-Za-z#])(?P<tail>\s*(?:厚|宽|方)(?![0-9]))?",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(
    rf"(?P<mark>φ)?\s*(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>{UNIT})?", re.IGNORECASE
)
_AND_MORE: Final = re.compile(
    rf"(?:\s*(?:[-~/、,]|至|到|和)\s*φ?\s*{NUMBER}\s*(?:mm|毫米)?(?![0-9A-Za-z×*#])){{1,30}}", re.IGNORECASE
)
#: The only diameters from which on nothing but bar is sold without a further word.
_SURELY_BAR: Final = 14_000


@dataclass(frozen=True)
class Size:
    """A number of a group: as written, its unit, whether a φ stands before it."""

    number: str
    unit: str | None = None
    marked: bool = False

    @property
    def millimetres(self) -> Decimal:
        """The number as millimetres, taking a missing unit for millimetres."""
        return Decimal(micrometres(self.number, self.unit or "mm")) / 1_000

    @property
    def is_length(self) -> bool:
        """Whether it can only be a length: metres, or a metre and more in millimetres."""
        return (self.unit or "").lower() in ("m", "米") or self.millimetres >= 1_000


@dataclass(frozen=True)
class Group:
    """Numbers that belong together, with the role of the first, from one place of the text."""

    role: str | None
    sizes: tuple[Size, ...]
    written: str
    spans: tuple[Span, ...]
    confidence: int
    metres: bool = False  # a person said that the last number is metres
    roles: tuple[str, ...] = ()

    @property
    def what(self) -> tuple[object, ...]:
        """What the group says, without where and how it is written."""
        return (self.role, tuple(size.millimetres for size in self.sizes))


def parse_group(text: str) -> Group | None:
    """Read a group typed by a person, such as ``60×8`` or ``φ50``."""
    match = _GROUP.search(text.replace("×", "×"))
    return _group(match, (), 100) if match else None


def find_group(notebook: Notebook) -> Group | None:
    """Find the size in the text and claim it; several sizes or lone numbers become questions."""
    groups = []
    lonely = []
    for match in notebook.page.finds(_GROUP):
        if notebook.page.left[match.start()] == CLAIMED:
            continue  # part of a list that began further left
        group = _group(match, (notebook.page.span(match.start(), match.end()),), 98)
        if group.role is None and _goes_on(notebook, match):
            group = replace(group, role="size")
        if group.role or len(group.sizes) > 1:
            notebook.page.claim_match(match)
            groups.append(_with_more(notebook, match, group))
        else:
            lonely.append((match, group))
    known_groups = [group for group in groups if group is not None]
    chosen = _choose(notebook, known_groups) if len(known_groups) == len(groups) else None
    if chosen is None and not groups:
        chosen = _beside_form(notebook, lonely)
    return _ask_about_numbers(notebook, chosen, has_size=bool(groups) or chosen is not None)


def _group(match: re.Match[str], spans: tuple[Span, ...], confidence: int) -> Group:
    sign = (match["sign"] or "").lower().rstrip(".")
    role = _ROLES.get(sign)
    tail = (match["tail"] or "").strip()
    if role is None and tail:
        role = {"厚": "thickness", "宽": "width", "方": "side"}[tail]
    sizes = tuple(
        Size(value["number"], value["unit"], bool(value["mark"]))
        for value in _VALUE.finditer(match["values"])
    )
    return Group(role, sizes, match.group().strip(), spans, confidence)


def _goes_on(notebook: Notebook, match: re.Match[str]) -> bool:
    """Say whether a lone number begins a range (圆钢 50-60mm) in a line that names a form."""
    more = _AND_MORE.match(notebook.page.left, match.end())
    return more is not None and more.group().strip()[0] in "-~至到" and Field.FORM in notebook.readings


def _with_more(notebook: Notebook, match: re.Match[str], group: Group) -> Group | None:
    """Ask which size is meant where the text goes on, as in φ20-30 or φ50/60."""
    more = _AND_MORE.match(notebook.page.left, match.end())
    if more is None or group.role is None or len(group.sizes) > 1:
        return group
    written = match.group() + more.group()
    span = notebook.page.span(match.start(), more.end())
    notebook.page.claim(match.end(), more.end())
    numbers = list(dict.fromkeys([group.sizes[0].number, *re.findall(r"[0-9.]+", more.group())]))
    options = [Option(number, f"{number} 毫米", f"{number} mm") for number in numbers]
    asked = question(
        "sizes_several", written.strip(), options=options, typed=True, spans=[span], found=written.strip()
    )
    key = notebook.ask(asked)
    if key is None:
        return None
    return _typed(key, group.role, span)


def _typed(key: str, role: str | None, span: Span | None) -> Group:
    group = parse_group(key)
    if group is None:
        raise SpecificationError(
            f"“{key}” is not a size. Type numbers in millimetres, for example 50 or 60×8.",
            code="size_unreadable",
            key=key,
        )
    return Group(group.role or role, group.sizes, key, (span,) if span else (), 100)


def _choose(notebook: Notebook, groups: list[Group]) -> Group | None:
    if not groups:
        return None
    singles = [group for group in groups if len(group.sizes) == 1]
    roles = [group.role for group in singles]
    if len(groups) == len(singles) == len(set(roles)) > 1:
        return _joined(singles)
    different = {group.what: group for group in groups}
    if len(different) > 1:
        names = "; ".join(group.written for group in different.values())
        options = [
            Option(str(place), group.written, group.written)
            for place, group in enumerate(different.values(), 1)
        ]
        spans = [span for group in groups for span in group.spans]
        key = notebook.ask(question("sizes_several", names, options=options, spans=spans, found=names))
        return list(different.values())[int(key) - 1] if key else None
    first = groups[0]
    return Group(
        first.role, first.sizes, first.written, tuple(span for group in groups for span in group.spans), 98
    )


def _joined(singles: list[Group]) -> Group:
    """Put sizes named one by one (外径60 壁厚8) in the usual order."""
    ordered = sorted(singles, key=lambda group: _ORDER.index(group.role or "height"))
    return Group(
        role=ordered[0].role,
        sizes=tuple(group.sizes[0] for group in ordered),
        written=" ".join(group.written for group in ordered),
        spans=tuple(span for group in ordered for span in group.spans),
        confidence=98,
        roles=tuple(group.role or "" for group in ordered),
    )


def _beside_form(notebook: Notebook, lonely: list[tuple[re.Match[str], Group]]) -> Group | None:
    """Take the number right beside the form (圆 80, 50圆钢) for its size."""
    reading = notebook.readings.get(Field.FORM)
    if reading is None or reading.how is not How.WRITTEN:
        return None
    beside = [
        (match, group)
        for match, group in lonely
        if notebook.page.touches(match.start(), match.end(), reading.spans) and not group.sizes[0].is_length
    ]
    if len(beside) != 1:
        return None
    match, group = beside[0]
    notebook.page.claim_match(match)
    return Group(group.role, group.sizes, group.written, group.spans, 88 if group.sizes[0].unit else 80)


def _ask_about_numbers(notebook: Notebook, chosen: Group | None, *, has_size: bool) -> Group | None:
    """Ask about every number that nobody understood; in a line without size it may be the size."""
    for match in notebook.page.finds(_GROUP):
        group = _group(match, (notebook.page.span(match.start(), match.end()),), 100)
        number = group.sizes[0].number
        options = _meanings(group, may_be_size=not has_size)
        key = notebook.ask(question("number_unclear", group.written, options=options, spans=group.spans))
        if key == "size":
            notebook.page.claim_match(match)
            role = "diameter" if Field.FORM in notebook.readings else None
            chosen, has_size = Group(role, group.sizes, group.written, group.spans, 100), True
        elif key == "tonnes":
            notebook.page.set_aside(match, Kind.QUANTITY, int(Decimal(number) * 1_000_000))
        elif key == "metres":
            notebook.page.claim_match(match)
            size = micrometres(number, "m")
            note_length(notebook, Length(LengthKind.FIXED, size, size), 100, group.spans, How.ANSWERED)
        elif key == NOTE.key:
            notebook.page.set_aside(match, Kind.NOTE)
    return chosen


def _meanings(group: Group, *, may_be_size: bool) -> list[Option]:
    """Return what a lone number can mean."""
    number, unit = group.sizes[0].number, group.sizes[0].unit or "mm"
    if group.sizes[0].millimetres <= 0:
        return [NOTE]
    size = [Option("size", f"规格 {number} {unit}", f"size {number} {unit}")] if may_be_size else []
    tonnes = Option("tonnes", f"{number} 吨", f"{number} tonnes")
    return [*size, tonnes, Option("metres", f"长度 {number} 米", f"{number} m long"), NOTE]


def ask_for_size(notebook: Notebook) -> Group | None:
    """Ask for the size of a line that has none."""
    key = notebook.ask(question("size_missing", typed=True))
    return None if key is None else _typed(key, "diameter", None)


def form_from(notebook: Notebook, group: Group) -> tuple[Form | None, Group]:
    """Return the form: as written, as the standard or the size implies, or as a person says."""
    written = notebook.value(Field.FORM)
    if isinstance(written, Form):
        return written, group
    standard = notebook.readings.get(Field.STANDARD) or notebook.readings.get(Field.DIMENSION_STANDARD)
    entry = known(str(standard.value)) if standard else None
    if standard is not None and entry is not None and entry.form is not None:
        notebook.note(Field.FORM, entry.form, 90, standard.spans, How.IMPLIED)
        return entry.form, group
    form, options = _implied(group)
    if form is not None:
        notebook.note(Field.FORM, form, 85, group.spans, How.IMPLIED)
        return form, group
    code = "form_of_two_sizes" if options == (Form.ROUND_BAR, Form.TUBE) else "form_missing"
    key = notebook.ask(question(code, group.written, options=form_options(options), spans=group.spans))
    if key is None:
        return None, group
    notebook.note(Field.FORM, Form(key), 100, group.spans, How.ANSWERED)
    metres = code == "form_of_two_sizes" and Form(key) is Form.ROUND_BAR and group.sizes[1].millimetres <= 15
    return Form(key), Group(
        group.role, group.sizes, group.written, group.spans, group.confidence, metres, group.roles
    )


def _implied(group: Group) -> tuple[Form | None, tuple[Form, ...]]:
    """Return the only form that a group can be, or the forms to ask about."""
    simple = {"side": Form.SQUARE_BAR, "flats": Form.HEX_BAR}.get(group.role or "")
    if simple is not None:
        return simple, ()
    if group.roles[:2] == ("diameter", "wall"):
        return Form.TUBE, ()
    if group.role != "diameter":
        thin = group.role == "thickness"
        return None, (Form.FLAT_BAR, Form.PLATE, Form.STRIP) if thin else tuple(Form)
    return _implied_by_diameter(group)


def _implied_by_diameter(group: Group) -> tuple[Form | None, tuple[Form, ...]]:
    first, *rest = (size.millimetres for size in group.sizes)
    if not rest or (len(rest) == 1 and group.sizes[1].is_length):
        if first * 1_000 >= _SURELY_BAR:
            return Form.ROUND_BAR, ()
        return None, (Form.ROUND_BAR, Form.WIRE_ROD, Form.WIRE)
    thin = rest[0] * 2 < first and not group.sizes[1].marked
    if thin and len(rest) == 1:
        return None, (Form.ROUND_BAR, Form.TUBE)
    if thin and len(rest) == 2 and group.sizes[2].is_length:
        return Form.TUBE, ()
    return None, (Form.ROUND_BAR, Form.TUBE, Form.RING)
