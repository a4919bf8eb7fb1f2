"""How long, how large, how many: what a fact of a round may be, whatever door it comes through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from industry_brain.kernel.errors import Invalid
from industry_brain.rounds.models import Index, ShareRule, Window
from industry_brain.rounds.states import BreakawayCapacity

MOST_WINNERS = 200
MOST_STANDSTILL_DAYS = 60
MOST_LEAD_DAYS = 365
MOST_ROWS = 48
LONGEST_TITLE = 120
LONGEST_TERMS = 20_000
LEAST_REASON = 2  # two characters are a whole reason in Chinese
LONGEST_REASON = 300
# A hundred thousand million yuan per tonne: far above every price, far below what a column takes.
LARGEST_E4 = 10**15
_CODE = re.compile(r"[-a-zA-Z0-9_]+")


def is_whole(value: object, least: int, most: int) -> bool:
    """Whether a value is a whole number between the two; truth is no number."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def check_text(name: Any, text: object, *, longest: int, least: int = 0) -> None:
    """Refuse a text that is missing, too long, or none."""
    if not isinstance(text, str) or len(text) > longest or len(text.strip()) < least:
        raise Invalid(
            _("{name}: a text of {least} to {longest} signs is wanted."),
            code="text_length",
            name=name,
            least=least,
            longest=longest,
        )


def check_price(price: object, **about: Any) -> None:
    """Refuse a price per tonne that is not above zero or larger than prices are."""
    if not is_whole(price, 1, LARGEST_E4):
        raise Invalid(
            _("A price per tonne is above zero and at most 100,000,000,000 yuan."),
            code="price_bounds",
            **about,
        )


def check_titles(title: object, title_en: object) -> None:
    """Refuse a round without a title, and titles that no page could show."""
    check_text(_("Title in Chinese"), title, longest=LONGEST_TITLE, least=1)
    check_text(_("Title in English"), title_en, longest=LONGEST_TITLE)


def check_rules(rules: dict[str, Any]) -> None:
    """Refuse bounds on winners, rates, weights and terms that cannot be meant."""
    _check_winners(rules)
    for name in ("annual_rate_ppm", "quality_weight_ppm"):
        if not is_whole(rules.get(name, 0), 0, 1_000_000):
            raise Invalid(_("Rates and weights lie between 0 % and 100 %."), code="rate_bounds")
    if not is_whole(rules.get("standstill_days", 0), 0, MOST_STANDSTILL_DAYS):
        raise Invalid(
            _("The standstill lasts 0 to {most} whole days."),
            code="standstill_bounds",
            most=MOST_STANDSTILL_DAYS,
        )
    if rules.get("breakaway_capacity", BreakawayCapacity.FULL) not in BreakawayCapacity.values:
        raise Invalid(
            _("The capacity of a group that leaves is one of: {choices}."),
            code="breakaway_capacity",
            choices=", ".join(BreakawayCapacity.values),
        )
    check_text(_("Terms for bidders"), rules.get("terms", ""), longest=LONGEST_TERMS)


def check_windows(windows: Sequence[Window], call_off_from: date, call_off_until: date) -> None:
    """Refuse delivery windows that end before they start, leave the call-off, or share a code."""
    if not windows:
        raise Invalid(_("A round needs at least one delivery window."), code="no_window")
    _check_codes([window.code for window in windows], longest=20)
    for window in windows:
        if window.ends_on < window.starts_on:
            raise Invalid(
                _("The delivery window {window} ends before it starts."),
                code="window_reversed",
                window=window.code,
            )
        if window.max_lead_days is not None and not is_whole(window.max_lead_days, 1, MOST_LEAD_DAYS):
            raise Invalid(
                _("The longest lead time of {window} is 1 to {most} days; leave it empty for no bound."),
                code="lead_days",
                window=window.code,
                most=MOST_LEAD_DAYS,
            )
    check_within(windows, call_off_from, call_off_until)


def check_within(windows: Iterable[Window], call_off_from: date, call_off_until: date) -> None:
    """Refuse a delivery window on days outside the call-off."""
    for window in windows:
        if window.starts_on < call_off_from or window.ends_on > call_off_until:
            raise Invalid(
                _(
                    "The delivery window {window} ({starts} to {ends}) lies outside the call-off "
                    "({first} to {last}). Change one of them."
                ),
                code="window_outside",
                window=window.code,
                starts=window.starts_on,
                ends=window.ends_on,
                first=call_off_from,
                last=call_off_until,
            )


def check_indices(indices: Sequence[Index]) -> None:
    """Refuse price indices without a value above zero or a name, or two with one code."""
    _check_codes([index.code for index in indices], longest=40)
    for index in indices:
        check_text(_("Name and source"), index.name, longest=160, least=1)
        if not is_whole(index.value, 1, LARGEST_E4):
            raise Invalid(
                _("The index {index} needs a value above zero, at most 100,000,000,000 yuan per tonne."),
                code="index_value",
                index=index.code,
            )


def check_share_rules(rules: Sequence[ShareRule]) -> None:
    """Refuse bounds on suppliers' shares that cannot be meant."""
    _check_count(len(rules))
    for rule in rules:
        _check_share_rule(rule)


def _check_winners(rules: dict[str, Any]) -> None:
    least, most = rules.get("min_suppliers"), rules.get("max_suppliers")
    for bound in (least, most, rules.get("max_suppliers_per_item")):
        if bound is not None and not is_whole(bound, 1, MOST_WINNERS):
            raise Invalid(
                _("A number of winners is 1 to {most}; leave it empty for no bound."),
                code="winner_bounds",
                most=MOST_WINNERS,
            )
    if least is not None and most is not None and least > most:
        raise Invalid(
            _("At least {least} and at most {most} winners cannot both hold."),
            code="winner_bounds",
            least=least,
            most=most,
        )


def _check_share_rule(rule: ShareRule) -> None:
    bounds = [ppm for ppm in (rule.min_ppm, rule.max_ppm) if ppm is not None]
    if not bounds or not all(is_whole(ppm, 0, 1_000_000) for ppm in bounds):
        raise Invalid(_("A share lies between 0 % and 100 %."), code="share_bounds")
    if rule.min_ppm is not None and rule.supplier_id is None:
        raise Invalid(_("A minimum share needs a named supplier."), code="share_minimum_unnamed")
    if rule.min_ppm is not None and rule.max_ppm is not None and rule.min_ppm > rule.max_ppm:
        raise Invalid(_("A share's minimum is above its maximum."), code="share_bounds")


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        raise Invalid(
            _("There are {count} rows; a round takes at most {most} of a kind."),
            code="too_many_rows",
            count=count,
            most=MOST_ROWS,
        )


def _check_codes(codes: Sequence[str], *, longest: int) -> None:
    _check_count(len(codes))
    for code, times in Counter(codes).items():
        if not _CODE.fullmatch(code) or len(code) > longest:
            raise Invalid(
                _("A code has 1 to {longest} Latin letters, digits, hyphens or underscores; not “{row}”."),
                code="row_code",
                longest=longest,
                row=code[:60],
            )
        if times > 1:
            raise Invalid(
                _("The code “{row}” stands there twice. Give each row its own."),
                code="row_code_twice",
                row=code,
            )
