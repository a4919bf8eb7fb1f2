"""One round that takes bids: two items to two towns, an index, two invited suppliers."""

from datetime import UTC, datetime

import pytest

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.states import Role
from industry_brain.bids.engine import Basis, basis_of
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Item, Round
from tests.platform.factories.accounts import person
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.firms import PlaceFactory, SupplierFactory
from tests.platform.factories.rounds import (
    IndexFactory,
    InvitationFactory,
    ItemFactory,
    RoundFactory,
    WindowFactory,
)

FAR = datetime(2099, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def bidding(platform: Organisation, supplier_firm: Firm, rival_firm: Firm) -> Round:
    """A round that takes bids until 2099; the doors read the clock."""
    round_ = RoundFactory(bidding=True, operator=platform, bids_close_at=FAR, reference="R-2026-0007")
    window = WindowFactory(round=round_, code="w1", max_lead_days=20)
    for code, town in (("linqing", "临清"), ("donge", "东阿")):
        ItemFactory(
            round=round_,
            window=window,
            material=MaterialFactory(code=f"GCr15-{code}"),
            place=PlaceFactory(code=code, name=town, name_en=code.title()),
            quantity=100_000_000,
            market_price=58_000_000,
        )
    IndexFactory(round=round_, code="east", value=55_600_000)
    InvitationFactory(round=round_, supplier=supplier_firm)
    InvitationFactory(round=round_, supplier=rival_firm)
    return round_


@pytest.fixture
def rival_firm(db: None) -> Firm:
    """Another steelworks that was invited."""
    return SupplierFactory(name="西特钢", name_en="West Special Steel")


@pytest.fixture
def rival(rival_firm: Firm) -> User:
    """Qian sells for the other steelworks."""
    return person(Role.SUPPLIER, rival_firm, "qian")


@pytest.fixture
def uninvited(db: None) -> User:
    """Zheng sells for a trader whom nobody invited."""
    return person(Role.SUPPLIER, SupplierFactory(name="贸易行", name_en="Trader"), "zheng")


@pytest.fixture
def basis(bidding: Round) -> Basis:
    """What bids in the round refer to."""
    return basis_of(bidding)


@pytest.fixture
def items(basis: Basis) -> list[Item]:
    """The round's items in declared order."""
    return [row.item for row in basis.items]
