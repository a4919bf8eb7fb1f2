from math import log2

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brain_engines import milp
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import build
from brain_engines.awards.scaling import NOISE, power_of_two, scale
from tests.engines.awards.strategies import rounds


def is_power_of_two(value):
    return log2(value) == int(log2(value))


@given(st.floats(1e-9, 1e15))
def test_the_power_of_two_below_a_value(value):
    power = power_of_two(value)

    assert is_power_of_two(power)
    assert power <= value < 2 * power


def test_nothing_has_the_power_one():
    assert power_of_two(0.0) == 1.0


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds(), st.booleans())
def test_scales_are_powers_of_two_and_leave_the_optimum_where_it_is(round_, whole):
    model = build(round_).linear
    if not model.width:
        return
    scaled = scale(model, whole=whole)

    assert all(is_power_of_two(value) for value in [*scaled.columns, *scaled.rows, scaled.money])
    assert np.array_equal(scaled.program.upper * scaled.columns, np.array(model.upper, dtype=float))
    assert bool(scaled.program.integer.all()) or not whole
    result = milp.minimise(scaled.program)
    if result.values is not None and whole:
        point = [round(value) for value in result.values * scaled.columns]
        assert model.violated(point) is None
        assert result.objective * scaled.money == pytest.approx(model.value(point), rel=1e-9)


def test_rows_of_a_large_round_have_coefficients_of_moderate_size():
    scaled = scale(build(generate(Size(8, 20), 3)).linear)
    sizes = np.abs(scaled.program.values[scaled.program.values != 0])

    assert sizes.max() < 2
    assert sizes.min() >= NOISE


def test_a_coefficient_lost_in_noise_is_left_out_of_the_floats_only():
    model = LinearModel()
    for _ in range(2):
        model.add_column(upper=10)
    model.add_row([(0, 10**12), (1, 1)], None, 10**12)

    assert list(scale(model, whole=True).program.values[1:]) == [0.0]
    assert model.activity(0, [1, 1]) == 10**12 + 1
