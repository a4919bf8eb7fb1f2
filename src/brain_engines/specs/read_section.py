"""Turns a group of numbers into the section (and length) of a form, within what mills make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from brain_engines.specs.notebook import Notebook
from brain_engines.specs.problem import SIZE_NAMES, Field, Form, How, Length, LengthKind, Option, Section
from brain_engines.specs.questions import KEEP, question
from brain_engines.specs.read_length import length_of, micrometres, note_length
from brain_engines.specs.read_size import Group, Size, parse_group

#: What mills make, in millimetres, by the first size of a form (GB/T 702, 908, 905, 17395, 14981, 709).
RANGES: Final[Mapping[Form, tuple[str, Decimal, Decimal]]] = {
    Form.ROUND_BAR: ("diameter", Decimal(3), Decimal(1_300)),
    Form.WIRE_ROD: ("diameter", Decimal(5), Decimal(60)),
    Form.WIRE: ("diameter", Decimal("0.1"), Decimal(20)),
    Form.TUBE: ("diameter", Decimal(4), Decimal(1_200)),
    Form.SQUARE_BAR: ("side", Decimal(3), Decimal(650)),
    Form.HEX_BAR: ("side", Decimal(3), Decimal(250)),
    Form.FLAT_BAR: ("thickness", Decimal(2), Decimal(300)),
    Form.PLATE: ("thickness", Decimal("0.3"), Decimal(450)),
    Form.STRIP: ("thickness", Decimal("0.05"), Decimal(26)),
    Form.RING: ("diameter", Decimal(30), Decimal(12_000)),
}
_EXAMPLES: Final[Mapping[Form, str]] = {
    Form.TUBE: "60×8",
    Form.FLAT_BAR: "20×100",
    Form.RING: "φ500×φ300×120",
    Form.PLATE: "20×1500",
    Form.STRIP: "3×1250",
}
_CROSS: Final[Mapping[Form, tuple[str, ...]]] = {
    Form.TUBE: ("diameter", "wall"),
    Form.FLAT_BAR: ("thickness", "width"),
    Form.PLATE: ("thickness", "width"),
    Form.STRIP: ("thickness", "width"),
    Form.RING: ("diameter", "bore", "height"),
    Form.SQUARE_BAR: ("side",),
    Form.HEX_BAR: ("side",),
}


def read_section(notebook: Notebook, form: Form, group: Group) -> None:
    """Note section and length of a form, or ask what does not fit."""
    completed = _complete(notebook, form, group)
    if completed is None:
        return
    group = completed
    sizes = list(group.sizes)
    names = _CROSS.get(form, ("diameter",))
    if form is Form.SQUARE_BAR and len(sizes) > 1 and sizes[0].millimetres == sizes[1].millimetres:
        del sizes[1]
    cross, rest = sizes[: len(names)], sizes[len(names) :]
    section = _section(notebook, form, names, cross, group)
    if (
        section is None
        or len(rest) > 1
        or any(size.millimetres <= 0 for size in rest)
        or not _plausible(form, section)
    ):
        if notebook.question is None:
            _ask_again(notebook, form, group)
        return
    if not _within_range(notebook, form, section, group):
        return
    how = How.ANSWERED if group.confidence == 100 else How.WRITTEN
    notebook.note(Field.SECTION, section, group.confidence, group.spans, how)
    if rest:
        _note_rest(notebook, rest[0], group)


def _complete(notebook: Notebook, form: Form, group: Group) -> Group | None:
    """Ask for the wall of a tube that has only a diameter; turn a bore into a wall."""
    if form is not Form.TUBE:
        return group
    if len(group.sizes) == 1 or (len(group.sizes) == 2 and group.sizes[1].is_length):
        key = notebook.ask(question("wall_missing", group.written, typed=True, spans=group.spans))
        typed = parse_group(key) if key else None
        if typed is None:
            return None
        return replace(group, sizes=(group.sizes[0], typed.sizes[0], *group.sizes[1:]), roles=())
    if group.roles[:2] == ("diameter", "bore") or group.sizes[1].marked:
        wall = (group.sizes[0].millimetres - group.sizes[1].millimetres) / 2
        sizes = (group.sizes[0], Size(f"{wall:f}"), *group.sizes[2:])
        return replace(group, sizes=sizes, roles=()) if wall > 0 else group
    return group


def _section(
    notebook: Notebook, form: Form, names: tuple[str, ...], cross: list[Size], group: Group
) -> Section | None:
    needed = 1 if form in (Form.PLATE, Form.STRIP) else len(names)
    if len(cross) < needed:
        return None
    found: dict[str, int] = {}
    for name, size in zip(names, cross, strict=False):
        value = _micrometres(notebook, size, group)
        if value is None:
            return None
        found[name] = value
    if form is Form.FLAT_BAR:
        found["thickness"], found["width"] = sorted(found.values())
    return Section(**{name: found.get(name) for name in SIZE_NAMES})


def _micrometres(notebook: Notebook, size: Size, group: Group) -> int | None:
    unit = (size.unit or "mm").lower()
    if unit in ("mm", "毫米"):
        return micrometres(size.number, "mm")
    short = "cm" if unit in ("cm", "厘米") else "m"
    chinese = "厘米" if short == "cm" else "米"
    options = (
        Option("mm", f"{size.number} 毫米", f"{size.number} mm"),
        Option(short, f"{size.number} {chinese}", f"{size.number} {short}"),
    )
    key = notebook.ask(question("size_unit", group.written, options=options, spans=group.spans, unit=short))
    return micrometres(size.number, key) if key else None


def _plausible(form: Form, section: Section) -> bool:
    sizes = section.sizes()
    if min(sizes.values()) <= 0:
        return False
    if form is Form.TUBE:
        return 2 * sizes["wall"] < sizes["diameter"]
    if form is Form.RING:
        return sizes["bore"] < sizes["diameter"]
    if form in (Form.PLATE, Form.STRIP) and "width" in sizes:
        return sizes["thickness"] < sizes["width"]
    return True


def _ask_again(notebook: Notebook, form: Form, group: Group) -> None:
    example = _EXAMPLES.get(form, "50")
    asked = question(
        "sizes_unclear", group.written, typed=True, spans=group.spans, form=form.value, example=example
    )
    key = notebook.ask(asked)
    typed = parse_group(key) if key else None
    if typed is not None and typed.sizes != group.sizes:
        again = replace(group, sizes=typed.sizes, written=key or "", confidence=100, roles=())
        read_section(notebook, form, again)
    elif key is not None:
        # The person's sizes do not fit either: ask again, about what was typed.
        notebook.question = notebook.question or replace(asked, subject=key)


def _within_range(notebook: Notebook, form: Form, section: Section, group: Group) -> bool:
    name, low, high = RANGES[form]
    size = Decimal(section.sizes()[name]) / 1_000
    if low <= size <= high:
        return True
    asked = question(
        "size_out_of_range",
        group.written,
        options=(KEEP,),
        typed=True,
        spans=group.spans,
        form=form.value,
        low=str(low),
        high=str(high),
    )
    key = notebook.ask(asked)
    if key is None:
        return False
    typed = parse_group(key)
    if key == KEEP.key or typed is None:
        return key == KEEP.key
    read_section(notebook, form, replace(group, sizes=typed.sizes, written=key, confidence=100, roles=()))
    return False


def _note_rest(notebook: Notebook, rest: Size, group: Group) -> None:
    unit = "m" if group.metres and rest.unit is None else rest.unit
    size = length_of(notebook, rest.number, unit, group.written, group.spans)
    if size is None or Field.LENGTH in notebook.readings:
        if size is not None:
            _ask_which_length(notebook, size, group)
        return
    how = How.ANSWERED if group.metres else How.WRITTEN
    note_length(notebook, Length(LengthKind.FIXED, size, size), min(group.confidence, 95), group.spans, how)


def _ask_which_length(notebook: Notebook, size: int, group: Group) -> None:
    reading = notebook.readings[Field.LENGTH]
    other = Length(LengthKind.FIXED, size, size)
    if reading.value == other or not isinstance(reading.value, Length):
        return
    written = notebook.written(reading.spans, f"{Decimal(reading.value.minimum or 0) / 1_000_000:f} m")
    names = f"{written}, {group.written}"
    options = (Option("1", written, written), Option("2", group.written, group.written))
    key = notebook.ask(question("lengths_several", names, options=options, spans=group.spans, found=names))
    if key == "2":
        notebook.note(Field.LENGTH, other, 100, group.spans, How.ANSWERED)


def section_from(form: Form, written: str) -> Section | None:
    """Return the section of a form written by itself, such as φ60×8; ``None`` when it does not fit.

    >>> section_from(Form.TUBE, "φ60×8").wall
    8000
    >>> section_from(Form.TUBE, "φ60") is None
    True
    """
    notebook = Notebook(written, ())
    group = parse_group(written)
    if group is not None:
        read_section(notebook, form, group)
    section = notebook.value(Field.SECTION)
    return section if isinstance(section, Section) and notebook.question is None else None
