"""A bid as flat grids of text cells, as people type them in forms and sheets, and back.

Every cell knows the places of ``round-format.md`` it stands for, so that a fault found in the
content can be shown in the cell it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from industry_brain.bids.engine.basis import Basis
from industry_brain.bids.engine.content import whole
from industry_brain.bids.engine.grids import GRID_LIST
from industry_brain.web.forms import exact_number

GRIDS: dict[str, tuple[str, ...]] = {g.name: tuple(c.name for c in g.columns) for g in GRID_LIST}
NUMBERS = {"price", "premium", "min", "max", "from", "percent", "off", "quantity", "amount"}
ALL = {"", "all", "全部", "所有", "*"}
WORDS = {
    "all-units": "all-units",
    "全量": "all-units",
    "全量折扣": "all-units",
    "all units": "all-units",
    "incremental": "incremental",
    "by parts": "incremental",
    "分段": "incremental",
    "分段折扣": "incremental",
    "超额": "incremental",
    "超额累进": "incremental",
    "bid": "bid",
    "the whole bid": "bid",
    "整份报价": "bid",
    "整单": "bid",
    "destination": "destination",
    "each delivery place": "destination",
    "每个交货地": "destination",
    "每到站": "destination",
}


@dataclass
class Row:
    """One row of a grid: its cells by column, and the places each of them stands for."""

    cells: dict[str, str]
    bases: list[str] = field(default_factory=list)
    paths: dict[str, list[str]] = field(default_factory=dict)

    def stands_for(self, base: str, **paths: str) -> Row:
        """Note what the row and its cells stand for."""
        self.bases.append(base)
        for column, path in paths.items():
            self.paths.setdefault(column, []).append(path)
        return self


Rows = dict[str, list[Row]]
Cells = Mapping[str, Iterable[Mapping[str, str]]]


def plain(text: str) -> str:
    """Write a number as round files do, if it is one; leave everything else as typed.

    >>> plain("５,６50.00"), plain("1.5%"), plain("about 5")
    ('5650.00', '1.5', 'about 5')
    """
    kept = text.strip()
    try:
        return f"{exact_number(kept.removesuffix('%').removesuffix('％')):f}" if kept else ""
    except ValueError:
        return kept


def content_from_rows(grids: Cells, basis: Basis) -> dict[str, Any]:
    """Read a bid out of grids; rows without anything typed are left out, nothing else is."""
    rows = {name: [_clean(row, columns) for row in grids.get(name, ())] for name, columns in GRIDS.items()}
    content: dict[str, Any] = {"offers": _offers(rows["offers"], basis)}
    freight = {row["place"]: row["price"] for row in rows["freight"] if row["price"]}
    if freight:
        content["freight"] = freight
    filled = [row for row in rows["tiers"] if any(row.values())]
    content["discounts"] = _discounts(filled, basis)
    content["packages"] = _packages([row for row in rows["packages"] if any(row.values())], basis)
    limits = [row for row in rows["limits"] if any(row.values())]
    content["minimums"] = [
        {"items": _scope(row["items"], basis), "min": row["min"]} for row in limits if row["min"]
    ]
    content["capacities"] = [
        {"items": _scope(row["items"], basis), **({"max": row["max"]} if row["max"] else {})}
        for row in limits
        if row["max"] or not row["min"]
    ]
    content["charges"] = [
        {"amount": row["amount"], "per": WORDS.get(row["per"].lower(), row["per"]) or "bid"}
        for row in rows["charges"]
        if row["amount"]
    ]
    for row in rows["terms"]:
        content |= {name: whole(plain(value)) for name, value in row.items() if value}
    return {key: value for key, value in content.items() if value not in ([], {})}


def _clean(row: Mapping[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    return {c: plain(row.get(c, "")) if c in NUMBERS else row.get(c, "").strip() for c in columns}


def _offers(rows: list[dict[str, str]], basis: Basis) -> list[dict[str, str]]:
    return [
        {key: value for key, value in {**row, "item": _item_code(row["item"], basis)}.items() if value}
        for row in rows
        if any(value for key, value in row.items() if key != "item")
    ]


def _discounts(rows: list[dict[str, str]], basis: Basis) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    name = ""
    for row in rows:
        name = row["discount"] or name or f"D{len(found) + 1}"
        discount = found.setdefault(name, {"id": name, "items": "", "kind": "", "tiers": []})
        discount["items"] = discount["items"] or row["items"]
        discount["kind"] = discount["kind"] or row["kind"]
        tier = {key: row[key] for key in ("from", "percent", "off") if row[key]}
        if tier:
            discount["tiers"].append(tier)
    for discount in found.values():
        discount["items"] = _scope(discount["items"], basis)
        discount["kind"] = WORDS.get(discount["kind"].lower(), discount["kind"]) or "all-units"
    return list(found.values())


def _packages(rows: list[dict[str, str]], basis: Basis) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    name = ""
    for row in rows:
        name = row["package"] or name or f"P{len(found) + 1}"
        package = found.setdefault(name, {"id": name, "quantities": {}})
        for key in ("price", "exclusive"):
            if row[key] and key not in package:
                package[key] = row[key]
        if row["item"] or row["quantity"]:
            item = _item_code(row["item"], basis)
            # an item given twice is kept under another name, so that the reader sees both rows
            while item in package["quantities"]:
                item = f"{item} (2)"
            package["quantities"][item] = row["quantity"]
    return list(found.values())


def _item_code(text: str, basis: Basis) -> str:
    """Find the item that a number or code names; leave what names none as typed."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(basis.items) and text not in basis.by_code:
        return basis.items[int(text) - 1].code
    return text


def _scope(text: str, basis: Basis) -> str | list[str]:
    """Read ``1-3, 5``, item codes or ``all``."""
    if text.strip().lower() in ALL:
        return "all"
    found: list[str] = []
    for part in re.split(r"[,，、;；\s]+", text.strip()):
        bounds = re.fullmatch(r"(\d{1,5})\s*[-–—~～]\s*(\d{1,5})", part)
        if bounds and 1 <= int(bounds[1]) <= int(bounds[2]) <= len(basis.items):
            found += [_item_code(str(n), basis) for n in range(int(bounds[1]), int(bounds[2]) + 1)]
        elif part:
            found.append(_item_code(part, basis))
    return found or [text.strip()]


def rows_from_content(content: Mapping[str, Any], basis: Basis) -> Rows:
    """Write a bid as grids: every item and place a row, then whatever else the content holds."""
    terms = Row({key: str(content.get(key, "")) for key in GRIDS["terms"]})
    return {
        "offers": _offer_rows(content.get("offers", []), basis),
        "freight": _freight_rows(content.get("freight", {}), basis),
        "tiers": _tier_rows(content.get("discounts", []), basis),
        "packages": _package_rows(content.get("packages", []), basis),
        "limits": _limit_rows(content, basis),
        "charges": [
            Row({"amount": charge.get("amount", ""), "per": charge.get("per", "")}).stands_for(
                f"charges[{n}]", amount=f"charges[{n}].amount", per=f"charges[{n}].per"
            )
            for n, charge in enumerate(content.get("charges", []))
        ],
        "terms": [terms.stands_for("", payment_days="payment_days", lead_days="lead_days")],
    }


def _offer_rows(offers: list[dict[str, str]], basis: Basis) -> list[Row]:
    columns = GRIDS["offers"]
    rows = {row.code: Row({**dict.fromkeys(columns, ""), "item": row.code}) for row in basis.items}
    extra: list[Row] = []
    for number, offer in enumerate(offers):
        base = f"offers[{number}]"
        row = rows.get(offer.get("item", ""))
        if row is None or row.bases:
            row = Row({})
            extra.append(row)
        row.cells = {column: offer.get(column, "") for column in columns}
        row.stands_for(base, **{column: f"{base}.{column}" for column in columns})
    return [*rows.values(), *extra]


def _freight_rows(freight: Mapping[str, str], basis: Basis) -> list[Row]:
    codes = dict.fromkeys([*(place.code for place in basis.places), *freight])
    return [
        Row({"place": code, "price": freight.get(code, "")}).stands_for(
            f"freight.{code}", price=f"freight.{code}"
        )
        for code in codes
    ]


def _tier_rows(discounts: list[dict[str, Any]], basis: Basis) -> list[Row]:
    rows: list[Row] = []
    for number, discount in enumerate(discounts):
        base = f"discounts[{number}]"
        for place, tier in enumerate(discount.get("tiers") or [{}]):
            first = place == 0
            cells = {
                "discount": discount.get("id", ""),
                "kind": discount.get("kind", "") if first else "",
                "items": scope_text(discount.get("items", "all"), basis) if first else "",
                **{key: tier.get(key, "") for key in ("from", "percent", "off")},
            }
            at = f"{base}.tiers[{place}]"
            row = Row(cells).stands_for(at, **{key: f"{at}.{key}" for key in ("from", "percent", "off")})
            if first:
                row.stands_for(base, discount=f"{base}.id", kind=f"{base}.kind", items=f"{base}.items")
            rows.append(row)
    return rows


def _package_rows(packages: list[dict[str, Any]], basis: Basis) -> list[Row]:
    rows: list[Row] = []
    for number, package in enumerate(packages):
        base = f"packages[{number}]"
        quantities = package.get("quantities") or {"": ""}
        for place, (item, quantity) in enumerate(quantities.items()):
            first = place == 0
            cells = {
                "package": package.get("id", ""),
                "item": item_text(item, basis),
                "quantity": quantity,
                "price": package.get("price", "") if first else "",
                "exclusive": package.get("exclusive", "") if first else "",
            }
            at = f"{base}.quantities.{item}"
            row = Row(cells).stands_for(at, quantity=at)
            if first:
                row.stands_for(
                    base, package=f"{base}.id", price=f"{base}.price", exclusive=f"{base}.exclusive"
                )
            rows.append(row)
    return rows


def _limit_rows(content: Mapping[str, Any], basis: Basis) -> list[Row]:
    """Minimums and capacities over the same scope share a row; one without a figure has its own."""
    rows: list[Row] = []
    for kind, column in (("minimums", "min"), ("capacities", "max")):
        for number, limit in enumerate(content.get(kind, [])):
            scope = scope_text(limit.get("items", "all"), basis)
            shared = (r for r in rows if r.cells["items"] == scope and r.cells["min"] and not r.cells["max"])
            row = next(shared, None) if kind == "capacities" and limit.get("max") else None
            if row is None:
                row = Row({"items": scope, "min": "", "max": ""})
                rows.append(row)
            row.cells[column] = limit.get(column, "")
            base = f"{kind}[{number}]"
            row.stands_for(base, items=f"{base}.items", **{column: f"{base}.{column}"})
    return rows


def item_text(code: str, basis: Basis) -> str:
    """Name an item by its number, as people do in the grids."""
    return str(basis.by_code[code].number) if code in basis.by_code else code


def scope_text(scope: str | list[str], basis: Basis) -> str:
    """Write a scope as people type it; all items are left empty.

    Neighbouring numbers are drawn together: ``1-3, 5``.
    """
    if isinstance(scope, str):
        return "" if scope == "all" else scope
    told: list[str] = []
    run: list[int] = []
    for code in [*scope, ""]:
        number = basis.by_code[code].number if code in basis.by_code else 0
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        told += [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0])] if run else []
        told += [code] if code and not number else []
        run = [number] if number else []
    return ", ".join(told)
