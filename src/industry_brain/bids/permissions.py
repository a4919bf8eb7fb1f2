"""Who may bid, who may open, and who may read bids when."""

from __future__ import annotations

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_for
from industry_brain.accounts.states import Role
from industry_brain.bids.models import Bid
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Invitation, Round
from industry_brain.rounds.permissions import may_oversee, may_run


def may_act_for(actor: User, supplier: Firm) -> bool:
    """A supplier's own people write, submit, withdraw and read its bids."""
    return acts_for(actor, supplier.pk, Role.SUPPLIER)


def may_write(actor: User, bid: Bid) -> bool:
    """A supplier's own people change its bid."""
    return acts_for(actor, bid.supplier_id, Role.SUPPLIER)


def may_bid(actor: User, side: tuple[Round, Firm]) -> bool:
    """The own people of an invited supplier bid for it."""
    round_, supplier = side
    invited = Invitation.objects.filter(round=round_, supplier=supplier, round__bidding_at__isnull=False)
    return may_act_for(actor, supplier) and invited.exists()


def may_open(actor: User, round_: Round) -> bool:
    """People of the operator that runs the round open its bids."""
    return may_run(actor, round_)


def may_count(actor: User, round_: Round) -> bool:
    """The operator's people and auditors learn how many bids came in, once bidding has closed."""
    return round_.closed_at is not None and may_oversee(actor, round_)


def may_read_all(actor: User, round_: Round) -> bool:
    """The operator's people and auditors read every bid of a round that has been opened."""
    return round_.opened_at is not None and may_oversee(actor, round_)
