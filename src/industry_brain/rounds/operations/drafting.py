"""Writing a round before anybody else sees it, and who may bid in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation, User
from industry_brain.catalogue.models import Category
from industry_brain.firms.models import Firm
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.numbering import next_reference, of_year
from industry_brain.records.operations import record
from industry_brain.rounds.models import Index, Invitation, Round, ShareRule, Window
from industry_brain.rounds.operations.bounds import (
    check_indices,
    check_rules,
    check_share_rules,
    check_titles,
    check_windows,
)
from industry_brain.rounds.operations.checks import check_calendar, check_names, in_states
from industry_brain.rounds.permissions import may_create, may_run
from industry_brain.rounds.queries import is_invited, operators_of
from industry_brain.rounds.states import RoundState

# Facts a draft is written with; everything else about a round is set by its operations.
RULES = (
    "max_suppliers",
    "min_suppliers",
    "max_suppliers_per_item",
    "annual_rate_ppm",
    "quality_weight_ppm",
    "breakaway_capacity",
    "standstill_days",
    "terms",
)
EDITABLE = (
    "title",
    "title_en",
    "category",
    "demands_close_at",
    "bids_close_at",
    "call_off_from",
    "call_off_until",
    *RULES,
)


@transaction.atomic
def create_round(
    *,
    title: str,
    category: Category,
    demands_close_at: datetime,
    bids_close_at: datetime,
    call_off_from: date,
    call_off_until: date,
    actor: User,
    at: datetime,
    title_en: str = "",
    operator: str = "",
    **rules: Any,
) -> Round:
    """Draft a round; nobody but the operator sees it until it is published.

    ``operator`` is the reference of the organisation that runs it; who acts for one alone need not say.
    """
    require(may_create, actor, None)
    check_names(rules, RULES)
    check_titles(title, title_en)
    check_calendar(demands_close_at, bids_close_at, call_off_from, call_off_until)
    check_rules(rules)
    round_ = Round.objects.create(
        reference=next_reference(of_year("R", at)),
        title=title,
        title_en=title_en,
        operator=_own_operator(actor, operator),
        category=category,
        created_by=actor,
        demands_close_at=demands_close_at,
        bids_close_at=bids_close_at,
        call_off_from=call_off_from,
        call_off_until=call_off_until,
        created_at=at,
        **rules,
    )
    Window.objects.create(round=round_, code="all", starts_on=call_off_from, ends_on=call_off_until)
    record("rounds.create_round", round_, actor=actor, at=at, title=title)
    return round_


def _own_operator(actor: User, reference: str) -> Organisation:
    own = list(operators_of(actor))
    if not reference and len(own) == 1:
        return own[0]
    for organisation in own:
        if organisation.reference == reference:
            return organisation
    raise Invalid(
        _("Say which organisation runs the round; you act for: {operators}."),
        code="which_operator",
        operators=", ".join(organisation.reference for organisation in own),
    )


@transaction.atomic
def edit_round(round_: Round, *, actor: User, at: datetime, **facts: Any) -> Round:
    """Change facts of a round that has not been published."""
    require(may_run, actor, round_)
    check_names(facts, EDITABLE)
    fresh = in_states(round_, RoundState.DRAFT)
    # A window over the whole call-off stays one when the call-off moves.
    whole = Window.objects.filter(
        round=fresh, starts_on=fresh.call_off_from, ends_on=fresh.call_off_until
    ).values_list("pk", flat=True)
    moving = list(whole)
    for name, value in facts.items():
        setattr(fresh, name, value)
    check_titles(fresh.title, fresh.title_en)
    check_calendar(fresh.demands_close_at, fresh.bids_close_at, fresh.call_off_from, fresh.call_off_until)
    check_rules({name: getattr(fresh, name) for name in RULES})
    fresh.save(update_fields=list(facts))
    Window.objects.filter(pk__in=moving).update(starts_on=fresh.call_off_from, ends_on=fresh.call_off_until)
    record("rounds.edit_round", fresh, actor=actor, at=at, changed=sorted(facts))
    return fresh


@transaction.atomic
def set_windows(round_: Round, windows: Sequence[Window], *, actor: User, at: datetime) -> Round:
    """Replace the delivery windows of a draft."""
    require(may_run, actor, round_)
    fresh = in_states(round_, RoundState.DRAFT)
    check_windows(windows, fresh.call_off_from, fresh.call_off_until)
    Window.objects.filter(round=round_).delete()
    for window in windows:
        window.pk, window.round = None, round_
        window.save(force_insert=True)
    record("rounds.set_windows", round_, actor=actor, at=at, windows=[w.code for w in windows])
    return round_


@transaction.atomic
def set_indices(round_: Round, indices: Sequence[Index], *, actor: User, at: datetime) -> Round:
    """Replace the price indices that bids may refer to; possible until bidding opens."""
    require(may_run, actor, round_)
    in_states(round_, RoundState.DRAFT, RoundState.COLLECTING, RoundState.POOLED)
    check_indices(indices)
    Index.objects.filter(round=round_).delete()
    for index in indices:
        index.pk, index.round = None, round_
        index.save(force_insert=True)
    record("rounds.set_indices", round_, actor=actor, at=at, indices={i.code: i.value for i in indices})
    return round_


@transaction.atomic
def set_share_rules(round_: Round, rules: Sequence[ShareRule], *, actor: User, at: datetime) -> Round:
    """Replace the bounds on suppliers' shares; possible until bidding opens."""
    require(may_run, actor, round_)
    in_states(round_, RoundState.DRAFT, RoundState.COLLECTING, RoundState.POOLED)
    check_share_rules(rules)
    ShareRule.objects.filter(round=round_).delete()
    for rule in rules:
        rule.pk, rule.round = None, round_
        rule.save(force_insert=True)
    bounds = [
        {"supplier": r.supplier and r.supplier.reference, "min_ppm": r.min_ppm, "max_ppm": r.max_ppm}
        for r in rules
    ]
    record("rounds.set_share_rules", round_, actor=actor, at=at, rules=bounds)
    return round_


@transaction.atomic
def invite_supplier(round_: Round, supplier: Firm, *, actor: User, at: datetime) -> Invitation:
    """Let a supplier bid; it sees the round once bidding opens."""
    require(may_run, actor, round_)
    states = (RoundState.DRAFT, RoundState.COLLECTING, RoundState.POOLED, RoundState.BIDDING)
    in_states(round_, *states)
    if not supplier.is_supplier:
        raise Invalid(
            _("{firm} is not registered as a supplier. Register it as one first."),
            code="not_a_supplier",
            firm=supplier,
        )
    if is_invited(supplier, round_):
        raise Invalid(_("{firm} is invited already."), code="invited_already", firm=supplier)
    invitation = Invitation.objects.create(round=round_, supplier=supplier, invited_at=at)
    record("rounds.invite_supplier", round_, actor=actor, at=at, supplier=supplier.reference)
    return invitation


@transaction.atomic
def withdraw_invitation(round_: Round, supplier: Firm, *, actor: User, at: datetime) -> Round:
    """Take back an invitation; possible until bidding opens, after which the supplier relies on it."""
    require(may_run, actor, round_)
    in_states(round_, RoundState.DRAFT, RoundState.COLLECTING, RoundState.POOLED)
    gone, _rows = Invitation.objects.filter(round=round_, supplier=supplier).delete()
    if not gone:
        raise Invalid(_("{firm} is not invited."), code="not_invited", firm=supplier)
    record("rounds.withdraw_invitation", round_, actor=actor, at=at, supplier=supplier.reference)
    return round_


@dataclass(frozen=True)
class Draft:
    """A round as it is written on one page: its facts and all its rows."""

    facts: dict[str, Any]
    windows: Sequence[Window]
    indices: Sequence[Index]
    share_rules: Sequence[ShareRule]
    suppliers: Sequence[Firm]
    operator: str = ""


@transaction.atomic
def save_draft(round_: Round | None, draft: Draft, *, actor: User, at: datetime) -> Round:
    """Write a draft and all its rows at once: a new one where there is none yet."""
    if round_ is None:
        round_ = create_round(**draft.facts, operator=draft.operator, actor=actor, at=at)
    else:
        round_ = edit_round(round_, actor=actor, at=at, **draft.facts)
    if draft.windows:
        set_windows(round_, draft.windows, actor=actor, at=at)
    set_indices(round_, draft.indices, actor=actor, at=at)
    set_share_rules(round_, draft.share_rules, actor=actor, at=at)
    invited = {firm.pk: firm for firm in Firm.objects.filter(invitations__round=round_)}
    wanted = {firm.pk: firm for firm in draft.suppliers}
    for pk in wanted.keys() - invited.keys():
        invite_supplier(round_, wanted[pk], actor=actor, at=at)
    for pk in invited.keys() - wanted.keys():
        withdraw_invitation(round_, invited[pk], actor=actor, at=at)
    return round_
