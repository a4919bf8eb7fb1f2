"""Who may read what is not bound to one business word."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.states import Role


def may_read_record(actor: User, _thing: Any = None) -> bool:
    """Operators and auditors read the record of all operations."""
    return acts_as(actor, Role.OPERATOR, Role.AUDITOR)
