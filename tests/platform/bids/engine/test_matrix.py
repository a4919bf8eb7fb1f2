from datetime import timedelta
from typing import Any

import pytest

from industry_brain.accounts.models import User
from industry_brain.bids import queries
from industry_brain.bids.engine import Basis, Matrix, matrix_of
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Item, Round
from tests.platform.bids.conftest import FAR
from tests.platform.factories.bids import BidFactory, content


def compared(round_: Round, basis: Basis, operator: User, bids: dict[Firm, dict[str, Any]]) -> Matrix:
    for firm, says in bids.items():
        BidFactory(round=round_, supplier=firm, opened=True, says=says)
    round_.closed_at, round_.opened_at = FAR, FAR + timedelta(minutes=1)
    round_.save()
    return matrix_of(queries.openings_of(round_, seen_by=operator), basis)


def test_the_best_price_of_each_item_is_marked_ties_together(
    bidding: Round, basis: Basis, items: list[Item], operator: User, supplier_firm: Firm, rival_firm: Firm
) -> None:
    one, two = (item.code for item in items)
    offers = [{"item": one, "price": "5500"}, {"item": two, "price": "5700"}]
    matrix = compared(
        bidding,
        basis,
        operator,
        {supplier_firm: content(*items, price="5700"), rival_firm: {"offers": offers}},
    )
    assert [[c.best_price for c in row.cells] for row in matrix.rows] == [[False, True], [True, True]]
    assert [c.against_market_ppm for c in matrix.rows[0].cells] == [-17242, -51725]


@pytest.mark.parametrize(
    ("more", "status"),
    [({"lead_days": 21}, "late"), ({"freight": {"mars": "1"}}, "unserved")],
)
def test_an_offer_that_does_not_comply_is_shown_but_never_best(
    more: dict[str, Any],
    status: str,
    bidding: Round,
    basis: Basis,
    items: list[Item],
    operator: User,
    supplier_firm: Firm,
    rival_firm: Firm,
) -> None:
    matrix = compared(
        bidding,
        basis,
        operator,
        {supplier_firm: content(*items, price="1", **more), rival_firm: content(*items)},
    )
    for row in matrix.rows:
        assert (row.cells[0].status, row.cells[0].price, row.cells[0].best_price) == (status, 10_000, False)
        assert row.cells[1].best_price
    assert [column.alone is None for column in matrix.columns] == [True, False]


def test_the_delivered_price_may_turn_the_order_round(
    bidding: Round, basis: Basis, items: list[Item], operator: User, supplier_firm: Firm, rival_firm: Firm
) -> None:
    far = content(*items, price="5600", freight={"linqing": "200", "donge": "200"})
    matrix = compared(bidding, basis, operator, {supplier_firm: far, rival_firm: content(*items)})
    assert [(c.best_price, c.best_landed) for c in matrix.rows[0].cells] == [(True, False), (False, True)]


def test_the_total_alone_counts_discounts_freight_and_charges(
    bidding: Round, basis: Basis, items: list[Item], operator: User, supplier_firm: Firm, rival_firm: Firm
) -> None:
    tiers = [{"from": "0", "percent": "0"}, {"from": "200", "percent": "10"}]
    says = content(
        *items,
        price="5000",
        discounts=[{"id": "v", "items": "all", "kind": "all-units", "tiers": tiers}],
        freight={"linqing": "10", "donge": "10"},
        charges=[{"amount": "500", "per": "bid"}],
    )
    matrix = compared(bidding, basis, operator, {supplier_firm: says, rival_firm: content(*items)})
    assert matrix.columns[0].alone == (200 * 4500 + 200 * 10 + 500) * 100
    assert [c.is_cheapest for c in matrix.columns] == [True, False]
    assert {row.cells[0].full_price for row in matrix.rows} == {45_000_000}


@pytest.mark.parametrize(
    "short",
    [
        {"capacities": [{"items": "all", "max": "199"}]},
        {"minimums": [{"items": "all", "min": "201"}]},
    ],
)
def test_a_supplier_whose_limits_forbid_it_has_no_total_alone(
    short: dict[str, Any],
    bidding: Round,
    basis: Basis,
    items: list[Item],
    operator: User,
    supplier_firm: Firm,
) -> None:
    matrix = compared(bidding, basis, operator, {supplier_firm: content(*items, **short)})
    assert matrix.columns[0].alone is None


def test_items_without_an_offer_and_short_offers_are_told_apart(
    bidding: Round, basis: Basis, items: list[Item], operator: User, supplier_firm: Firm
) -> None:
    says = {"offers": [{"item": items[0].code, "price": "5000", "max": "40"}]}
    matrix = compared(bidding, basis, operator, {supplier_firm: says})
    assert [(str(row.cells[0].most), row.cells[0].status) for row in matrix.rows] == [
        ("40", "ok"),
        ("None", "none"),
    ]
    assert matrix.columns[0].alone is None
