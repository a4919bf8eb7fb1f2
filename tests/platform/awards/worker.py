"""A database with an award that a worker is to compute: ``python -m tests.platform.awards.worker``.

Meant to be run on its own: it sets Django up when it is imported.
"""

# ruff: noqa: E402 - the models can only be imported once Django is set up
import json
import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "industry_brain.config.settings.demo")
django.setup()

from django.core.management import call_command

from brain_engines.awards.generate import Size, generate
from brain_engines.awards.io import round_to_data
from brain_engines.awards.problem import Round as RoundFile
from industry_brain.accounts.models import Organisation
from industry_brain.accounts.states import Role
from industry_brain.awards.operations import start_award
from industry_brain.kernel.money import e4_from_price
from industry_brain.kernel.quantity import grams_from_tonnes
from industry_brain.rounds.models import Round
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


def opened(stated: RoundFile, operator: Organisation) -> Round:
    """Turn a stated round into rows with opened bids."""
    round_ = RoundFactory(opened=True, operator=operator)
    window = WindowFactory(round=round_)
    for code, value in stated.indices.items():
        IndexFactory(round=round_, code=code, value=e4_from_price(value))
    places = {code: PlaceFactory(code=code) for code in {item.destination for item in stated.items}}
    for item in stated.items:
        place, material = places[item.destination], MaterialFactory()
        row = ItemFactory(round=round_, window=window, code=item.id, place=place, material=material)
        for demand in (demand for demand in stated.demands if demand.item == item.id):
            DemandFactory(
                pooled=True,
                round=round_,
                member=FirmFactory._meta.model.objects.get(reference=demand.member),
                item=row,
                material=material,
                place=place,
                window=window,
                quantity=grams_from_tonnes(demand.quantity),
            )
    bids = {bid.pop("supplier"): bid for bid in round_to_data(stated)["bids"]}
    for supplier in stated.suppliers:
        firm = SupplierFactory(reference=supplier.id)
        InvitationFactory(round=round_, supplier=firm)
        BidFactory(opened=True, round=round_, supplier=firm, says=json.loads(json.dumps(bids[supplier.id])))
    return round_


def prepare() -> str:
    """Make the tables, a round large enough to take some seconds, and a run of it in the queue."""
    call_command("migrate", verbosity=0)
    stated = generate(Size(suppliers=8, items=16, members=6), seed=7)
    for member in stated.members:
        FirmFactory(reference=member.id)
    operator = OrganisationFactory()
    actor = person(Role.OPERATOR, operator, "lin")
    round_ = opened(stated, operator)
    return start_award(round_, limit_seconds=20, actor=actor, at=datetime.now(UTC)).reference


if __name__ == "__main__":
    sys.stdout.write(prepare())
