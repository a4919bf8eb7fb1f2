"""Charts of what goes where: from one total to another, from party to party, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import pgettext

from industry_brain.web.charts.parts import (
    FONT,
    PALETTE,
    UNIT_BELOW,
    WITH_UNIT_BELOW,
    Chart,
    CorridorRow,
    FigureTable,
    Flow,
    Option,
    Scale,
    Step,
    base,
    category_axis,
    legend,
    money_scale,
    plain,
    point,
    value_axis,
)


def waterfall(label: str, steps: Sequence[Step], *, scale: Scale | None = None) -> Chart:
    """Show how one total becomes another; a broken axis keeps small steps visible."""
    scale = scale or money_scale()
    grounds, bars, level, lows = [], [], 0, []
    for step in steps:
        before, level = level, step.amount if step.kind == "total" else level + step.amount
        low = 0 if step.kind == "total" else min(before, level)
        lows.append(level if step.kind == "total" else low)
        tone = "@c1" if step.kind == "total" else "@saving" if step.amount <= 0 else "@cost"
        sign = "+" if step.kind == "change" and step.amount > 0 else ""
        grounds.append({"value": scale.draw(low), "tooltip": {"show": False}})
        shown = {
            "show": True,
            "formatter": sign + scale.write(step.amount),
            "color": "@text",
            "fontWeight": 600,
        }
        bars.append(
            point(scale, step.label, abs(step.amount), itemStyle={"color": tone}, label=shown)
            | {
                "tooltip": {
                    "formatter": plain(f"{step.label}  {sign}{scale.write(step.amount)} {scale.unit}")
                }
            }
        )
    series = [
        {"type": "bar", "stack": "w", "data": grounds, "silent": True, "itemStyle": {"color": "transparent"}},
        {
            "type": "bar",
            "stack": "w",
            "data": bars,
            "barMaxWidth": 42,
            "itemStyle": {"borderRadius": 3},
            "label": {"position": "top", "fontSize": 11.5},
            "labelLayout": {"hideOverlap": True},
        },
    ]
    axis = value_axis(scale.unit, **_axis_break(scale, lows))
    names = category_axis([step.label for step in steps])
    names["axisLabel"] |= {"width": 72, "overflow": "break"}
    option = base(label, xAxis=names, yAxis=axis, series=series)
    rows = tuple((step.label, scale.write(step.amount)) for step in steps)
    return Chart(option, FigureTable((pgettext("chart", "Step"), scale.unit), rows), label)


def _axis_break(scale: Scale, levels: Sequence[int]) -> Option:
    """Leave out the part below all the action where it would flatten the picture."""
    floor, top = min(levels, default=0), max(levels, default=0)
    if floor * 3 < top:
        return {}
    drawn = Decimal(floor) * 9 / 10 / scale.divisor
    step = Decimal(1).scaleb(drawn.adjusted() - 1)  # two digits: 400 rather than 403.02
    end = float(drawn // step * step)
    torn = {"itemStyle": {"color": "@surface", "borderColor": "@border", "opacity": 1}, "zigzagAmplitude": 4}
    return {"breaks": [{"start": 0, "end": end, "gap": "3%"}], "breakArea": torn}


def sankey(label: str, flows: Sequence[Flow], *, scale: Scale | None = None) -> Chart:
    """Show who supplies whom; the width of a band is its amount."""
    scale = scale or money_scale()
    sources = list(dict.fromkeys(flow.source for flow in flows))
    targets = list(dict.fromkeys(flow.target for flow in flows))
    label_style = {"color": "@text", "fontSize": 12, "fontFamily": FONT, "overflow": "truncate"}
    left, right = _gutter(sources), _gutter(targets)
    nodes = [
        {
            "name": f"s{place}",
            "itemStyle": {"color": PALETTE[place % len(PALETTE)]},
            "label": {**label_style, "position": "left", "width": left - 12, "formatter": plain(name)},
            "tooltip": {"formatter": plain(name)},
        }
        for place, name in enumerate(sources)
    ] + [
        {
            "name": f"t{place}",
            "itemStyle": {"color": "@c0"},
            "label": {**label_style, "position": "right", "width": right - 12, "formatter": plain(name)},
            "tooltip": {"formatter": plain(name)},
        }
        for place, name in enumerate(targets)
    ]
    links = [
        {
            "source": f"s{sources.index(flow.source)}",
            "target": f"t{targets.index(flow.target)}",
            **point(scale, f"{flow.source} → {flow.target}", flow.amount),
        }
        for flow in flows
        if flow.amount > 0
    ]
    series = {
        "type": "sankey",
        "data": nodes,
        "links": links,
        "left": left,
        "right": right,
        "top": 8,
        "bottom": 8,
        "nodeWidth": 9,
        "nodeGap": 8,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "lineStyle": {"color": "source", "opacity": 0.3},
    }
    rows = tuple((flow.source, flow.target, scale.write(flow.amount)) for flow in flows)
    return Chart(
        base(label, series=[series]),
        FigureTable((pgettext("chart", "From"), pgettext("chart", "To"), scale.unit), rows),
        label,
    )


def _gutter(names: Sequence[str]) -> int:
    """Room for the longest name: a Chinese sign is 1 em wide, a Latin one about 0.58."""
    widths = [sum(12 if ord(sign) > 0x2E7F else 7 for sign in name) for name in names]
    return min(max(widths, default=0), 180) + 14


def corridor(
    label: str,
    rows: Sequence[CorridorRow],
    *,
    scale: Scale | None = None,
    names: tuple[str, str, str] | None = None,
) -> Chart:
    """Show what each pays (dot) within the corridor that keeps everybody in (band)."""
    scale = scale or money_scale()
    low_name, high_name, value_name = names or (
        pgettext("chart", "Least"),
        pgettext("chart", "Most"),
        pgettext("chart", "Pays"),
    )
    labels = [row.label for row in rows]
    grounds = [{"value": scale.draw(row.low), "tooltip": {"show": False}} for row in rows]
    band = [
        {
            "value": scale.draw(row.high - row.low),
            "tooltip": {
                "formatter": plain(
                    f"{row.label}\n{low_name} {scale.write(row.low)} · "
                    f"{high_name} {scale.write(row.high)} {scale.unit}"
                )
            },
        }
        for row in rows
    ]
    dots = [point(scale, f"{row.label}  {value_name}", row.value) for row in rows]
    series = [
        {"type": "bar", "stack": "c", "silent": True, "data": grounds, "itemStyle": {"color": "transparent"}},
        {
            "type": "bar",
            "stack": "c",
            "name": f"{low_name} – {high_name}",
            "data": band,
            "barWidth": 8,
            "itemStyle": {"color": "@seq-high", "opacity": 0.55, "borderRadius": 4},
        },
        {
            "type": "scatter",
            "name": value_name,
            "data": dots,
            "symbolSize": 11,
            "itemStyle": {"color": "@c2"},
        },
    ]
    option = base(
        label,
        legend=legend([f"{low_name} – {high_name}", value_name]),
        grid=WITH_UNIT_BELOW,
        xAxis=value_axis(scale.unit, scale=True, **UNIT_BELOW),
        yAxis=category_axis(labels, inverse=True),
        series=series,
    )
    written = tuple((r.label, scale.write(r.low), scale.write(r.value), scale.write(r.high)) for r in rows)
    table = FigureTable(("", low_name, value_name, f"{high_name} ({scale.unit})"), written)
    return Chart(option, table, label, 100 + 26 * max(len(rows), 2))
