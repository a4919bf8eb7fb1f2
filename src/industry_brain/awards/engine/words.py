"""The engines' findings in the reader's language.

The engines say everything in English with a stable code and facts; the sentences here are
the same, so that they can be looked up in the catalogue of messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from brain_engines.awards.io import Problem

DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
NUMBER_KINDS = {
    "quantity": _("quantity"),
    "amount of money": _("amount of money"),
    "unit price": _("unit price"),
    "list price": _("list price"),
    "premium": _("premium"),
    "percent": _("percent"),
    "rate": _("rate"),
    "share": _("share"),
    "whole number": _("whole number"),
    "item": _("item"),
    "member": _("member"),
    "supplier": _("supplier"),
    "index": _("index"),
    "demand": _("demand"),
    "bid": _("bid"),
    "discount": _("discount"),
    "package": _("package"),
    "excluded supplier": _("excluded supplier"),
    "everything": _("everything"),
    "any supplier": _("any supplier"),
    "nothing": _("nothing"),
    "a list": _("a list"),
    "an object": _("an object"),
}
FAULTS = {
    "file_too_large": _("The file is larger than {limit} MB."),
    "not_utf8": _("The file is not UTF-8 text (byte {byte})."),
    "nested_too_deeply": _("The file nests deeper than {limit} levels."),
    "not_json": _("The file is not JSON: line {line}, column {column}."),
    "not_an_object": _("An object is wanted here, not {found}."),
    "repeated_key": _("The key {key} is given twice."),
    "unknown_key": _("The key {key} is unknown here; allowed are {allowed}."),
    "missing_key": _("The key {key} is missing."),
    "not_a_list": _("A list is wanted here, not {found}."),
    "not_text": _("A text is wanted here, not {found}."),
    "empty_text": _("A non-empty text of at most {limit} characters is wanted here."),
    "not_a_number": _('A {kind} such as "12.5" is wanted here, not {found}.'),
    "not_finite": _("A {kind} must be a finite number."),
    "out_of_range": _("A {kind} must lie between {least} and {most}; {found} does not."),
    "too_many_decimals": _("A {kind} has at most {decimals} decimals; {found} has more."),
    "not_whole": _("A whole number is wanted here, not {found}."),
    "not_a_choice": _("One of {allowed} is wanted here, not {found}."),
    "unknown_reference": _("There is no {what} {id} in this file."),
    "repeated_id": _("The {what} {id} is given twice."),
    "not_positive": _("A quantity must be more than 0."),
    "price_or_index": _("An offer states either a price or an index, and exactly one of them."),
    "premium_without_index": _("A premium is only possible with an index."),
    "minimum_above_maximum": _("The least quantity {min} is above the greatest, {max}."),
    "incremental_percent": _(
        "An incremental discount over several items takes money off per unit, not percent."
    ),
    "percent_or_off": _("A tier gives either percent or off, and exactly one of them."),
    "no_tiers": _("A discount needs at least one tier."),
    "tiers_start": _("The first tier starts at 0, not at {found}."),
    "tiers_ascend": _("Tiers must ascend: {found} does not lie above {before}."),
    "discount_decreases": _("A higher tier never gives less: {found} is below {before}."),
    "discounts_overlap": _("The item {item} is already in the discount {other}."),
    "not_a_scope": _('Either "all" or a list of items is wanted here, not {found}.'),
    "empty_scope": _("The list of items is empty."),
    "empty_package": _("A package needs at least one item."),
    "share_without_limit": _("A share rule states max, min or both."),
    "least_share_for_all": _("A least share is only possible for a named supplier."),
    "wrong_format": _("The format must be {wanted}."),
    "wrong_version": _("Only version {wanted} is understood."),
}
TERMS = {
    "demand": (
        _("{member} wants {quantity} t of {item} in full."),
        _("{member} accepts {needed} t instead of {quantity} t of {item}."),
    ),
    "excluded_suppliers": (_("{member} takes no {item} from {suppliers}."), ""),
    "cannot_deliver": (_("{supplier} cannot deliver {items} in time or to the destination."), ""),
    "offer_max": (
        _("{supplier} offers at most {limit} t of {item}."),
        _("{supplier} offers {needed} t instead of {limit} t of {item}."),
    ),
    "offer_min": (
        _("{supplier} delivers no less than {limit} t of {item}."),
        _("{supplier} delivers as little as {needed} t instead of {limit} t of {item}."),
    ),
    "capacity": (
        _("{supplier} can deliver at most {limit} t of {items}."),
        _("{supplier} delivers {needed} t instead of {limit} t of {items}."),
    ),
    "minimum": (
        _("{supplier} delivers no less than {limit} t of {items}."),
        _("{supplier} delivers as little as {needed} t instead of {limit} t of {items}."),
    ),
    "max_suppliers": (
        _("At most {limit} suppliers may win."),
        _("Let {needed} suppliers win instead of {limit}."),
    ),
    "min_suppliers": (
        _("At least {limit} suppliers must win."),
        _("Let {needed} suppliers suffice instead of {limit}."),
    ),
    "max_suppliers_per_item": (
        _("At most {limit} suppliers may share an item."),
        _("Let {needed} suppliers share an item instead of {limit}."),
    ),
    "share_max": (
        _("A share of at most {limit} in {items} is allowed for {supplier}."),
        _("Allow a share of {needed} instead of {limit} in {items} for {supplier}."),
    ),
    "share_min": (
        _("A share of at least {limit} in {items} is due to {supplier}."),
        _("Let a share of {needed} instead of {limit} in {items} suffice for {supplier}."),
    ),
}
DROP = _("Drop this: {sentence}")
SHARES_UNCONFIRMED = _(
    "The shares were found, but the second calculation could not confirm them in time ({what}). "
    "That says nothing against them; try again."
)
SHARES_BROKE_OFF = _(
    "Sharing the bill broke off through a fault of ours ({kind}). The award is untouched; try again, "
    "and tell whoever runs the platform if it happens again."
)
SHARES_GIVEN_UP = _("Sharing the bill was given up because the round was cancelled or set aside meanwhile.")
SHARES_REFUSED = (
    _("What {members} would pay apart was not found within {seconds} seconds. Allow more time."),
    _("The award leaves {member}'s demand for {item} unfilled, which has no reserve price."),
)


def fault_sentence(problem: Problem) -> str:
    """Say what is wrong at a place of a file."""
    known = FAULTS.get(problem.code)
    try:
        return gettext(known).format(**_translated(problem.facts)) if known else problem.message
    except KeyError:
        return problem.message


def term_sentence(term: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """Say a demand, bid term or rule of a conflict, or what would resolve it; ``names`` for references."""
    code, facts = str(term["code"]), _translated(term["facts"], names or {})
    dropped = code.startswith("drop_")
    pair = TERMS.get(code.removeprefix("drop_").removeprefix("relax_"))
    if pair is None:
        return str(term["message"])
    sentence = gettext(pair[1] if code.startswith("relax_") and pair[1] else pair[0])
    try:
        said = sentence.format(**facts)
    except KeyError:
        return str(term["message"])
    return gettext(DROP).format(sentence=said) if dropped else said


def references_in(terms: Iterable[Mapping[str, Any]]) -> set[str]:
    """Collect what may be references of firms in the facts of terms."""
    keys = ("member", "supplier", "suppliers")
    return {
        part for term in terms for key in keys for part in str(term["facts"].get(key, "")).split(", ") if part
    }


def _translated(facts: Mapping[str, str], names: Mapping[str, str] = {}) -> dict[str, str]:
    """Say the words among the facts in the reader's language, and firms by name."""
    return {
        key: ", ".join(_word(part, names) for part in str(value).split(", ")) for key, value in facts.items()
    }


def _word(text: str, names: Mapping[str, str]) -> str:
    if text in names:
        return names[text]
    if DECIMAL.fullmatch(text):
        return text.rstrip("0").removesuffix(".")
    return gettext(NUMBER_KINDS[text]) if text in NUMBER_KINDS else text
