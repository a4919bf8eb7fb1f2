"""In which roles a person acts, and for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from industry_brain.accounts.models import Membership, Organisation, User
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


def roles_in(actor: User, organisation_id: int) -> frozenset[Role]:
    """The roles in which the person acts for this organisation."""
    return frozenset(Role(m.role) for m in memberships_of(actor) if m.organisation_id == organisation_id)


def acted_since(actor: User, organisation_id: int, role: Role, moment: datetime) -> bool:
    """Whether the person has acted for this organisation in this role since that moment or earlier."""
    return any(
        m.organisation_id == organisation_id and m.role == role and m.created_at <= moment
        for m in memberships_of(actor)
    )


def may_register_bodies(actor: User, _thing: Any = None) -> bool:
    """Operators register public bodies."""
    return acts_as(actor, Role.OPERATOR)


def may_admit(actor: User, organisation: Organisation) -> bool:
    """An organisation's own people admit their colleagues; an operator admits only its first person."""
    if roles_in(actor, organisation.pk):
        return True
    has_people = Membership.objects.filter(organisation=organisation).exists()
    return acts_as(actor, Role.OPERATOR) and not has_people


def may_see_people(actor: User, _thing: Any = None) -> bool:
    """Whoever acts for an organisation sees its people and admits colleagues."""
    return bool(memberships_of(actor))


def may_hold_keys(actor: User, user: User) -> bool:
    """A person's password and tokens are the person's own business, nobody else's."""
    return actor.pk == user.pk
