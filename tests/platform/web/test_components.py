"""Components render what they are given, escaped, with the words assistive technology needs."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from industry_brain.web import charts
from industry_brain.web.tables import Listing


@pytest.fixture
def draw(tmp_path, settings, english):
    """Render a page made of components."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    def drawn(source: str, **context: object) -> str:
        (tmp_path / "sample.html").write_text(source)
        return render_to_string("sample.html", context, request=RequestFactory().get("/?q=1"))

    assert engines
    return drawn


def test_a_title_from_users_is_escaped_once(draw):
    html = draw('<c-card title="{{ title }}">x</c-card>', title="<b>A & B")
    assert "&lt;b&gt;A &amp; B" in html
    assert "&amp;lt;" not in html


def test_a_state_is_a_shape_and_a_word(draw):
    html = draw('<c-state state="open" label="Open" tone="good" />')
    assert "<svg" in html
    assert "Open" in html


@pytest.mark.parametrize(
    ("level", "word"), [("red", "Red"), ("yellow", "Yellow"), ("blue", "Blue"), ("done", "Done")]
)
def test_a_level_says_its_colour(draw, level, word):
    html = draw(f'<c-level level="{level}" />')
    assert "<svg" in html
    assert word in html


def test_a_chart_brings_its_figures_as_a_table(draw):
    chart = charts.waterfall(
        "Saving", [charts.Step("Baseline", 500_000_00, "total"), charts.Step("Less", -100_000_00)]
    )
    html = draw('<c-chart :chart="chart" />', chart=chart)
    assert "<caption>Saving</caption>" in html
    assert '<th scope="row">Less</th><td class="num">−100</td>' in html


def test_no_chart_is_drawn_without_one(draw):
    assert "<figure" not in draw('<c-chart :chart="chart" />', chart=None)


def test_the_stage_at_work_is_said_not_only_coloured(draw):
    html = draw('<c-steps :steps="steps" />', steps=[{"label": "Open", "state": "current"}])
    assert 'aria-current="step"' in html
    assert "(now)" in html


def test_an_empty_list_says_what_to_do_next(draw):
    html = draw('<c-empty text="None yet." action_url="/new" action_label="New" />')
    assert "None yet." in html
    assert 'href="/new"' in html


def test_pages_keep_the_filter_and_count_rows(draw):
    html = draw('<c-pager :listing="listing" />', listing=Listing([1] * 15, 40, 2, 3, per_page=15))
    assert "16–30 of 40" in html
    assert 'href="?q=1&amp;page=3"' in html


def test_a_heading_sorts_and_says_how(draw):
    source = '<c-sort :listing="listing" name="total" label="Total" num="1" />'
    up = draw(source, listing=Listing([], 0, 1, 1, "total"))
    assert 'aria-sort="ascending"' in up
    assert "sort=-total" in up
    down = draw(source, listing=Listing([], 0, 1, 1, "total", descending=True))
    assert 'aria-sort="descending"' in down
    assert "sort=total" in down
