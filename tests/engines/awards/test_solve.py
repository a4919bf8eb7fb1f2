from dataclasses import replace
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brain_engines.awards import (
    Limits,
    NoAwardYet,
    check_proof,
    find,
    read_award,
    read_proof,
    read_round,
    verify,
)
from brain_engines.awards.exhaustive import cheapest
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.io import write_award, write_proof, write_round
from brain_engines.awards.problem import AwardStatus
from brain_engines.awards.solve import BoundSource, Progress
from brain_engines.awards.verify import _Check
from tests.engines.awards.examples import example, known
from tests.engines.awards.strategies import STEP, rounds

TOLERANCE = Fraction(3, 10**6)
slow = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

few = settings(slow, max_examples=30)


def exact_cost(round_, award):
    """The evaluated cost of an award in exact fractions, by the verifier's own count."""
    check = _Check(round_, award)
    check.run()
    return check.exact


def least(round_):
    """The exact least cost; None if there is no award."""
    award = find(round_, explain_infeasible=False).award
    return None if award.status is AwardStatus.INFEASIBLE else exact_cost(round_, award)


def approx(cost):
    return None if cost is None else pytest.approx(cost, rel=float(TOLERANCE))


@slow
@given(rounds())
def test_solve_agrees_with_trying_everything(round_):
    best = cheapest(round_)

    solution = find(round_)

    verify(round_, solution.award)
    if best is None:
        assert solution.award.status is AwardStatus.INFEASIBLE
    else:
        assert solution.award.status is AwardStatus.OPTIMAL
        cost = exact_cost(round_, solution.award)
        assert best.cost <= cost <= best.cost * (1 + Fraction(1, 10**6))
    if solution.proof is not None:
        check_proof(round_, read_award(write_award(solution.award)), read_proof(write_proof(solution.proof)))


@few
@given(rounds())
def test_files_give_back_the_same_round(round_):
    assert read_round(write_round(round_)) == round_


def test_the_same_file_gives_the_same_bytes():
    texts = {write_award(find(example()).award) + write_proof(known(find(example()).proof)) for _ in range(2)}

    assert len(texts) == 1


@few
@given(rounds(), st.randoms(use_true_random=False))
def test_declared_order_does_not_change_the_cost(round_, random):
    shuffled = replace(
        round_,
        items=tuple(random.sample(round_.items, len(round_.items))),
        bids=tuple(random.sample(round_.bids, len(round_.bids))),
        demands=tuple(random.sample(round_.demands, len(round_.demands))),
        suppliers=tuple(random.sample(round_.suppliers, len(round_.suppliers))),
    )

    assert least(shuffled) == approx(least(round_))


@few
@given(rounds())
def test_a_losing_bid_can_go_without_changing_the_cost(round_):
    award = find(round_, explain_infeasible=False).award
    winners = {line.supplier for line in award.lines} | {package.supplier for package in award.packages}
    named = {rule.supplier for rule in round_.rules.shares}
    kept = tuple(bid for bid in round_.bids if bid.supplier in winners | named)

    if award.status is not AwardStatus.INFEASIBLE:
        assert least(replace(round_, bids=kept)) == approx(least(round_))


@few
@given(rounds())
def test_more_capacity_is_never_dearer(round_):
    wider = tuple(
        replace(
            bid,
            capacities=tuple(replace(c, max=c.max + STEP) for c in bid.capacities),
            offers=tuple(replace(o, max=None if o.max is None else o.max + STEP) for o in bid.offers),
        )
        for bid in round_.bids
    )
    before, after = least(round_), least(replace(round_, bids=wider))

    assert before is None or (after is not None and after <= before * (1 + TOLERANCE))


@few
@given(rounds())
def test_doubled_prices_double_the_cost(round_):
    def twice(bid):
        return replace(
            bid,
            offers=tuple(
                replace(o, price=o.price and o.price * 2, premium=o.premium * 2) for o in bid.offers
            ),
            discounts=tuple(
                replace(d, tiers=tuple(replace(t, off=None if t.off is None else t.off * 2) for t in d.tiers))
                for d in bid.discounts
            ),
            packages=tuple(replace(p, price=p.price * 2) for p in bid.packages),
            charges=tuple(replace(c, amount=c.amount * 2) for c in bid.charges),
            freight=None if bid.freight is None else {k: v * 2 for k, v in bid.freight.items()},
        )

    doubled = replace(
        round_,
        bids=tuple(twice(bid) for bid in round_.bids),
        indices={name: value * 2 for name, value in round_.indices.items()},
        demands=tuple(
            replace(d, reserve_price=None if d.reserve_price is None else d.reserve_price * 2)
            for d in round_.demands
        ),
    )
    before = least(round_)

    assert least(doubled) == (None if before is None else approx(before * 2))


def test_a_stop_keeps_the_best_award_so_far():
    round_ = generate(Size(12, 60), seed=5)
    seen: list[Progress] = []

    solution = find(
        round_, on_progress=seen.append, should_stop=lambda: any(p.best < float("inf") for p in seen)
    )

    assert seen
    assert solution.award.status is AwardStatus.FEASIBLE
    assert 0 < known(solution.award.lower_bound) < known(solution.award.evaluated_cost)
    verify(round_, solution.award)


def test_a_stop_before_any_award_says_so():
    with pytest.raises(NoAwardYet):
        find(generate(Size(8, 30), seed=5), limits=Limits(seconds=0.001))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_realistic_round_is_proved_optimal(seed):
    round_ = generate(Size(5, 10, members=6), seed)

    solution = find(round_)

    assert solution.award.status is AwardStatus.OPTIMAL
    assert solution.bound_source is BoundSource.CERTIFICATE
    check_proof(round_, solution.award, known(solution.proof))


def test_a_round_where_nobody_wants_anything_costs_nothing():
    award = find(example(lambda data: data.update(demands=[]))).award

    verify(example(lambda data: data.update(demands=[])), award)
    assert award.status is AwardStatus.OPTIMAL
    assert known(award.evaluated_cost) == 0
    assert award.lines == ()


def test_quantity_exactly_at_a_threshold_has_reached_the_tier():
    round_ = example(
        lambda data: data.update(
            demands=[{"member": "m02", "item": "GCr15-50-HR@linqing", "quantity": "300"}], rules={}
        ),
        lambda data: data["bids"][0].update(packages=[]),
        lambda data: data.update(bids=data["bids"][:1]),
    )

    (line,) = find(round_).award.lines

    assert (line.tier, str(line.unit_price), str(line.invoice)) == (1, "5565.2500", "1669575.00")


def test_progress_is_told_from_the_first_cut_to_the_proof():
    seen: list[Progress] = []

    award = find(generate(Size(5, 10, members=6), 1), on_progress=seen.append).award

    assert [phase for phase, _ in groupby(p.phase for p in seen)] == ["cuts", "search", "proof"]
    assert all(p.bound <= float(known(award.evaluated_cost)) + 1 for p in seen if p.phase == "cuts")
    assert [p.seconds for p in seen if p.phase != "search"] == sorted(
        p.seconds for p in seen if p.phase != "search"
    )
