"""A round's rows as a round file."""

from decimal import Decimal

import pytest

from brain_engines.awards.problem import BreakawayCapacity
from industry_brain.accounts.models import User
from industry_brain.awards.engine import state_round
from industry_brain.bids.queries import opened_bids
from industry_brain.demands.models import Demand
from industry_brain.demands.states import DemandState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.rounds import IndexFactory, ShareRuleFactory

pytestmark = pytest.mark.django_db


def test_everything_is_named_by_its_public_reference(
    round_: Round, operator: User, member_firm: Firm, supplier_firm: Firm
) -> None:
    stated = state_round(round_, opened_bids(round_, seen_by=operator))

    assert stated.id == round_.reference
    assert member_firm.reference in {member.id for member in stated.members}
    assert supplier_firm.reference in {supplier.id for supplier in stated.suppliers}
    assert [item.id for item in stated.items] == ["item-0", "item-1"]
    assert sum(demand.quantity for demand in stated.demands) == Decimal(200)


def test_only_pooled_demands_count(round_: Round, operator: User) -> None:
    DemandFactory(round=round_, state=DemandState.WITHDRAWN)

    assert len(state_round(round_, ()).demands) == 4


def test_reserve_prices_and_excluded_suppliers_are_stated(round_: Round, supplier_firm: Firm) -> None:
    demand = Demand.objects.filter(round=round_).order_by("reference").first()
    assert demand is not None
    demand.reserve_price = 56_005_000
    demand.save()
    demand.excluded_suppliers.add(supplier_firm, SupplierFactory())  # the second was never invited

    stated = state_round(round_, ()).demands[0]

    assert (stated.reserve_price, stated.excluded_suppliers) == (
        Decimal("5600.5"),
        (supplier_firm.reference,),
    )


def test_rules_indices_and_quality_are_stated(round_: Round, supplier_firm: Firm) -> None:
    Round.objects.filter(pk=round_.pk).update(
        max_suppliers=2, annual_rate_ppm=45_000, quality_weight_ppm=20_000, breakaway_capacity="full"
    )
    round_.refresh_from_db()
    Firm.objects.filter(pk=supplier_firm.pk).update(quality_ppm=925_000)
    IndexFactory(round=round_, code="east", value=55_600_000)
    ShareRuleFactory(round=round_, supplier=supplier_firm, max_ppm=600_000, min_ppm=100_000)

    stated = state_round(round_, ())

    rules = stated.rules
    assert (rules.max_suppliers, rules.annual_rate, rules.quality_weight, rules.breakaway_capacity) == (
        2,
        Decimal("0.045"),
        Decimal("0.02"),
        BreakawayCapacity.FULL,
    )
    assert (rules.shares[0].supplier, rules.shares[0].max, rules.shares[0].min) == (
        supplier_firm.reference,
        Decimal("0.6"),
        Decimal("0.1"),
    )
    assert stated.indices == {"east": Decimal(5560)}
    assert {s.id: s.quality for s in stated.suppliers}[supplier_firm.reference] == Decimal("92.5")
