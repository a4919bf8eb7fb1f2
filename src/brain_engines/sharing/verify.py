"""Check shares against their round and award without trusting whoever computed them.

The arithmetic is done again in decimals. Costs apart and the bound on regret are computed
again from the checker's own statement of the round (:mod:`brain_engines.sharing.plain`), which
shares no code with the award engine's model that the shares were found with; both are solved by
HiGHS in floating point, which is what a reader must trust. That the award itself is right is
:func:`brain_engines.awards.verify.verify`'s to say.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from brain_engines.awards.io import round_sha256
from brain_engines.awards.problem import Award, AwardStatus, Round
from brain_engines.sharing.game import Question
from brain_engines.sharing.problem import BindingGroup, MemberShare, Shares, SharingRule
from brain_engines.sharing.separation import RoundGame, plain_statement

CENT = Decimal("0.01")
ZERO = Decimal(0)
WITHOUT_LIST = frozenset({SharingRule.VOLUME, SharingRule.STAND_ALONE})
FINE = Decimal("0.000001")


class Unsound(AssertionError):
    """Shares misstate something: where, what is stated, and what is right."""

    def __init__(self, place: str, what: str, stated: object, right: object) -> None:
        self.place, self.what, self.stated, self.right = place, what, str(stated), str(right)
        super().__init__(f"{place}: {what}: the shares say {stated}, right is {right}.")


class Unconfirmed(Unsound):
    """A bound could not be confirmed within the time given; it may be true all the same."""


def verify(round_: Round, award: Award, shares: Shares, *, seconds: float = 120.0) -> None:
    """Raise :class:`Unsound` unless every amount is right and no group would gain more than stated.

    Amounts that come from a search (costs apart, regret) must agree to a millionth of the bill.
    ``seconds`` bounds one search.
    """
    _arithmetic(round_, award, shares)
    _Costs(round_, award, shares, seconds).check()


def _arithmetic(round_: Round, award: Award, shares: Shares) -> None:
    if award.round_sha256 != round_sha256(round_) or award.status is AwardStatus.INFEASIBLE:
        raise Unsound("round", "the award is not one of this round", award.round_sha256, round_sha256(round_))
    _same("round", "the round", shares.round, round_.id)
    _same("total", "the landed cost of the award", shares.total, award.landed_cost)
    members = [member.id for member in round_.members]
    _same("members", "the members in declared order", [each.member for each in shares.members], members)
    paid = sum((each.payment for each in shares.members), ZERO)
    _same("members", "payments add up to the landed cost", paid, shares.total)
    stable = shares.worst_regret <= shares.tolerance * shares.total
    _same("stable", "whether the worst regret is within the tolerance", shares.stable, stable)
    for number, member in enumerate(shares.members):
        _saving(f"members[{number}]", member)
    for number, group in enumerate(shares.binding_groups):
        together = sum((each.payment for each in shares.members if each.member in group.members), ZERO)
        _same(f"binding_groups[{number}].together", "what the group pays", group.together, together)
    _list(award, shares)


def _same(place: str, what: str, stated: object, right: object) -> None:
    if stated != right:
        raise Unsound(place, what, stated, right)


def _saving(place: str, member: MemberShare) -> None:
    if member.stand_alone is None:
        _same(f"{place}.saving", "no saving without a cost alone", member.saving, None)
        _same(f"{place}.saving_percent", "no saving without a cost alone", member.saving_percent, None)
        return
    saving = member.stand_alone - member.payment
    _same(f"{place}.saving", "cost alone less payment", member.saving, saving)
    share = saving / member.stand_alone * 100 if member.stand_alone > 0 else ZERO
    percent = share.quantize(CENT, ROUND_HALF_UP)
    _same(f"{place}.saving_percent", "saving in percent", member.saving_percent, percent)


def _list(award: Award, shares: Shares) -> None:
    """Check that payment + credit is quantity × list price, but for rounding of prices and cents."""
    delivered: dict[tuple[str, str], Decimal] = {}
    for each in award.allocations:
        key = (each.member, each.item)
        delivered[key] = delivered.get(key, ZERO) + each.quantity
    prices = {each.item: each.price for each in shares.price_list}
    items = {item for (_, item), quantity in delivered.items() if quantity}
    if shares.rule in WITHOUT_LIST or not items:
        _same("price_list", "this rule has no list", len(prices), 0)
        for number, member in enumerate(shares.members):
            _same(f"members[{number}].credit", "no credit without a list", member.credit, ZERO)
        return
    _same(
        "price_list",
        "one price for each item delivered",
        sorted(e.item for e in shares.price_list),
        sorted(items),
    )
    listed = {member.member: ZERO for member in shares.members}
    for (owner, item), quantity in delivered.items():
        listed[owner] += quantity * prices[item]
    missing = abs(sum(listed.values(), ZERO) - shares.total)
    least = min(sum((q for (_, i), q in delivered.items() if i == item), ZERO) for item in items)
    if missing > CENT + least * Decimal("0.00005"):
        raise Unsound("price_list", "list prices × quantities", shares.total + missing, shares.total)
    for number, member in enumerate(shares.members):
        if abs(member.payment + member.credit - listed[member.member]) > CENT + missing:
            stated, right = member.payment + member.credit, listed[member.member].quantize(CENT)
            raise Unsound(f"members[{number}].payment", "payment and credit beside the list", stated, right)


class _Costs:
    """The checks that need costs apart: alone, of binding groups, and of the group that gains most."""

    def __init__(self, round_: Round, award: Award, shares: Shares, seconds: float) -> None:
        self.round, self.shares, self.seconds = round_, shares, seconds
        self.members = [member.id for member in round_.members]
        prices = {(demand.member, demand.item): demand.reserve_price or ZERO for demand in round_.demands}
        self.reserves = dict.fromkeys(self.members, ZERO)
        for each in award.unfilled:
            self.reserves[each.member] += each.quantity * prices[each.member, each.item]
        self.received = dict.fromkeys(self.members, ZERO)
        for part in award.allocations:
            self.received[part.member] += part.quantity
        goods = (award.evaluated_cost or ZERO) - sum(self.reserves.values(), ZERO)
        self.ratio = shares.total / goods if goods else Decimal(1)
        self.slack = max(CENT, FINE * shares.total)
        self.game = RoundGame(round_, plain_statement)

    def check(self) -> None:
        """Compute costs alone and of binding groups, then search all groups."""
        for number, member in enumerate(self.shares.members):
            self._alone(f"members[{number}].stand_alone", member)
        for number, group in enumerate(self.shares.binding_groups):
            self._binding(f"binding_groups[{number}].apart", group)
        self._rule()
        self._regret()

    def _apart(self, group: tuple[str, ...]) -> Decimal | None:
        apart = self.game.cost(tuple(self.members.index(member) for member in group), seconds=self.seconds)
        if not np.isfinite(apart.cost):
            return None
        own = sum((self.reserves[member] for member in group), ZERO)
        return (Decimal(repr(apart.cost)) - own) * self.ratio

    def _alone(self, place: str, member: MemberShare) -> None:
        right = self._apart((member.member,))
        if right is None or member.stand_alone is None:
            _same(place, "whether the member can buy alone", member.stand_alone, right)
            return
        if abs(right - member.stand_alone) > self.slack:
            raise Unsound(place, "the cost alone", member.stand_alone, right.quantize(CENT))

    def _binding(self, place: str, group: BindingGroup) -> None:
        right = self._apart(group.members)
        if right is None or abs(right - group.apart) > self.slack:
            raise Unsound(
                place, "the cost apart", group.apart, None if right is None else right.quantize(CENT)
            )

    def _rule(self) -> None:
        """Check a split in proportion: to quantities received or to costs alone."""
        shares = self.shares
        if shares.rule is SharingRule.STAND_ALONE:
            weights = [max(ZERO, each.stand_alone or ZERO) for each in shares.members]
        elif shares.rule is SharingRule.VOLUME:
            weights = [self.received[each.member] for each in shares.members]
        else:
            return
        whole = sum(weights, ZERO)
        for number, (member, weight) in enumerate(zip(shares.members, weights, strict=True)):
            right = shares.total * weight / whole if whole else member.payment
            if abs(member.payment - right) > self.slack:
                place = f"members[{number}].payment"
                raise Unsound(
                    place, f"in proportion by the rule {shares.rule}", member.payment, right.quantize(CENT)
                )

    def _regret(self) -> None:
        """Search for a group that gains more than stated: with parts of members first, then whole."""
        borne = np.array(
            [
                float(each.payment / (self.ratio or 1) + self.reserves[each.member])
                for each in self.shares.members
            ]
        )
        precision = float(self.slack / (self.ratio or 1)) / 2
        allowed = self.shares.worst_regret + self.slack
        bound = Decimal("Infinity")
        for whole in (False, True):
            question = Question(borne, whole=whole, precision=precision, seconds=self.seconds)
            regret = self.game.most_regret(question)
            if whole and Decimal(repr(regret.value)) * self.ratio > allowed:
                gain = (Decimal(repr(regret.value)) * self.ratio).quantize(CENT)
                raise Unsound("worst_regret", "a group would gain", self.shares.worst_regret, gain)
            bound = min(bound, Decimal(repr(regret.bound)) * self.ratio)
            if bound <= allowed:
                return
        raise Unconfirmed(
            "worst_regret", "no group gains more", self.shares.worst_regret, f"at most {bound:.2f}"
        )
