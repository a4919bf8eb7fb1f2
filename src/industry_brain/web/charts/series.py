"""Charts of series: bars, lines, the progress of a search, and a heat matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.utils.translation import pgettext

from industry_brain.web import formats
from industry_brain.web.charts.parts import (
    DASHES,
    MARKS,
    PALETTE,
    UNIT_BELOW,
    WITH_UNIT_BELOW,
    Chart,
    FigureTable,
    Option,
    ProgressPoint,
    Scale,
    Series,
    base,
    category_axis,
    legend,
    money_scale,
    plain,
    point,
    value_axis,
)

Layout = Literal["grouped", "stacked", "horizontal"]


def bars(
    label: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    scale: Scale | None = None,
    layout: Layout = "grouped",
) -> Chart:
    """Compare figures side by side, or stacked into totals."""
    scale = scale or money_scale()
    drawn = [
        {
            "type": "bar",
            "name": row.name,
            "barMaxWidth": 36,
            "itemStyle": {"color": _colour(row, place), "borderRadius": 3},
            "data": [
                point(scale, f"{category} · {row.name}", value)
                for category, value in zip(categories, row.values, strict=True)
            ],
            **({"stack": "all"} if layout == "stacked" else {}),
        }
        for place, row in enumerate(series)
    ]
    names, values = category_axis(categories, inverse=layout == "horizontal"), value_axis(scale.unit)
    axes = (
        {"grid": WITH_UNIT_BELOW, "xAxis": values | UNIT_BELOW, "yAxis": names}
        if layout == "horizontal"
        else {"xAxis": names, "yAxis": values}
    )
    option = base(label, **_legend(series), **axes, series=drawn)
    return Chart(option, _table(categories, series, scale), label)


def lines(
    label: str, categories: Sequence[str], series: Sequence[Series], *, scale: Scale | None = None
) -> Chart:
    """Follow figures over time; each line has its own dash and mark besides its colour."""
    scale = scale or money_scale()
    drawn = [
        {
            "type": "line",
            "name": row.name,
            "symbol": MARKS[place % len(MARKS)],
            "symbolSize": 6,
            "itemStyle": {"color": _colour(row, place)},
            "lineStyle": {"type": DASHES[place % len(DASHES)], "width": 2},
            "data": [
                point(scale, f"{category} · {row.name}", value)
                for category, value in zip(categories, row.values, strict=True)
            ],
        }
        for place, row in enumerate(series)
    ]
    axes = {
        "xAxis": category_axis(categories, boundaryGap=False),
        "yAxis": value_axis(scale.unit, scale=True),
    }
    option = base(label, **_legend(series), **axes, series=drawn)
    return Chart(option, _table(categories, series, scale), label)


def _colour(series: Series, place: int) -> str:
    return series.colour or PALETTE[place % len(PALETTE)]


def _legend(series: Sequence[Series]) -> Option:
    return {"legend": legend([row.name for row in series])} if len(series) > 1 else {}


def _table(categories: Sequence[str], series: Sequence[Series], scale: Scale) -> FigureTable:
    unit = f" ({scale.unit})" if scale.unit else ""
    rows = tuple(
        (category, *(_written(scale, row.values[place]) for row in series))
        for place, category in enumerate(categories)
    )
    return FigureTable(("", *(f"{row.name}{unit}" for row in series)), rows)


def _written(scale: Scale, number: int | None) -> str:
    return formats.NOTHING if number is None else scale.write(number)


def progress(label: str, points: Sequence[ProgressPoint], *, scale: Scale | None = None) -> Chart:
    """Show a search closing in: the best award found and the bound no award can beat."""
    scale = scale or money_scale()
    best, bound = pgettext("chart", "Best award found"), pgettext("chart", "Proved lower bound")

    def steps(name: str, colour: str, dash: Any, pairs: Sequence[tuple[int, int | None]]) -> Option:
        data = [
            {
                "value": [milliseconds / 1000, scale.draw(amount)],
                "tooltip": {"formatter": f"{name}  {scale.write(amount)} {scale.unit}"},
            }
            for milliseconds, amount in pairs
            if amount is not None
        ]
        style = {"type": dash, "width": 2}
        return {
            "type": "line",
            "name": name,
            "step": "end",
            "symbolSize": 4,
            "data": data,
            "itemStyle": {"color": colour},
            "lineStyle": style,
        }

    drawn = [
        steps(best, "@c1", "solid", [(point.milliseconds, point.best) for point in points]),
        steps(bound, "@c2", [6, 4], [(point.milliseconds, point.bound) for point in points]),
    ]
    option = base(
        label,
        legend=legend([best, bound]),
        grid=WITH_UNIT_BELOW,
        xAxis=value_axis(pgettext("chart", "seconds"), min=0, **UNIT_BELOW),
        yAxis=value_axis(scale.unit, scale=True),
        series=drawn,
    )
    rows = tuple(
        (
            formats.grouped(point.milliseconds // 100 * 100, 0) + " ms",
            _written(scale, point.best),
            _written(scale, point.bound),
        )
        for point in points
    )
    return Chart(option, FigureTable((pgettext("chart", "Time"), best, bound), rows), label, 240)


def heat(label: str, columns: Sequence[str], rows: Sequence[Series], *, scale: Scale | None = None) -> Chart:
    """Show a matrix by depth of colour, with the figure written in every cell."""
    scale = scale or money_scale()
    cells = [
        {
            "value": [x, y, scale.draw(value)],
            "label": {"show": True, "formatter": scale.write(value)},
            "tooltip": {"formatter": plain(f"{row.name} × {columns[x]}  {scale.write(value)} {scale.unit}")},
        }
        for y, row in enumerate(rows)
        for x, value in enumerate(row.values)
        if value is not None
    ]
    drawn = [scale.draw(value) or 0.0 for row in rows for value in row.values if value is not None] or [0.0]
    option = base(
        label,
        xAxis=category_axis(columns, position="top"),
        yAxis=category_axis([row.name for row in rows], inverse=True),
        visualMap={
            "show": False,
            "min": min(drawn),
            "max": max(drawn),
            "inRange": {"color": ["@seq-low", "@seq-high"]},
        },
        series=[
            {
                "type": "heatmap",
                "data": cells,
                "label": {"color": "@on-seq", "fontSize": 11.5},
                "itemStyle": {"borderColor": "@surface", "borderWidth": 2},
            }
        ],
    )
    written = tuple((row.name, *(_written(scale, value) for value in row.values)) for row in rows)
    return Chart(option, FigureTable(("", *columns), written), label, 60 + 34 * max(len(rows), 1))
