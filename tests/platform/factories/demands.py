"""Demands and imported sheets."""

import factory

from industry_brain.demands.models import Demand, Sheet, SheetRow
from industry_brain.demands.states import DemandState, RowState
from tests.platform.factories.accounts import UserFactory
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.firms import FirmFactory, PlaceFactory
from tests.platform.factories.moments import NOW
from tests.platform.factories.rounds import ItemFactory, RoundFactory, WindowFactory


class DemandFactory(factory.django.DjangoModelFactory[Demand]):
    """A draft for ten tonnes in a round that collects demands.

    ``submitted=True`` and ``pooled=True`` give the later states; a pooled demand brings an
    item of its own of the same quantity.
    """

    class Meta:
        model = Demand

    class Params:
        submitted = factory.Trait(state=DemandState.SUBMITTED, submitted_at=NOW)
        pooled = factory.Trait(
            state=DemandState.POOLED,
            submitted_at=NOW,
            round=factory.SubFactory(RoundFactory, pooled=True),
            item=factory.SubFactory(
                ItemFactory,
                round=factory.SelfAttribute("..round"),
                material=factory.SelfAttribute("..material"),
                place=factory.SelfAttribute("..place"),
                window=factory.SelfAttribute("..window"),
                quantity=factory.SelfAttribute("..quantity"),
            ),
        )

    reference = factory.Sequence(lambda n: f"D-2025-{n:04}")
    round = factory.SubFactory(RoundFactory, collecting=True)
    member = factory.SubFactory(FirmFactory)
    material = factory.SubFactory(MaterialFactory)
    place = factory.SubFactory(PlaceFactory)
    window = factory.SubFactory(WindowFactory, round=factory.SelfAttribute("..round"))
    quantity = 10_000_000
    entered_by = factory.SubFactory(UserFactory)
    entered_at = NOW


class SheetFactory(factory.django.DjangoModelFactory[Sheet]):
    class Meta:
        model = Sheet

    reference = factory.Sequence(lambda n: f"S-2025-{n:04}")
    round = factory.SubFactory(RoundFactory, collecting=True)
    member = factory.SubFactory(FirmFactory)
    file_name = "demands.xlsx"
    columns = factory.LazyFunction(lambda: ["物料", "数量"])
    imported_by = factory.SubFactory(UserFactory)
    imported_at = NOW


class SheetRowFactory(factory.django.DjangoModelFactory[SheetRow]):
    class Meta:
        model = SheetRow

    sheet = factory.SubFactory(SheetFactory)
    number = factory.Sequence(lambda n: n + 1)
    cells = factory.LazyFunction(lambda: ["GCr15", "0"])
    state = RowState.FAULTY
