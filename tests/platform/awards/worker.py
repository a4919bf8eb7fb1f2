"""A database with an award that a worker is to compute: ``python -m tests.platform.awards.worker``."""

import json
import os
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "industry_brain.config.settings.demo")


def prepare() -> str:
    """Make the tables, a round large enough to take some seconds, and a run of it in the queue."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from brain_engines.awards.generate import Size, generate
    from brain_engines.awards.io import round_to_data
    from industry_brain.accounts.states import Role
    from industry_brain.awards.operations import start_award
    from industry_brain.kernel.money import e4_from_price
    from industry_brain.kernel.quantity import grams_from_tonnes
    from tests.platform.factories.accounts import OrganisationFactory, person
    from tests.platform.factories.bids import BidFactory
    from tests.platform.factories.catalogue import MaterialFactory
    from tests.platform.factories.demands import DemandFactory
    from tests.platform.factories.firms import FirmFactory, PlaceFactory, SupplierFactory
    from tests.platform.factories.rounds import (
        IndexFactory,
        InvitationFactory,
        ItemFactory,
        RoundFactory,
        WindowFactory,
    )

    stated = generate(Size(suppliers=8, items=16, members=6), seed=7)
    operator = OrganisationFactory()
    round_ = RoundFactory(opened=True, operator=operator)
    window = WindowFactory(round=round_)
    for code, value in stated.indices.items():
        IndexFactory(round=round_, code=code, value=e4_from_price(value))
    places = {code: PlaceFactory(code=code) for code in {item.destination for item in stated.items}}
    items = {
        item.id: ItemFactory(
            round=round_,
            window=window,
            code=item.id,
            place=places[item.destination],
            material=MaterialFactory(),
        )
        for item in stated.items
    }
    members = {member.id: FirmFactory(reference=member.id) for member in stated.members}
    for demand in stated.demands:
        item = items[demand.item]
        DemandFactory(
            pooled=True,
            round=round_,
            member=members[demand.member],
            item=item,
            material=item.material,
            place=item.place,
            window=window,
            quantity=grams_from_tonnes(demand.quantity),
        )
    bids = {bid["supplier"]: bid for bid in round_to_data(stated)["bids"]}
    for supplier in stated.suppliers:
        firm = SupplierFactory(reference=supplier.id)
        InvitationFactory(round=round_, supplier=firm)
        says = {key: value for key, value in bids.get(supplier.id, {}).items() if key != "supplier"}
        BidFactory(opened=True, round=round_, supplier=firm, says=json.loads(json.dumps(says)))
    actor = person(Role.OPERATOR, operator, "lin")
    return start_award(round_, limit_seconds=20, actor=actor, at=datetime.now(UTC)).reference


if __name__ == "__main__":
    django.setup()
    print(prepare())
