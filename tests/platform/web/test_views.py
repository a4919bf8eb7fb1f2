import pytest
from django.test import Client, RequestFactory

from industry_brain.web import views


@pytest.mark.django_db
def test_health_is_told_without_signing_in(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_old_icon_address_leads_to_our_mark(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 301
    assert response["Location"].endswith(".svg")


@pytest.mark.django_db
def test_the_language_is_remembered_before_signing_in(client):
    response = client.post("/language/", {"language": "en", "next": "/styleguide/"})
    assert response.status_code == 302
    assert client.cookies["brain_language"].value == "en"
    assert 'lang="en"' in client.get("/styleguide/").content.decode()


@pytest.mark.django_db
def test_the_language_switch_never_leads_to_another_site(client):
    response = client.post("/language/", {"language": "en", "next": "https://example.org/"})
    assert response["Location"] == "/"


@pytest.mark.django_db
def test_the_style_guide_is_only_for_developers(client, settings):
    assert client.get("/styleguide/").status_code == 200
    settings.STYLEGUIDE = False
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_said_in_words(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "no_such_page" in response.content.decode()


def test_a_fault_of_ours_needs_neither_database_nor_session():
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "server_error" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.page_not_found, 404), (views.permission_denied, 403), (views.bad_request, 400)],
)
def test_django_can_call_our_error_pages(view, status):
    assert view(RequestFactory().get("/"), exception=Exception()).status_code == status


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "csrf" in response.content.decode()


@pytest.mark.django_db
def test_pages_allow_nothing_but_our_own_scripts_and_name_no_other_host(client):
    response = client.get("/styleguide/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    html = response.content.decode()
    assert "http://" not in html.replace("http://www.w3.org/", "")
    assert "https://" not in html
    assert "<style" not in html
    assert " onclick=" not in html
