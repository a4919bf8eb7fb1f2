"""Who may change the catalogue."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.states import Role


def may_edit_catalogue(actor: User, _thing: Any = None) -> bool:
    """Operators add categories and materials."""
    return acts_as(actor, Role.OPERATOR)
