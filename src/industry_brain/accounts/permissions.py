"""In which roles a person acts, and for whom."""

from __future__ import annotations

from typing import Any

from industry_brain.accounts.models import Membership, User
from industry_brain.accounts.states import Role


def memberships_of(actor: User) -> tuple[Membership, ...]:
    """Every membership of a person, read once for as long as the object lives."""
    cached: tuple[Membership, ...] | None = getattr(actor, "_memberships_read", None)
    if cached is None:
        cached = tuple(actor.memberships.select_related("organisation").order_by("pk"))
        actor._memberships_read = cached  # type: ignore[attr-defined] # noqa: SLF001 - a cache on the row
    return cached


def acts_as(actor: User, *roles: Role) -> bool:
    """Whether the person acts in one of the roles for some organisation."""
    return any(m.role in roles for m in memberships_of(actor))


def organisation_ids(actor: User, role: Role) -> tuple[int, ...]:
    """The primary keys of the organisations for which the person acts in a role."""
    return tuple(m.organisation_id for m in memberships_of(actor) if m.role == role)


def acts_for(actor: User, organisation_id: int, role: Role) -> bool:
    """Whether the person acts for this organisation in this role."""
    return organisation_id in organisation_ids(actor, role)


def may_manage_people(actor: User, _thing: Any = None) -> bool:
    """Operators admit people and give them roles."""
    return acts_as(actor, Role.OPERATOR)
