import re

import pytest
from django.test import Client

from industry_brain.accounts.models import User
from industry_brain.config.api import api, urls
from tests.platform.factories.accounts import ApiTokenFactory

pytestmark = pytest.mark.django_db


def test_a_refusal_is_problem_json_in_the_readers_language(client: Client, member: User) -> None:
    client.force_login(member)

    answer = client.get("/api/v1/rounds/R-2026-9999", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "status": 404,
        "code": "no_round",
        "detail": "There is no round R-2026-9999.",
    }


def test_a_request_of_another_shape_is_refused_place_by_place(client: Client, member: User) -> None:
    client.force_login(member)

    answer = client.post("/api/v1/materials/read", {"text": 5, "choices": 3}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")
    assert {row["place"] for row in answer.json()["places"]} == {"body.body.text", "body.body.choices"}


def test_a_token_acts_for_its_person_and_a_wrong_one_for_nobody(member: User) -> None:
    ApiTokenFactory(user=member)

    def ask(secret: str) -> int:
        return Client().get("/api/v1/rounds/", headers={"Authorization": f"Bearer {secret}"}).status_code

    assert (ask("ib_test"), ask("ib_other")) == (200, 401)


def test_a_session_needs_its_csrf_token_to_write(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)

    assert (
        strict.post("/api/v1/materials/read", {"text": "x"}, content_type="application/json").status_code
        == 403
    )


def test_the_documents_are_for_those_who_signed_in(client: Client, member: User) -> None:
    assert client.get("/api/v1/docs").status_code == 302
    client.force_login(member)

    assert client.get("/api/v1/docs").status_code == 200
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == api.title


def test_every_operation_asks_who_is_calling(client: Client) -> None:
    patterns, _app, _namespace = urls()

    for pattern in (p for p in patterns if str(p.pattern)):
        path = "/api/v1/" + re.sub(r"<[^>]*>", "X", str(pattern.pattern))
        assert client.get(path).status_code in (302, 401, 405), path
