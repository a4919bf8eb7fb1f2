"""What an award buys as rows of the minutes: quantity × price + freight = amount, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from industry_brain.awards.models import AwardedPackage, AwardLine, AwardRun
from industry_brain.awards.queries import charges_of, cover_of, packages_of
from industry_brain.kernel.money import fen_from_yuan
from industry_brain.kernel.quantity import grams_from_tonnes
from industry_brain.rounds.models import Item
from industry_brain.rounds.queries import items_of
from industry_brain.web.formats import amount, tonnes, unit_price

Row = tuple[str, str, str, str, str, str, str]  # what, supplier, tonnes, price, goods, freight, landed


def bought_rows(run: AwardRun) -> list[Row]:
    """List lines, packages with their contents, charges, and the total, which is the landed cost."""
    lines = AwardLine.objects.filter(run=run).select_related("supplier", "item__material", "item__place")
    rows: list[Row] = []
    goods = freight = 0
    for line in lines.order_by("item__code", "supplier__reference"):
        carried = line.landed - line.invoice
        goods, freight = goods + line.invoice, freight + carried
        figures = (amount(line.invoice), amount(carried), amount(line.landed))
        name = f"{line.item.material} · {line.item.place}"
        rows.append((name, str(line.supplier), tonnes(line.quantity), unit_price(line.unit_price), *figures))
    for package, contents, carried in _packages(run):
        goods, freight = goods + package.price, freight + carried
        figures = (amount(package.price), amount(carried), amount(package.price + carried))
        weight = tonnes(sum(grams for _item, grams in contents))
        rows.append(
            (_("Package {code}").format(code=package.code), str(package.supplier), weight, "", *figures)
        )
        for item, grams in contents:
            rows.append((f"– {item.material} · {item.place}", "", f"({tonnes(grams)})", "", "", "", ""))
    for charge in charges_of(run):
        name = str(charge.place) if charge.place else _("Fixed charge")
        rows.append((name, str(charge.supplier), "", "", "", "", amount(charge.amount)))
    total = (amount(goods), amount(freight), amount(run.landed_cost))
    return [*rows, (pgettext("sum", "Total"), "", tonnes(cover_of(run)[0]), "", *total)]


def _packages(run: AwardRun) -> Iterator[tuple[AwardedPackage, list[tuple[Item, int]], int]]:
    """Give each package with what it holds in grams, and its freight in fen, as the round file says."""
    packages = list(packages_of(run))
    if not packages:
        return
    bids = {bid["supplier"]: bid for bid in json.loads(run.round_file)["bids"]}
    items = {item.code: item for item in items_of(run.round)}
    for package in packages:
        bid = bids[package.supplier.reference]
        quantities = next(row["quantities"] for row in bid["packages"] if row["id"] == package.code)
        contents = [(items[code], Decimal(weight)) for code, weight in quantities.items()]
        carried = sum(fen_from_yuan(_freight(bid, item) * weight) for item, weight in contents)
        yield package, [(item, grams_from_tonnes(weight)) for item, weight in contents], carried


def _freight(bid: Mapping[str, Any], item: Item) -> Decimal:
    """Give the freight per tonne to where an item goes, nothing where the price is delivered."""
    rates = bid.get("freight") or {}
    return Decimal(rates.get(item.place.code, "0"))
