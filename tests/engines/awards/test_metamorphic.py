"""What a change of a round must do to its cost: relations that need no known answer."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brain_engines.awards import AwardStatus, find, restrict, verify
from brain_engines.awards.problem import BreakawayCapacity, Charge, ChargeBasis, Demand, Item, Member, Rules
from tests.engines.awards.examples import known
from tests.engines.awards.small import bid, demand, small
from tests.engines.awards.strategies import STEP, rounds

TOLERANCE = Fraction(3, 10**6)
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def least(round_):
    """The exact least cost; None if there is no award."""
    award = find(round_, explain_infeasible=False).award
    return None if award.status is AwardStatus.INFEASIBLE else known(verify(round_, award))


def no_dearer(after, before):
    """Whether a cost is no higher, an impossible award counting as infinite."""
    return before is None or (after is not None and after <= before * (1 + TOLERANCE))


def same(one, other):
    return no_dearer(one, other) and no_dearer(other, one)


@few
@given(rounds())
def test_a_rule_dropped_never_makes_it_dearer(round_):
    rules = round_.rules
    free = Rules(annual_rate=rules.annual_rate, quality_weight=rules.quality_weight)

    assert no_dearer(least(replace(round_, rules=free)), least(round_))


@few
@given(rounds(), st.integers(1, 3))
def test_a_demand_split_between_two_members_costs_the_same(round_, part):
    first = round_.demands[0]
    assume(first.quantity > part * STEP)
    other = replace(first, member="twin", quantity=part * STEP)
    demands = (replace(first, quantity=first.quantity - part * STEP), *round_.demands[1:], other)
    split = replace(round_, members=(*round_.members, Member("twin")), demands=demands)

    assert same(least(split), least(round_))


@few
@given(rounds())
def test_an_item_that_nobody_wants_changes_nothing(round_):
    assert same(least(replace(round_, items=(*round_.items, Item("unwanted")))), least(round_))


@few
@given(rounds())
def test_a_demand_that_may_stay_unfilled_for_nothing_costs_nothing_more(round_):
    extra = Demand("idle", round_.items[0].id, STEP, Decimal(0))
    more = replace(round_, members=(*round_.members, Member("idle")), demands=(*round_.demands, extra))

    assert no_dearer(least(more), least(round_))


@few
@given(rounds())
def test_a_new_supplier_never_makes_it_dearer(round_):
    newcomer = bid("newcomer", {round_.items[0].id: "9500"})
    more = replace(
        round_,
        suppliers=(*round_.suppliers, replace(round_.suppliers[0], id="newcomer")),
        bids=(*round_.bids, newcomer),
    )

    assert no_dearer(least(more), least(round_))


@few
@given(rounds(), st.integers(1, 500))
def test_a_charge_adds_at_most_itself(round_, amount):
    first = round_.bids[0]
    charged = replace(first, charges=(*first.charges, Charge(Decimal(amount), ChargeBasis.BID)))
    before, after = least(round_), least(replace(round_, bids=(charged, *round_.bids[1:])))

    assert no_dearer(before, after)
    assert before is None or known(after) <= (before + amount) * (1 + TOLERANCE)


@few
@given(rounds())
def test_shorter_lead_time_and_more_destinations_are_never_dearer(round_):
    eager = tuple(
        replace(
            b,
            lead_days=0,
            freight=None if b.freight is None else {"linqing": Decimal(0), "donge": Decimal(0), **b.freight},
        )
        for b in round_.bids
    )

    assert no_dearer(least(replace(round_, bids=eager)), least(round_))


@few
@given(rounds())
def test_an_exclusion_lifted_is_never_dearer(round_):
    free = tuple(replace(d, excluded_suppliers=()) for d in round_.demands)

    assert no_dearer(least(replace(round_, demands=free)), least(round_))


@few
@given(rounds(), st.decimals(0, 30000, places=2))
def test_a_reserve_price_is_never_dearer_than_having_to_buy(round_, reserve):
    free = tuple(
        replace(d, reserve_price=d.reserve_price if d.reserve_price is not None else reserve)
        for d in round_.demands
    )

    assert no_dearer(least(replace(round_, demands=free)), least(round_))
    assert least(replace(round_, demands=free, rules=Rules())) is not None


@few
@given(rounds(members=3), st.sets(st.sampled_from(["m0", "m1", "m2"]), min_size=1))
def test_a_group_with_all_capacity_never_pays_more_than_with_its_share(round_, group):
    full = replace(round_, rules=replace(round_.rules, breakaway_capacity=BreakawayCapacity.FULL))
    shared = replace(round_, rules=replace(round_.rules, breakaway_capacity=BreakawayCapacity.PRO_RATA))

    assert no_dearer(least(restrict(full, group)), least(restrict(shared, group)))


@few
@given(rounds())
def test_everybody_apart_from_nobody_is_the_pool_without_its_rules(round_):
    everybody = {member.id for member in round_.members}
    free = Rules(
        annual_rate=round_.rules.annual_rate,
        quality_weight=round_.rules.quality_weight,
        breakaway_capacity=round_.rules.breakaway_capacity,
    )

    assert restrict(round_, everybody).demands == round_.demands
    assert same(least(restrict(round_, everybody)), least(replace(round_, rules=free)))


@pytest.mark.parametrize(("suppliers", "possible"), [(1, True), (2, True), (3, False)])
def test_a_least_number_of_suppliers_binds_only_if_something_is_bought(suppliers, possible):
    bids = [bid("a", {"i": "10"}), bid("b", {"i": "12"})]
    must = small(bids, [demand("m", "i", "5")], min_suppliers=suppliers)
    may = small(bids, [demand("m", "i", "5", reserve="11")], min_suppliers=suppliers)

    award = find(may).award

    assert (find(must).award.status is AwardStatus.OPTIMAL) is possible
    assert award.status is AwardStatus.OPTIMAL
    winners = {line.supplier for line in award.lines}
    assert len(winners) == {1: 1, 2: 2, 3: 0}[suppliers]
    assert award.evaluated_cost == {1: Decimal(50), 2: Decimal("50.00"), 3: Decimal(55)}[suppliers]


def test_two_suppliers_where_one_would_do_split_off_a_thousandth():
    round_ = small([bid("a", {"i": "10"}), bid("b", {"i": "12"})], [demand("m", "i", "5")], min_suppliers=2)

    award = find(round_).award

    assert [(line.supplier, str(line.quantity)) for line in award.lines] == [("a", "4.999"), ("b", "0.001")]


def test_a_reserve_price_below_every_offer_leaves_everything_unfilled():
    award = find(small([bid("a", {"i": "10"})], [demand("m", "i", "5", reserve="9.99")])).award

    assert (award.lines, award.landed_cost, award.evaluated_cost) == ((), 0, Decimal("49.95"))
    assert [(u.member, u.quantity) for u in award.unfilled] == [("m", 5)]


def test_nothing_is_bought_in_excess_of_demand_even_where_that_were_cheaper():
    lot = small([bid("a", {"i": ("10", "6", None)}), bid("b", {"i": "50"})], [demand("m", "i", "5")])

    assert [(line.supplier, line.quantity) for line in find(lot).award.lines] == [("b", 5)]
