"""What the engines found as rows that have not been saved yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from brain_engines.awards.problem import ChargeBasis
from brain_engines.awards.problem import Round as RoundFile
from industry_brain.awards.engine.compute import Outcome
from industry_brain.awards.models import (
    Allocation,
    AwardedCharge,
    AwardedPackage,
    AwardLine,
    AwardRun,
    ListPrice,
    Share,
)
from industry_brain.demands.models import Demand
from industry_brain.demands.states import DemandState
from industry_brain.firms.models import Firm, Place
from industry_brain.kernel.money import e4_from_price, fen_from_yuan
from industry_brain.kernel.quantity import grams_from_tonnes
from industry_brain.rounds.models import Item

E4_GRAMS_PER_FEN = 100_000_000


@dataclass(frozen=True)
class Found:
    """Columns of the run, and the rows that belong to it."""

    columns: dict[str, Any]
    lines: list[AwardLine]
    packages: list[AwardedPackage]
    charges: list[AwardedCharge]
    allocations: list[Allocation]
    price_list: list[ListPrice]
    shares: list[Share]


def read_results(run: AwardRun, stated: RoundFile, outcome: Outcome) -> Found:
    """Turn a checked outcome into columns and rows."""
    return _Reader(run, stated, outcome).read()


def read_shares_only(run: AwardRun, stated: RoundFile, outcome: Outcome) -> Found:
    """Turn what was found about the shares of an award that is kept already into columns and rows."""
    return _Reader(run, stated, outcome).read_shares_only()


class _Reader:
    """Finds our rows by the public references that the files use."""

    def __init__(self, run: AwardRun, stated: RoundFile, outcome: Outcome) -> None:
        self.run, self.stated, self.outcome, self.award = run, stated, outcome, outcome.award
        self.items = {item.code: item for item in Item.objects.filter(round=run.round_id)}
        ids = {member.id for member in stated.members} | {supplier.id for supplier in stated.suppliers}
        self.firms = {firm.reference: firm for firm in Firm.objects.filter(reference__in=ids)}
        self.places = {place.code: place for place in Place.objects.all()}
        pooled = Demand.objects.filter(round=run.round_id, state=DemandState.POOLED)
        self.demands = {
            (demand.member.reference, demand.item.code): demand
            for demand in pooled.select_related("member", "item")
            if demand.item is not None
        }

    def read(self) -> Found:
        """Read everything."""
        allocations = self._allocations()
        return Found(
            self._columns(),
            self._lines(),
            self._packages(),
            self._charges(),
            allocations,
            self._price_list(),
            self._shares(allocations),
        )

    def read_shares_only(self) -> Found:
        """Read what goes with the shares."""
        shares = self._shares(self._allocations())
        return Found(self._shared_columns(), [], [], [], [], self._price_list(), shares)

    def _columns(self) -> dict[str, Any]:
        award, checked = self.award, self.outcome.checked
        return {
            "evaluated_cost": _fen(award.evaluated_cost),
            "landed_cost": _fen(award.landed_cost),
            "best_cost": _fen(award.evaluated_cost),
            "bound": _fen(award.lower_bound),
            "gap_ppb": None if award.gap is None else int(award.gap * 10**9),
            "round_sha256": award.round_sha256,
            "award_file": checked.award_file,
            "proof_file": checked.proof_file,
            "bound_source": checked.bound_source.value,
            "statistics": dict(checked.statistics),
            **self._shared_columns(),
        }

    def _shared_columns(self) -> dict[str, Any]:
        shares, unshared = self.outcome.shares, self.outcome.unshared
        return {
            "shares_file": self.outcome.shares_file,
            "unshared": unshared.sentence if unshared else "",
            "unshared_facts": unshared.facts if unshared else {},
            "comparisons": {
                code: {"landed": _fen(row.landed), "evaluated": _fen(row.evaluated), "who": row.who}
                for code, row in self.outcome.alternatives.items()
            },
            "sharing_rule": shares.rule.value if shares else "",
            "is_stable": shares.stable if shares else None,
            "worst_regret": _fen(shares.worst_regret) if shares else None,
        }

    def _lines(self) -> list[AwardLine]:
        return [
            AwardLine(
                run=self.run,
                supplier=self.firms[line.supplier],
                item=self.items[line.item],
                quantity=grams_from_tonnes(line.quantity),
                price=e4_from_price(line.price),
                discount=line.discount or "",
                tier=line.tier,
                unit_price=e4_from_price(line.unit_price),
                freight=e4_from_price(line.freight),
                invoice=fen_from_yuan(line.invoice),
                landed=fen_from_yuan(line.landed),
            )
            for line in self.award.lines
        ]

    def _packages(self) -> list[AwardedPackage]:
        prices = {(bid.supplier, p.id): p.price for bid in self.stated.bids for p in bid.packages}
        return [
            AwardedPackage(
                run=self.run,
                supplier=self.firms[row.supplier],
                code=row.id,
                price=fen_from_yuan(prices[row.supplier, row.id]),
            )
            for row in self.award.packages
        ]

    def _charges(self) -> list[AwardedCharge]:
        return [
            AwardedCharge(
                run=self.run,
                supplier=self.firms[row.supplier],
                place=self.places.get(row.destination or "") if row.per is ChargeBasis.DESTINATION else None,
                amount=fen_from_yuan(row.amount),
            )
            for row in self.award.charges
        ]

    def _allocations(self) -> list[Allocation]:
        return [
            Allocation(
                run=self.run,
                demand=self.demands[row.member, row.item],
                supplier=self.firms[row.supplier],
                quantity=grams_from_tonnes(row.quantity),
            )
            for row in self.award.allocations
        ]

    def _price_list(self) -> list[ListPrice]:
        if self.outcome.shares is None:
            return []
        return [
            ListPrice(run=self.run, item=self.items[row.item], price=e4_from_price(row.price))
            for row in self.outcome.shares.price_list
        ]

    def _shares(self, allocations: list[Allocation]) -> list[Share]:
        if self.outcome.shares is None:
            return []
        received: dict[int, list[Allocation]] = defaultdict(list)
        for part in allocations:
            received[part.demand.member_id].append(part)
        explained = {row.member: row for row in self.outcome.explained}
        rows = []
        for row in self.outcome.shares.members:
            firm, own = self.firms[row.member], explained.get(row.member)
            mine = received[firm.pk]
            rows.append(
                Share(
                    run=self.run,
                    member=firm,
                    quantity=sum(part.quantity for part in mine),
                    payment=fen_from_yuan(row.payment),
                    credit=fen_from_yuan(row.credit),
                    stand_alone=_fen(row.stand_alone),
                    marginal=_fen(own.marginal) if own else None,
                    alternative_size=own.alternative_size if own else None,
                    alternative_margin=_fen(own.alternative_at_least) if own else None,
                    last_contract=_at_prices((part.quantity, part.demand.last_price) for part in mine),
                    market=_at_prices((part.quantity, _market(part)) for part in mine),
                )
            )
        return rows


def _market(part: Allocation) -> int | None:
    return None if part.demand.item is None else part.demand.item.market_price


def _at_prices(parts: Any) -> int | None:
    """Price quantities, in fen half up; empty unless every price is known."""
    known = list(parts)
    if not known or any(price is None for _grams, price in known):
        return None
    total = sum(grams * price for grams, price in known)
    return int((2 * total + E4_GRAMS_PER_FEN) // (2 * E4_GRAMS_PER_FEN))


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else fen_from_yuan(amount)
