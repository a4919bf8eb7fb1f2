from time import monotonic

from brain_engines import milp
from brain_engines.awards.cuts import derive, extended
from brain_engines.awards.generate import Size, generate
from brain_engines.awards.model import MONEY, build
from brain_engines.awards.scaling import scale
from brain_engines.awards.separate import aggregations, separate
from brain_engines.awards.solve import whole_point
from tests.engines.awards.examples import example, known


def test_the_bound_is_told_after_each_round_of_cuts_and_rises():
    told: list[float] = []

    cuts = separate(build(example()), lambda: False, told.append)

    assert cuts
    assert len(told) >= 2
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] <= 3728943.07 * MONEY


def test_cuts_found_so_far_are_kept_when_it_is_stopped():
    told: list[float] = []
    model = build(generate(Size(5, 10, members=6), 1))

    some = separate(model, lambda: len(told) > 1, told.append)
    every = separate(model, lambda: False)

    assert some == every[: len(some)]
    assert len(some) < len(every)


def test_nothing_is_looked_for_once_it_is_stopped():
    assert separate(build(example()), lambda: True) == ()


def test_a_stop_in_the_middle_of_a_large_round_ends_it_within_a_second():
    model = build(generate(Size(12, 60), seed=5))
    asked = []

    def reached():
        asked.append(monotonic())
        return len(asked) > 20

    separate(model, reached)

    assert monotonic() - asked[20] < 1


def test_no_cut_found_cuts_off_a_best_award():
    model = build(generate(Size(4, 8, members=5), 0))
    point = whole_point(model.linear, known(milp.minimise(scale(model.linear, whole=True).program).values))
    grown = extended(model.linear, ())

    for cut in separate(model, lambda: False):
        terms, most = derive(grown, cut)
        grown.add_row(terms, None, most)
        assert sum(value * point[column] for column, value in terms) <= most


def test_every_aggregation_names_rows_of_the_program():
    model = build(example())

    bases = list(aggregations(model))

    assert bases
    assert all(0 <= row < model.linear.height and times for base in bases for row, times in base.items())
