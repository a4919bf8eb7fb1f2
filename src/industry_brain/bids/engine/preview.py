"""What a supplier would be paid for given quantities, by the award engine's own pricing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from brain_engines.awards.evaluate import Choice, Priced, evaluate
from brain_engines.awards.io import BadRoundFile
from brain_engines.awards.pricing import in_scope, quanta
from brain_engines.awards.problem import AwardLine, Bid, Round
from industry_brain.bids.engine.basis import SELF, Basis, BasisItem
from industry_brain.bids.engine.faults import Fault, warnings_of
from industry_brain.kernel.money import e4_from_price, fen_from_yuan
from industry_brain.kernel.quantity import grams_from_tonnes

PPM = 1_000_000


@dataclass(frozen=True)
class PreviewLine:
    """One item of the preview; prices in ten-thousandths of a yuan, amounts in fen, weight in grams."""

    row: BasisItem
    quantity: int
    price: int
    discount: str
    tier: int
    unit_price: int
    freight: int
    invoice: int
    landed: int


@dataclass(frozen=True)
class PreviewPackage:
    """What one package would bring if it were bought."""

    name: str
    quantity: int
    price: int
    freight: int
    landed: int


@dataclass(frozen=True)
class Preview:
    """What would be paid: the invoice, the freight, the charges, and their sum."""

    lines: tuple[PreviewLine, ...]
    packages: tuple[PreviewPackage, ...]
    quantity: int
    invoice: int
    freight: int
    charges: int
    landed: int
    warnings: tuple[Fault, ...]
    beyond: bool


def preview_of(
    content: Mapping[str, Any],
    basis: Basis,
    *,
    share_ppm: int = PPM,
    quantities: Mapping[str, Decimal] | None = None,
) -> Preview | None:
    """Price a bid at a share of the pooled quantities, or at given tonnes by item code.

    Offers are cut to their own greatest quantity; ``beyond`` says that the sum still breaks
    one of the bid's own capacities or minimums.  A bid that is not sound yet gives None.
    """
    try:
        round_ = basis.round_with([{"offers": [], **content, "supplier": SELF}])
    except BadRoundFile:
        return None
    bid = round_.bids[0]
    wanted = _wanted(bid, basis, share_ppm, quantities or {})
    counts = {(SELF, item): quanta(quantity) for item, quantity in wanted.items() if quantity > 0}
    priced = evaluate(round_, Choice(counts, frozenset(), {}))
    lines = tuple(_line(line, basis) for line in priced.lines)
    return Preview(
        lines=lines,
        packages=tuple(_package(round_, package.id) for package in bid.packages),
        quantity=sum(line.quantity for line in lines),
        invoice=sum(line.invoice for line in lines),
        freight=sum(line.landed - line.invoice for line in lines),
        charges=_charges(priced),
        landed=fen_from_yuan(priced.landed),
        warnings=warnings_of(bid, basis),
        beyond=_breaks_own_terms(bid, wanted),
    )


def _wanted(bid: Bid, basis: Basis, share_ppm: int, quantities: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Choose the tonnes of each offer, in whole kilograms."""
    share = Decimal(share_ppm) / PPM
    wanted: dict[str, Decimal] = {}
    for offer in bid.offers:
        pooled = basis.by_code[offer.item].tonnes
        asked = quantities.get(offer.item, Decimal(0)) if quantities else pooled * share
        most = asked if offer.max is None else min(asked, offer.max)
        wanted[offer.item] = most.quantize(Decimal("0.001"), rounding=ROUND_DOWN)
    return wanted


def _breaks_own_terms(bid: Bid, wanted: Mapping[str, Decimal]) -> bool:
    totals = [(limit, _total(limit.items, wanted)) for limit in bid.capacities]
    if any(total > limit.max for limit, total in totals):
        return True
    least = [(limit.min, _total(limit.items, wanted)) for limit in bid.minimums]
    least += [(offer.min, wanted.get(offer.item, Decimal(0))) for offer in bid.offers]
    return any(0 < total < minimum for minimum, total in least)


def _total(items: tuple[str, ...] | None, wanted: Mapping[str, Decimal]) -> Decimal:
    return sum((quantity for item, quantity in wanted.items() if in_scope(items, item)), Decimal(0))


def _line(line: AwardLine, basis: Basis) -> PreviewLine:
    return PreviewLine(
        row=basis.by_code[line.item],
        quantity=grams_from_tonnes(line.quantity),
        price=e4_from_price(line.price),
        discount=line.discount or "",
        tier=0 if line.tier is None else line.tier + 1,
        unit_price=e4_from_price(line.unit_price),
        freight=e4_from_price(line.freight),
        invoice=fen_from_yuan(line.invoice),
        landed=fen_from_yuan(line.landed),
    )


def _package(round_: Round, name: str) -> PreviewPackage:
    """Price a package on its own, without the charges that the whole bid brings."""
    priced = evaluate(round_, Choice({}, frozenset({(SELF, name)}), {}))
    package = next(p for p in round_.bids[0].packages if p.id == name)
    price = fen_from_yuan(package.price)
    landed = fen_from_yuan(priced.landed) - _charges(priced)
    quantity = sum(package.quantities.values(), Decimal(0))
    return PreviewPackage(name, grams_from_tonnes(quantity), price, landed - price, landed)


def _charges(priced: Priced) -> int:
    return sum(fen_from_yuan(charge.amount) for charge in priced.charges)
