"""Who may work out, read, approve and set aside awards."""

from __future__ import annotations

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, acts_for
from industry_brain.accounts.states import Role
from industry_brain.awards.models import AwardRun, Share
from industry_brain.firms.models import Firm
from industry_brain.rounds.permissions import may_oversee, may_run


def may_lead(actor: User, run: AwardRun) -> bool:
    """People of the operator that runs the round stop, approve and set aside its awards."""
    return may_run(actor, run.round)


def may_see_all(actor: User, run: AwardRun) -> bool:
    """The operator's people and auditors read bids, files and everybody's share."""
    return may_oversee(actor, run.round)


def may_see_share(actor: User, share: Share) -> bool:
    """A member reads its own share once the award is approved; overseers read every share."""
    if may_oversee(actor, share.run.round):
        return True
    return share.run.approved_at is not None and acts_for(actor, share.member_id, Role.MEMBER)


def may_see_result(actor: User, run: AwardRun, supplier: Firm) -> bool:
    """A supplier reads what became of its own bid once the award is approved; overseers read all."""
    if may_oversee(actor, run.round):
        return True
    return run.approved_at is not None and acts_for(actor, supplier.pk, Role.SUPPLIER)


def may_see_totals(actor: User, run: AwardRun) -> bool:
    """The city and members read the totals of approved awards; overseers read them at once."""
    concerned = acts_as(actor, Role.ANALYST, Role.COMMISSIONER, Role.MEMBER)
    return may_see_all(actor, run) or (concerned and run.approved_at is not None)
