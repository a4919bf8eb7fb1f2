"""What goes into an award and what comes out, as frozen data.

A :class:`Round` is one sourcing round as the round file states it: who wants how much
of which item, who bids what under which terms, and the rules that bind the award. An
:class:`Award` is the answer. The classes hold values only; a round is checked when it is
read (:func:`brain_engines.awards.io.read_round`), an award when it is verified
(:func:`brain_engines.awards.verify.verify`). Every number is a Decimal, never a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
EVERY_SUPPLIER = "*"

Scope = tuple[str, ...] | None
"""The items a term speaks of; None means all of them."""


class DiscountKind(StrEnum):
    """How a tier's discount counts."""

    ALL_UNITS = "all-units"
    INCREMENTAL = "incremental"


class ChargeBasis(StrEnum):
    """What a fixed charge is due for."""

    BID = "bid"
    DESTINATION = "destination"


class BreakawayCapacity(StrEnum):
    """How much of a supplier's capacity a group of members has when it buys apart."""

    PRO_RATA = "pro-rata"
    FULL = "full"


class AwardStatus(StrEnum):
    """What is known about an award's quality."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Item:
    """A material for one destination and window; the thing that is bought."""

    id: str
    category: str = ""
    destination: str = ""
    max_lead_days: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Member:
    """A firm that buys together with the others."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Demand:
    """What one member wants of one item; without a reserve price it must be filled in full."""

    member: str
    item: str
    quantity: Decimal
    reserve_price: Decimal | None = None
    excluded_suppliers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Supplier:
    """A firm that may bid, with its quality score of at most 100."""

    id: str
    name: str = ""
    quality: Decimal = Decimal(100)


@dataclass(frozen=True)
class Offer:
    """A unit price for an item, stated or as an index and a premium on it."""

    item: str
    price: Decimal | None = None
    index: str | None = None
    premium: Decimal = ZERO
    min: Decimal = ZERO
    max: Decimal | None = None


@dataclass(frozen=True)
class Tier:
    """From this quantity on, so much off: a percent of the price or money per unit."""

    start: Decimal
    percent: Decimal | None = None
    off: Decimal | None = None


@dataclass(frozen=True)
class Discount:
    """Tiers over the quantity of a scope awarded as unit offers."""

    id: str
    kind: DiscountKind
    tiers: tuple[Tier, ...]
    items: Scope = None


@dataclass(frozen=True)
class Package:
    """Quantities sold together at one price, all or nothing, at most once."""

    id: str
    quantities: Mapping[str, Decimal] = field(hash=False)
    price: Decimal
    exclusive: str | None = None


@dataclass(frozen=True)
class Capacity:
    """The most a supplier delivers over a scope."""

    max: Decimal
    items: Scope = None


@dataclass(frozen=True)
class Minimum:
    """A supplier delivers nothing over a scope, or at least this."""

    min: Decimal
    items: Scope = None


@dataclass(frozen=True)
class Charge:
    """Money due once per bid that wins, or once per destination served."""

    amount: Decimal
    per: ChargeBasis


@dataclass(frozen=True)
class Bid:
    """Everything one supplier puts forward in the round."""

    supplier: str
    offers: tuple[Offer, ...] = ()
    discounts: tuple[Discount, ...] = ()
    packages: tuple[Package, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    charges: tuple[Charge, ...] = ()
    freight: Mapping[str, Decimal] | None = field(default=None, hash=False)
    payment_days: int = 0
    lead_days: int = 0


@dataclass(frozen=True)
class ShareRule:
    """A supplier's least or greatest share of the quantity awarded in a scope."""

    supplier: str
    items: Scope = None
    max: Decimal | None = None
    min: Decimal | None = None


@dataclass(frozen=True)
class Rules:
    """What binds the award as a whole, and how costs of different suppliers compare."""

    max_suppliers: int | None = None
    min_suppliers: int | None = None
    max_suppliers_per_item: int | None = None
    shares: tuple[ShareRule, ...] = ()
    annual_rate: Decimal = ZERO
    quality_weight: Decimal = ZERO
    breakaway_capacity: BreakawayCapacity = BreakawayCapacity.PRO_RATA


@dataclass(frozen=True)
class Round:
    """One sourcing round: what is wanted, what is offered, what binds the award."""

    id: str
    items: tuple[Item, ...]
    members: tuple[Member, ...]
    demands: tuple[Demand, ...]
    suppliers: tuple[Supplier, ...]
    bids: tuple[Bid, ...]
    currency: str = "CNY"
    unit: str = "t"
    indices: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    rules: Rules = Rules()


@dataclass(frozen=True)
class AwardLine:
    """So much of an item from a supplier as unit offers, and what it costs.

    ``price`` is the price before discount; ``discount`` and ``tier`` (counted from 0) say
    which tier applied; ``unit_price`` is the discounted price rounded to four decimals, while
    ``invoice`` is quantity × exact discounted price rounded to 0.01; ``freight`` is per unit.
    """

    supplier: str
    item: str
    quantity: Decimal
    price: Decimal
    discount: str | None
    tier: int | None
    unit_price: Decimal
    freight: Decimal
    invoice: Decimal
    landed: Decimal


@dataclass(frozen=True)
class AwardedPackage:
    """A package that is bought."""

    supplier: str
    id: str


@dataclass(frozen=True)
class AwardedCharge:
    """A fixed charge that becomes due; ``destination`` says where, if it is per destination."""

    supplier: str
    per: ChargeBasis
    amount: Decimal
    destination: str | None = None


@dataclass(frozen=True)
class Allocation:
    """So much of a member's demand for an item comes from this supplier."""

    member: str
    item: str
    supplier: str
    quantity: Decimal


@dataclass(frozen=True)
class Unfilled:
    """So much of a member's demand stays unfilled at its reserve price."""

    member: str
    item: str
    quantity: Decimal


@dataclass(frozen=True)
class Conflict:
    """One of the demands, bid terms and rules that cannot hold together.

    ``message`` is an English sentence; ``code`` and ``facts`` let others say it in their language.
    """

    place: str
    code: str
    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Relaxation:
    """A change of one term that, together with the others listed, makes an award possible."""

    place: str
    code: str
    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Award:
    """The answer to a round.

    ``optimal``: no award costs less by more than one part in a million, proved; ``feasible``:
    a bound and a gap are stated; ``infeasible``: ``conflicts`` say what cannot hold together,
    and the amounts are None.
    """

    status: AwardStatus
    round: str
    round_sha256: str
    evaluated_cost: Decimal | None = None
    landed_cost: Decimal | None = None
    lower_bound: Decimal | None = None
    gap: Decimal | None = None
    lines: tuple[AwardLine, ...] = ()
    packages: tuple[AwardedPackage, ...] = ()
    charges: tuple[AwardedCharge, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
