from hypothesis import given
from hypothesis import strategies as st

from brain_engines.awards.linear import LinearModel

COEFFICIENTS = st.integers(-5, 5)


def knapsack():
    model = LinearModel()
    first, second = model.add_column(cost=3, upper=4), model.add_column(cost=-2, binary=True)
    model.add_row([(first, 2), (second, 5)], 1, 9)
    model.add_row([(first, 1), (second, 0)], None, 3)
    return model


def test_columns_and_rows_are_numbered_as_they_come():
    model = knapsack()

    assert (model.width, model.height) == (2, 2)
    assert (model.lower, model.upper, model.binary) == ([0, 0], [4, 1], [False, True])
    assert (model.starts, model.columns, model.values) == ([0, 2, 3], [0, 1, 0], [2, 5, 1])


def test_the_first_thing_broken_is_named():
    model = knapsack()

    assert model.violated([2, 1]) is None
    assert model.violated([0, 0]) == 0
    assert model.violated([4, 0]) == 1
    assert model.violated([3, 1]) == 0
    assert model.violated([5, 0]) == model.height + 0
    assert model.violated([0, 2]) == model.height + 1
    assert model.violated([-1, 0]) == model.height + 0


@given(
    st.lists(st.lists(COEFFICIENTS, min_size=3, max_size=3), min_size=1, max_size=4),
    st.lists(COEFFICIENTS, min_size=3, max_size=3),
)
def test_activities_and_value_are_the_sums_they_say(rows, point):
    model = LinearModel()
    for cost in (7, -1, 0):
        model.add_column(cost=cost, lower=-5, upper=5)
    for row in rows:
        model.add_row(list(enumerate(row)), None, None)

    assert model.value(point) == 7 * point[0] - point[1]
    assert [model.activity(n, point) for n in range(model.height)] == [
        sum(a * x for a, x in zip(row, point, strict=True)) for row in rows
    ]
    assert model.violated(point) is None
