from dataclasses import replace
from decimal import Decimal

import pytest

from brain_engines.awards import Award, AwardStatus, Unsound, find, verify
from brain_engines.awards.io import round_sha256
from brain_engines.awards.problem import AwardedPackage, Conflict, Unfilled
from tests.engines.awards.examples import example, known

CENT = Decimal("0.01")
GRAM = Decimal("0.001")
ROUND = example()
AWARD = known(find(ROUND).award)


def line(number, **values):
    """The award with one line changed; values may be functions of the old ones."""
    lines = list(AWARD.lines)
    old = lines[number]
    lines[number] = replace(old, **{k: v(getattr(old, k)) if callable(v) else v for k, v in values.items()})
    return replace(AWARD, lines=tuple(lines))


def allocation(number, **values):
    rows = list(AWARD.allocations)
    old = rows[number]
    rows[number] = replace(old, **{k: v(getattr(old, k)) if callable(v) else v for k, v in values.items()})
    return replace(AWARD, allocations=tuple(rows))


def test_the_award_itself_is_sound():
    verify(ROUND, AWARD)


MUTANTS = {
    "one gram short": line(0, quantity=lambda q: q - GRAM),
    "one gram more": line(0, quantity=lambda q: q + GRAM),
    "half a gram": line(0, quantity=lambda q: q + GRAM / 2),
    "another tier": line(0, tier=1),
    "no tier": line(0, discount=None, tier=None),
    "a cheaper price": line(0, price=lambda p: p - CENT),
    "a cheaper unit price": line(0, unit_price=lambda p: p - CENT),
    "invoice a cent off": line(0, invoice=lambda p: p - CENT),
    "landed a cent off": line(0, landed=lambda p: p - CENT),
    "no freight": line(0, freight=Decimal(0)),
    "an unknown supplier": line(0, supplier="s99"),
    "an item not offered": line(0, item="gold"),
    "a line dropped": replace(AWARD, lines=AWARD.lines[1:]),
    "a line twice": replace(AWARD, lines=(*AWARD.lines, AWARD.lines[0])),
    "a package dropped": replace(AWARD, packages=()),
    "a package twice": replace(AWARD, packages=AWARD.packages * 2),
    "a package that does not exist": replace(AWARD, packages=(AwardedPackage("s01", "mix-z"),)),
    "a charge dropped": replace(AWARD, charges=AWARD.charges[1:]),
    "a charge twice": replace(AWARD, charges=AWARD.charges + AWARD.charges[:1]),
    "a charge at another place": replace(
        AWARD, charges=(AWARD.charges[0], replace(AWARD.charges[1], destination="donge"))
    ),
    "somebody gets a gram less": allocation(0, quantity=lambda q: q - GRAM),
    "steel from an excluded supplier": allocation(0, supplier="s03"),
    "steel for somebody who wants none": allocation(0, member="m07"),
    "steel from another supplier": allocation(1, supplier="s02"),
    "cost a cent less": replace(AWARD, evaluated_cost=AWARD.evaluated_cost - CENT),
    "landed a cent less": replace(AWARD, landed_cost=AWARD.landed_cost - CENT),
    "a bound above the cost": replace(AWARD, lower_bound=AWARD.evaluated_cost + 1),
    "no bound": replace(AWARD, lower_bound=None),
    "a gap that hides the bound": replace(AWARD, lower_bound=AWARD.lower_bound - 1000),
    "optimal with a wide gap": replace(AWARD, lower_bound=AWARD.lower_bound / 2, gap=Decimal("0.5")),
    "half a gram each in two entries": replace(
        AWARD,
        allocations=(
            replace(AWARD.allocations[0], quantity=AWARD.allocations[0].quantity - GRAM / 2),
            replace(AWARD.allocations[0], quantity=GRAM / 2),
            *AWARD.allocations[1:],
        ),
    ),
    "one receipt in two entries": replace(
        AWARD,
        allocations=(
            replace(AWARD.allocations[0], quantity=AWARD.allocations[0].quantity - GRAM),
            replace(AWARD.allocations[0], quantity=GRAM),
            *AWARD.allocations[1:],
        ),
    ),
    "something left unfilled that must be filled": replace(
        AWARD, unfilled=(Unfilled("m07", "GCr15-50-HR@donge", GRAM),)
    ),
    "something left unfilled beside being filled": replace(
        AWARD, unfilled=(Unfilled("m01", "GCr15-50-HR@linqing", GRAM),)
    ),
    "conflicts beside an award": replace(AWARD, conflicts=(Conflict("rules", "rule", "No."),)),
    "infeasible with a cost": replace(
        AWARD, status=AwardStatus.INFEASIBLE, lines=(), packages=(), charges=(), allocations=(), gap=None
    ),
    "infeasible with a charge": replace(
        AWARD,
        status=AwardStatus.INFEASIBLE,
        lines=(),
        packages=(),
        allocations=(),
        evaluated_cost=None,
        landed_cost=None,
        lower_bound=None,
        gap=None,
    ),
    "another round": replace(AWARD, round="other"),
    "a changed round": replace(AWARD, round_sha256="0" * 64),
    "infeasible but buying": replace(AWARD, status=AwardStatus.INFEASIBLE),
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS.keys())
def test_a_mutant_of_a_good_award_is_rejected(mutant: Award):
    assert mutant != AWARD
    with pytest.raises(Unsound):
        verify(ROUND, mutant)


def rule(**values):
    return lambda data: data["rules"].update(values)


def bid(number, **values):
    return lambda data: data["bids"][number].update(values)


def offer(number, place, **values):
    return lambda data: data["bids"][number]["offers"][place].update(values)


STRICTER = {
    "fewer suppliers": rule(max_suppliers=1),
    "more suppliers": rule(min_suppliers=3),
    "fewer suppliers per item": rule(max_suppliers_per_item=1),
    "a smaller share": rule(shares=[{"supplier": "*", "items": "all", "max": "0.5"}]),
    "a larger share": rule(shares=[{"supplier": "s01", "items": "all", "min": "0.5"}]),
    "a share for a supplier who wins nothing": rule(
        shares=[{"supplier": "s03", "items": "all", "min": "0.01"}]
    ),
    "a lower offer max": offer(1, 0, max="299.999"),
    "a higher offer min": offer(1, 1, min="84.351"),
    "a lower capacity": bid(0, capacities=[{"items": "all", "max": "205.649"}]),
    "a higher minimum": bid(0, minimums=[{"items": ["45-80-HR@linqing"], "min": "75.651"}]),
    "a later delivery": bid(0, lead_days=31),
    "a place not served": bid(0, freight={"donge": "110"}),
    "more wanted": lambda data: data["demands"][1].update(quantity="310.001"),
}


@pytest.mark.parametrize("change", STRICTER.values(), ids=STRICTER.keys())
def test_an_award_that_breaks_one_rule_is_rejected(change):
    stricter = example(change)
    from_there = replace(AWARD, round_sha256=round_sha256(stricter))

    with pytest.raises(Unsound):
        verify(stricter, from_there)


def test_unsound_names_both_numbers():
    with pytest.raises(Unsound, match=r"landed_cost: landed cost: the award says 1, right is 3750682\.50\."):
        verify(ROUND, replace(AWARD, landed_cost=Decimal(1)))
