"""Read the round file, the public contract of the engines (version 1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from brain_engines.awards.io import strict
from brain_engines.awards.io.round_writing import FORMAT, VERSION
from brain_engines.awards.io.strict import (
    AMOUNT,
    PERCENT,
    PREMIUM,
    PRICE,
    QUANTITY,
    RATE,
    SHARE,
    Node,
    Sink,
)
from brain_engines.awards.problem import (
    EVERY_SUPPLIER,
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
    Scope,
    ShareRule,
    Supplier,
    Tier,
)


class BadRoundFile(strict.BadFile):
    """A round file does not say what it should; ``errors`` lists every problem found in it."""


def read_round(data: str | bytes) -> Round:
    """Read a round file, or raise :class:`BadRoundFile` with everything that is wrong in it."""
    sink = Sink()
    root = strict.parse(data, sink)
    round_ = None if sink.problems else _round(root)
    if round_ is None or sink.problems:
        raise BadRoundFile(tuple(sink.problems))
    return round_


class _Known:
    """The ids that the file defines, so that references can be checked while reading."""

    def __init__(self, root: Node) -> None:
        def ids(key: str) -> frozenset[str]:
            rows = root.value.get(key) if isinstance(root.value, dict) else None
            found = (row.get("id") for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
            return frozenset(id_ for id_ in found if isinstance(id_, str))

        self.items, self.members, self.suppliers = ids("items"), ids("members"), ids("suppliers")
        indices = root.value.get("indices") if isinstance(root.value, dict) else None
        self.indices = frozenset(indices) if isinstance(indices, dict) else frozenset[str]()
        self.index_values: dict[str, Decimal] = {}


def _round(root: Node) -> Round:
    known = _Known(root)
    f = root.fields(
        ("format", "version", "id", "items", "members", "demands", "suppliers", "bids"),
        ("currency", "unit", "indices", "rules"),
    )
    if f.has("format"):
        f.get("format").choice((FORMAT,))
    if f.has("version"):
        f.get("version").whole(VERSION, VERSION)
    indices = {name: node.decimal(PRICE) for name, node in f.table("indices").items()}
    known.index_values = indices
    items = tuple(_item(node) for node in f.nodes("items"))
    members = tuple(_member(node) for node in f.nodes("members"))
    suppliers = tuple(_supplier(node) for node in f.nodes("suppliers"))
    demands = tuple(_demand(node, known) for node in f.nodes("demands"))
    bids = tuple(_bid(node, known) for node in f.nodes("bids"))
    _unique(f.get("items"), [item.id for item in items], "item")
    _unique(f.get("members"), [member.id for member in members], "member")
    _unique(f.get("suppliers"), [supplier.id for supplier in suppliers], "supplier")
    _unique(f.get("demands"), [f"{d.member} · {d.item}" for d in demands], "demand")
    _unique(f.get("bids"), [bid.supplier for bid in bids], "bid of supplier")
    return Round(
        id=f.text("id"),
        items=items,
        members=members,
        demands=demands,
        suppliers=suppliers,
        bids=bids,
        currency=f.text("currency") if f.has("currency") else "CNY",
        unit=f.text("unit") if f.has("unit") else "t",
        indices=indices,
        rules=_rules(f.get("rules"), known) if f.has("rules") else Rules(),
    )


def _unique(node: Node, ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for number, id_ in enumerate(ids):
        if id_ in seen and id_:
            node.sink.add(
                f"{node.place}[{number}]", "repeated_id", "The {what} {id} is given twice.", what=what, id=id_
            )
        seen.add(id_)


def _item(node: Node) -> Item:
    f = node.fields(("id",), ("category", "destination", "max_lead_days", "name"))
    return Item(
        id=f.text("id"),
        category=f.text("category", empty=True),
        destination=f.text("destination", empty=True),
        max_lead_days=f.maybe_whole("max_lead_days"),
        name=f.text("name", empty=True),
    )


def _member(node: Node) -> Member:
    f = node.fields(("id",), ("name",))
    return Member(f.text("id"), f.text("name", empty=True))


def _supplier(node: Node) -> Supplier:
    f = node.fields(("id",), ("name", "quality"))
    return Supplier(f.text("id"), f.text("name", empty=True), f.decimal("quality", PERCENT, Decimal(100)))


def _demand(node: Node, known: _Known) -> Demand:
    f = node.fields(("member", "item", "quantity"), ("reserve_price", "excluded_suppliers"))
    quantity = f.decimal("quantity", QUANTITY, Decimal(1))
    if quantity == 0 and not _troubled(node, "quantity"):
        f.get("quantity").wrong("not_positive", "A demand's quantity must be more than 0.")
    excluded = tuple(n.reference(known.suppliers, "supplier") for n in f.nodes("excluded_suppliers"))
    _unique(f.get("excluded_suppliers"), excluded, "excluded supplier")
    return Demand(
        member=f.get("member").reference(known.members, "member") if f.has("member") else "",
        item=f.get("item").reference(known.items, "item") if f.has("item") else "",
        quantity=quantity,
        reserve_price=f.maybe("reserve_price", PRICE),
        excluded_suppliers=excluded,
    )


def _troubled(node: Node, key: str) -> bool:
    """Say whether reading a key of this object already found a problem."""
    place = strict.join(node.place, key)
    return any(problem.place == place for problem in node.sink.problems[-3:])


def _bid(node: Node, known: _Known) -> Bid:
    f = node.fields(
        ("supplier", "offers"),
        (
            "discounts",
            "packages",
            "capacities",
            "minimums",
            "charges",
            "freight",
            "payment_days",
            "lead_days",
        ),
    )
    offers = tuple(_offer(n, known) for n in f.nodes("offers"))
    _unique(f.get("offers"), [offer.item for offer in offers], "offer for item")
    prices = {offer.item: price for offer in offers if (price := _price(offer, known)) is not None}
    discounts = tuple(_discount(n, prices) for n in f.nodes("discounts"))
    _unique(f.get("discounts"), [discount.id for discount in discounts], "discount")
    _apart(f.get("discounts"), discounts, tuple(prices))
    packages = tuple(_package(n, known) for n in f.nodes("packages"))
    _unique(f.get("packages"), [package.id for package in packages], "package")
    return Bid(
        supplier=f.get("supplier").reference(known.suppliers, "supplier") if f.has("supplier") else "",
        offers=offers,
        discounts=discounts,
        packages=packages,
        capacities=tuple(_capacity(n, known) for n in f.nodes("capacities")),
        minimums=tuple(_minimum(n, known) for n in f.nodes("minimums")),
        charges=tuple(_charge(n) for n in f.nodes("charges")),
        freight={d: n.decimal(PRICE) for d, n in f.table("freight").items()} if f.has("freight") else None,
        payment_days=f.whole("payment_days"),
        lead_days=f.whole("lead_days"),
    )


def _offer(node: Node, known: _Known) -> Offer:
    f = node.fields(("item",), ("price", "index", "premium", "min", "max"))
    if f.has("price") == f.has("index") and not f.broken:
        node.wrong("price_or_index", "An offer states either a price or an index, and exactly one of them.")
    if f.has("premium") and not f.has("index"):
        f.get("premium").wrong("premium_without_index", "A premium is only possible with an index.")
    offer = Offer(
        item=f.get("item").reference(known.items, "item") if f.has("item") else "",
        price=f.maybe("price", PRICE),
        index=f.get("index").reference(known.indices, "index") if f.has("index") else None,
        premium=f.decimal("premium", PREMIUM),
        min=f.decimal("min", QUANTITY),
        max=f.maybe("max", QUANTITY),
    )
    if offer.max is not None and offer.min > offer.max:
        f.get("min").wrong(
            "minimum_above_maximum",
            "The least quantity {min} is above the greatest, {max}.",
            min=offer.min,
            max=offer.max,
        )
    price = _price(offer, known)
    if price is not None and price < 0:
        f.get("premium").wrong(
            "negative_price", "Index and premium make a price of {price}, which is below 0.", price=price
        )
    return offer


def _price(offer: Offer, known: _Known) -> Decimal | None:
    if offer.index is None:
        return offer.price
    base = known.index_values.get(offer.index)
    return None if base is None else base + offer.premium


def _discount(node: Node, prices: dict[str, Decimal]) -> Discount:
    f = node.fields(("id", "items", "kind", "tiers"))
    items = _scope(f.get("items"), frozenset(prices), "offer for item") if f.has("items") else None
    kind = (
        DiscountKind(f.get("kind").choice(tuple(DiscountKind))) if f.has("kind") else DiscountKind.ALL_UNITS
    )
    tiers = tuple(_tier(n) for n in f.nodes("tiers"))
    if f.has("tiers"):
        _steps(f.get("tiers"), tiers)
    scope = tuple(prices) if items is None else items
    if (
        kind is DiscountKind.INCREMENTAL
        and any(t.percent is not None for t in tiers)
        and len(set(scope)) != 1
    ):
        f.get("tiers").wrong(
            "incremental_percent",
            "An incremental discount over several items takes money off per unit, not percent.",
        )
    most = max((tier.off for tier in tiers if tier.off is not None), default=Decimal(0))
    for item in scope:
        if item in prices and prices[item] < most:
            f.get("tiers").wrong(
                "negative_price",
                "{off} off the price {price} of {item} falls below 0.",
                off=most,
                price=prices[item],
                item=item,
            )
    return Discount(id=f.text("id"), kind=kind, tiers=tiers, items=items)


def _tier(node: Node) -> Tier:
    f = node.fields(("from",), ("percent", "off"))
    if f.has("percent") == f.has("off") and not f.broken:
        node.wrong("percent_or_off", "A tier gives either percent or off, and exactly one of them.")
    return Tier(f.decimal("from", QUANTITY), f.maybe("percent", PERCENT), f.maybe("off", PRICE))


def _steps(node: Node, tiers: tuple[Tier, ...]) -> None:
    """Tiers start at 0, ascend strictly, keep one kind and never give less."""
    if not tiers:
        node.wrong("no_tiers", "A discount needs at least one tier.")
        return
    if tiers[0].start != 0:
        node.sink.add(
            f"{node.place}[0].from",
            "tiers_start",
            "The first tier starts at 0, not at {found}.",
            found=tiers[0].start,
        )
    for number, (low, high) in enumerate(pairwise(tiers), start=1):
        place = f"{node.place}[{number}]"
        if high.start <= low.start:
            node.sink.add(
                f"{place}.from",
                "tiers_ascend",
                "Tiers must ascend: {found} does not lie above {before}.",
                found=high.start,
                before=low.start,
            )
        if (high.percent is None) != (low.percent is None):
            node.sink.add(place, "mixed_tiers", "All tiers of a discount give percent, or all give off.")
            continue
        before, found = (low.percent, high.percent) if low.percent is not None else (low.off, high.off)
        if before is not None and found is not None and found < before:
            key = "percent" if low.percent is not None else "off"
            node.sink.add(
                f"{place}.{key}",
                "discount_decreases",
                "A higher tier never gives less: {found} is below {before}.",
                found=found,
                before=before,
            )


def _apart(node: Node, discounts: tuple[Discount, ...], offered: tuple[str, ...]) -> None:
    """No item is in two discounts of one bid."""
    owner: dict[str, str] = {}
    for number, discount in enumerate(discounts):
        for item in offered if discount.items is None else discount.items:
            if item in owner:
                node.sink.add(
                    f"{node.place}[{number}].items",
                    "discounts_overlap",
                    "The item {item} is already in the discount {other}.",
                    item=item,
                    other=owner[item],
                )
            else:
                owner[item] = discount.id


def _scope(node: Node, known: frozenset[str], what: str) -> Scope:
    if node.value == "all":
        return None
    if not isinstance(node.value, list):
        node.wrong(
            "not_a_scope",
            'Either "all" or a list of items is wanted here, not {found}.',
            found=strict.kind_of(node.value),
        )
        return None
    items = tuple(n.reference(known, what) for n in node.nodes())
    if not items:
        node.wrong("empty_scope", "The list of items is empty.")
    _unique(node, items, "item")
    return items


def _package(node: Node, known: _Known) -> Package:
    f = node.fields(("id", "quantities", "price"), ("exclusive",))
    quantities: dict[str, Decimal] = {}
    for item, n in f.table("quantities").items():
        if item not in known.items:
            n.wrong("unknown_reference", "There is no {what} {id} in this file.", what="item", id=item)
        quantities[item] = n.decimal(QUANTITY)
        if quantities[item] == 0 and not any(p.place == n.place for p in n.sink.problems[-1:]):
            n.wrong("not_positive", "A package's quantity must be more than 0.")
    if f.has("quantities") and not quantities:
        f.get("quantities").wrong("empty_package", "A package needs at least one item.")
    return Package(
        id=f.text("id"),
        quantities=quantities,
        price=f.decimal("price", AMOUNT),
        exclusive=f.text("exclusive") if f.has("exclusive") else None,
    )


def _capacity(node: Node, known: _Known) -> Capacity:
    f = node.fields(("items", "max"))
    items = _scope(f.get("items"), known.items, "item") if f.has("items") else None
    return Capacity(max=f.decimal("max", QUANTITY), items=items)


def _minimum(node: Node, known: _Known) -> Minimum:
    f = node.fields(("items", "min"))
    items = _scope(f.get("items"), known.items, "item") if f.has("items") else None
    return Minimum(min=f.decimal("min", QUANTITY), items=items)


def _charge(node: Node) -> Charge:
    f = node.fields(("amount", "per"))
    per = ChargeBasis(f.get("per").choice(tuple(ChargeBasis))) if f.has("per") else ChargeBasis.BID
    return Charge(f.decimal("amount", AMOUNT), per)


def _rules(node: Node, known: _Known) -> Rules:
    f = node.fields(
        (),
        (
            "max_suppliers",
            "min_suppliers",
            "max_suppliers_per_item",
            "shares",
            "annual_rate",
            "quality_weight",
            "breakaway_capacity",
        ),
    )
    breakaway = BreakawayCapacity.PRO_RATA
    if f.has("breakaway_capacity"):
        breakaway = BreakawayCapacity(f.get("breakaway_capacity").choice(tuple(BreakawayCapacity)))
    return Rules(
        max_suppliers=f.maybe_whole("max_suppliers"),
        min_suppliers=f.maybe_whole("min_suppliers"),
        max_suppliers_per_item=f.maybe_whole("max_suppliers_per_item"),
        shares=tuple(_share(n, known) for n in f.nodes("shares")),
        annual_rate=f.decimal("annual_rate", RATE),
        quality_weight=f.decimal("quality_weight", RATE),
        breakaway_capacity=breakaway,
    )


def _share(node: Node, known: _Known) -> ShareRule:
    f = node.fields(("supplier", "items"), ("max", "min"))
    supplier = EVERY_SUPPLIER
    if f.has("supplier") and f.get("supplier").value != EVERY_SUPPLIER:
        supplier = f.get("supplier").reference(known.suppliers, "supplier")
    rule = ShareRule(
        supplier=supplier,
        items=_scope(f.get("items"), known.items, "item") if f.has("items") else None,
        max=f.maybe("max", SHARE),
        min=f.maybe("min", SHARE),
    )
    if not f.broken and not f.has("max") and not f.has("min"):
        node.wrong("share_without_limit", "A share rule states max, min or both.")
    if f.has("min") and supplier == EVERY_SUPPLIER:
        f.get("min").wrong("least_share_for_all", "A least share is only possible for a named supplier.")
    return rule
