from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from brain_engines.awards import check_proof, find, read_award, read_proof, read_round, verify
from brain_engines.awards.exhaustive import cheapest
from brain_engines.awards.io import write_award, write_proof, write_round
from brain_engines.awards.problem import AwardStatus
from brain_engines.awards.verify import _Check
from tests.engines.awards.strategies import rounds

slow = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def exact_cost(round_, award):
    """The evaluated cost of an award in exact fractions, by the verifier's own count."""
    check = _Check(round_, award)
    check.run()
    return check.exact


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


@slow
@given(rounds())
def test_files_give_back_the_same_round(round_):
    assert read_round(write_round(round_)) == round_
