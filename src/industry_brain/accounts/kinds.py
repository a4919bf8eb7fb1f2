"""Which roles suit which kind of organisation; other contexts tell about the kinds they know."""

from __future__ import annotations

from collections.abc import Callable

from industry_brain.accounts.models import Organisation
from industry_brain.accounts.states import Role

RolesOf = Callable[[Organisation], frozenset[Role] | None]
BODY_ROLES = frozenset({Role.OPERATOR, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR})

_kinds: list[RolesOf] = []


def register_kind(roles_of: RolesOf) -> None:
    """Ask ``roles_of`` about every organisation; it answers None for those that are not of its kind."""
    if roles_of not in _kinds:
        _kinds.append(roles_of)


def suitable_roles(organisation: Organisation) -> frozenset[Role]:
    """Which roles people may have in an organisation; one of no other kind is a public body or operator."""
    for roles_of in _kinds:
        found = roles_of(organisation)
        if found is not None:
            return found
    return BODY_ROLES
