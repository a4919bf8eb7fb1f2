"""What a supplier is told: exact facts, never another's bid."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from industry_brain.accounts.models import Organisation
from industry_brain.awards.engine import result_of
from industry_brain.awards.engine.supplier import band_above
from industry_brain.awards.models import AwardRun
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round, Window
from tests.platform.factories.awards import offer, opened_round
from tests.platform.factories.firms import SupplierFactory

pytestmark = pytest.mark.django_db
IN_TOTAL = (
    "The single price was competitive, but every award with this offer costs at least as much in "
    "total, because of discounts, minimums, charges or rules. This is proved."
)
Solve = Callable[[Round], AwardRun]


def reasons(run: AwardRun, firm: Firm) -> list[str]:
    with translation.override("en"):
        return [row.why for row in result_of(run, firm).rows]


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (offer("5000.00", lead_days=40), "Lead time 40 days; at most 30 were allowed."),
        (offer("5000.00", freight={"elsewhere": "1.00"}), "The bid has no freight price for this place."),
        (
            offer("5701.50"),
            "Even at the deepest discount up to 0.5 % above the dearest steel bought here.",
        ),
        (
            offer("5000.00", minimums=[{"items": "all", "min": "900"}]),
            IN_TOTAL,
        ),
    ],
)
def test_a_losing_bid_is_told_the_exact_reason(
    platform: Organisation, member_firm: Firm, rival_firm: Firm, solve: Solve, says: dict[str, Any], why: str
) -> None:
    loser = SupplierFactory()
    round_ = opened_round(platform, [member_firm], {rival_firm: offer("5700.00"), loser: says})
    Window.objects.filter(round=round_).update(max_lead_days=30)

    assert reasons(solve(round_), loser) == [why, why]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("5728.50", "up to 0.5 %"),
        ("5728.51", "0.5 % to 1 %"),
        ("5757.00", "0.5 % to 1 %"),
        ("5757.01", "1 % to 2 %"),
        ("5814.00", "1 % to 2 %"),
        ("5814.01", "more than 2 %"),
    ],
)
def test_the_distance_to_others_is_told_as_a_band_that_holds_exactly(own: str, says: str) -> None:
    assert f" {says} above " in band_above(Decimal(own), Decimal("5700.00"))


def test_the_whole_quantity_and_a_part_of_it_are_told_apart(
    platform: Organisation, member_firm: Firm, rival_firm: Firm, solve: Solve
) -> None:
    cheap: Firm = SupplierFactory()
    bids: dict[Firm, dict[str, Any]] = {
        rival_firm: offer("5700.00"),
        cheap: offer("5600.00", capacities=[{"items": ["item-0"], "max": "25"}]),
    }
    run = solve(opened_round(platform, [member_firm], bids))

    assert reasons(run, cheap) == [
        "Wins a part; more of it from here would not make the whole award cheaper.",
        "Wins the whole quantity.",
    ]
    assert result_of(run, cheap).won == 65_000_000


def test_packages_charges_and_freight_count_in_what_is_earned(
    platform: Organisation, member_firm: Firm, solve: Solve
) -> None:
    firm = SupplierFactory()
    says = {
        "packages": [{"id": "mix", "quantities": {"item-0": "60", "item-1": "40"}, "price": "500000.00"}],
        "charges": [{"amount": "3000.00", "per": "bid"}],
    }
    run = solve(opened_round(platform, [member_firm], {firm: says}))

    result = result_of(run, firm)

    assert (result.landed, result.landed) == (50_300_000, run.landed_cost)
    assert [(row.code, row.won) for row in result.packages] == [("mix", True)]


def test_a_bid_without_which_nothing_was_possible_is_told_so(
    platform: Organisation, member_firm: Firm, supplier_firm: Firm, solve: Solve
) -> None:
    run = solve(opened_round(platform, [member_firm], {supplier_firm: offer("5700.00")}))

    with translation.override("en"):
        assert result_of(run, supplier_firm, with_worth=True).without == (
            "Without this bid the demands could not have been filled at all."
        )
    assert result_of(run, supplier_firm).without is None
