"""What keeps a bid from being submitted, in the reader's words and with a place in the form.

The judgement is the award engine's own strict reader, so that a submitted bid is one the
award can be computed with; this module says its findings in the supplier's language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brain_engines.awards.io import BadRoundFile, Problem
from brain_engines.awards.pricing import freight_of
from brain_engines.awards.problem import Bid as EngineBid
from industry_brain.bids.engine.basis import SELF, Basis

Text = str | Promise
PREFIX = "bids[0]."


@dataclass(frozen=True)
class Fault:
    """One thing to mend: its place in the round format, that place in words, and what is wrong."""

    path: str
    place: Text
    code: str
    message: Text


KINDS: dict[str, Text] = {
    "quantity": _("quantity"),
    "amount of money": _("amount"),
    "unit price": _("unit price"),
    "premium": _("premium"),
    "percent": _("percentage"),
    "whole number": _("whole number"),
}
WHATS: dict[str, Text] = {
    "item": _("item"),
    "index": _("price index"),
    "offer for item": _("offer for the item"),
    "discount": _("discount"),
    "package": _("package"),
}
_NOT_A_NUMBER = _("A {kind} is wanted here, such as 12.5; {found} is none.")
_RANGE = _("A {kind} lies between {least} and {most}; {found} does not.")
MESSAGES: dict[str, Text] = {
    "not_a_number": _NOT_A_NUMBER,
    "not_finite": _NOT_A_NUMBER,
    "not_whole": _("A whole number of days is wanted here; {found} is none."),
    "out_of_range": _RANGE,
    "too_many_decimals": _("A {kind} has at most {decimals} decimals; {found} has more."),
    "not_a_choice": _("One of {allowed} is wanted here, not {found}."),
    "unknown_reference": _("This round has no {what} “{id}”; choose one from the list."),
    "missing_key": _("Something is missing here: {key}."),
    "empty_text": _("Write a name here."),
    "price_or_index": _("Give either a price or an index with a premium, exactly one of them."),
    "premium_without_index": _("A premium needs an index; choose one, or move the figure to the price."),
    "minimum_above_maximum": _("The least quantity {min} is above the greatest, {max}."),
    "no_tiers": _("A discount needs at least one tier; the first starts at 0."),
    "tiers_start": _("The first tier starts at 0, not at {found}."),
    "tiers_ascend": _("Tiers must ascend: {found} is not above {before}."),
    "mixed_tiers": _("All tiers of a discount give a percentage, or all give money off; not both."),
    "discount_decreases": _("A higher tier never gives less: {found} is below {before}."),
    "incremental_percent": _(
        "A discount by parts over several items takes money off per tonne, not a percentage."
    ),
    "percent_or_off": _("Give either a percentage or money off per tonne, exactly one of them."),
    "discounts_overlap": _("The item {item} is already in the discount “{other}”; it can be in one only."),
    "not_a_scope": _("Write item numbers such as 1-3, 5, or leave it empty for all items."),
    "empty_scope": _("Write item numbers such as 1-3, 5, or leave it empty for all items."),
    "repeated_id": _("“{id}” is given twice here; keep one."),
    "not_positive": _("A quantity above 0 is wanted here."),
    "empty_package": _("A package needs at least one item with its quantity."),
}
_BELOW_ZERO = _("Index and premium make a price of {price}, which is below 0.")
_OFF_BELOW_ZERO = _("{off} off the price {price} of {item} falls below 0.")

COLUMNS: dict[str, Text] = {
    "price": _("price"),
    "index": _("price index"),
    "premium": _("premium"),
    "min": _("least quantity"),
    "max": _("greatest quantity"),
    "item": _("item"),
    "items": _("items"),
    "id": pgettext_lazy("of a term", "name"),
    "kind": _("kind"),
    "from": pgettext_lazy("tier", "from"),
    "percent": _("percentage"),
    "off": _("money off"),
    "quantities": _("quantity"),
    "exclusive": _("only one of"),
    "amount": _("amount"),
    "per": _("due per"),
}
PARTS: dict[str, Text] = {
    "offers": _("Prices"),
    "discounts": _("Discounts"),
    "packages": _("Packages"),
    "capacities": _("Quantity limits"),
    "minimums": _("Quantity limits"),
    "charges": _("Charges"),
    "freight": _("Freight"),
    "payment_days": _("Payment days"),
    "lead_days": _("Lead time"),
}


def faults_of(content: Mapping[str, Any], basis: Basis) -> tuple[Fault, ...]:
    """Find everything that keeps a bid from being submitted."""
    found: list[Fault] = []
    if not content.get("offers") and not content.get("packages"):
        message = _("Nothing is offered yet: give a price for at least one item, or a package.")
        found.append(Fault("offers", PARTS["offers"], "nothing_offered", message))
    freight = content.get("freight")
    if freight == {}:
        message = _("No place can be served; leave freight out altogether if prices are delivered.")
        found.append(Fault("freight", PARTS["freight"], "no_freight", message))
    known = {place.code for place in basis.places}
    for code in freight or {}:
        if code not in known:
            message = format_lazy(_("This round has no delivery place “{place}”."), place=code)
            found.append(Fault(f"freight.{code}", PARTS["freight"], "unknown_place", message))
    try:
        basis.round_with([{"offers": [], **content, "supplier": SELF}])
    except BadRoundFile as bad:
        found += [_fault(problem, content, basis) for problem in bad.errors]
    return tuple(found)


def warnings_of(bid: EngineBid, basis: Basis) -> tuple[Fault, ...]:
    """Say which offers of a sound bid cannot win, and why."""
    found: list[Fault] = []
    engine_items = {item.id: item for item in basis.round_with([]).items}
    for number, offer in enumerate(bid.offers):
        item, row = engine_items[offer.item], basis.by_code[offer.item]
        message: Text = ""
        if item.max_lead_days is not None and bid.lead_days > item.max_lead_days:
            message = format_lazy(
                _("Cannot win: your lead time of {days} days is above the {most} days allowed."),
                days=bid.lead_days,
                most=item.max_lead_days,
            )
        elif freight_of(bid, item) is None:
            message = format_lazy(_("Cannot win: you give no freight to {place}."), place=row.item.place)
        elif offer.min > row.tonnes:
            message = format_lazy(
                _("Cannot win: your least quantity is above the {quantity} t wanted."), quantity=row.tonnes
            )
        if message:
            path = f"offers[{number}]"
            found.append(Fault(path, _place(path, {}, basis, row.number), "cannot_win", message))
    return tuple(found)


def _fault(problem: Problem, content: Mapping[str, Any], basis: Basis) -> Fault:
    path = problem.place.removeprefix(PREFIX)
    return Fault(path, _place(path, content, basis), problem.code, _message(problem, basis))


def _message(problem: Problem, basis: Basis) -> Text:
    facts: dict[str, Text] = dict(problem.facts)
    sentence: Any = MESSAGES.get(problem.code)
    if problem.code == "negative_price":
        sentence = _OFF_BELOW_ZERO if "off" in facts else _BELOW_ZERO
    if sentence is None:
        return problem.message
    if "kind" in facts:
        facts["kind"] = KINDS.get(problem.facts["kind"], facts["kind"])
    if "what" in facts:
        facts["what"] = WHATS.get(problem.facts["what"], facts["what"])
    if "key" in facts:
        facts["key"] = COLUMNS.get(problem.facts["key"], facts["key"])
    if problem.facts.get("item") in basis.by_code:
        facts["item"] = str(basis.by_code[problem.facts["item"]].number)
    return format_lazy(sentence, **facts)


def _place(path: str, content: Mapping[str, Any], basis: Basis, number: int | None = None) -> Text:
    """Say a path such as ``discounts[0].tiers[1].from`` as ``Discounts “volume” · tier 2 · from``."""
    tokens = re.findall(r"[^.\[\]]+", path)
    part = tokens[0] if tokens else ""
    told: list[Text] = [PARTS.get(part, part)]
    if part == "freight" and len(tokens) > 1:
        place = next((p for p in basis.places if p.code == path.partition(".")[2]), None)
        told.append(str(place) if place is not None else path.partition(".")[2])
    elif len(tokens) > 1:
        row = _row(content, part, int(tokens[1]))
        if part == "offers":
            told.append(_item_words(row.get("item", ""), basis, number))
        elif row.get("id"):
            told.append(format_lazy("“{name}”", name=row["id"]))
        else:
            told.append(format_lazy(_("row {number}"), number=int(tokens[1]) + 1))
        told += _rest(tokens[2:])
    return format_lazy(
        " · ".join(f"{{p{n}}}" for n in range(len(told))), **{f"p{n}": words for n, words in enumerate(told)}
    )


def _rest(tokens: list[str]) -> list[Text]:
    """Say what stands inside one row: a tier, a column."""
    told: list[Text] = []
    if tokens[:1] == ["tiers"]:
        if len(tokens) > 1:
            told.append(format_lazy(_("tier {number}"), number=int(tokens[1]) + 1))
        tokens = tokens[2:]
    if tokens:
        told.append(COLUMNS.get(tokens[0], tokens[0]))
    return told


def _row(content: Mapping[str, Any], part: str, number: int) -> Mapping[str, Any]:
    rows = content.get(part, [])
    return rows[number] if isinstance(rows, list) and number < len(rows) else {}


def _item_words(code: str, basis: Basis, number: int | None) -> Text:
    if code in basis.by_code:
        number = basis.by_code[code].number
    return format_lazy(_("item {number}"), number=number) if number is not None else code
