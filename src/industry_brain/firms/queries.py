"""Reading firms and places."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.errors import NotFound

CITY = (Role.OPERATOR, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR)


def firms_seen_by(actor: User) -> QuerySet[Firm]:
    """All firms for operator and city; one's own and the suppliers for everybody else."""
    firms = Firm.objects.select_related("place").order_by("reference")
    if acts_as(actor, *CITY):
        return firms
    own = {*organisation_ids(actor, Role.MEMBER), *organisation_ids(actor, Role.SUPPLIER)}
    return firms.filter(Q(pk__in=own) | Q(is_supplier=True))


def get_firm(reference: str, *, seen_by: User) -> Firm:
    """One firm by its reference; one the actor may not see does not exist."""
    firm = firms_seen_by(seen_by).filter(reference=reference).first()
    if firm is None:
        raise NotFound(_("There is no firm {reference}."), code="no_firm", reference=reference)
    return firm


def members() -> QuerySet[Firm]:
    """Every member firm."""
    return Firm.objects.filter(is_member=True).select_related("place").order_by("reference")


def suppliers() -> QuerySet[Firm]:
    """Every supplier."""
    return Firm.objects.filter(is_supplier=True).select_related("place").order_by("reference")


def own_firms(actor: User, role: Role) -> QuerySet[Firm]:
    """The firms for which the actor acts in a role."""
    return Firm.objects.filter(pk__in=organisation_ids(actor, role)).order_by("reference")


def places() -> QuerySet[Place]:
    """Every delivery place."""
    return Place.objects.order_by("code")


def get_place(code: str) -> Place:
    """One delivery place by its code."""
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise NotFound(_("There is no delivery place {place}."), code="no_place", place=code)
    return place
