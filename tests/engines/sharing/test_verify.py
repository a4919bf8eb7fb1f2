"""Good shares are accepted, and every way to misstate them is noticed."""

from dataclasses import replace
from typing import Any

import pytest

from brain_engines.sharing.problem import BindingGroup, ListPrice, Shares, SharingRule
from brain_engines.sharing.solve import share
from brain_engines.sharing.verify import Unsound, verify
from tests.engines.sharing.rounds import D, awarded, medium_round, pool_with_discount, pool_with_empty_core

CENT = D("0.01")


def with_member(shares: Shares, number: int, **changes: Any) -> Shares:
    members = list(shares.members)
    members[number] = replace(members[number], **changes)
    return replace(shares, members=tuple(members))


def move(shares: Shares, amount: str, *, on_credit: bool = False) -> Shares:
    """Let the second member pay so much for the first, with savings put right."""
    for number, sign in ((0, -1), (1, 1)):
        old = shares.members[number]
        payment = old.payment + sign * D(amount)
        saving = old.stand_alone - payment if old.stand_alone is not None else None
        percent = (saving / old.stand_alone * 100).quantize(CENT) if saving and old.stand_alone else None
        credit = old.credit - sign * D(amount) if on_credit else old.credit
        shares = with_member(
            shares, number, payment=payment, saving=saving, saving_percent=percent, credit=credit
        )
    return replace(shares, binding_groups=())


MUTANTS = {
    "another round": lambda s: replace(s, round="other"),
    "another total": lambda s: replace(s, total=s.total + CENT),
    "a cent too much": lambda s: with_member(s, 0, payment=s.members[0].payment + CENT),
    "a member missing": lambda s: replace(s, members=s.members[1:]),
    "members in another order": lambda s: replace(s, members=s.members[::-1]),
    "a saving made up": lambda s: with_member(s, 0, saving=s.members[0].saving + 1),
    "a percentage made up": lambda s: with_member(s, 0, saving_percent=s.members[0].saving_percent + 1),
    "no cost alone though it could buy": lambda s: with_member(
        s, 0, stand_alone=None, saving=None, saving_percent=None),
    "a cost alone too high": lambda s: with_member(
        s, 0, stand_alone=s.members[0].stand_alone + 5, saving=s.members[0].saving + 5),
    "a price too low": lambda s: replace(
        s, price_list=(ListPrice(s.price_list[0].item, s.price_list[0].price - 1), *s.price_list[1:])),
    "a price missing": lambda s: replace(s, price_list=s.price_list[1:]),
    "a price twice": lambda s: replace(s, price_list=(*s.price_list, s.price_list[0])),
    "stable though not": lambda s: replace(s, worst_regret=s.total),
    "not stable though stable": lambda s: replace(s, stable=False),
    "off the list": lambda s: move(s, "40.00"),
    "one carries another": lambda s: move(s, "900.00", on_credit=True),
    "a credit out of nowhere": lambda s: with_member(s, 0, credit=D("3.00")),
    "a binding group's payments wrong": lambda s: replace(
        s, binding_groups=(BindingGroup((s.members[0].member,), s.members[0].stand_alone, D(1)),)),
    "a binding group's cost apart wrong": lambda s: replace(
        s, binding_groups=(BindingGroup((s.members[0].member,), D(1), s.members[0].payment),)),
}  # fmt: skip


@pytest.mark.parametrize("what", MUTANTS)
def test_misstated_shares_are_refused(what: str) -> None:
    round_, award = awarded(pool_with_discount())
    shares = share(round_, award).shares
    verify(round_, award, shares)

    with pytest.raises(Unsound):
        verify(round_, award, MUTANTS[what](shares))


def test_a_regret_stated_too_low_is_refuted_by_the_group() -> None:
    round_, award = awarded(pool_with_empty_core())
    shares = share(round_, award).shares

    with pytest.raises(Unsound) as refused:
        verify(round_, award, replace(shares, worst_regret=D("120.00")))

    assert refused.value.place == "worst_regret"
    assert (refused.value.stated, refused.value.right) == ("120.00", "133.34")


def test_a_sharpened_bound_is_refused_on_a_larger_pool() -> None:
    round_, award = awarded(medium_round())
    shares = share(round_, award, SharingRule.STAND_ALONE).shares
    verify(round_, award, shares)
    assert shares.worst_regret > D(1000)

    with pytest.raises(Unsound):
        verify(round_, award, replace(shares, worst_regret=D("0.00"), stable=True))


def test_another_award_is_not_the_one_that_was_shared() -> None:
    round_, award = awarded(pool_with_discount())
    shares = share(round_, award).shares

    with pytest.raises(Unsound, match="not one of this round"):
        verify(replace(round_, indices={"i": D(1)}), award, shares)


@pytest.mark.parametrize("rule", [SharingRule.VOLUME, SharingRule.STAND_ALONE])
def test_a_split_in_proportion_is_checked_against_its_weights(rule: SharingRule) -> None:
    round_, award = awarded(pool_with_discount())
    shares = share(round_, award, rule).shares
    verify(round_, award, shares)

    with pytest.raises(Unsound):
        verify(round_, award, move(shares, "1.00"))


def test_credits_without_a_list_are_refused() -> None:
    round_, award = awarded(pool_with_discount())
    shares = share(round_, award, SharingRule.VOLUME).shares

    with pytest.raises(Unsound, match="no credit"):
        verify(round_, award, with_member(shares, 1, credit=CENT))
