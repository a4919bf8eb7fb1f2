"""Everything that changes firms and places."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm, Place
from industry_brain.firms.permissions import may_register
from industry_brain.kernel.access import require
from industry_brain.kernel.errors import Invalid
from industry_brain.kernel.numbering import next_reference
from industry_brain.records.operations import record


@transaction.atomic
def register_firm(
    *,
    name: str,
    name_en: str,
    credit_code: str,
    place: Place,
    is_member: bool,
    is_supplier: bool,
    quality_ppm: int = 1_000_000,
    contact: str = "",
    actor: User,
    at: datetime,
) -> Firm:
    """Enter a firm into the platform; people are admitted for it afterwards."""
    require(may_register, actor, None)
    if not (is_member or is_supplier):
        raise Invalid(_("{name} must be a member, a supplier, or both."), code="no_part", name=name)
    if Firm.objects.filter(credit_code=credit_code).exists():
        raise Invalid(
            _("A firm with the credit code {credit_code} is registered already."),
            code="credit_code_taken",
            credit_code=credit_code,
        )
    firm = Firm.objects.create(
        reference=next_reference("F"),
        name=name,
        name_en=name_en,
        credit_code=credit_code,
        place=place,
        is_member=is_member,
        is_supplier=is_supplier,
        quality_ppm=quality_ppm,
        contact=contact,
        joined_at=at,
    )
    record("firms.register_firm", firm, actor=actor, at=at, name=name)
    return firm


@transaction.atomic
def add_place(*, code: str, name: str, name_en: str, actor: User, at: datetime) -> Place:
    """Add a delivery place to which members may have material sent."""
    require(may_register, actor, None)
    if Place.objects.filter(code=code).exists():
        raise Invalid(_("There is a delivery place {place} already."), code="place_exists", place=code)
    place = Place.objects.create(code=code, name=name, name_en=name_en)
    record("firms.add_place", place, actor=actor, at=at, place=code)
    return place
