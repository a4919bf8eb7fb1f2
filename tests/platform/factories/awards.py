"""Rounds with opened bids, and award runs."""

from typing import Any

import factory

from industry_brain.accounts.models import Organisation
from industry_brain.awards.models import Approval, AwardRun, Share
from industry_brain.awards.states import BoundSource, RunPhase, RunState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import UserFactory
from tests.platform.factories.bids import BidFactory
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import PlaceFactory
from tests.platform.factories.moments import AFTER_BIDS
from tests.platform.factories.rounds import InvitationFactory, ItemFactory, RoundFactory, WindowFactory

TONNE = 1_000_000


class AwardRunFactory(factory.django.DjangoModelFactory[AwardRun]):
    """A run that waits for a worker; ``proved=True`` gives one with a checked award of 1,000 yuan."""

    class Meta:
        model = AwardRun

    class Params:
        solving = factory.Trait(
            state=RunState.SOLVING, started_at=AFTER_BIDS, attempt=1, heartbeat_at=AFTER_BIDS
        )
        proved = factory.Trait(
            state=RunState.PROVED,
            phase=RunPhase.DONE,
            attempt=1,
            started_at=AFTER_BIDS,
            finished_at=AFTER_BIDS,
            checked_at=AFTER_BIDS,
            evaluated_cost=100_000,
            landed_cost=100_000,
            bound=100_000,
            gap_ppb=0,
            bound_source=BoundSource.CERTIFICATE,
            sharing_rule="price-list",
        )

    reference = factory.Sequence(lambda n: f"A-2025-{n:04}")
    round = factory.SubFactory(RoundFactory, opened=True, state=RoundState.AWARDING)
    requested_by = factory.SubFactory(UserFactory)
    requested_at = AFTER_BIDS
    heartbeat_at = AFTER_BIDS


class ApprovalFactory(factory.django.DjangoModelFactory[Approval]):
    class Meta:
        model = Approval

    run = factory.SubFactory(AwardRunFactory, proved=True)
    person = factory.SubFactory(UserFactory)
    reason = "cheapest and fair"
    approved_at = AFTER_BIDS


class ShareFactory(factory.django.DjangoModelFactory[Share]):
    class Meta:
        model = Share

    run = factory.SubFactory(AwardRunFactory, proved=True)
    member = factory.SubFactory("tests.platform.factories.firms.FirmFactory")
    quantity = 10 * TONNE
    payment = 100_000
    stand_alone = 120_000


def opened_round(
    operator: Organisation, members: list[Firm], bids: dict[Firm, dict[str, Any]], **facts: Any
) -> Round:
    """A round of one material for two towns in which every member wants 60 t and 40 t.

    ``bids`` says what each supplier offers, with ``{0}`` and ``{1}`` for the two items' codes.
    """
    round_ = RoundFactory(opened=True, operator=operator, **facts)
    window = WindowFactory(round=round_, code="w1")
    material = MaterialFactory(code=f"GCr15-{round_.pk}", diameter=50)
    for number, tonnes in ((0, 60), (1, 40)):
        place = PlaceFactory(code=f"town-{round_.pk}-{number}")
        item = ItemFactory(
            round=round_,
            material=material,
            place=place,
            window=window,
            code=f"item-{number}",
            quantity=tonnes * TONNE * len(members),
            market_price=60_000_000,
        )
        for member in members:
            DemandFactory(
                pooled=True,
                round=round_,
                member=member,
                material=material,
                place=place,
                window=window,
                item=item,
                quantity=tonnes * TONNE,
                last_price=59_000_000,
            )
    for supplier, says in bids.items():
        InvitationFactory(round=round_, supplier=supplier)
        BidFactory(opened=True, round=round_, supplier=supplier, says=says)
    return round_


def offer(price: str, **more: Any) -> dict[str, Any]:
    """A bid for both items at one price."""
    return {"offers": [{"item": f"item-{n}", "price": price} for n in (0, 1)], **more}


def tiers(*steps: tuple[str, str]) -> list[dict[str, Any]]:
    """An all-units discount over everything: (from, percent) pairs."""
    rows = [{"from": start, "percent": percent} for start, percent in steps]
    return [{"id": "volume", "items": "all", "kind": "all-units", "tiers": rows}]
