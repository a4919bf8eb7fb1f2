"""A bound by multipliers is a bound for any multipliers: against every point of small programs."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from brain_engines.awards.certificate import PRECISION, Leaf, leaf_value, row_value
from brain_engines.awards.linear import LinearModel


@st.composite
def programs(draw):
    """A program of three columns with a box of at most 64 points, and a leaf of any multipliers."""
    model = LinearModel()
    for _ in range(3):
        low = draw(st.integers(-2, 2))
        model.add_column(cost=draw(st.integers(-9, 9)), lower=low, upper=low + draw(st.integers(0, 3)))
    for _ in range(draw(st.integers(1, 3))):
        side = draw(st.integers(-6, 6))
        low, high = draw(st.sampled_from(((side, None), (None, side), (side, side), (side, side + 3))))
        model.add_row([(column, draw(st.integers(-4, 4))) for column in range(3)], low, high)
    multipliers = tuple(
        (row, draw(st.integers(-3 * PRECISION, 3 * PRECISION))) for row in range(model.height)
    )
    return model, Leaf(multipliers, draw(st.booleans()))


def points(model):
    spans = [range(low, high + 1) for low, high in zip(model.lower, model.upper, strict=True)]
    return [list(point) for point in product(*spans) if model.violated(list(point)) is None]


@settings(max_examples=400, deadline=None)
@given(programs())
def test_no_point_costs_less_than_its_leaf_says(case):
    model, leaf = case

    value = leaf_value(model, leaf, model.lower, model.upper)

    if leaf.empty:
        assert value <= 0 or not points(model)
    else:
        assert all(value <= PRECISION * model.value(point) for point in points(model))


@settings(max_examples=200, deadline=None)
@given(programs(), st.sampled_from((1, -1)))
def test_a_row_that_cannot_hold_has_no_points(case, sign):
    model, _ = case

    for row in range(model.height):
        assert row_value(model, row, sign, model.lower, model.upper) == leaf_value(
            model, Leaf(((row, sign),), empty=True), model.lower, model.upper
        )
        if row_value(model, row, sign, model.lower, model.upper) > 0:
            assert not points(model)


def test_narrower_bounds_never_lower_the_value():
    model = LinearModel()
    model.add_column(cost=3, upper=9)
    model.add_row([(0, 2)], 5, None)
    leaf = Leaf(((0, PRECISION),))

    values = [leaf_value(model, leaf, [low], [9]) for low in range(9)]

    assert values == sorted(values)
    assert values[0] == PRECISION * 5
