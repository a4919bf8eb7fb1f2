from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory

from industry_brain.web import charts, ssr
from industry_brain.web.fonts import document_fonts
from industry_brain.web.styleguide import samples


@pytest.fixture
def chart(chinese):
    """A chart with Chinese names."""
    return charts.waterfall(
        "节约", [charts.Step("基准价", 500_000_000, "total"), charts.Step("阶梯", -20_000_000)]
    )


def test_a_chart_becomes_a_picture_without_a_browser(chart):
    drawn = ssr.svg(chart, width=600, height=300)
    root = ET.fromstring(drawn)
    assert (root.get("width"), root.get("height")) == ("600", "300")
    assert "基准价" in "".join(root.itertext())
    assert "−20.0" in "".join(root.itertext())


def test_pictures_carry_colours_and_the_font_of_documents(chart):
    drawn = ssr.svg(chart)
    assert "@c1" not in drawn
    assert "#2457d6" in drawn.lower() or "rgb(36,87,214)" in drawn
    assert document_fonts().family in drawn


def test_the_same_chart_is_the_same_picture_from_any_thread(chart):
    with ThreadPoolExecutor(4) as threads:
        pictures = set(threads.map(lambda _: ssr.svg(chart), range(8)))
    assert len(pictures) == 1


@pytest.mark.parametrize("name", ["sankey", "corridor", "progress", "lines", "bars", "heat", "waterfall"])
def test_every_kind_of_chart_can_be_printed(chinese, name):
    assert ssr.svg(samples(RequestFactory().get("/"))["charts"][name]).startswith("<svg")
