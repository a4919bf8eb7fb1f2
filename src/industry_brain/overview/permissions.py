"""Who may read what is not bound to one business word."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.queries import operator_organisations
from industry_brain.accounts.states import Role


def may_read_record(actor: User, _thing: Any = None) -> bool:
    """Auditors read the record of all operations; so do operators while there is one operator alone.

    The record is one for the whole platform, so an operator beside others would read theirs.
    """
    if acts_as(actor, Role.AUDITOR):
        return True
    return acts_as(actor, Role.OPERATOR) and operator_organisations() == 1
