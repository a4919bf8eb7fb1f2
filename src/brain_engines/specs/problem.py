"""What a steel specification is, and what reading one can answer.

A line of text goes in; out comes an `Answer`: either a `Specification` or a
`Question` that a person can answer, and in both cases the `readings` (which
piece of text was understood as what, how, and how surely) and the `remainders`
(what the line says besides the material: tonnes, prices, notes, and every
character that was not understood). Spans of readings and remainders together
cover the whole text: nothing that somebody wrote gets lost.

Lengths are whole micrometres (millimetres × 1000), weights whole grams,
prices whole fen, confidences whole percent. There are no floats here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SpecificationError(ValueError):
    """A specification that cannot exist, or a choice that was not offered.

    ``code`` is stable and ``facts`` are what a translated sentence needs.
    """

    def __init__(self, message: str, *, code: str, **facts: str) -> None:
        super().__init__(message)
        self.code = code
        self.facts: Mapping[str, str] = facts


class Form(StrEnum):
    """The shape in which steel is sold."""

    ROUND_BAR = "round_bar"  # 圆钢
    SQUARE_BAR = "square_bar"  # 方钢
    HEX_BAR = "hex_bar"  # 六角钢
    FLAT_BAR = "flat_bar"  # 扁钢
    WIRE_ROD = "wire_rod"  # 盘条, 线材
    WIRE = "wire"  # 钢丝
    TUBE = "tube"  # 钢管
    PLATE = "plate"  # 钢板
    STRIP = "strip"  # 钢带, 卷板
    RING = "ring"  # 环形锻件


class Condition(StrEnum):
    """How the steel was last formed (first half of the delivery condition)."""

    HOT_ROLLED = "hot_rolled"  # 热轧
    FORGED = "forged"  # 锻造
    COLD_DRAWN = "cold_drawn"  # 冷拔, 冷拉
    COLD_ROLLED = "cold_rolled"  # 冷轧
    HOT_EXPANDED = "hot_expanded"  # 热扩


class Treatment(StrEnum):
    """How the steel was heat-treated (second half of the delivery condition)."""

    UNTREATED = "untreated"  # 不退火
    ANNEALED = "annealed"  # 退火
    SPHEROIDISED = "spheroidised"  # 球化退火
    NORMALISED = "normalised"  # 正火
    NORMALISED_TEMPERED = "normalised_tempered"  # 正火加回火
    QUENCHED_TEMPERED = "quenched_tempered"  # 调质
    TEMPERED = "tempered"  # 高温回火
    SOLUTION_TREATED = "solution_treated"  # 固溶


class Surface(StrEnum):
    """The skin of the steel."""

    BLACK = "black"  # 黑皮
    PEELED = "peeled"  # 剥皮, 车光
    GROUND = "ground"  # 磨光
    BRIGHT = "bright"  # 银亮
    POLISHED = "polished"  # 抛光
    PICKLED = "pickled"  # 酸洗
    PHOSPHATED = "phosphated"  # 磷化


class Quality(StrEnum):
    """The quality class a standard distinguishes by cleanliness."""

    QUALITY = "quality"  # 优质
    HIGH_QUALITY = "high_quality"  # 高级优质
    EXTRA_QUALITY = "extra_quality"  # 特级优质


class Process(StrEnum):
    """A step of steelmaking that the buyer asks for; listed in plant order."""

    ELECTRIC_ARC_FURNACE = "eaf"  # 电炉
    CONVERTER = "bof"  # 转炉
    REFINED = "refined"  # 炉外精炼
    LADLE_FURNACE = "lf"  # LF
    VACUUM_DEGASSED = "vd"  # VD
    RH_DEGASSED = "rh"  # RH
    CONTINUOUS_CAST = "continuous_cast"  # 连铸
    INGOT_CAST = "ingot_cast"  # 模铸
    ELECTROSLAG_REMELTED = "esr"  # 电渣重熔
    VACUUM_MELTED = "vacuum_melted"  # 真空冶炼


class Weighing(StrEnum):
    """How the invoiced weight is found."""

    ACTUAL = "actual"  # 检斤
    THEORETICAL = "theoretical"  # 理计


class LengthKind(StrEnum):
    """What is promised about the length of a piece."""

    FIXED = "fixed"  # 定尺
    RANGE = "range"  # 范围
    RANDOM = "random"  # 不定尺
    MULTIPLE = "multiple"  # 倍尺


@dataclass(frozen=True)
class Length:
    """The length of a piece in micrometres, from ``minimum`` to ``maximum``.

    Random lengths may come with or without bounds; all other kinds have them,
    and fixed and multiple lengths have equal ones.
    """

    kind: LengthKind
    minimum: int | None = None
    maximum: int | None = None

    def __post_init__(self) -> None:
        if (self.minimum is None) != (self.maximum is None):
            raise SpecificationError("A length needs both bounds or none.", code="length_half_bounded")
        if self.minimum is None or self.maximum is None:
            if self.kind is not LengthKind.RANDOM:
                raise SpecificationError(f"A {self.kind} length needs its size.", code="length_without_size")
            return
        if not 0 < self.minimum <= self.maximum:
            raise SpecificationError(
                f"A length goes from a smaller to a larger size, not {self.minimum} to {self.maximum} µm.",
                code="length_out_of_order",
                minimum=str(self.minimum),
                maximum=str(self.maximum),
            )
        if self.kind in (LengthKind.FIXED, LengthKind.MULTIPLE) and self.minimum != self.maximum:
            raise SpecificationError(f"A {self.kind} length has one size.", code="length_has_one_size")


@dataclass(frozen=True)
class Section:
    """The cross-section in micrometres; which fields are set depends on the form.

    ========================  =====================================
    round bar, wire rod, wire  ``diameter``
    tube                       ``diameter`` (outer) and ``wall``
    square, hexagon            ``side`` (hexagon: across flats)
    flat bar                   ``thickness`` and ``width``
    plate, strip               ``thickness``, perhaps ``width``
    ring                       ``diameter`` (outer), ``bore``, ``height``
    ========================  =====================================
    """

    diameter: int | None = None
    wall: int | None = None
    side: int | None = None
    thickness: int | None = None
    width: int | None = None
    bore: int | None = None
    height: int | None = None

    def sizes(self) -> dict[str, int]:
        """Return the sizes that are set, by name."""
        return {name: size for name in SIZE_NAMES if (size := getattr(self, name)) is not None}


SIZE_NAMES: Final = ("diameter", "wall", "side", "thickness", "width", "bore", "height")

#: The sizes a form must have, and those it may have besides.
SIZES_OF: Final[Mapping[Form, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Form.ROUND_BAR: (("diameter",), ()),
    Form.WIRE_ROD: (("diameter",), ()),
    Form.WIRE: (("diameter",), ()),
    Form.TUBE: (("diameter", "wall"), ()),
    Form.SQUARE_BAR: (("side",), ()),
    Form.HEX_BAR: (("side",), ()),
    Form.FLAT_BAR: (("thickness", "width"), ()),
    Form.PLATE: (("thickness",), ("width",)),
    Form.STRIP: (("thickness",), ("width",)),
    Form.RING: (("diameter", "bore", "height"), ()),
}


@dataclass(frozen=True)
class Specification:
    """A standardised material: what two mills would have to deliver alike.

    ``grade`` and the standards are in canonical spelling (``GCr15``,
    ``GB/T 18254-2016``). ``standard`` rules the steel, ``dimension_standard``
    its sizes. A field that is ``None`` was not stated.
    """

    form: Form
    grade: str
    section: Section
    standard: str | None = None
    dimension_standard: str | None = None
    quality: Quality | None = None
    condition: Condition | None = None
    treatment: Treatment | None = None
    surface: Surface | None = None
    length: Length | None = None
    process: tuple[Process, ...] = ()
    weighing: Weighing | None = None

    def __post_init__(self) -> None:
        if not self.grade.strip():
            raise SpecificationError("A specification needs a grade.", code="grade_missing")
        wanted, allowed = SIZES_OF[self.form]
        sizes = self.section.sizes()
        if set(wanted) - set(sizes) or set(sizes) - set(wanted) - set(allowed):
            raise SpecificationError(
                f"A {self.form} is given by {', '.join(wanted)}, not by {', '.join(sizes) or 'nothing'}.",
                code="section_of_another_form",
                form=self.form.value,
            )
        for name, size in sizes.items():
            if size <= 0:
                raise SpecificationError(
                    f"The {name} of a {self.form} is {size} µm; it must be positive.",
                    code="size_not_positive",
                    name=name,
                )
        self._check_hole(sizes)
        order = list(Process)
        if list(self.process) != sorted(set(self.process), key=order.index):
            raise SpecificationError("Process steps come once each, in plant order.", code="process_order")

    def _check_hole(self, sizes: Mapping[str, int]) -> None:
        outer = sizes.get("diameter", 0)
        hole = outer - 2 * sizes["wall"] if "wall" in sizes else sizes.get("bore", 0)
        if ("wall" in sizes and hole <= 0) or ("bore" in sizes and hole >= outer):
            raise SpecificationError(
                f"A {self.form} of {outer} µm cannot have a hole of {hole} µm.", code="hole_impossible"
            )


class Field(StrEnum):
    """The fields of a specification, in the order in which it is described."""

    GRADE = "grade"
    FORM = "form"
    SECTION = "section"
    LENGTH = "length"
    CONDITION = "condition"
    TREATMENT = "treatment"
    SURFACE = "surface"
    QUALITY = "quality"
    PROCESS = "process"
    WEIGHING = "weighing"
    STANDARD = "standard"
    DIMENSION_STANDARD = "dimension_standard"


class How(StrEnum):
    """Where the value of a reading comes from."""

    WRITTEN = "written"  # the text says so
    ALIAS = "alias"  # the text uses another name of the same thing
    EQUIVALENT = "equivalent"  # the text names a near-equal grade of another standard
    IMPLIED = "implied"  # follows from something else the text says
    ANSWERED = "answered"  # a person answered a question


@dataclass(frozen=True, order=True)
class Span:
    """A piece of the text: characters ``start`` up to, not including, ``end``."""

    start: int
    end: int


Value = (
    Form | Condition | Treatment | Surface | Quality | Weighing | Section | Length | tuple[Process, ...] | str
)


@dataclass(frozen=True)
class Reading:
    """One field as it was read: its value, how surely (percent), from where, and how."""

    field: Field
    value: Value
    confidence: int
    spans: tuple[Span, ...]
    how: How


class Kind(StrEnum):
    """What a remainder is."""

    QUANTITY = "quantity"  # amount in grams
    PIECES = "pieces"  # amount in pieces
    PRICE = "price"  # amount in fen a tonne
    TOLERANCE = "tolerance"
    FAMILY = "family"  # 轴承钢, 合结钢: consistent with the grade, says no more
    NOTE = "note"
    UNREAD = "unread"
    SEPARATOR = "separator"


@dataclass(frozen=True)
class Remainder:
    """A piece of text that is not part of the specification, kept word for word."""

    kind: Kind
    text: str
    span: Span
    amount: int | None = None


@dataclass(frozen=True)
class Option:
    """A possible answer: a stable key, and what to show in each language."""

    key: str
    chinese: str
    english: str


@dataclass(frozen=True)
class Question:
    """What a person has to decide before the text is a specification.

    ``options`` are the answers offered. When ``typed`` holds, a person may also
    type the answer (``expects`` says what: ``grade``, ``size``, …). ``message``
    is the question in English; `brain_engines.specs.questions.sentence` gives
    it in Chinese too. ``subject`` is the piece of text it is about.
    """

    field: Field
    code: str
    subject: str
    message: str
    options: tuple[Option, ...]
    typed: bool = False
    spans: tuple[Span, ...] = ()
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Choice:
    """A person's answer to the question ``code`` about ``subject``.

    ``key`` is the key of an option, or the typed answer.
    """

    code: str
    subject: str
    key: str


@dataclass(frozen=True)
class Answer:
    """What a text says: a specification, or the question that is in its way."""

    text: str
    specification: Specification | None
    question: Question | None
    readings: tuple[Reading, ...]
    remainders: tuple[Remainder, ...]
    choices: tuple[Choice, ...] = ()

    @property
    def confidence(self) -> int:
        """How sure the least sure reading is, in percent; 0 while a question is open."""
        if self.question is not None:
            return 0
        return min((reading.confidence for reading in self.readings), default=0)

    def reading(self, wanted: Field) -> Reading | None:
        """Return how a field was read, if it was."""
        return next((reading for reading in self.readings if reading.field is wanted), None)

    def remainders_of(self, *kinds: Kind) -> tuple[Remainder, ...]:
        """Return the remainders of some kinds, in the order of the text."""
        return tuple(remainder for remainder in self.remainders if remainder.kind in kinds)
