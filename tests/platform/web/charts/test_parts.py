import pytest

from industry_brain.web.charts import Scale, count_scale, money_scale, percent_scale, weight_scale
from industry_brain.web.charts.parts import plain, point


@pytest.mark.usefixtures("chinese")
def test_scales_write_exactly_and_draw_in_the_readers_unit():
    scale = money_scale()
    assert (scale.draw(486_200_000), scale.write(486_200_000), scale.unit) == (486.2, "486.2", "万元")
    assert (weight_scale().draw(1_500_000), weight_scale().unit) == (1.5, "吨")
    assert percent_scale().write(123_456) == "12.3%"
    assert count_scale("家").write(28) == "28"


@pytest.mark.usefixtures("english")
def test_english_readers_get_thousands():
    assert money_scale().draw(486_200_000) == 4862.0


def test_a_missing_figure_leaves_a_gap():
    scale = Scale(1, "t", str)
    assert scale.draw(None) is None
    assert point(scale, "x", None) == {"value": None}


def test_names_are_not_read_as_placeholders():
    assert plain("{b}") == "（b）"
