"""Rounds and their rows."""

from datetime import date

import factory

from industry_brain.rounds.models import Index, Invitation, Item, Round, ShareRule, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import OrganisationFactory, UserFactory
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory
from tests.platform.factories.firms import PlaceFactory, SupplierFactory
from tests.platform.factories.moments import (
    AFTER_BIDS,
    AFTER_DEMANDS,
    BIDS_CLOSE,
    CALL_OFF_FROM,
    CALL_OFF_UNTIL,
    DEMANDS_CLOSE,
    NOW,
)


class RoundFactory(factory.django.DjangoModelFactory[Round]):
    """A draft; ``collecting=True``, ``pooled=True``, … give the later states with their moments."""

    class Meta:
        model = Round

    class Params:
        collecting = factory.Trait(state=RoundState.COLLECTING, published_at=NOW)
        pooled = factory.Trait(state=RoundState.POOLED, published_at=NOW, pooled_at=AFTER_DEMANDS)
        bidding = factory.Trait(
            state=RoundState.BIDDING, published_at=NOW, pooled_at=AFTER_DEMANDS, bidding_at=AFTER_DEMANDS
        )
        closed = factory.Trait(
            state=RoundState.CLOSED,
            published_at=NOW,
            pooled_at=AFTER_DEMANDS,
            bidding_at=AFTER_DEMANDS,
            closed_at=AFTER_BIDS,
        )
        opened = factory.Trait(
            state=RoundState.OPENED,
            published_at=NOW,
            pooled_at=AFTER_DEMANDS,
            bidding_at=AFTER_DEMANDS,
            closed_at=AFTER_BIDS,
            opened_at=AFTER_BIDS,
        )

    reference = factory.Sequence(lambda n: f"R-2025-{n:04}")
    title = factory.Sequence(lambda n: f"轴承钢第{n}轮")
    title_en = factory.Sequence(lambda n: f"Bearing steel, round {n}")
    operator = factory.SubFactory(OrganisationFactory)
    category = factory.SubFactory(CategoryFactory)
    created_by = factory.SubFactory(UserFactory)
    demands_close_at = DEMANDS_CLOSE
    bids_close_at = BIDS_CLOSE
    call_off_from = CALL_OFF_FROM
    call_off_until = CALL_OFF_UNTIL
    created_at = NOW


class WindowFactory(factory.django.DjangoModelFactory[Window]):
    class Meta:
        model = Window

    round = factory.SubFactory(RoundFactory)
    code = factory.Sequence(lambda n: f"w{n}")
    starts_on = date(2026, 12, 1)
    ends_on = date(2027, 2, 28)


class IndexFactory(factory.django.DjangoModelFactory[Index]):
    class Meta:
        model = Index

    round = factory.SubFactory(RoundFactory)
    code = factory.Sequence(lambda n: f"index-{n}")
    name = "GCr15 Φ50 market price"
    value = 52_000_000


class ItemFactory(factory.django.DjangoModelFactory[Item]):
    """Ten tonnes of a material; the round is a pooled one."""

    class Meta:
        model = Item

    round = factory.SubFactory(RoundFactory, pooled=True)
    material = factory.SubFactory(MaterialFactory)
    place = factory.SubFactory(PlaceFactory)
    window = factory.SubFactory(WindowFactory, round=factory.SelfAttribute("..round"))
    code = factory.LazyAttribute(lambda i: f"{i.material.code}@{i.place.code}/{i.window.code}")
    quantity = 10_000_000


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    round = factory.SubFactory(RoundFactory)
    supplier = factory.SubFactory(SupplierFactory)
    invited_at = NOW


class ShareRuleFactory(factory.django.DjangoModelFactory[ShareRule]):
    class Meta:
        model = ShareRule

    round = factory.SubFactory(RoundFactory)
    max_ppm = 600_000
