"""Bids and what they say."""

from typing import Any

import factory

from industry_brain.bids import sealing
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.states import BidState, SealingTier
from industry_brain.rounds.models import Item
from tests.platform.factories.accounts import UserFactory
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.moments import AFTER_DEMANDS
from tests.platform.factories.rounds import RoundFactory


def content(*items: Item, price: str = "5650.00", **more: Any) -> dict[str, Any]:
    """Say a bid that offers every item at one delivered price."""
    return {"offers": [{"item": item.code, "price": price} for item in items], **more}


class BidFactory(factory.django.DjangoModelFactory[Bid]):
    """A draft; ``submitted=True`` and ``opened=True`` give the later states, content in ``says``."""

    class Meta:
        model = Bid
        exclude = ("says",)
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(state=BidState.SUBMITTED, submitted_at=AFTER_DEMANDS)
        opened = factory.Trait(state=BidState.OPENED, submitted_at=AFTER_DEMANDS)

    says = factory.LazyFunction(dict)
    round = factory.SubFactory(RoundFactory, bidding=True)
    supplier = factory.SubFactory(SupplierFactory)
    reference = factory.LazyAttribute(lambda b: f"{b.round.reference}-{b.supplier.reference}")
    draft = factory.LazyAttribute(lambda b: b.says)
    draft_saved_at = AFTER_DEMANDS

    @factory.post_generation
    def envelope(self: Bid, *_create: Any, **_more: Any) -> None:
        """Seal the draft of a bid that was submitted or opened."""
        if self.state in (BidState.SUBMITTED, BidState.OPENED):
            self.revision = RevisionFactory(bid=self, submitted_at=self.submitted_at)
            self.save(update_fields=["revision"])


class RevisionFactory(factory.django.DjangoModelFactory[Revision]):
    """What a bid's draft says, sealed."""

    class Meta:
        model = Revision
        exclude = ("envelope",)

    bid = factory.SubFactory(BidFactory)
    number = 1
    envelope = factory.LazyAttribute(
        lambda r: sealing.seal(
            {
                "round": r.bid.round.reference,
                "revision": r.number,
                "bid": {**r.bid.draft, "supplier": r.bid.supplier.reference},
            },
            salt="00" * 32,
        )
    )
    receipt = factory.LazyAttribute(lambda r: f"{r.bid.reference}-{r.number:02d}-{r.envelope.sha256[:8]}")
    tier = SealingTier.SERVER
    sealed = factory.LazyAttribute(lambda r: r.envelope.body)
    sha256 = factory.LazyAttribute(lambda r: r.envelope.sha256)
    submitted_by = factory.SubFactory(UserFactory)
    submitted_at = AFTER_DEMANDS
