"""Rows for pages, sheets and minutes."""

import pytest

from industry_brain.awards.models import Allocation, AwardRun
from industry_brain.awards.queries.results import (
    baselines,
    comparisons_of,
    cover_of,
    matrix_of,
    shares_of,
    unfilled_of,
    weights_by_member,
    weights_by_place,
)
from industry_brain.firms.models import Firm
from tests.platform.factories.awards import AwardRunFactory, ShareFactory

pytestmark = pytest.mark.django_db


def test_the_matrix_holds_offers_and_wins(run: AwardRun, supplier_firm: Firm, rival_firm: Firm) -> None:
    suppliers, rows = matrix_of(run)

    assert set(suppliers) == {supplier_firm, rival_firm}
    cells = {cell.supplier: cell for cell in rows[0].cells}
    assert (cells[rival_firm].price, cells[rival_firm].won) == (57_000_000, 0)
    assert (cells[supplier_firm].won, rows[0].unfilled) == (120_000_000, 0)


def test_weights_add_up_to_what_is_bought(run: AwardRun) -> None:
    bought, wanted = cover_of(run)

    assert (bought, wanted) == (200_000_000, 200_000_000)
    assert sum(grams for *_names, grams in weights_by_place(run)) == bought
    assert sum(grams for *_names, grams in weights_by_member(run)) == bought


def test_what_is_missing_is_counted_per_demand(run: AwardRun, member_firm: Firm) -> None:
    allocation = Allocation.objects.filter(run=run, demand__member=member_firm).first()
    assert allocation is not None
    allocation.quantity -= 1_000_000
    allocation.save()

    assert unfilled_of(run, member_firm.pk) == [(allocation.demand, 1_000_000)]


def test_comparisons_say_by_how_much_more(run: AwardRun) -> None:
    found = {row.code: row.more for row in comparisons_of(run)}

    assert found == {"single": 0, "alone": 3_800_000, "no_discounts": 3_800_000}


def test_a_baseline_counts_only_those_for_whom_it_is_known() -> None:
    run = AwardRunFactory(proved=True)
    ShareFactory(run=run, payment=100, stand_alone=150, market=None)
    ShareFactory(run=run, payment=100, stand_alone=None, market=130)

    found = baselines(list(shares_of(run)))

    rows = {row.code: (row.baseline, row.paid, row.saving, row.is_complete) for row in found}

    assert rows == {"market": (130, 100, 30, False), "stand_alone": (150, 100, 50, False)}
