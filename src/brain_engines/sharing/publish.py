"""From what members bear to what they pay: list prices, cents, savings and the groups to name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from brain_engines.sharing.cents import CENT, list_prices, to_cents
from brain_engines.sharing.pool import Pool
from brain_engines.sharing.problem import BindingGroup, ListPrice, MemberShare

Floats = NDArray[np.float64]
Groups = Mapping[tuple[float, ...], float]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Draft:
    """A split before rounding: what members bear in evaluated cost, and what is known of it.

    ``bill`` is the list behind it, as evaluated cost by item, or None; ``credited`` says that
    payments are not the list's. ``bound`` holds for any group's regret; ``least`` is the least
    worst regret that any split of this kind could have, if it was sought.
    """

    borne: Floats
    bill: Floats | None
    bound: float = np.inf
    settled: bool = True
    least: float | None = None
    credited: bool = False


@dataclass(frozen=True)
class Payments:
    """Whole cents: what members pay and get back beside the list, and the list prices."""

    paid: tuple[Decimal, ...]
    credits: tuple[Decimal, ...]
    prices: tuple[ListPrice, ...]


def in_cents(pool: Pool, draft: Draft) -> Payments:
    """Round a draft so that payments add up to the landed cost, exactly."""
    exact = [decimal(each) * pool.ratio for each in draft.borne]
    if draft.bill is None:
        paid = to_cents(exact, pool.landed)
        return Payments(paid, (ZERO,) * len(paid), ())
    bills = zip(pool.items, draft.bill, strict=True)
    prices = list_prices(
        {item: decimal(bill) * pool.ratio / pool.quantities[item] for item, bill in bills},
        pool.quantities,
        pool.landed,
    )
    listed = on_list(pool, prices)
    paid = to_cents(exact if draft.credited else listed, pool.landed)
    credits_ = tuple(
        each.quantize(CENT, ROUND_HALF_UP) - part if draft.credited else ZERO
        for each, part in zip(listed, paid, strict=True)
    )
    return Payments(paid, credits_, tuple(ListPrice(item, price) for item, price in prices.items()))


def on_list(pool: Pool, prices: Mapping[str, Decimal]) -> list[Decimal]:
    """Price what every member receives by the list, unrounded."""
    return [
        sum((pool.delivered.get((member, item), ZERO) * price for item, price in prices.items()), ZERO)
        for member in pool.members
    ]


def member_shares(pool: Pool, alone: Floats, payments: Payments) -> tuple[MemberShare, ...]:
    """Set what every member pays beside what it would pay alone for as much."""
    shares = []
    for at, member in enumerate(pool.members):
        paid, credit = payments.paid[at], payments.credits[at]
        if not np.isfinite(alone[at]):
            shares.append(MemberShare(member, None, paid, credit, None, None))
            continue
        apart = in_money(pool, float(alone[at]), (at,))
        saving = apart - paid
        percent = (saving / apart * 100).quantize(CENT, ROUND_HALF_UP) if apart > 0 else ZERO
        shares.append(MemberShare(member, apart, paid, credit, saving, percent))
    return tuple(shares)


def binding_groups(
    pool: Pool, groups: Groups, paid: tuple[Decimal, ...], tolerance: Decimal
) -> tuple[BindingGroup, ...]:
    """Name the known groups whose cost apart exceeds what they pay by no more than the tolerance."""
    found: list[tuple[Decimal, int, tuple[int, ...], BindingGroup]] = []
    for group, cost in groups.items():
        inside = tuple(at for at, part in enumerate(group) if part > 0.5)
        together = sum((paid[at] for at in inside), ZERO)
        apart = in_money(pool, cost, inside)
        if inside and apart - together <= tolerance * pool.landed:
            named = BindingGroup(tuple(pool.members[at] for at in inside), apart, together)
            found.append((apart - together, len(inside), inside, named))
    found.sort(key=lambda each: each[:3])
    return tuple(named for *_, named in found[: 2 * len(paid)])


def in_money(pool: Pool, evaluated: float, group: tuple[int, ...]) -> Decimal:
    """Convert a group's evaluated cost to money for what the pool delivers to it, to the cent."""
    own = sum((pool.reserves.get(pool.members[at], ZERO) for at in group), ZERO)
    return ((decimal(evaluated) - own) * pool.ratio).quantize(CENT, ROUND_HALF_UP)


def money_up(pool: Pool, evaluated: float) -> Decimal:
    """Convert a bound in evaluated cost to money, rounded up to the cent and at least nothing."""
    return max(ZERO, (decimal(evaluated) * pool.ratio).quantize(CENT, ROUND_CEILING))


def decimal(value: float) -> Decimal:
    """Take a float for the decimal it prints as."""
    return Decimal(repr(float(value)))
