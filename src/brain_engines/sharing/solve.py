"""Split an award's bill so that no group of members would do better apart, as far as that can be.

With q_mi what member m receives of item i, and C(S) the least cost of a group S apart, the
default rule looks for list prices π, the same for everybody, nearest to the award's average:

    minimise  distance(π, average)
    such that Σ_{m in S} (Σ_i q_mi π_i + r_m) ≤ C(S) + ε   for every group S
              Σ_i q_mi π_i + r_m ≤ C({m})                  for every member m
              Σ_mi q_mi π_i = evaluated cost of what is delivered

Groups enter one by one: a search over all groups (a mixed-integer program) names the one that
would gain most at the present prices. Parts of members count as groups first, which is a
faster question and a bound that holds for whole groups all the more. Only if no list is good
enough do credits beside the list come in, and only if they help.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from brain_engines.awards.io import round_sha256
from brain_engines.awards.problem import Award, Round
from brain_engines.milp import SolverFailed
from brain_engines.sharing.cents import CENT
from brain_engines.sharing.game import Apart, Game, Question, ShouldStop, never
from brain_engines.sharing.master import Cut, Master
from brain_engines.sharing.pool import Pool, see_pool
from brain_engines.sharing.problem import (
    AVAILABLE_RULES,
    DEFAULT_TOLERANCE,
    BindingGroup,
    Shares,
    Sharing,
    SharingLimits,
    SharingProgress,
    SharingRefused,
    SharingRule,
)
from brain_engines.sharing.publish import (
    Draft,
    Payments,
    binding_groups,
    decimal,
    in_cents,
    member_shares,
    money_up,
)
from brain_engines.sharing.search import Aim, Budget, Found, search
from brain_engines.sharing.separation import RoundGame

Floats = NDArray[np.float64]
OnProgress = Callable[[SharingProgress], None]


def share(  # noqa: PLR0913 - keywords with defaults
    round_: Round,
    award: Award,
    rule: SharingRule = SharingRule.PRICE_LIST,
    *,
    tolerance: Decimal = DEFAULT_TOLERANCE,
    limits: SharingLimits = SharingLimits(),  # noqa: B008 - frozen
    on_progress: Callable[[SharingProgress], None] | None = None,
    should_stop: ShouldStop = never,
    game: Game | None = None,
) -> Sharing:
    """Split the award's landed cost among the members by a rule, with a proven bound on regret.

    Stopped early or out of time, it returns the best split so far; its bound holds all the same.
    """
    pool = _admit(round_, award, rule)

    def tell(stage: str, checks: int, bound: float) -> None:
        if on_progress is not None:
            on_progress(SharingProgress(stage, checks, money_up(pool, bound) if np.isfinite(bound) else None))

    budget = Budget(limits.seconds, limits.check_seconds, should_stop, tell)
    return _Split(pool, game or RoundGame(round_), rule, tolerance, limits, budget).run()


def _admit(round_: Round, award: Award, rule: SharingRule) -> Pool:
    """Refuse what cannot be split, in words."""
    if rule not in AVAILABLE_RULES:
        raise SharingRefused(
            "rule_not_available",
            "The rule {rule} is not available in this version. Choose one of {available}.",
            rule=rule.value,
            available=", ".join(sorted(AVAILABLE_RULES)),
        )
    if award.round_sha256 != round_sha256(round_):
        raise SharingRefused(
            "other_version",
            "The award was made for another version of round {wanted} (its fingerprint is {found}…). "
            "Award the round as it is now first.",
            wanted=round_.id,
            found=award.round_sha256[:12],
        )
    return see_pool(round_, award)


@dataclass
class _Split:
    """One run: the pool, the game and every whole group found on the way, with its cost."""

    pool: Pool
    game: Game
    rule: SharingRule
    tolerance: Decimal
    limits: SharingLimits
    budget: Budget
    groups: dict[tuple[float, ...], float] = field(default_factory=dict)

    def run(self) -> Sharing:
        """Apply the rule, round to cents, and state the worst regret of what is then paid."""
        pool, size = self.pool, len(self.pool.members)
        self.goods = float(pool.goods)
        self.allowed = float(self.tolerance) * self.goods
        apart = [self._cost((at,)) for at in range(size)]
        self.alone = np.array([each.cost for each in apart])
        rules_cost = self._rules_cost()
        draft = self._by_rule() if pool.goods else Draft(np.zeros(size), None)
        payments = in_cents(pool, draft)
        worst = money_up(pool, self._bound(draft, payments))
        shares = Shares(
            round=pool.round.id,
            rule=self.rule,
            total=pool.landed,
            stable=worst <= self.tolerance * pool.landed,
            tolerance=self.tolerance,
            worst_regret=worst,
            price_list=payments.prices,
            members=member_shares(pool, self.alone, payments),
            binding_groups=self._binding_groups(payments.paid),
        )
        least = (
            None if draft.least is None else (decimal(draft.least) * pool.ratio).quantize(CENT, ROUND_HALF_UP)
        )
        return Sharing(
            shares,
            complete=draft.settled and all(each.exact for each in apart),
            least_regret=least,
            rules_cost=rules_cost,
            has_credits=any(payments.credits),
            checks=self.budget.checks,
        )

    def _cost(self, group: tuple[int, ...]) -> Apart:
        """Ask what a group costs apart, and remember it if it can buy apart."""
        seconds = self.limits.check_seconds
        try:
            apart = self.game.cost(group, seconds=seconds)
        except SolverFailed as failed:
            raise SharingRefused(
                "no_cost_in_time",
                "What {members} would pay apart was not found within {seconds} seconds. Allow more time.",
                members=", ".join(self.pool.members[at] for at in group),
                seconds=f"{seconds:.0f}",
            ) from failed
        if np.isfinite(apart.cost):
            inside = tuple(float(at in group) for at in range(len(self.pool.members)))
            self.groups[inside] = apart.cost
        return apart

    def _binding_groups(self, paid: tuple[Decimal, ...]) -> tuple[BindingGroup, ...]:
        """Name the groups nearest to leaving, at their least costs apart.

        A search keeps the plan it found for a group, which need not be the group's cheapest.
        """
        settled: dict[tuple[float, ...], float] = {}
        for named in binding_groups(self.pool, self.groups, paid, self.tolerance):
            inside = tuple(float(member in named.members) for member in self.pool.members)
            try:
                apart = self.game.cost(
                    tuple(at for at, part in enumerate(inside) if part), seconds=self.limits.check_seconds
                )
            except SolverFailed:
                continue
            if apart.exact:
                settled[inside] = apart.cost
        return binding_groups(self.pool, settled, paid, self.tolerance)

    def _rules_cost(self) -> Decimal | None:
        """Bound what the pool's rules on suppliers and shares cost it; None where it has none."""
        rules = self.pool.round.rules
        if (
            not (rules.max_suppliers or rules.min_suppliers or rules.max_suppliers_per_item or rules.shares)
            or self.pool.award.evaluated_cost is None
        ):
            return None
        free = self._cost(tuple(range(len(self.pool.members))))
        return money_up(self.pool, float(self.pool.award.evaluated_cost) - free.bound)

    # The rules

    def _by_rule(self) -> Draft:
        """Split the bill by the rule asked for."""
        searches = {
            SharingRule.PRICE_LIST: self._price_list,
            SharingRule.NEAREST_CORE: self._nearest_core,
            SharingRule.LEAST_CORE: self._least_core,
            SharingRule.AVERAGE_PRICE: lambda: Draft(self._average(), self.pool.average_bill),
            SharingRule.VOLUME: lambda: self._pro_rata(self._volumes()),
            SharingRule.STAND_ALONE: self._pro_rata_alone,
        }
        return searches[self.rule]()

    def _average(self) -> Floats:
        borne: Floats = self.pool.portions @ self.pool.average_bill
        return borne

    def _volumes(self) -> Floats:
        quantities = np.array([float(self.pool.quantities[item]) for item in self.pool.items])
        volumes: Floats = self.pool.portions @ quantities
        return volumes

    def _pro_rata(self, weights: Floats) -> Draft:
        return Draft(self.goods * weights / weights.sum(), None)

    def _pro_rata_alone(self) -> Draft:
        """Split in proportion to the costs alone, less the member's own unfilled reserve cost."""
        members = zip(self.pool.members, self.alone, strict=True)
        unable = [member for member, cost in members if not np.isfinite(cost)]
        if unable:
            raise SharingRefused(
                "cannot_buy_alone",
                "A split in proportion to the costs alone needs every member to be able to buy alone; "
                "{members} cannot. Choose another rule.",
                members=", ".join(unable),
            )
        weights = np.maximum(self.alone - self.pool.own_reserves, 0.0)
        return self._pro_rata(weights if weights.sum() else self._volumes())

    def _price_list(self) -> Draft:
        """Find the list: against parts of members, then against whole members, then with credits."""
        master = self._by_item()
        found = self._search(master, "list", whole=False)
        fair_alone = self._fair_alone(master)
        if found.bound > self.allowed and not self.budget.over:
            found = self._list_for_whole_members(found)
        bill = self.pool.average_bill + found.moved
        draft = Draft(found.borne, bill, found.bound, found.settled, found.least)
        if (found.bound <= self.allowed and fair_alone) or self.budget.over:
            return draft
        return self._credits(draft, fair_alone=fair_alone)

    def _list_for_whole_members(self, partly: Found) -> Found:
        """Keep the list if only parts of members would leave; otherwise seek one for whole members."""
        question = Question(partly.borne + self.pool.own_reserves, whole=True, precision=self.allowed / 8)
        regret = self.budget.ask(self.game, "list-whole", question)
        bound = min(partly.bound, regret.bound)
        if bound <= self.allowed:
            return Found(partly.borne, partly.moved, bound, 0.0, settled=True)
        wholly = self._search(self._by_item(), "list-whole", whole=True)
        if wholly.bound <= bound:
            return wholly
        settled = bound <= wholly.least + self.allowed / 2
        return Found(partly.borne, partly.moved, bound, wholly.least, settled)

    def _credits(self, draft: Draft, *, fair_alone: bool) -> Draft:
        """Add member credits beside the list if they lower the worst regret, or a payment above alone.

        That nobody pays more than alone, where it can be had, goes before the regret of groups.
        """
        known = self._with_groups(self._by_member(draft.borne))
        helps_alone = not fair_alone and self._fair_alone(known)
        if known.least(0.0) > draft.bound - self.allowed and not helps_alone:
            return draft
        found = self._search(self._by_member(draft.borne), "credits", whole=True)
        lower = found.bound <= max(self.allowed, draft.bound - self.allowed)
        if not lower and not helps_alone:
            return draft
        return Draft(found.borne, draft.bill, found.bound, found.settled, found.least, credited=True)

    def _nearest_core(self) -> Draft:
        """Find the payments nearest to the average prices that no group would leave."""
        found = self._search(self._by_member(self._average()), "credits", whole=True)
        bill = self.pool.average_bill
        return Draft(found.borne, bill, found.bound, found.settled, found.least, credited=True)

    def _least_core(self) -> Draft:
        """Leave the group with most to gain as little to gain as possible; proper groups only.

        This is the textbook's least core: a single member is a group like any other.
        """
        master = self._with_groups(self._by_member(self._average()), proper=True)
        master.alone_slack = -1.0
        fine = max(self.limits.precision, 1e-9) * self.goods
        rounds = self.limits.max_rounds
        aim = Aim("least-core", True, -np.inf, fine / 2, fine, proper=True, max_rounds=rounds)
        found = search(master, self.game, aim, self.budget)
        self._remember(*master.cuts, *found.worst)
        bill = self.pool.average_bill
        return Draft(found.borne, bill, np.inf, found.settled, found.least, credited=True)

    # What the rules are made of

    def _margin(self) -> float:
        """Allow for what rounding to cents and to list prices may add to a member's payment."""
        return (0.011 + 0.0001 * float(self._volumes().max())) / float(self.pool.ratio or 1)

    def _fair_alone(self, master: Master) -> bool:
        """Say whether nobody need pay more than alone, but for rounding."""
        return master.above_alone() <= 2 * self._margin()

    def _by_item(self) -> Master:
        return self._master(self.pool.portions, self.pool.average_bill, non_negative=True)

    def _by_member(self, reference: Floats) -> Master:
        return self._master(np.eye(len(self.pool.members)), reference, non_negative=False)

    def _master(self, portions: Floats, reference: Floats, *, non_negative: bool) -> Master:
        margin = self._margin()
        return Master(
            portions, reference, self.pool.own_reserves, self.alone - margin, non_negative, 2 * margin
        )

    def _with_groups(self, master: Master, *, proper: bool = False) -> Master:
        for group, cost in self.groups.items():
            if not (proper and sum(group) == len(group)):
                master.add(Cut(group, cost))
        return master

    def _search(self, master: Master, stage: str, *, whole: bool) -> Found:
        """Search to half the tolerance, starting from the whole groups known so far."""
        close = max(self.allowed / 2, 1e-7 * self.goods)
        aim = Aim(stage, whole, 0.0, close / 2, close, max_rounds=self.limits.max_rounds)
        found = search(self._with_groups(master), self.game, aim, self.budget)
        self._remember(*master.cuts, *found.worst)
        return found

    def _remember(self, *cuts: Cut) -> None:
        """Keep the whole groups among a search's cuts."""
        for cut in cuts:
            whole = tuple(float(round(part)) for part in cut.participation)
            if any(whole) and np.allclose(whole, cut.participation, atol=1e-7, rtol=0.0):
                self.groups[whole] = min(cut.cost, self.groups.get(whole, np.inf))

    def _bound(self, draft: Draft, payments: Payments) -> float:
        """Bound any group's regret under the payments as rounded.

        Rounding adds at most the sum of what it adds to single members. Where the rule did not
        end with a bound, all groups are searched, with parts of members and then whole ones.
        """
        ratio = self.pool.ratio
        paid = np.array([float(each / ratio) for each in payments.paid]) if ratio else draft.borne
        whole_cost = paid + self.pool.own_reserves
        bound = draft.bound + float(np.maximum(paid - draft.borne, 0.0).sum())
        bound = min(bound, float(np.maximum(whole_cost, 0.0).sum()))
        if draft.settled and np.isfinite(draft.bound):
            return bound
        for whole in (False, True):
            if bound > self.allowed:
                question = Question(whole_cost, whole=whole, precision=self.allowed / 8)
                bound = min(bound, self.budget.ask(self.game, "proof", question).bound)
        return bound
