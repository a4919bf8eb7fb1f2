"""What became of one bid, by exact facts: what it won, and what kept it from winning more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from brain_engines.awards.evaluate import half_up
from brain_engines.awards.explain import OfferFact, OfferOutcome, explain_offers
from brain_engines.awards.io import read_award, read_round
from brain_engines.awards.pricing import freight_of, price_of
from brain_engines.awards.problem import Award, AwardStatus, Bid, Offer
from brain_engines.awards.problem import Item as FileItem
from brain_engines.awards.problem import Round as RoundFile
from industry_brain.awards.models import AwardRun
from industry_brain.awards.queries import charges_of, packages_of
from industry_brain.firms.models import Firm
from industry_brain.kernel.money import e4_from_price, fen_from_yuan
from industry_brain.kernel.quantity import grams_from_tonnes
from industry_brain.rounds.models import Item
from industry_brain.rounds.queries import items_of
from industry_brain.web.formats import money


@dataclass(frozen=True)
class ResultRow:
    """One item of the bid; prices in ten-thousandths of a yuan per tonne, ``won`` in grams."""

    item: Item
    price: int
    best: int
    won: int
    why: str


@dataclass(frozen=True)
class PackageRow:
    """One package of the bid; its price in fen."""

    code: str
    price: int
    won: bool


@dataclass(frozen=True)
class SupplierResult:
    """Everything a supplier is told about its own bid."""

    won: int
    landed: int
    rows: tuple[ResultRow, ...]
    packages: tuple[PackageRow, ...]
    charges: tuple[Any, ...]
    without: str | None = None


BANDS = (
    (
        Decimal("0.005"),
        gettext_noop("Even at the deepest discount up to 0.5 % above the dearest steel bought here."),
    ),
    (
        Decimal("0.01"),
        gettext_noop("Even at the deepest discount 0.5 % to 1 % above the dearest steel bought here."),
    ),
    (
        Decimal("0.02"),
        gettext_noop("Even at the deepest discount 1 % to 2 % above the dearest steel bought here."),
    ),
)
BEYOND = gettext_noop("Even at the deepest discount more than 2 % above the dearest steel bought here.")


def result_of(run: AwardRun, supplier: Firm, *, with_worth: bool = False) -> SupplierResult:
    """Collect what a supplier's own page shows; ask permissions first.

    ``with_worth`` is for overseers: what the award would cost without a bid tells its owner
    how far it can raise the price next time.
    """
    stated, award = read_round(run.round_file), read_award(run.award_file)
    bid = next((bid for bid in stated.bids if bid.supplier == supplier.reference), None)
    if bid is None:
        return SupplierResult(0, 0, (), (), ())
    items = {item.code: item for item in items_of(run.round)}
    won = _won(award, bid.supplier)
    facts = _Facts(run, stated, award, bid)
    rows = tuple(
        ResultRow(
            item=items[offer.item],
            price=e4_from_price(half_up(price_of(stated, offer), 4)),
            best=e4_from_price(facts.facts[offer.item].best_unit_cost),
            won=won.get(offer.item, 0),
            why=facts.why(offer, won.get(offer.item, 0)),
        )
        for offer in bid.offers
    )
    bought = {row.code: row for row in packages_of(run).filter(supplier=supplier)}
    packages = tuple(PackageRow(p.id, fen_from_yuan(p.price), p.id in bought) for p in bid.packages)
    charges = tuple(charges_of(run).filter(supplier=supplier))
    worth = facts.worth() if with_worth else None
    return SupplierResult(sum(won.values()), facts.landed(), rows, packages, charges, worth)


def band_above(own: Decimal, paid: Decimal) -> str:
    """Say roughly how far a price is above another; the exact distance would give the other away."""
    return next((said for most, said in BANDS if own - paid <= most * paid), BEYOND)


def _won(award: Award, supplier: str) -> dict[str, int]:
    won: dict[str, int] = {}
    for row in award.allocations:
        if row.supplier == supplier:
            won[row.item] = won.get(row.item, 0) + grams_from_tonnes(row.quantity)
    return won


class _Facts:
    """Puts the engine's facts about one bid into sentences."""

    def __init__(self, run: AwardRun, stated: RoundFile, award: Award, bid: Bid) -> None:
        self.run, self.stated, self.award, self.bid = run, stated, award, bid
        self.items: Mapping[str, FileItem] = {item.id: item for item in stated.items}
        facts = explain_offers(stated, award)
        self.facts = {fact.item: fact for fact in facts if fact.supplier == bid.supplier}
        self.wanted: dict[str, int] = {}
        for demand in stated.demands:
            self.wanted[demand.item] = self.wanted.get(demand.item, 0) + grams_from_tonnes(demand.quantity)

    def landed(self) -> int:
        """Fen that the bid earns: lines, packages with freight, charges."""
        total = sum(
            (line.landed for line in self.award.lines if line.supplier == self.bid.supplier), Decimal(0)
        )
        total += sum((c.amount for c in self.award.charges if c.supplier == self.bid.supplier), Decimal(0))
        taken = {row.id for row in self.award.packages if row.supplier == self.bid.supplier}
        for package in self.bid.packages:
            if package.id in taken:
                total += package.price
                for item, quantity in package.quantities.items():
                    freight = quantity * (freight_of(self.bid, self.items[item]) or Decimal(0))
                    total += freight.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return fen_from_yuan(total)

    def worth(self) -> str | None:
        """By how much the pool would pay more without the bid."""
        other = self.run.comparisons.get(f"without {self.bid.supplier}")
        if other is None or self.run.evaluated_cost is None:
            return None
        if other["evaluated"] is None:
            return _("Without this bid the demands could not have been filled at all.")
        more = other["evaluated"] - self.run.evaluated_cost
        return _("Without this bid the award would cost about {more} more.").format(more=money(more))

    def why(self, offer: Offer, won: int) -> str:
        """Say in one sentence what is exactly true about an item."""
        item, fact = self.items[offer.item], self.facts[offer.item]
        if won and won == self.wanted.get(item.id, 0):
            return _("Wins the whole quantity.")
        if won:
            return _("Wins a part; more of it from here would not make the whole award cheaper.")
        if fact.outcome is OfferOutcome.CANNOT_DELIVER:
            return self._cannot(item)
        if fact.outcome is OfferOutcome.NOT_WANTED:
            return _("None of this could be allocated to this supplier.")
        return self._not_chosen(item, fact)

    def _not_chosen(self, item: FileItem, fact: OfferFact) -> str:
        if fact.paid_unit_cost is None:
            return self._nobody(item)
        if fact.outcome is OfferOutcome.DEARER:
            return _(band_above(fact.best_unit_cost, fact.paid_unit_cost))
        return self._in_total()

    def _cannot(self, item: FileItem) -> str:
        if item.max_lead_days is not None and self.bid.lead_days > item.max_lead_days:
            return _("Lead time {days} days; at most {most} were allowed.").format(
                days=self.bid.lead_days, most=item.max_lead_days
            )
        return _("The bid has no freight price for this place.")

    def _nobody(self, item: FileItem) -> str:
        if any(row.item == item.id for row in self.award.allocations):
            return _("Bought in packages that lower the total more than single prices do.")
        return _("Nobody was awarded this: no offer was below what the members were ready to pay.")

    def _in_total(self) -> str:
        if self.award.status is AwardStatus.OPTIMAL:
            return _(
                "The single price was competitive, but every award with this offer costs at least as much in "
                "total, because of discounts, minimums, charges or rules. This is proved."
            )
        return _("The single price was competitive, but no cheaper award with this offer was found.")
