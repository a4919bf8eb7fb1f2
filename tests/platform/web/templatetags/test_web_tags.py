import json
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Engine, engines
from django.test import RequestFactory

from industry_brain.web import charts
from industry_brain.web.templatetags import web_tags


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.usefixtures("english")
def test_figures_are_written_by_filters():
    written = render("{{ f|money }} {{ g|weight }} {{ p|unit_price }}", f=123456, g=1_500_000, p=56_502_500)
    assert written == "¥1,234.56 1.5 t 5,650.25"


@pytest.mark.parametrize(("language", "name"), [("chinese", "五洲"), ("english", "Wuzhou")])
def test_names_follow_the_readers_language(request, language, name):
    request.getfixturevalue(language)
    firm = SimpleNamespace(name="五洲", name_en="Wuzhou")
    assert web_tags.localised(firm) == name
    assert web_tags.localised(SimpleNamespace(name="五洲")) == "五洲"
    assert web_tags.localised(None) == "—"


def test_paying_more_is_bad_and_paying_less_is_good():
    assert [web_tags.sign_tone(change) for change in (5, -5, 0, None)] == ["bad", "good", "", ""]


def test_every_tone_has_a_shape():
    shapes = [web_tags.tone_icon(tone) for tone in web_tags.TONES]
    assert len(set(shapes)) == len(shapes)
    assert web_tags.tone_icon("") == "circle"


def test_menus_may_be_mappings_or_objects():
    mapping = {"label": "", "items": [1, 2, 3]}
    assert web_tags.first_items([mapping, SimpleNamespace(items=[4])], 4) == [1, 2, 3, 4]
    assert web_tags.first_items([], 4) == []
    assert web_tags.group_items(mapping) == [1, 2, 3]


def test_a_name_cannot_break_out_of_a_charts_script():
    chart = charts.waterfall("x", [charts.Step("</script><b>&", 5, "total")])
    text = web_tags.chart_json(chart)
    assert "<" not in text
    assert json.loads(text) == chart.option


class Sample(forms.Form):
    name = forms.CharField(help_text="Why")
    kind = forms.ChoiceField(choices=[("a", "A")])
    agreed = forms.BooleanField()
    ways = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)


def test_fields_point_at_their_help_and_their_errors():
    field = Sample({})["name"]
    drawn = web_tags.with_class(field)
    assert 'aria-describedby="id_name_help id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "is-invalid" in drawn
    assert "form-select" in web_tags.with_class(Sample()["kind"])


def test_boxes_and_groups_are_told_apart():
    form = Sample()
    assert [web_tags.is_checkbox(form[name]) for name in form.fields] == [False, False, True, False]
    assert [web_tags.is_group(form[name]) for name in form.fields] == [False, False, False, True]


def test_links_keep_the_other_parameters_of_the_address():
    request = RequestFactory().get("/?q=钢&page=3&state=open")
    context = Context({"request": request})
    assert web_tags.query_string(context, page=4) == "?q=%E9%92%A2&page=4&state=open"
    assert web_tags.query_string(context, page=None, q="") == "?state=open"


def test_meters_light_as_many_marks_as_they_say():
    assert web_tags.marks_of("2", "4") == [True, True, False, False]


def test_facts_are_written_on_a_line_that_is_no_python():
    facts = {"supplier": "F-0034", "indices": {"价": None}, "items": 2}
    assert web_tags.facts_line(facts) == 'supplier: F-0034 · indices: {"价": null} · items: 2'


def test_avatars_never_fail():
    assert [web_tags.initial(name) for name in ("chen", "陈", "  ", "")] == ["C", "陈", "?", "?"]


def test_no_page_has_to_load_the_filters():
    engine = Engine.get_default()
    assert "industry_brain.web.templatetags.web_tags" in engine.builtins
