"""Write a specification in its canonical Chinese or English words, which `read` reads back unchanged."""

from __future__ import annotations

from decimal import Decimal

from brain_engines.specs.grades import is_carbon_number
from brain_engines.specs.names import spelled
from brain_engines.specs.problem import Form, Length, LengthKind, Section, Specification


def describe(specification: Specification, language: str = "zh") -> str:
    """Name a specification in ``zh`` or ``en``, every stated field in a fixed order.

    >>> from brain_engines.specs.read import read
    >>> describe(read("ø50mm GCR15圆棒 热轧 GB/T18254-2016").specification)
    'GCr15 圆钢 φ50 热轧 GB/T 18254-2016'
    """
    grade = specification.grade
    words = [specification.condition, specification.treatment, specification.surface, specification.quality]
    parts = [
        f"{grade}#" if is_carbon_number(grade) else grade,
        spelled(specification.form, language),
        section_text(specification.form, specification.section),
        length_text(specification.length, language) if specification.length else "",
        *(spelled(word, language) for word in words if word is not None),
        "+".join(spelled(step, language) for step in specification.process),
        spelled(specification.weighing, language) if specification.weighing else "",
        specification.standard or "",
        specification.dimension_standard or "",
    ]
    return " ".join(part for part in parts if part)


def millimetres(size: int) -> str:
    """Write micrometres as millimetres without trailing zeros.

    >>> millimetres(32_500), millimetres(6_000_000)
    ('32.5', '6000')
    """
    return _plain(Decimal(size) / 1_000)


def section_text(form: Form, section: Section) -> str:
    """Write a section the way the trade does: φ50, φ60×8, □50, 20×100."""
    sizes = {name: millimetres(size) for name, size in section.sizes().items()}
    if form is Form.TUBE:
        return f"φ{sizes['diameter']}×{sizes['wall']}"
    if form is Form.RING:
        return f"φ{sizes['diameter']}×φ{sizes['bore']}×{sizes['height']}"
    if form is Form.SQUARE_BAR:
        return f"□{sizes['side']}"
    if form is Form.HEX_BAR:
        return f"S{sizes['side']}"
    if "diameter" in sizes:
        return f"φ{sizes['diameter']}"
    return f"{sizes['thickness']}×{sizes['width']}" if "width" in sizes else f"δ{sizes['thickness']}"


def length_text(length: Length, language: str = "zh") -> str:
    """Write a length: 定尺6m, 4-6m, 不定尺 4-6m."""
    if length.minimum is None or length.maximum is None:
        return spelled(length.kind, language)
    size = _plain(Decimal(length.minimum) / 1_000_000)
    if length.kind is LengthKind.RANGE or length.minimum != length.maximum:
        size = f"{size}-{_plain(Decimal(length.maximum) / 1_000_000)}"
    size += "m"
    if length.kind is LengthKind.RANGE:
        return f"长{size}" if language == "zh" else f"length range {size}"
    gap = "" if language == "zh" else " "
    return f"{spelled(length.kind, language)}{gap}{size}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
