"""Rounds for the tests: a plain maker with short arguments, and random small rounds with every term."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from brain_engines.awards.problem import (
    Award,
    Bid,
    BreakawayCapacity,
    Capacity,
    Charge,
    ChargeBasis,
    Demand,
    Discount,
    DiscountKind,
    Item,
    Member,
    Minimum,
    Offer,
    Package,
    Round,
    Rules,
    Supplier,
    Tier,
)
from brain_engines.awards.solve import solve

D = Decimal
PLAIN = Rules()
FULL = Rules(breakaway_capacity=BreakawayCapacity.FULL)


def make_round(
    wants: dict[str, dict[str, int]],
    *bids: Bid,
    rules: Rules = PLAIN,
    reserves: dict[str, str] | None = None,
) -> Round:
    """Make a round from who wants how much of what; ``reserves`` are reserve prices by item."""
    offered = {offer.item for bid in bids for offer in bid.offers}
    packed = {item for bid in bids for package in bid.packages for item in package.quantities}
    items = sorted({item for want in wants.values() for item in want} | offered | packed)
    return Round(
        id="r",
        items=tuple(
            Item(item, destination="here" if number % 2 else "there") for number, item in enumerate(items)
        ),
        members=tuple(Member(member) for member in wants),
        demands=tuple(
            Demand(member, item, D(quantity), D(reserves[item]) if reserves and item in reserves else None)
            for member, want in wants.items()
            for item, quantity in want.items()
        ),
        suppliers=tuple(Supplier(bid.supplier) for bid in bids),
        bids=bids,
        rules=rules,
    )


def offer(item: str, price: str, **more: Any) -> Offer:
    return Offer(item, D(price), **more)


def tiers(*steps: tuple[int, str]) -> Discount:
    """Make an all-units percent discount on everything."""
    return Discount(
        "volume", DiscountKind.ALL_UNITS, tuple(Tier(D(start), percent=D(off)) for start, off in steps)
    )


def awarded(round_: Round) -> tuple[Round, Award]:
    return round_, solve(round_)


def pool_with_discount() -> Round:
    """Make three firms of different size that reach a better tier only together."""
    return make_round(
        {"a": {"x": 30}, "b": {"x": 20, "y": 10}, "c": {"y": 40}},
        Bid("s", (offer("x", "100"), offer("y", "80")), (tiers((0, "0"), (50, "3"), (90, "6")),)),
        Bid("t", (offer("x", "97.50"), offer("y", "81"))),
    )


def pool_with_empty_core() -> Round:
    """Make three equal firms and a cheap mill with room for two, wholly open to every group."""
    return make_round(
        {"a": {"x": 10}, "b": {"x": 10}, "c": {"x": 10}},
        Bid("cheap", (offer("x", "80"),), capacities=(Capacity(D(20)),)),
        Bid("dear", (offer("x", "100"),)),
        rules=FULL,
    )


def pool_that_needs_everybody() -> Round:
    """Make two firms of which neither reaches the only supplier's minimum."""
    return make_round(
        {"a": {"x": 10}, "b": {"x": 20}}, Bid("s", (offer("x", "50"),), minimums=(Minimum(D(25)),))
    )


def medium_round(members: int = 12) -> Round:
    """Make a seeded pool in which the average prices are not stable."""
    wants = {
        f"m{m:02d}": {f"i{i}": 5 + 7 * ((m * 5 + i * 3) % 11) for i in range(4) if (m + i) % 3}
        for m in range(members)
    }
    total = sum(sum(want.values()) for want in wants.values())
    levels = [(0, "0"), (total // 12, "2"), (total // 4, "5"), (total // 2, "8")]
    bids = [
        Bid(
            f"s{s}",
            tuple(offer(f"i{i}", str(5000 + 137 * ((s * 7 + i * 5) % 9))) for i in range(4) if (s + i) % 4),
            (tiers(*((start + 13 * s if start else 0, off) for start, off in levels)),),
            capacities=(Capacity(D(total * (4 + s) // 10)),),
            charges=(Charge(D(800), ChargeBasis.BID),),
        )
        for s in range(3)
    ]
    dear = Bid("dear", tuple(offer(f"i{i}", "6400") for i in range(4)))
    return make_round(wants, *bids, dear)


@st.composite
def small_rounds(draw: st.DrawFn) -> Round:
    """Draw a round of two to four members with any terms; one dear supplier can always fill everything."""
    items = [f"i{n}" for n in range(draw(st.integers(1, 3)))]
    members = [f"m{n}" for n in range(draw(st.integers(2, 4)))]
    wants = {
        m: draw(st.dictionaries(st.sampled_from(items), st.integers(1, 12), min_size=1)) for m in members
    }
    bids = [draw(_bids(f"s{n}", items)) for n in range(draw(st.integers(1, 3)))]
    dear = Bid("dear", tuple(offer(item, "160") for item in items))
    rules = Rules(
        annual_rate=D(draw(st.sampled_from(["0", "0.06"]))),
        quality_weight=D(draw(st.sampled_from(["0", "0.05"]))),
        breakaway_capacity=draw(st.sampled_from(BreakawayCapacity)),
    )
    reserves = draw(st.dictionaries(st.sampled_from(items), st.sampled_from(["90", "130"]), max_size=1))
    round_ = make_round(wants, *bids, dear, rules=rules, reserves=reserves)
    shunned = draw(st.sampled_from([(), ("s0",)]))
    first, *rest = round_.demands
    demands = (replace(first, excluded_suppliers=shunned), *rest)
    quality = draw(st.sampled_from(["100", "80"]))
    suppliers = (replace(round_.suppliers[0], quality=D(quality)), *round_.suppliers[1:])
    return replace(round_, demands=demands, suppliers=suppliers)


@st.composite
def _bids(draw: st.DrawFn, supplier: str, items: list[str]) -> Bid:
    offered = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    maximum = st.one_of(st.none(), st.integers(6, 20).map(D))
    offers = tuple(
        offer(
            item, str(draw(st.integers(60, 150))), min=D(draw(st.sampled_from([0, 0, 5]))), max=draw(maximum)
        )
        for item in sorted(offered)
    )
    packages: tuple[Package, ...] = ()
    if draw(st.booleans()):
        contents = {item: D(draw(st.integers(1, 8))) for item in sorted(offered)}
        packages = (Package("p", contents, D(draw(st.integers(200, 900)))),)
    return Bid(
        supplier,
        offers,
        draw(st.sampled_from([(), (_all_units(),), (_incremental(),)])),
        packages,
        draw(st.sampled_from([(), (Capacity(D(15)),)])),
        draw(st.sampled_from([(), (Minimum(D(8)),)])),
        draw(
            st.sampled_from(
                [(), (Charge(D(30), ChargeBasis.BID),), (Charge(D(20), ChargeBasis.DESTINATION),)]
            )
        ),
        draw(st.sampled_from([None, {"here": D(3), "there": D(5)}, {"there": D(2)}])),
        draw(st.sampled_from([0, 60])),
    )


def _all_units() -> Discount:
    return tiers((0, "0"), (10, "5"), (20, "12"))


def _incremental() -> Discount:
    steps = ((0, 0), (8, 6), (16, 15))
    return Discount(
        "step", DiscountKind.INCREMENTAL, tuple(Tier(D(start), off=D(off)) for start, off in steps)
    )
