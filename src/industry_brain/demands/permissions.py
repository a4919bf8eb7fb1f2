"""Who may enter and read demands."""

from __future__ import annotations

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, acts_for
from industry_brain.accounts.states import Role
from industry_brain.demands.models import Demand, Sheet
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from industry_brain.rounds.permissions import may_oversee


def may_enter_for(actor: User, member: Firm) -> bool:
    """People of a member enter its demands, and nobody else does."""
    return member.is_member and acts_for(actor, member.pk, Role.MEMBER)


def may_change(actor: User, demand: Demand) -> bool:
    """People of the member change and withdraw its demands."""
    return acts_for(actor, demand.member_id, Role.MEMBER)


def may_correct(actor: User, sheet: Sheet) -> bool:
    """People of the member correct its sheets."""
    return acts_for(actor, sheet.member_id, Role.MEMBER)


def may_see_picture(actor: User, round_: Round) -> bool:
    """The operator's people and auditors see who demanded what."""
    return may_oversee(actor, round_)


def may_see_totals(actor: User, round_: Round) -> bool:
    """Members, the city and the operator see what the pool wants in total; suppliers do not."""
    city = (Role.MEMBER, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR)
    return may_oversee(actor, round_) or acts_as(actor, *city)
