from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from industry_brain.bids.engine import Basis, preview_of
from industry_brain.rounds.models import Item
from tests.platform.factories.bids import content


def volume(kind: str, **steps: str) -> dict[str, Any]:
    tiers = [
        {"from": "0", "off": "0"},
        {"from": "50", "off": steps["first"]},
        {"from": "150", "off": steps["second"]},
    ]
    return {"id": "volume", "items": "all", "kind": kind, "tiers": tiers}


def test_the_invoice_is_quantity_times_price_to_the_cent(basis: Basis, items: list[Item]) -> None:
    preview = preview_of(content(*items, price="5650.25"), basis)
    assert preview is not None
    assert [(line.quantity, line.invoice) for line in preview.lines] == [(100_000_000, 56_502_500)] * 2
    assert (preview.invoice, preview.freight, preview.charges, preview.landed) == (
        113_005_000,
        0,
        0,
        113_005_000,
    )


def test_freight_and_charges_come_on_top(basis: Basis, items: list[Item]) -> None:
    charges = [{"amount": "3000", "per": "bid"}, {"amount": "800", "per": "destination"}]
    bid = content(*items, price="5000", freight={"linqing": "85", "donge": "110.5"}, charges=charges)
    preview = preview_of(bid, basis)
    assert preview is not None
    assert preview.invoice == 100_000_000
    assert preview.freight == (8_500 + 11_050) * 100
    assert preview.charges == (3_000 + 2 * 800) * 100
    assert preview.landed == preview.invoice + preview.freight + preview.charges


def test_an_index_and_its_premium_make_the_price(basis: Basis, items: list[Item]) -> None:
    bid = {"offers": [{"item": items[0].code, "index": "east", "premium": "-20.5"}]}
    preview = preview_of(bid, basis)
    assert preview is not None
    assert preview.lines[0].price == 55_395_000


@pytest.mark.parametrize(
    ("kind", "share", "tier", "unit_price"),
    [
        ("all-units", 100_000, 1, "5000"),  # 20 t in all
        ("all-units", 250_000, 2, "4990"),  # 50 t: exactly at a start is inside the tier
        ("all-units", 1_000_000, 3, "4980"),
        ("incremental", 250_000, 2, "5000"),
        ("incremental", 1_000_000, 3, "4990"),  # (100 t at 10 off, 50 t at 20 off) spread over 200 t
    ],
)
def test_a_discount_counts_the_whole_scope(
    kind: str, share: int, tier: int, unit_price: str, basis: Basis, items: list[Item]
) -> None:
    bid = content(*items, price="5000", discounts=[volume(kind, first="10", second="20")])
    preview = preview_of(bid, basis, share_ppm=share)
    assert preview is not None
    assert {(line.discount, line.tier) for line in preview.lines} == {("volume", tier)}
    assert {line.unit_price for line in preview.lines} == {int(unit_price) * 10_000}


def test_an_offer_is_cut_to_its_greatest_quantity(basis: Basis, items: list[Item]) -> None:
    bid = {"offers": [{"item": items[0].code, "price": "5000", "max": "12.345"}]}
    preview = preview_of(bid, basis)
    assert preview is not None
    assert preview.quantity == 12_345_000


@pytest.mark.parametrize(
    ("limits", "beyond"),
    [
        ({"capacities": [{"items": "all", "max": "199.999"}]}, True),
        ({"capacities": [{"items": "all", "max": "200"}]}, False),
        ({"minimums": [{"items": "all", "min": "200.001"}]}, True),
        ({"minimums": [{"items": "all", "min": "200"}]}, False),
    ],
)
def test_quantities_beyond_the_bids_own_limits_are_said(
    limits: dict[str, Any], beyond: bool, basis: Basis, items: list[Item]
) -> None:
    preview = preview_of(content(*items, **limits), basis)
    assert preview is not None
    assert preview.beyond is beyond


def test_given_quantities_take_the_place_of_the_share(basis: Basis, items: list[Item]) -> None:
    preview = preview_of(content(*items, price="1"), basis, quantities={items[1].code: Decimal(7)})
    assert preview is not None
    assert [(line.row.item, line.quantity) for line in preview.lines] == [(items[1], 7_000_000)]


def test_each_package_is_priced_with_its_freight(basis: Basis, items: list[Item]) -> None:
    bid = content(
        *items,
        packages=[{"id": "mix", "quantities": {items[0].code: "10", items[1].code: "5"}, "price": "80000"}],
        freight={"linqing": "10", "donge": "100"},
        charges=[{"amount": "3000", "per": "bid"}],
    )
    preview = preview_of(bid, basis)
    assert preview is not None
    (package,) = preview.packages
    freight = {items[n].place.code: tonnes for n, tonnes in ((0, 10), (1, 5))}
    assert (package.quantity, package.price) == (15_000_000, 8_000_000)
    assert package.freight == (freight["linqing"] * 10 + freight["donge"] * 100) * 100
    assert package.landed == package.price + package.freight


def test_a_faulty_bid_has_no_preview(basis: Basis, items: list[Item]) -> None:
    assert preview_of(content(*items, price="much"), basis) is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    price=st.integers(1, 10**8),
    off=st.tuples(st.integers(0, 500), st.integers(0, 500)),
    tonnes=st.integers(1, 100_000),
    kind=st.sampled_from(["all-units", "incremental"]),
)
def test_the_invoice_agrees_with_first_principles(
    price: int, off: tuple[int, int], tonnes: int, kind: str, basis: Basis, items: list[Item]
) -> None:
    quantity, unit = Decimal(tonnes) / 1000, Decimal(price) / 10_000 + 1000
    first, second = Decimal(off[0]), Decimal(off[0] + off[1])
    bid = {
        "offers": [{"item": items[0].code, "price": str(unit)}],
        "discounts": [volume(kind, first=str(first), second=str(second))],
    }
    if kind == "all-units":
        rebate = quantity * (second if quantity >= 150 else first if quantity >= 50 else 0)
    else:
        rebate = max(min(quantity, Decimal(150)) - 50, Decimal(0)) * first
        rebate += max(quantity - 150, Decimal(0)) * second
    preview = preview_of(bid, basis, quantities={items[0].code: quantity})
    assert preview is not None
    exact = (quantity * unit - rebate) * 100
    assert abs(preview.invoice - exact) <= Decimal("0.5")
