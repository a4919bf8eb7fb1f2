import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from industry_brain.web.errors import RefusalMiddleware, refuse

REFUSALS = {"not-allowed": 403, "not-found": 404, "wrong-state": 409, "conflict": 409, "invalid": 422}


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "status"), REFUSALS.items())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_is_a_page_that_explains_itself(client, which, status, language):
    client.cookies["brain_language"] = language
    response = client.get(f"/refusing/{which}/")
    assert response.status_code == status
    html = response.content.decode()
    assert f'lang="{language}"' in html
    assert 'role="alert"' in html
    assert ("返回上一页" in html) == (language == "zh-hans")


@pytest.mark.django_db
def test_facts_are_put_in_and_escaped(client):
    html = client.get("/refusing/wrong-state/").content.decode()
    assert "&lt;b&gt;R-1&lt;/b&gt; is still open for bids." in html


@pytest.mark.django_db
def test_places_at_fault_are_listed(client):
    html = client.get("/refusing/invalid/").content.decode()
    assert "Row 3" in html
    assert "The weight is missing." in html


@pytest.mark.django_db
def test_htmx_gets_a_sentence_and_the_form_stays(client):
    response = client.get("/refusing/conflict/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()
    assert "Somebody else was faster." in response.content.decode()


@pytest.mark.django_db
def test_missing_things_and_rights_are_said_the_same_way(client):
    assert client.get("/missing/").status_code == 404
    middleware = RefusalMiddleware(HttpResponse)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    response = middleware.process_exception(request, PermissionDenied())
    assert response is not None
    assert response.status_code == 403


def test_mistakes_of_ours_are_not_refusals():
    middleware = RefusalMiddleware(HttpResponse)
    assert middleware.process_exception(RequestFactory().get("/"), ZeroDivisionError()) is None


def test_a_refusal_needs_no_signed_in_user():
    response = refuse(RequestFactory().get("/"), 429, "Wait.", code="slow_down")
    assert response.status_code == 429
    assert "Wait." in response.content.decode()
