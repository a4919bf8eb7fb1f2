from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brain_engines import milp
from brain_engines.awards.cuts import Cut, derive, extended, is_well_formed
from brain_engines.awards.linear import LinearModel
from brain_engines.awards.model import MONEY, build
from brain_engines.awards.scaling import scale
from brain_engines.awards.separate import separate
from brain_engines.awards.solve import whole_point
from tests.engines.awards.examples import example, known
from tests.engines.awards.strategies import rounds


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds(), st.data())
def test_no_recipe_whatever_cuts_off_a_point_of_the_program(round_, data):
    model = build(round_).linear
    assume(model.width and model.height)
    result = milp.minimise(scale(model, whole=True).program)
    assume(result.values is not None)
    point = whole_point(model, known(result.values))
    rows = data.draw(st.lists(st.integers(0, model.height - 1), min_size=1, max_size=6, unique=True))
    cut = Cut(
        tuple((row, data.draw(st.integers(-5, 5))) for row in rows),
        tuple(data.draw(st.sets(st.integers(0, model.width - 1)))),
        data.draw(st.integers(1, 12)),
    )

    terms, most = derive(model, cut)

    assert is_well_formed(model, cut)
    assert sum(value * point[column] for column, value in terms) <= most


def test_a_knapsack_is_rounded():
    model = LinearModel()
    for _ in range(3):
        model.add_column(binary=True)
    model.add_row([(0, 3), (1, 3), (2, 3)], None, 5)

    assert derive(model, Cut(((0, 1),), (), 3)) == ([(0, 1), (1, 1), (2, 1)], 1)


def test_cuts_raise_the_linear_bound():
    model = build(example())
    best = 3728943.07 * MONEY

    cuts = separate(model, lambda: False)

    def bound(linear):
        scaled = scale(linear)
        return milp.LinearSolver(scaled.program).run().objective * scaled.money

    assert cuts
    assert bound(model.linear) < bound(extended(model.linear, cuts)) <= best
