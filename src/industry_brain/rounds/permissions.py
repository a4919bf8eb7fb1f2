"""Who may do what with a round."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, acts_for
from industry_brain.accounts.states import Role
from industry_brain.rounds.models import Round


def may_create(actor: User, _thing: Any = None) -> bool:
    """Operators start rounds."""
    return acts_as(actor, Role.OPERATOR)


def may_run(actor: User, round_: Round) -> bool:
    """People of the operator that runs a round lead it through its states."""
    return acts_for(actor, round_.operator_id, Role.OPERATOR)


def may_oversee(actor: User, round_: Round) -> bool:
    """The operator's people and auditors see everything in a round that has been opened."""
    return may_run(actor, round_) or acts_as(actor, Role.AUDITOR)
