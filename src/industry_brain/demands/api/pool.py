"""What the pool wants: totals for everybody concerned, the picture for those who oversee it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from industry_brain.accounts.requests import user_of
from industry_brain.demands import operations, queries
from industry_brain.demands.permissions import may_see_picture
from industry_brain.kernel.errors import NotFound
from industry_brain.kernel.quantity import tonnes_from_grams
from industry_brain.rounds.queries import get_round

router = Router(tags=["demands"])


class TotalOut(Schema):
    """What the pool wants of a material; none where too few members want it to say so."""

    material: str
    members: int
    quantity: Decimal | None


class PooledOut(Schema):
    """An item of the pool."""

    code: str
    quantity: Decimal


class PictureColumnOut(Schema):
    """What one item of the pool is."""

    material: str
    place: str
    window: str
    quantity: Decimal


class PictureRowOut(Schema):
    """What a member wants of each item."""

    member: str
    quantities: list[Decimal]
    total: Decimal
    drafts: int


class SubstitutesOut(Schema):
    """Which other materials a member would also take for a demand; the award does not use them."""

    demand: str
    member: str
    substitutes: list[str]


class PictureOut(Schema):
    """Who wants what, who has submitted nothing, and who would take something else."""

    columns: list[PictureColumnOut]
    rows: list[PictureRowOut]
    missing: list[str]
    total: Decimal
    drafts: int
    complete: bool
    with_substitutes: list[SubstitutesOut]


@router.get("/totals/{round_reference}", response=list[TotalOut])
def show_totals(request: HttpRequest, round_reference: str) -> list[dict[str, Any]]:
    """Give what the pool wants by material; totals over fewer than three members may be withheld."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    return [
        {
            "material": total.material.code,
            "members": total.members,
            "quantity": None if total.quantity is None else tonnes_from_grams(total.quantity),
        }
        for total in queries.totals(round_, seen_by=user)
    ]


@router.get("/pool/{round_reference}", response=PictureOut)
def show_pool(request: HttpRequest, round_reference: str) -> dict[str, Any]:
    """Give who wants what and who is missing; for the operator and auditors."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    if not may_see_picture(user, round_):
        raise NotFound(_("There is no round {reference}."), code="no_round", reference=round_reference)
    return _picture(queries.pooled_picture(round_))


@router.post("/pool/{round_reference}", response=list[PooledOut])
def pool_round(request: HttpRequest, round_reference: str) -> list[dict[str, Any]]:
    """Add the submitted demands up to what is bought."""
    user = user_of(request)
    round_ = get_round(round_reference, seen_by=user)
    items = operations.pool_round(round_, actor=user, at=timezone.now())
    return [{"code": item.code, "quantity": tonnes_from_grams(item.quantity)} for item in items]


def _picture(picture: queries.Picture) -> dict[str, Any]:
    return {
        "columns": [
            {
                "material": c.material.code,
                "place": c.place.code,
                "window": c.window.code,
                "quantity": tonnes_from_grams(c.quantity),
            }
            for c in picture.columns
        ],
        "rows": [
            {
                "member": row.member.reference,
                "quantities": [tonnes_from_grams(grams) for grams in row.quantities],
                "total": tonnes_from_grams(row.total),
                "drafts": row.drafts,
            }
            for row in picture.rows
        ],
        "missing": [firm.reference for firm in picture.missing],
        "total": tonnes_from_grams(picture.total),
        "drafts": picture.drafts,
        "complete": picture.complete,
        "with_substitutes": [
            {
                "demand": d.reference,
                "member": d.member.reference,
                "substitutes": [material.code for material in d.substitutes.all()],
            }
            for d in picture.with_substitutes
        ],
    }
