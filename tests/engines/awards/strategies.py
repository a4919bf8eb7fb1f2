"""Small rounds that use every part of the round file, for properties checked by brute force."""

from decimal import Decimal

from hypothesis import strategies as st

from brain_engines.awards.problem import (
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
    ShareRule,
    Supplier,
    Tier,
)

STEP = Decimal("0.001")
PLACES = ("linqing", "donge")


def quantities(least, most):
    return st.integers(least, most).map(lambda n: n * STEP)


@st.composite
def scopes(draw, items):
    if draw(st.booleans()):
        return None
    return tuple(draw(st.lists(st.sampled_from(items), min_size=1, unique=True)))


@st.composite
def discounts(draw, offered):
    """One discount over everything, or one per item."""
    kind = draw(st.sampled_from(DiscountKind))
    together = draw(st.booleans())
    found = []
    for number, scope in enumerate([tuple(offered)] if together else [(item,) for item in offered]):
        starts = sorted(draw(st.sets(st.integers(1, 5), max_size=2)))
        percent = draw(st.booleans()) and (kind is DiscountKind.ALL_UNITS or len(scope) == 1)
        gives = sorted(draw(st.lists(st.integers(0, 12), min_size=len(starts) + 1, max_size=len(starts) + 1)))
        tiers = tuple(
            Tier(start * STEP, percent=Decimal(give) / 2)
            if percent
            else Tier(start * STEP, off=Decimal(give * 100))
            for start, give in zip([0, *starts], gives, strict=True)
        )
        items = None if together and draw(st.booleans()) else scope
        found.append(Discount(f"d{number}", kind, tiers, items))
    return tuple(found)


@st.composite
def offers(draw, item):
    least = draw(st.sampled_from((0, 0, 0, 2)))
    most = draw(st.sampled_from((None, None, 2, 3, 4)))
    price = Decimal(draw(st.integers(50, 120)) * 100)
    limits = {"min": least * STEP, "max": None if most is None else most * STEP}
    if draw(st.integers(0, 4)) == 0:
        return Offer(item, index="east", premium=price - 9000, **limits)
    return Offer(item, price, **limits)


@st.composite
def bids(draw, supplier, items):
    offered = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    packages = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2)))):
        inside = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
        amounts = {item: draw(quantities(1, 3)) for item in sorted(inside)}
        worth = int(sum(amounts.values()) * draw(st.integers(40, 110)) * 10000)
        packages.append(
            Package(f"p{number}", amounts, Decimal(worth) / 100, draw(st.sampled_from((None, "one"))))
        )
    return Bid(
        supplier=supplier,
        offers=tuple(draw(offers(item)) for item in sorted(offered)),
        discounts=draw(st.one_of(st.just(()), discounts(sorted(offered)))),
        packages=tuple(packages),
        capacities=tuple(
            Capacity(draw(quantities(1, 6)), draw(scopes(items)))
            for _ in range(draw(st.sampled_from((0, 0, 1, 2))))
        ),
        minimums=tuple(
            Minimum(draw(quantities(1, 4)), draw(scopes(items)))
            for _ in range(draw(st.sampled_from((0, 0, 1))))
        ),
        charges=tuple(
            Charge(Decimal(draw(st.integers(0, 400))) / 10, draw(st.sampled_from(ChargeBasis)))
            for _ in range(draw(st.integers(0, 2)))
        ),
        freight=draw(
            st.sampled_from(
                (None, None, {"linqing": Decimal(85), "donge": Decimal("110.5")}, {"linqing": Decimal(0)})
            )
        ),
        payment_days=draw(st.sampled_from((0, 30, 90))),
        lead_days=draw(st.sampled_from((5, 40))),
    )


@st.composite
def rules(draw, items, suppliers):
    shares = []
    if draw(st.integers(0, 2)) == 0:
        shares.append(
            ShareRule("*", draw(scopes(items)), max=Decimal(draw(st.sampled_from(("0.5", "0.6", "0.75")))))
        )
    if draw(st.integers(0, 3)) == 0:
        least = Decimal(draw(st.sampled_from(("0.1", "0.25", "0.333333"))))
        shares.append(ShareRule(draw(st.sampled_from(suppliers)), draw(scopes(items)), min=least))
    return Rules(
        max_suppliers=draw(st.sampled_from((None, None, 1, 2))),
        min_suppliers=draw(st.sampled_from((None, None, 1, 2))),
        max_suppliers_per_item=draw(st.sampled_from((None, None, 1, 2))),
        shares=tuple(shares),
        annual_rate=Decimal(draw(st.sampled_from(("0", "0.045")))),
        quality_weight=Decimal(draw(st.sampled_from(("0", "0.02")))),
        breakaway_capacity=draw(st.sampled_from(BreakawayCapacity)),
    )


@st.composite
def rounds(draw, suppliers=3, items=2, members=2, reserve=None):
    """A round of a few thousandths, so that everything can be tried."""
    names = [f"i{n}" for n in range(draw(st.integers(1, items)))]
    firms = [f"s{n}" for n in range(draw(st.integers(1, suppliers)))]
    buyers = [f"m{n}" for n in range(draw(st.integers(1, members)))]
    pairs = draw(st.lists(st.sampled_from([(m, i) for m in buyers for i in names]), min_size=1, unique=True))
    demands = tuple(
        Demand(
            member,
            item,
            draw(quantities(1, 3)),
            draw(st.sampled_from((None, None, Decimal(9000), Decimal(20000))))
            if reserve is None
            else reserve,
            tuple(draw(st.sampled_from(((), (), (firms[0],), (firms[-1],))))),
        )
        for member, item in pairs
    )
    return Round(
        id="small",
        items=tuple(
            Item(name, "", PLACES[n % 2], draw(st.sampled_from((None, None, 30))))
            for n, name in enumerate(names)
        ),
        members=tuple(Member(name) for name in buyers),
        demands=demands,
        suppliers=tuple(Supplier(name, "", Decimal(draw(st.sampled_from((100, 90))))) for name in firms),
        bids=tuple(draw(bids(name, names)) for name in firms),
        indices={"east": Decimal(9000)},
        rules=draw(rules(names, firms)),
    )
