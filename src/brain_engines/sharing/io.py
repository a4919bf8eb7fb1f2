"""Read and write shares files (``industry-brain/shares`` version 1)."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any

from brain_engines.awards.io.strict import (
    AMOUNT,
    BIG,
    RATE,
    BadFile,
    Fields,
    Node,
    Places,
    Sink,
    parse,
    text_of,
)
from brain_engines.sharing.problem import BindingGroup, ListPrice, MemberShare, Shares, SharingRule

FORMAT, VERSION = "industry-brain/shares", 1
SIGNED = Places("amount of money", 2, -BIG, BIG)
LIST_PRICE = Places("list price", 4, -(Decimal(10) ** 9), Decimal(10) ** 9)
SIGNED_PERCENT = Places("percent", 6, -BIG, BIG)

_KEYS = (
    "format",
    "version",
    "round",
    "rule",
    "total",
    "stable",
    "tolerance",
    "worst_regret",
    "price_list",
    "members",
    "binding_groups",
)


class BadSharesFile(BadFile):
    """A shares file does not say what it should."""


def read_shares(data: str | bytes) -> Shares:
    """Read a shares file strictly; every problem in it is listed in :class:`BadSharesFile`."""
    sink = Sink()
    node = parse(data, sink)
    if sink.problems:
        raise BadSharesFile(tuple(sink.problems))
    top = node.fields(_KEYS)
    shares = _shares(top) if not sink.problems else None
    if shares is None or sink.problems:
        raise BadSharesFile(tuple(sink.problems))
    return shares


def _shares(top: Fields) -> Shares:
    if top.text("format") != FORMAT:
        top.get("format").wrong("wrong_format", "The format must be {wanted}.", wanted=FORMAT)
    if top.whole("version") != VERSION:
        top.get("version").wrong("wrong_version", "Only version {wanted} is understood.", wanted=VERSION)
    members = tuple(_member(node) for node in top.nodes("members"))
    known = frozenset(each.member for each in members)
    _once(top, "members", [each.member for each in members], "member")
    prices = tuple(_price(node) for node in top.nodes("price_list"))
    _once(top, "price_list", [each.item for each in prices], "item")
    return Shares(
        round=top.text("round"),
        rule=SharingRule(top.get("rule").choice(tuple(SharingRule))),
        total=top.decimal("total", AMOUNT),
        stable=_truth(top.get("stable")),
        tolerance=top.decimal("tolerance", RATE),
        worst_regret=top.decimal("worst_regret", AMOUNT),
        price_list=prices,
        members=members,
        binding_groups=tuple(_group(node, known) for node in top.nodes("binding_groups")),
    )


def _once(top: Fields, key: str, ids: list[str], what: str) -> None:
    seen: set[str] = set()
    for number, each in enumerate(ids):
        if each in seen:
            top.node.sink.add(
                f"{key}[{number}]", "repeated_id", "The {what} {id} is listed twice.", what=what, id=each
            )
        seen.add(each)


def _truth(node: Node) -> bool:
    if not isinstance(node.value, bool):
        node.wrong("not_true_or_false", "Either true or false is wanted here.")
    return node.value is True


def _maybe(fields: Fields, key: str, places: Places) -> Decimal | None:
    return None if fields.get(key).value is None else fields.decimal(key, places)


def _member(node: Node) -> MemberShare:
    fields = node.fields(("member", "stand_alone", "payment", "credit", "saving", "saving_percent"))
    return MemberShare(
        fields.text("member"),
        _maybe(fields, "stand_alone", SIGNED),
        fields.decimal("payment", SIGNED),
        fields.decimal("credit", SIGNED),
        _maybe(fields, "saving", SIGNED),
        _maybe(fields, "saving_percent", SIGNED_PERCENT),
    )


def _price(node: Node) -> ListPrice:
    fields = node.fields(("item", "price"))
    return ListPrice(fields.text("item"), fields.decimal("price", LIST_PRICE))


def _group(node: Node, known: frozenset[str]) -> BindingGroup:
    fields = node.fields(("members", "apart", "together"))
    members = tuple(each.reference(known, "member") for each in fields.nodes("members"))
    if len(set(members)) != len(members) or not members:
        fields.get("members").wrong("bad_group", "A group names at least one member, and each member once.")
    return BindingGroup(members, fields.decimal("apart", SIGNED), fields.decimal("together", SIGNED))


def shares_as_data(shares: Shares) -> dict[str, Any]:
    """Turn shares into the plain data of the file format."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "round": shares.round,
        "rule": shares.rule.value,
        "total": text_of(shares.total, 2),
        "stable": shares.stable,
        "tolerance": text_of(shares.tolerance),
        "worst_regret": text_of(shares.worst_regret, 2),
        "price_list": [{"item": each.item, "price": text_of(each.price, 2)} for each in shares.price_list],
        "members": [
            {
                "member": each.member,
                "stand_alone": _text(each.stand_alone),
                "payment": text_of(each.payment, 2),
                "credit": text_of(each.credit, 2),
                "saving": _text(each.saving),
                "saving_percent": _text(each.saving_percent),
            }
            for each in shares.members
        ],
        "binding_groups": [
            {
                "members": list(each.members),
                "apart": text_of(each.apart, 2),
                "together": text_of(each.together, 2),
            }
            for each in shares.binding_groups
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else text_of(number, 2)


def write_shares(shares: Shares) -> str:
    """Write a shares file; the same shares always give the same text."""
    return json.dumps(shares_as_data(shares), ensure_ascii=False, indent=2) + "\n"


def shares_schema() -> dict[str, Any]:
    """Load the published JSON Schema of shares files."""
    schema: dict[str, Any] = json.loads(
        files("brain_engines.sharing").joinpath("shares.schema.json").read_text("utf-8")
    )
    return schema
