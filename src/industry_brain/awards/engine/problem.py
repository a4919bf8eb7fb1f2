"""A round's rows and opened bids as a round file.

Ids in the file are public references: items by code, members and suppliers by the firm's
reference, places by code, so that anybody entitled can compare the file with the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from brain_engines.awards.io import read_round
from brain_engines.awards.problem import Round as RoundFile
from industry_brain.demands.models import Demand
from industry_brain.demands.states import DemandState
from industry_brain.kernel.money import price_from_e4
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds.models import Item, Round, ShareRule
from industry_brain.rounds.queries import indices_of, invited_suppliers, items_of, share_rules_of


def state_round(round_: Round, bids: Iterable[Mapping[str, Any]]) -> RoundFile:
    """State a round with its opened bids, read back strictly as any round file would be."""
    demands = _demands(round_)
    suppliers = list(invited_suppliers(round_))
    invited = {firm.reference for firm in suppliers}
    data = {
        "format": "industry-brain/round",
        "version": 1,
        "id": round_.reference,
        "currency": "CNY",
        "unit": "t",
        "items": [_item(item) for item in items_of(round_)],
        "members": [
            {"id": reference, "name": name}
            for reference, name in sorted({(d.member.reference, d.member.name) for d in demands})
        ],
        "demands": [_demand(demand, invited) for demand in demands],
        "suppliers": [
            {"id": firm.reference, "name": firm.name, "quality": str(Decimal(firm.quality_ppm).scaleb(-4))}
            for firm in suppliers
        ],
        "indices": {index.code: str(price_from_e4(index.value)) for index in indices_of(round_)},
        "bids": sorted(({"offers": [], **bid} for bid in bids), key=lambda bid: str(bid["supplier"])),
        "rules": _rules(round_),
    }
    return read_round(json.dumps(data, ensure_ascii=False))


def _demands(round_: Round) -> list[Demand]:
    pooled = Demand.objects.filter(round=round_, state=DemandState.POOLED)
    pooled = pooled.select_related("member", "item").prefetch_related("excluded_suppliers")
    return list(pooled.order_by("reference"))


def _item(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": item.code,
        "category": item.material.grade,
        "destination": item.place.code,
        "name": f"{item.material.name} · {item.place.name}",
    }
    if item.window.max_lead_days is not None:
        data["max_lead_days"] = item.window.max_lead_days
    return data


def _demand(demand: Demand, invited: set[str]) -> dict[str, Any]:
    if demand.item is None:
        raise ValueError(f"{demand.reference} is pooled without an item")
    data: dict[str, Any] = {
        "member": demand.member.reference,
        "item": demand.item.code,
        "quantity": str(tonnes_from_grams(demand.quantity)),
    }
    if demand.reserve_price is not None:
        data["reserve_price"] = str(price_from_e4(demand.reserve_price))
    excluded = sorted(firm.reference for firm in demand.excluded_suppliers.all() if firm.reference in invited)
    if excluded:
        data["excluded_suppliers"] = excluded
    return data


def _rules(round_: Round) -> dict[str, Any]:
    rules: dict[str, Any] = {
        name: value
        for name in ("max_suppliers", "min_suppliers", "max_suppliers_per_item")
        if (value := getattr(round_, name)) is not None
    }
    rules["shares"] = [_share(rule) for rule in share_rules_of(round_)]
    rules["annual_rate"] = str(_part(round_.annual_rate_ppm))
    rules["quality_weight"] = str(_part(round_.quality_weight_ppm))
    rules["breakaway_capacity"] = round_.breakaway_capacity
    return rules


def _share(rule: ShareRule) -> dict[str, Any]:
    data: dict[str, Any] = {"supplier": rule.supplier.reference if rule.supplier else "*", "items": "all"}
    if rule.max_ppm is not None:
        data["max"] = str(_part(rule.max_ppm))
    if rule.min_ppm is not None:
        data["min"] = str(_part(rule.min_ppm))
    return data


def _part(ppm: int) -> Decimal:
    return Decimal(ppm).scaleb(-6)
