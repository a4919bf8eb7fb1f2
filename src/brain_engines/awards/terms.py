"""The terms of a round that can be dropped or loosened: demands, bid terms and rules, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from brain_engines.awards.io.strict import text_of
from brain_engines.awards.pricing import can_win, in_scope, limited_by
from brain_engines.awards.problem import EVERY_SUPPLIER, Bid, Conflict, Relaxation, Round, Rules, Scope


@dataclass(frozen=True)
class Term:
    """One thing the round asks for: where it stands, in words, and how to loosen it.

    ``loosened(round, value)`` gives the round with the term at that value, None dropping it.
    Between ``value`` (as asked) and ``loosest`` it may be relaxed in steps of ``step``.
    """

    place: str
    code: str
    message: str
    remedy: str
    facts: dict[str, str] = field(hash=False, compare=False)
    loosened: Callable[[Round, Decimal | None], Round] = field(hash=False, compare=False)
    value: Decimal | None = None
    loosest: Decimal | None = None
    step: Decimal = Decimal(1)

    def conflict(self) -> Conflict:
        """State the term as part of a conflict."""
        return Conflict(self.place, self.code, self.message.format(**self.facts), self.facts)

    def relaxation(self, value: Decimal | None) -> Relaxation:
        """State what the term would have to be instead; None says that it must go."""
        facts = {**self.facts, "needed": "" if value is None else text_of(value)}
        if value is None:
            return Relaxation(
                self.place, f"drop_{self.code}", f"Drop this: {self.message.format(**facts)}", facts
            )
        return Relaxation(self.place, f"relax_{self.code}", self.remedy.format(**facts), facts)


def terms_of(round_: Round) -> tuple[Term, ...]:
    """List everything that could be dropped: demands, then bid terms, then rules."""
    return (*_demand_terms(round_), *_bid_terms(round_), *_rule_terms(round_))


def _demand_terms(round_: Round) -> list[Term]:
    terms: list[Term] = []
    for number, demand in enumerate(round_.demands):
        facts = {"member": demand.member, "item": demand.item, "quantity": f"{demand.quantity:f}"}
        if demand.reserve_price is None:

            def fill(r: Round, value: Decimal | None, number: int = number) -> Round:
                reserve = Decimal(0) if value is None else None
                changed: dict[str, object] = (
                    {"reserve_price": reserve} if value is None else {"quantity": value}
                )
                return replace(r, demands=_changed(r.demands, number, changed))

            terms.append(
                Term(
                    f"demands[{number}].quantity",
                    "demand",
                    "{member} wants {quantity} of {item} in full.",
                    "{member} accepts {needed} instead of {quantity} of {item}.",
                    facts,
                    fill,
                    demand.quantity,
                    Decimal("0.001"),
                    Decimal("0.001"),
                )
            )
        if demand.excluded_suppliers:

            def include(r: Round, _value: Decimal | None, number: int = number) -> Round:
                return replace(r, demands=_changed(r.demands, number, {"excluded_suppliers": ()}))

            terms.append(
                Term(
                    f"demands[{number}].excluded_suppliers",
                    "excluded_suppliers",
                    "{member} takes no {item} from {suppliers}.",
                    "",
                    {**facts, "suppliers": ", ".join(demand.excluded_suppliers)},
                    include,
                )
            )
    return terms


def _changed(rows: tuple, number: int, values: dict[str, object]) -> tuple:  # type: ignore[type-arg]
    """Replace some values of one row of a frozen tuple."""
    return (*rows[:number], replace(rows[number], **values), *rows[number + 1 :])


def _bid_changed(round_: Round, place: int, **values: object) -> Round:
    return replace(round_, bids=_changed(round_.bids, place, dict(values)))


def _bid_terms(round_: Round) -> list[Term]:
    items = {item.id: item for item in round_.items}
    wanted = {demand.item for demand in round_.demands}
    terms: list[Term] = []
    for place, bid in enumerate(round_.bids):
        terms += _offer_terms(round_, place, bid, wanted)
        terms += _total_terms(round_, place, bid)
        blocked = [o.item for o in bid.offers if o.item in wanted and not can_win(bid, items[o.item])]
        if blocked:

            def open_up(r: Round, _value: Decimal | None, place: int = place) -> Round:
                here = r.bids[place]
                places = {item.destination for item in r.items}
                freight = (
                    None if here.freight is None else {**dict.fromkeys(places, Decimal(0)), **here.freight}
                )
                return _bid_changed(r, place, lead_days=0, freight=freight)

            terms.append(
                Term(
                    f"bids[{place}]",
                    "cannot_deliver",
                    "{supplier} cannot deliver {items} in time or to the destination.",
                    "",
                    {"supplier": bid.supplier, "items": ", ".join(blocked)},
                    open_up,
                )
            )
    return terms


def _offer_terms(round_: Round, place: int, bid: Bid, wanted: set[str]) -> list[Term]:
    terms: list[Term] = []
    for number, offer in enumerate(bid.offers):
        if offer.item not in wanted:
            continue
        facts = {"supplier": bid.supplier, "item": offer.item}
        total = _wanted(round_, (offer.item,))

        def limit(r: Round, value: Decimal | None, number: int = number, key: str = "max") -> Round:
            value = Decimal(0) if value is None and key == "min" else value
            return _bid_changed(r, place, offers=_changed(r.bids[place].offers, number, {key: value}))

        def least(r: Round, value: Decimal | None, number: int = number) -> Round:
            return limit(r, value, number, "min")

        where = f"bids[{place}].offers[{number}]"
        if offer.max is not None and offer.max < total:
            terms.append(
                Term(
                    f"{where}.max",
                    "offer_max",
                    "{supplier} offers at most {limit} of {item}.",
                    "{supplier} offers {needed} instead of {limit} of {item}.",
                    {**facts, "limit": f"{offer.max:f}"},
                    limit,
                    offer.max,
                    total,
                    Decimal("0.001"),
                )
            )
        if offer.min:
            terms.append(
                Term(
                    f"{where}.min",
                    "offer_min",
                    "{supplier} delivers no less than {limit} of {item}.",
                    "{supplier} delivers as little as {needed} instead of {limit} of {item}.",
                    {**facts, "limit": f"{offer.min:f}"},
                    least,
                    offer.min,
                    Decimal(0),
                    Decimal("0.001"),
                )
            )
    return terms


def _total_terms(round_: Round, place: int, bid: Bid) -> list[Term]:
    terms: list[Term] = []
    for number, capacity in enumerate(bid.capacities):

        def widen(r: Round, value: Decimal | None, number: int = number) -> Round:
            most = Decimal(10) ** 9 if value is None else value
            return _bid_changed(
                r, place, capacities=_changed(r.bids[place].capacities, number, {"max": most})
            )

        total = _wanted(round_, limited_by(bid, capacity.items))
        if capacity.max < total:
            facts = {"supplier": bid.supplier, "limit": f"{capacity.max:f}", "items": _words(capacity.items)}
            terms.append(
                Term(
                    f"bids[{place}].capacities[{number}].max",
                    "capacity",
                    "{supplier} can deliver at most {limit} of {items}.",
                    "{supplier} delivers {needed} instead of {limit} of {items}.",
                    facts,
                    widen,
                    capacity.max,
                    total,
                    Decimal("0.001"),
                )
            )
    for number, minimum in enumerate(bid.minimums):

        def lower(r: Round, value: Decimal | None, number: int = number) -> Round:
            least = Decimal(0) if value is None else value
            return _bid_changed(r, place, minimums=_changed(r.bids[place].minimums, number, {"min": least}))

        facts = {"supplier": bid.supplier, "limit": f"{minimum.min:f}", "items": _words(minimum.items)}
        terms.append(
            Term(
                f"bids[{place}].minimums[{number}].min",
                "minimum",
                "{supplier} delivers no less than {limit} of {items}.",
                "{supplier} delivers as little as {needed} instead of {limit} of {items}.",
                facts,
                lower,
                minimum.min,
                Decimal(0),
                Decimal("0.001"),
            )
        )
    return terms


def _rule_terms(round_: Round) -> list[Term]:
    rules = round_.rules
    terms: list[Term] = []
    for key, words, remedy, loosest in (
        (
            "max_suppliers",
            "At most {limit} suppliers may win.",
            "Let {needed} suppliers win instead of {limit}.",
            len(round_.bids),
        ),
        (
            "min_suppliers",
            "At least {limit} suppliers must win.",
            "Let {needed} suppliers suffice instead of {limit}.",
            0,
        ),
        (
            "max_suppliers_per_item",
            "At most {limit} suppliers may share an item.",
            "Let {needed} suppliers share an item instead of {limit}.",
            len(round_.bids),
        ),
    ):
        limit: int | None = getattr(rules, key)
        if limit is not None:

            def count(r: Round, value: Decimal | None, key: str = key) -> Round:
                return _ruled(r, **{key: None if value is None else int(value)})

            terms.append(
                Term(
                    f"rules.{key}",
                    key,
                    words,
                    remedy,
                    {"limit": str(limit)},
                    count,
                    Decimal(limit),
                    Decimal(loosest),
                )
            )
    for number, rule in enumerate(rules.shares):
        for key, words, remedy, loosest in (
            (
                "max",
                "A share of at most {limit} in {items} is allowed for {supplier}.",
                "Allow a share of {needed} instead of {limit} in {items} for {supplier}.",
                1,
            ),
            (
                "min",
                "A share of at least {limit} in {items} is due to {supplier}.",
                "Let a share of {needed} instead of {limit} in {items} suffice for {supplier}.",
                0,
            ),
        ):
            share: Decimal | None = getattr(rule, key)
            if share is not None:

                def give(r: Round, value: Decimal | None, number: int = number, key: str = key) -> Round:
                    return _ruled(r, shares=_changed(r.rules.shares, number, {key: value}))

                who = "any supplier" if rule.supplier == EVERY_SUPPLIER else rule.supplier
                facts = {"supplier": who, "limit": f"{share:f}", "items": _words(rule.items)}
                terms.append(
                    Term(
                        f"rules.shares[{number}].{key}",
                        f"share_{key}",
                        words,
                        remedy,
                        facts,
                        give,
                        share,
                        Decimal(loosest),
                        Decimal("0.001"),
                    )
                )
    return terms


def _ruled(round_: Round, **values: object) -> Round:
    rules: Rules = replace(round_.rules, **values)  # type: ignore[arg-type]  # keys are rules' own names
    return replace(round_, rules=rules)


def _wanted(round_: Round, items: Scope) -> Decimal:
    """Add up what is wanted in a scope."""
    return sum((d.quantity for d in round_.demands if in_scope(items, d.item)), Decimal(0))


def _words(items: Scope) -> str:
    return "everything" if items is None else ", ".join(items)
