"""Rounds written in a few words."""

from decimal import Decimal

from brain_engines.awards.problem import Bid, Demand, Item, Member, Offer, Round, Rules, Supplier


def bid(supplier, prices, **terms):
    """A bid with a unit price an item, ``{"i1": "10", …}``; limits as ``{"i1": ("10", min, max)}``."""
    offers = []
    for item, price in prices.items():
        amount, least, most = price if isinstance(price, tuple) else (price, 0, None)
        limit = None if most is None else Decimal(most)
        offers.append(Offer(item, Decimal(amount), min=Decimal(least), max=limit))
    return Bid(supplier, tuple(offers), **terms)


def demand(member, item, quantity, reserve=None, excluded=()):
    """A demand; numbers as text."""
    return Demand(
        member, item, Decimal(quantity), None if reserve is None else Decimal(reserve), tuple(excluded)
    )


def small(bids, demands, *, places=None, **rules):
    """A round of these bids and demands; whoever is named takes part, in the order of names."""
    items = sorted({d.item for d in demands} | {o.item for b in bids for o in b.offers})
    return Round(
        id="small",
        items=tuple(Item(name, destination=(places or {}).get(name, "")) for name in items),
        members=tuple(Member(name) for name in sorted({d.member for d in demands})),
        demands=tuple(demands),
        suppliers=tuple(Supplier(b.supplier) for b in bids),
        bids=tuple(bids),
        rules=Rules(**rules),
    )
