"""The standards that steel of a bearing and machinery cluster is bought to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from brain_engines.specs.problem import Form


@dataclass(frozen=True)
class Standard:
    """A standard: the families of steel it rules, or that it only rules sizes, and the form if only one."""

    families: frozenset[str]
    sizes_only: bool = False
    form: Form | None = None


def _steel(*families: str, form: Form | None = None) -> Standard:
    return Standard(frozenset(families), form=form)


def _sizes(form: Form | None = None) -> Standard:
    return Standard(frozenset(), sizes_only=True, form=form)


STANDARDS: Final[Mapping[str, Standard]] = {
    "GB/T 18254": _steel("bearing"),
    "GB/T 18579": _steel("bearing", form=Form.WIRE),
    "GB/T 3203": _steel("carburising bearing"),
    "GB/T 3086": _steel("stainless bearing"),
    "GB/T 28417": _steel("carbon bearing"),
    "YB/T 4146": _steel("bearing", form=Form.TUBE),
    "GB/T 699": _steel("carbon"),
    "GB/T 3077": _steel("alloy"),
    "GB/T 5216": _steel("hardenability", "alloy"),
    "GB/T 1222": _steel("spring", "carbon"),
    "GB/T 700": _steel("plain"),
    "GB/T 1591": _steel("low alloy"),
    "GB/T 3274": _steel("plain", "low alloy"),
    "GB/T 711": _steel("carbon", form=Form.PLATE),
    "GB/T 3078": _steel("carbon", "alloy"),
    "GB/T 3207": _steel("bearing", "carbon", "alloy", "stainless", "spring", "tool"),
    "GB/T 4354": _steel("carbon", form=Form.WIRE_ROD),
    "GB/T 701": _steel("plain", form=Form.WIRE_ROD),
    "GB/T 6478": _steel("cold heading", "carbon", "alloy"),
    "GB/T 1299": _steel("tool"),
    "GB/T 1220": _steel("stainless"),
    "GB/T 8162": _steel("carbon", "alloy", "plain", "low alloy", form=Form.TUBE),
    "GB/T 8163": _steel("carbon", "low alloy", form=Form.TUBE),
    "GB/T 3639": _steel("carbon", "alloy", "low alloy", form=Form.TUBE),
    "GB/T 3087": _steel("carbon", form=Form.TUBE),
    "GB/T 5310": _steel("carbon", "alloy", form=Form.TUBE),
    "GB/T 17107": _steel("carbon", "alloy", "low alloy"),
    "JIS G 4805": _steel("bearing"),
    "JIS G 4051": _steel("carbon"),
    "JIS G 4053": _steel("alloy"),
    "ASTM A295": _steel("bearing"),
    "ISO 683-17": _steel("bearing", "carburising bearing", "stainless bearing"),
    "GB/T 702": _sizes(),
    "GB/T 908": _sizes(),
    "GB/T 905": _sizes(),
    "GB/T 14981": _sizes(Form.WIRE_ROD),
    "GB/T 17395": _sizes(Form.TUBE),
    "GB/T 709": _sizes(),
}


def known(standard: str) -> Standard | None:
    """Find what is known of a standard written with or without its year."""
    found = STANDARDS.get(standard)
    if found is None and "-" in standard:
        found = STANDARDS.get(standard.rsplit("-", 1)[0])
    return found
