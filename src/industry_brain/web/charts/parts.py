"""Charts as descriptions: the same option draws on the screen and in a document.

A builder takes whole numbers (fen, grams, millionths) and a :class:`Scale` that says how
they are drawn and written.  Colours are tokens (``"@c1"``), resolved where the chart is
drawn.  Every chart brings its figures as a table, which is what a screen reader reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from industry_brain.web import formats

FONT = '"Inter Variable", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
PALETTE = ("@c1", "@c2", "@c3", "@c4", "@c5", "@c6")
DASHES: tuple[Any, ...] = ("solid", [6, 4], [2, 3], [8, 3, 2, 3], [1, 2], [10, 4])
MARKS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect")

GRID = {"left": 12, "right": 18, "top": 36, "bottom": 8, "containLabel": True}
# A horizontal axis names its unit under its middle, where nothing cuts it off.
UNIT_BELOW = {"nameLocation": "middle", "nameGap": 26}
WITH_UNIT_BELOW = {**GRID, "bottom": 28}

Option = dict[str, Any]


@dataclass(frozen=True)
class FigureTable:
    """The figures of a chart, written out."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """What to draw, the same as a table, and one sentence that says what it shows."""

    option: Option
    table: FigureTable
    label: str
    height: int = 320


@dataclass(frozen=True)
class Scale:
    """How whole numbers are drawn (divided) and written (exactly)."""

    divisor: int
    unit: str
    write: Callable[[int], str]

    def draw(self, number: int | None) -> float | None:
        """Give the length on the axis; only drawing uses floats."""
        return None if number is None else float(Decimal(number) / self.divisor)


def money_scale() -> Scale:
    """Fen, drawn and written in the big unit of the reader's language."""
    divisor = formats.FEN_PER_WAN if formats.in_chinese() else formats.FEN_PER_THOUSAND_YUAN
    return Scale(divisor, formats.wan_unit(), formats.wan)


def weight_scale() -> Scale:
    """Grams, drawn and written in tonnes."""
    return Scale(1_000_000, formats.weight_unit(), formats.tonnes)


def percent_scale() -> Scale:
    """Millionths, drawn and written in per cent."""
    return Scale(10_000, "%", formats.percent_ppm)


def count_scale(unit: str = "") -> Scale:
    """Plain whole numbers."""
    return Scale(1, unit, formats.grouped)


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: a total that stands on the ground, or a change from the bar before."""

    label: str
    amount: int
    kind: Literal["total", "change"] = "change"


@dataclass(frozen=True)
class Flow:
    """An amount that goes from one party to another."""

    source: str
    target: str
    amount: int


@dataclass(frozen=True)
class CorridorRow:
    """What somebody pays (``value``) within what would still be acceptable (``low`` to ``high``)."""

    label: str
    low: int
    high: int
    value: int


@dataclass(frozen=True)
class Series:
    """A named row of values; ``None`` leaves a gap."""

    name: str
    values: Sequence[int | None]
    colour: str = field(default="")


@dataclass(frozen=True)
class ProgressPoint:
    """The best cost found and the bound proved after so many milliseconds of search."""

    milliseconds: int
    best: int | None
    bound: int | None


def base(label: str, **parts: Any) -> Option:
    """Give what every chart has: type, tooltip, a description for assistive technology, margins."""
    return {
        "textStyle": {"fontFamily": FONT, "fontSize": 12, "color": "@text"},
        "aria": {"enabled": True, "label": {"description": label}},
        "tooltip": {
            "renderMode": "richText",
            "confine": True,
            "backgroundColor": "@surface",
            "borderColor": "@border",
            "textStyle": {"color": "@text", "fontSize": 12, "fontFamily": FONT},
        },
        "grid": GRID,
        **parts,
    }


def legend(names: Sequence[str]) -> Option:
    """Name the series at the top right."""
    return {
        "data": list(names),
        "right": 0,
        "top": 0,
        "itemWidth": 18,
        "itemHeight": 8,
        "textStyle": {"color": "@muted", "fontSize": 12, "fontFamily": FONT},
    }


def category_axis(labels: Sequence[str], **more: Any) -> Option:
    """Give an axis of names."""
    return {
        "type": "category",
        "data": list(labels),
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "@border"}},
        "axisLabel": {"color": "@muted", "fontSize": 11.5, "interval": 0, "hideOverlap": True},
        **more,
    }


def value_axis(unit: str, **more: Any) -> Option:
    """Give an axis of figures in one unit."""
    return {
        "type": "value",
        "name": unit,
        "nameTextStyle": {"color": "@muted", "fontSize": 11.5, "align": "left"},
        "axisLabel": {"color": "@muted", "fontSize": 11.5, "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": "@border"}},
        **more,
    }


def point(scale: Scale, name: str, number: int | None, **more: Any) -> Option:
    """One drawn figure whose tooltip tells the exact one."""
    if number is None:
        return {"value": None}
    tip = f"{name}  {scale.write(number)} {scale.unit}".strip()
    return {"value": scale.draw(number), "tooltip": {"formatter": plain(tip)}, **more}


def plain(text: str) -> str:
    """Keep names from being read as ECharts placeholders."""
    return text.replace("{", "（").replace("}", "）")
