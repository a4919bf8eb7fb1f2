"""Read and write the award file (version 1)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from brain_engines.awards.io import strict
from brain_engines.awards.io.strict import AMOUNT, PRICE, QUANTITY, RATE, Node, Sink, text_of
from brain_engines.awards.problem import (
    Allocation,
    Award,
    AwardedCharge,
    AwardedPackage,
    AwardLine,
    AwardStatus,
    ChargeBasis,
    Conflict,
    Relaxation,
    Unfilled,
)

FORMAT = "industry-brain/award"
VERSION = 1
_TOTAL = strict.Places("amount of money", 2, Decimal(0), Decimal(10) ** 15)


class BadAwardFile(strict.BadFile):
    """An award file does not say what it should; ``errors`` lists every problem found in it."""


def read_award(data: str | bytes) -> Award:
    """Read an award file, or raise :class:`BadAwardFile`; whether it is sound, ``verify`` says."""
    sink = Sink()
    root = strict.parse(data, sink)
    award = None if sink.problems else _award(root)
    if award is None or sink.problems:
        raise BadAwardFile(tuple(sink.problems))
    return award


def write_award(award: Award) -> str:
    """Write an award file; reading it gives the same award."""
    return json.dumps(award_to_data(award), ensure_ascii=False, indent=1) + "\n"


def _award(root: Node) -> Award:
    f = root.fields(
        ("format", "version", "round", "round_sha256", "status", "lines"),
        (
            "evaluated_cost",
            "landed_cost",
            "lower_bound",
            "gap",
            "packages",
            "charges",
            "allocations",
            "unfilled",
            "conflicts",
            "relaxations",
        ),
    )
    if f.has("format"):
        f.get("format").choice((FORMAT,))
    if f.has("version"):
        f.get("version").whole(VERSION, VERSION)
    status = AwardStatus.INFEASIBLE
    if f.has("status"):
        status = AwardStatus(f.get("status").choice(tuple(AwardStatus)))
    if status is not AwardStatus.INFEASIBLE:
        for key in ("evaluated_cost", "landed_cost", "lower_bound", "gap"):
            if not f.has(key):
                root.wrong("missing_key", "The key {key} is missing.", key=key)
    return Award(
        status=status,
        round=f.text("round"),
        round_sha256=f.text("round_sha256"),
        evaluated_cost=f.maybe("evaluated_cost", _TOTAL),
        landed_cost=f.maybe("landed_cost", _TOTAL),
        lower_bound=f.maybe("lower_bound", _TOTAL),
        gap=f.maybe("gap", RATE),
        lines=tuple(_line(n) for n in f.nodes("lines")),
        packages=tuple(_package(n) for n in f.nodes("packages")),
        charges=tuple(_charge(n) for n in f.nodes("charges")),
        allocations=tuple(_allocation(n) for n in f.nodes("allocations")),
        unfilled=tuple(_unfilled(n) for n in f.nodes("unfilled")),
        conflicts=tuple(Conflict(*_sentence(n)) for n in f.nodes("conflicts")),
        relaxations=tuple(Relaxation(*_sentence(n)) for n in f.nodes("relaxations")),
    )


def _line(node: Node) -> AwardLine:
    f = node.fields(
        ("supplier", "item", "quantity", "price", "unit_price", "freight", "invoice", "landed"),
        ("discount", "tier"),
    )
    return AwardLine(
        supplier=f.text("supplier"),
        item=f.text("item"),
        quantity=f.decimal("quantity", QUANTITY),
        price=f.decimal("price", PRICE),
        discount=f.text("discount") if f.has("discount") else None,
        tier=f.maybe_whole("tier"),
        unit_price=f.decimal("unit_price", PRICE),
        freight=f.decimal("freight", PRICE),
        invoice=f.decimal("invoice", _TOTAL),
        landed=f.decimal("landed", _TOTAL),
    )


def _package(node: Node) -> AwardedPackage:
    f = node.fields(("supplier", "id"))
    return AwardedPackage(f.text("supplier"), f.text("id"))


def _charge(node: Node) -> AwardedCharge:
    f = node.fields(("supplier", "per", "amount"), ("destination",))
    return AwardedCharge(
        supplier=f.text("supplier"),
        per=ChargeBasis(f.get("per").choice(tuple(ChargeBasis))) if f.has("per") else ChargeBasis.BID,
        amount=f.decimal("amount", AMOUNT),
        destination=f.text("destination", empty=True) if f.has("destination") else None,
    )


def _allocation(node: Node) -> Allocation:
    f = node.fields(("member", "item", "supplier", "quantity"))
    return Allocation(f.text("member"), f.text("item"), f.text("supplier"), f.decimal("quantity", QUANTITY))


def _unfilled(node: Node) -> Unfilled:
    f = node.fields(("member", "item", "quantity"))
    return Unfilled(f.text("member"), f.text("item"), f.decimal("quantity", QUANTITY))


def _sentence(node: Node) -> tuple[str, str, str, dict[str, str]]:
    f = node.fields(("place", "code", "message"), ("facts",))
    facts = {key: n.text(empty=True) for key, n in f.table("facts").items()}
    return f.text("place", empty=True), f.text("code"), _long(f.get("message")), facts


def _long(node: Node) -> str:
    return node.value if isinstance(node.value, str) else node.text()


def award_to_data(award: Award) -> dict[str, Any]:
    """Turn an award into plain JSON values."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "round": award.round,
        "round_sha256": award.round_sha256,
        "status": award.status.value,
    }
    for key, amount, decimals in (
        ("evaluated_cost", award.evaluated_cost, 2),
        ("landed_cost", award.landed_cost, 2),
        ("lower_bound", award.lower_bound, 2),
        ("gap", award.gap, 6),
    ):
        if amount is not None:
            data[key] = text_of(amount, decimals)
    data["lines"] = [_line_data(line) for line in award.lines]
    data["packages"] = [{"supplier": p.supplier, "id": p.id} for p in award.packages]
    data["charges"] = [_charge_data(charge) for charge in award.charges]
    data["allocations"] = [
        {"member": a.member, "item": a.item, "supplier": a.supplier, "quantity": text_of(a.quantity, 3)}
        for a in award.allocations
    ]
    data["unfilled"] = [
        {"member": u.member, "item": u.item, "quantity": text_of(u.quantity, 3)} for u in award.unfilled
    ]
    data["conflicts"] = [_sentence_data(c) for c in award.conflicts]
    if award.relaxations:
        data["relaxations"] = [_sentence_data(r) for r in award.relaxations]
    return data


def _line_data(line: AwardLine) -> dict[str, Any]:
    data: dict[str, Any] = {
        "supplier": line.supplier,
        "item": line.item,
        "quantity": text_of(line.quantity, 3),
        "price": text_of(line.price, 2),
    }
    if line.discount is not None:
        data["discount"] = line.discount
        data["tier"] = line.tier
    data.update(
        {
            "unit_price": text_of(line.unit_price, 2),
            "freight": text_of(line.freight, 2),
            "invoice": text_of(line.invoice, 2),
            "landed": text_of(line.landed, 2),
        }
    )
    return data


def _charge_data(charge: AwardedCharge) -> dict[str, Any]:
    data = {"supplier": charge.supplier, "per": charge.per.value, "amount": text_of(charge.amount, 2)}
    return data if charge.destination is None else {**data, "destination": charge.destination}


def _sentence_data(row: Conflict | Relaxation) -> dict[str, Any]:
    return {"place": row.place, "code": row.code, "message": row.message, "facts": dict(row.facts)}
