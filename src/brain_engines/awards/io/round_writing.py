"""Write the round file: plain values in a fixed order, decimals as text, defaults left out."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from brain_engines.awards.io.strict import text_of
from brain_engines.awards.problem import Bid, BreakawayCapacity, Demand, Offer, Round, Rules, Scope

FORMAT = "industry-brain/round"
VERSION = 1


def write_round(round_: Round) -> str:
    """Write a round file; reading it gives the same round."""
    return json.dumps(round_to_data(round_), ensure_ascii=False, indent=1) + "\n"


def round_sha256(round_: Round) -> str:
    """Compute the fingerprint of a round: SHA-256 of its canonical JSON, however it was formatted."""
    text = json.dumps(round_to_data(round_), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def round_to_data(round_: Round) -> dict[str, Any]:
    """Turn a round into plain JSON values; what has its default value is left out."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "id": round_.id,
        "currency": round_.currency,
        "unit": round_.unit,
        "items": [
            _without(
                {
                    "id": i.id,
                    "category": i.category,
                    "destination": i.destination,
                    "max_lead_days": i.max_lead_days,
                    "name": i.name,
                }
            )
            for i in round_.items
        ],
        "members": [_without({"id": m.id, "name": m.name}) for m in round_.members],
        "demands": [_demand_data(d) for d in round_.demands],
        "suppliers": [
            _without(
                {"id": s.id, "name": s.name, "quality": None if s.quality == 100 else text_of(s.quality)}
            )
            for s in round_.suppliers
        ],
        "indices": {name: text_of(value, 2) for name, value in round_.indices.items()},
        "bids": [_bid_data(bid) for bid in round_.bids],
        "rules": _rules_data(round_.rules),
    }
    return data


def _without(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is absent or empty."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [])}


def _text(value: Decimal | None, decimals: int = 0) -> str | None:
    return None if value is None else text_of(value, decimals)


def _scope_data(items: Scope) -> str | list[str]:
    return "all" if items is None else list(items)


def _demand_data(demand: Demand) -> dict[str, Any]:
    return _without(
        {
            "member": demand.member,
            "item": demand.item,
            "quantity": text_of(demand.quantity, 3),
            "reserve_price": _text(demand.reserve_price, 2),
            "excluded_suppliers": list(demand.excluded_suppliers),
        }
    )


def _bid_data(bid: Bid) -> dict[str, Any]:
    data: dict[str, Any] = {
        "supplier": bid.supplier,
        "payment_days": bid.payment_days,
        "lead_days": bid.lead_days,
        "offers": [_offer_data(offer) for offer in bid.offers],
    }
    lists: dict[str, list[dict[str, Any]]] = {
        "discounts": [
            {
                "id": d.id,
                "items": _scope_data(d.items),
                "kind": d.kind.value,
                "tiers": [
                    _without({"from": text_of(t.start), "percent": _text(t.percent), "off": _text(t.off, 2)})
                    for t in d.tiers
                ],
            }
            for d in bid.discounts
        ],
        "packages": [
            _without(
                {
                    "id": p.id,
                    "quantities": {item: text_of(q, 3) for item, q in p.quantities.items()},
                    "price": text_of(p.price, 2),
                    "exclusive": p.exclusive,
                }
            )
            for p in bid.packages
        ],
        "capacities": [{"items": _scope_data(c.items), "max": text_of(c.max)} for c in bid.capacities],
        "minimums": [{"items": _scope_data(m.items), "min": text_of(m.min)} for m in bid.minimums],
        "charges": [{"amount": text_of(c.amount, 2), "per": c.per.value} for c in bid.charges],
    }
    data.update({key: rows for key, rows in lists.items() if rows})
    if bid.freight is not None:
        data["freight"] = {place: text_of(rate, 2) for place, rate in bid.freight.items()}
    return data


def _offer_data(offer: Offer) -> dict[str, Any]:
    indexed = offer.index is not None
    return _without(
        {
            "item": offer.item,
            "price": None if indexed else _text(offer.price, 2),
            "index": offer.index,
            "premium": text_of(offer.premium, 2) if indexed else None,
            "min": text_of(offer.min) if offer.min else None,
            "max": _text(offer.max),
        }
    )


def _rules_data(rules: Rules) -> dict[str, Any]:
    return _without(
        {
            "max_suppliers": rules.max_suppliers,
            "min_suppliers": rules.min_suppliers,
            "max_suppliers_per_item": rules.max_suppliers_per_item,
            "shares": [
                _without(
                    {
                        "supplier": s.supplier,
                        "items": _scope_data(s.items),
                        "max": _text(s.max),
                        "min": _text(s.min),
                    }
                )
                for s in rules.shares
            ],
            "annual_rate": text_of(rules.annual_rate) if rules.annual_rate else None,
            "quality_weight": text_of(rules.quality_weight) if rules.quality_weight else None,
            "breakaway_capacity": None
            if rules.breakaway_capacity is BreakawayCapacity.PRO_RATA
            else rules.breakaway_capacity.value,
        }
    )
