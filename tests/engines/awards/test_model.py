import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brain_engines import milp
from brain_engines.awards import AwardStatus, find, restrict
from brain_engines.awards.model import MONEY, Participation, build
from brain_engines.awards.scaling import scale
from tests.engines.awards.examples import example, known
from tests.engines.awards.strategies import rounds

careful = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def cost_with(round_, group, participation):
    """The least cost in the participation program with the group's members fixed; None if infeasible."""
    model = build(round_, participation)
    for member, column in model.variables.member.items():
        model.linear.lower[column] = model.linear.upper[column] = int(member in group)
    scaled = scale(model.linear, whole=True)
    result = milp.minimise(scaled.program)
    return None if result.values is None else result.objective * scaled.money / MONEY


@careful
@given(rounds(members=3), st.sets(st.sampled_from(["m0", "m1", "m2"])))
def test_participation_with_fixed_members_is_the_round_of_the_group(round_, group):
    award = find(restrict(round_, group), explain_infeasible=False).award

    cost = cost_with(round_, group, Participation.BINARY)

    if award.status is AwardStatus.INFEASIBLE:
        assert cost is None
    else:
        assert cost == pytest.approx(float(known(award.evaluated_cost)), abs=0.2)


@careful
@given(rounds())
def test_every_column_has_bounds_and_every_row_names_a_column_once(round_):
    linear = build(round_).linear

    assert all(0 <= low <= high for low, high in zip(linear.lower, linear.upper, strict=True))
    for row in range(linear.height):
        columns = linear.columns[linear.starts[row] : linear.starts[row + 1]]
        assert len(columns) == len(set(columns))


def test_scaling_by_powers_of_two_loses_nothing():
    linear = build(example()).linear
    scaled = scale(linear)

    assert np.array_equal(scaled.program.upper * scaled.columns, np.array(linear.upper, dtype=float))
    assert np.array_equal(
        np.array(linear.cost, dtype=float), scaled.program.cost * scaled.money / scaled.columns
    )
