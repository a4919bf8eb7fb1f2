import json

import pytest

from industry_brain.web import charts

SERIES = [charts.Series("Market", [5_000_000, None]), charts.Series("Pooled", [4_000_000, 3_000_000])]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("layout", ["grouped", "stacked", "horizontal"])
def test_bars_carry_their_figures_in_every_layout(layout):
    chart = charts.bars("x", ["Jan", "Feb"], SERIES, layout=layout)
    assert [bar["value"] for bar in chart.option["series"][1]["data"]] == [4.0, 3.0]
    assert ("stack" in chart.option["series"][0]) == (layout == "stacked")
    assert chart.option["yAxis" if layout == "horizontal" else "xAxis"]["type"] == "category"
    assert chart.table.rows == (("Jan", "5.0", "4.0"), ("Feb", "—", "3.0"))


def test_lines_differ_in_dash_and_mark_besides_colour():
    first, second = charts.lines("x", ["Jan", "Feb"], SERIES).option["series"]
    assert first["lineStyle"]["type"] != second["lineStyle"]["type"]
    assert first["symbol"] != second["symbol"]


def test_one_series_needs_no_legend():
    assert "legend" not in charts.lines("x", ["Jan", "Feb"], SERIES[:1]).option


def test_series_of_another_length_are_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        charts.bars("x", ["Jan"], SERIES)


def test_progress_draws_only_what_was_known_at_the_time():
    points = [charts.ProgressPoint(100, None, 80_000_000), charts.ProgressPoint(2500, 90_000_000, 85_000_000)]
    best, bound = charts.progress("x", points).option["series"]
    assert [point["value"][0] for point in best["data"]] == [2.5]
    assert [point["value"][0] for point in bound["data"]] == [0.1, 2.5]


def test_a_heat_matrix_writes_every_figure_into_its_cell():
    rows = [charts.Series("A", [1_000_000, None]), charts.Series("B", [2_000_000, 3_000_000])]
    chart = charts.heat("x", ["GCr15", "45"], rows, scale=charts.weight_scale())
    cells = chart.option["series"][0]["data"]
    assert [(cell["value"], cell["label"]["formatter"]) for cell in cells] == [
        ([0, 0, 1.0], "1"),
        ([0, 1, 2.0], "2"),
        ([1, 1, 3.0], "3"),
    ]
    assert (chart.option["visualMap"]["min"], chart.option["visualMap"]["max"]) == (1.0, 3.0)
    assert json.dumps(chart.option)
