"""Filters and tags every page may use; figures are written by :mod:`industry_brain.web.formats`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from industry_brain.kernel.language import localised as in_language
from industry_brain.web import formats
from industry_brain.web.charts import Chart

register = template.Library()

for _write in (
    formats.money,
    formats.amount,
    formats.wan,
    formats.money_wan,
    formats.tonnes,
    formats.weight,
    formats.unit_price,
    formats.percent_ppm,
    formats.change_ppm,
    formats.moment,
):
    register.filter(_write.__name__, _write)
register.simple_tag(formats.wan_unit, name="wan_unit")
register.simple_tag(formats.weight_unit, name="weight_unit")

TONES = {
    "brand": "circle-dot",
    "good": "circle-check",
    "bad": "octagon-alert",
    "warn": "triangle-alert",
    "info": "info",
}


@register.filter
def localised(thing: Any) -> str:
    """Give a thing's name in the reader's language (``name`` is Chinese, ``name_en`` English)."""
    if thing is None:
        return formats.NOTHING
    return in_language(thing.name, getattr(thing, "name_en", ""))


@register.filter
def sign_tone(number: int | None) -> str:
    """Tone of a change in what is paid: less is good, more is bad."""
    if not number:
        return ""
    return "good" if number < 0 else "bad"


@register.filter
def tone_icon(tone: str) -> str:
    """Name the shape that goes with a tone, so that colour is never the only carrier."""
    return TONES.get(tone, "circle")


@register.filter
def initial(name: object) -> str:
    """Give the first sign of a name for its avatar."""
    return str(name).strip()[:1].upper() or "?"


@register.filter
def first_items(groups: Iterable[Any], count: int) -> list[Any]:
    """Give the first entries of a grouped navigation, for the tab bar of phones."""
    items = [item for group in groups or () for item in _part(group, "items")]
    return items[:count]


def _part(group: Any, name: str) -> Sequence[Any]:
    """Read a part of a group that may be a mapping (whose ``items`` is a method) or an object."""
    found: Sequence[Any] = group[name] if isinstance(group, dict) else getattr(group, name)
    return found


@register.filter
def group_items(group: Any) -> Sequence[Any]:
    """Give the entries of one navigation group."""
    return _part(group, "items")


@register.filter
def chart_json(chart: Chart) -> SafeString:
    """Write a chart's description as JSON that cannot end its script element."""
    text = json.dumps(chart.option, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308 - the three signs that could end the element are escaped above


@register.filter
def facts_line(facts: dict[str, Any]) -> str:
    """Write an entry's facts on one line: names and values as JSON has them, without its outer braces."""
    return " · ".join(
        f"{name}: {fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)}"
        for name, fact in facts.items()
    )


@register.filter
def with_class(field: BoundField, extra: str = "") -> SafeString:
    """Draw a form field with our control classes and its links to help and error texts."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    base = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}.get(
        kind, "form-control"
    )
    classes = [str(widget.attrs.get("class", "")), base, extra, "is-invalid" if field.errors else ""]
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    described = [f"{field.auto_id}_help"] if field.help_text else []
    if field.errors:
        described.append(f"{field.auto_id}_error")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Say whether a field is a single box to tick."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not hasattr(
        field.field.widget, "choices"
    )


@register.filter
def is_group(field: BoundField) -> bool:
    """Say whether a field is drawn as several inputs, which want a legend instead of a label."""
    return bool(field.field.widget.use_fieldset)


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """Give the page's address parameters with some of them replaced; ``None`` or ``""`` removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.filter
def marks_of(lit: int | str, count: int | str) -> list[bool]:
    """Say for each mark of a meter whether it is lit."""
    return [place < int(lit) for place in range(int(count))]
