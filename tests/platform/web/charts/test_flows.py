import json

import pytest

from industry_brain.web import charts

WAN = 1_000_000


@pytest.fixture
def bridge(chinese):
    """From baseline to award."""
    steps = [
        charts.Step("基准", 486 * WAN, "total"),
        charts.Step("阶梯", -38 * WAN),
        charts.Step("运费", 9 * WAN),
        charts.Step("定标", 457 * WAN, "total"),
    ]
    return charts.waterfall("节约", steps)


def test_a_waterfall_hangs_each_change_on_the_level_before(bridge):
    ground, bars = bridge.option["series"]
    assert [bar["value"] for bar in ground["data"]] == [0, 448, 448, 0]
    assert [bar["value"] for bar in bars["data"]] == [486, 38, 9, 457]


def test_saving_and_cost_differ_in_colour_and_in_sign(bridge):
    bars = bridge.option["series"][1]["data"]
    assert [bar["itemStyle"]["color"] for bar in bars] == ["@c1", "@saving", "@cost", "@c1"]
    assert [bar["label"]["formatter"] for bar in bars] == ["486.0", "−38.0", "+9.0", "457.0"]


def test_a_broken_axis_keeps_small_steps_visible(bridge):
    (gap,) = bridge.option["yAxis"]["breaks"]
    assert gap["start"] < gap["end"] <= 448


def test_an_axis_is_left_whole_where_nothing_would_be_lost(chinese):
    chart = charts.waterfall("x", [charts.Step("a", 100 * WAN, "total"), charts.Step("b", -90 * WAN)])
    assert "breaks" not in chart.option["yAxis"]
    assert charts.waterfall("x", []).table.rows == ()


def test_a_sankey_tells_a_supplier_from_a_member_of_the_same_name(chinese):
    chart = charts.sankey("x", [charts.Flow("宏达", "宏达", 5 * WAN), charts.Flow("宏达", "五洲", 0)])
    (series,) = chart.option["series"]
    assert [node["name"] for node in series["data"]] == ["s0", "t0", "t1"]
    assert [(link["source"], link["target"], link["value"]) for link in series["links"]] == [
        ("s0", "t0", 5.0)
    ]
    assert chart.table.rows[1] == ("宏达", "五洲", "0.0")


def test_a_corridor_shows_band_and_dot_for_each_member(chinese):
    chart = charts.corridor("x", [charts.CorridorRow("五洲", 90 * WAN, 120 * WAN, 101 * WAN)])
    low, band, dot = (series["data"][0]["value"] for series in chart.option["series"])
    assert (low, band, dot) == (90, 30, 101)
    assert chart.table.rows == (("五洲", "90.0", "101.0", "120.0"),)


def test_options_are_plain_json_with_tokens_for_colours(bridge):
    assert "#" not in json.dumps(bridge.option)
