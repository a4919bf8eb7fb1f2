"""Who may see and change firms."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.permissions import acts_as
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm


def may_register(actor: User, _thing: Any = None) -> bool:
    """Operators register firms and places."""
    return acts_as(actor, Role.OPERATOR)


def roles_in_firm(organisation: Organisation) -> frozenset[Role] | None:
    """The roles of a firm's people: member if it buys, supplier if it sells; None for other organisations."""
    firm = Firm.objects.filter(pk=organisation.pk).first()
    if firm is None:
        return None
    held = {Role.MEMBER: firm.is_member, Role.SUPPLIER: firm.is_supplier}
    return frozenset(role for role, holds in held.items() if holds)
