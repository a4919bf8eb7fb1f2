"""What goes into a split of the pool's bill and what comes out, as frozen data.

A :class:`Shares` is what the shares file holds: who pays what, at which list prices, and
the largest amount by which any group of members could do better apart. Amounts are money
paid, in Decimals to the cent. How evaluated and landed cost, and demands that stay partly
unfilled, enter the split is written down in ``docs/engines/sharing.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

DEFAULT_TOLERANCE = Decimal("0.0001")


class SharingRule(StrEnum):
    """How the pool's bill is split."""

    PRICE_LIST = "price-list"
    NEAREST_CORE = "nearest-core"
    LEAST_CORE = "least-core"
    NUCLEOLUS = "nucleolus"
    SHAPLEY = "shapley"
    AVERAGE_PRICE = "average-price"
    STAND_ALONE = "stand-alone"
    VOLUME = "volume"


AVAILABLE_RULES = frozenset(SharingRule) - {SharingRule.NUCLEOLUS, SharingRule.SHAPLEY}


class SharingRefused(ValueError):
    """The bill cannot be split as asked; ``code`` and ``facts`` let others say why in their language."""

    def __init__(self, code: str, message: str, **facts: str) -> None:
        self.code, self.facts = code, facts
        self.template = message
        super().__init__(message.format(**facts))


@dataclass(frozen=True)
class ListPrice:
    """One price for everybody: what a unit of the item costs delivered."""

    item: str
    price: Decimal


@dataclass(frozen=True)
class MemberShare:
    """What a member pays, and what it would pay alone; None where it cannot buy alone.

    ``credit`` is what the member gets back beside the price list, or adds if negative.
    """

    member: str
    stand_alone: Decimal | None
    payment: Decimal
    credit: Decimal
    saving: Decimal | None
    saving_percent: Decimal | None


@dataclass(frozen=True)
class BindingGroup:
    """A group for which buying apart comes close: what it would pay apart, and what it pays together."""

    members: tuple[str, ...]
    apart: Decimal
    together: Decimal


@dataclass(frozen=True)
class Shares:
    """The split of one award's bill.

    ``worst_regret`` is a proven upper bound on what any group, the whole pool included, would
    save by buying apart. ``stable`` says that it is at most ``tolerance`` × ``total``.
    """

    round: str
    rule: SharingRule
    total: Decimal
    stable: bool
    tolerance: Decimal
    worst_regret: Decimal
    price_list: tuple[ListPrice, ...]
    members: tuple[MemberShare, ...]
    binding_groups: tuple[BindingGroup, ...] = ()


@dataclass(frozen=True)
class SharingLimits:
    """When to stop; ``precision`` is how finely regrets are told apart, as a share of the bill.

    ``check_seconds`` bounds one search for the group with most to gain.
    """

    seconds: float = 120.0
    check_seconds: float = 30.0
    precision: float = 0.00002
    max_rounds: int = 400


@dataclass(frozen=True)
class SharingProgress:
    """Where the search stands: the best known bound on any group's regret, in money paid."""

    stage: str
    checks: int
    worst_regret: Decimal | None


@dataclass(frozen=True)
class Sharing:
    """Shares together with how they came about.

    ``least_regret`` is the least worst regret that any split could have had, as found by the
    solver (None where the rule does not ask); ``rules_cost`` is an upper bound on what the pool's
    own rules on suppliers and shares, and the award's gap, cost the whole pool; ``complete`` is
    False when time ran out or the caller stopped: the shares are then the best so far, with a
    bound that holds; ``checks`` counts the searches over all groups.
    """

    shares: Shares
    complete: bool
    least_regret: Decimal | None
    rules_cost: Decimal | None
    has_credits: bool
    checks: int
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)
