import pytest
from django.test import Client
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.config.commands import app
from tests.platform.factories.catalogue import CategoryFactory, MaterialFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"
LINE = "GCr15 圆钢 φ50 热轧 GB/T 18254-2016"


def by_page(user: User) -> bool:
    client = Client()
    client.force_login(user)
    return (
        client.post("/materials/add/", {"category": "bearing-steel", "specification": LINE}).status_code
        == 302
    )


def by_api(user: User) -> bool:
    client = Client()
    client.force_login(user)
    body = {
        "category": "bearing-steel",
        "specification": {
            "form": "round_bar",
            "grade": "GCr15",
            "section": {"diameter": 50_000},
            "condition": "hot_rolled",
            "standard": "GB/T 18254-2016",
        },
    }
    answer = client.post("/api/v1/materials/", body, content_type="application/json")
    return answer.status_code == 201


def by_command(user: User) -> bool:
    result = CliRunner().invoke(
        app, ["materials", "add", LINE, "--category", "bearing-steel", "--as", user.username]
    )
    return result.exit_code == 0 and result.exception is None


DOORS = pytest.mark.parametrize("door", [by_page, by_api, by_command])


@DOORS
def test_every_door_adds_a_material(door, operator: User) -> None:
    CategoryFactory()

    assert door(operator)
    assert [m.name for m in Material.objects.all()] == [LINE]


@DOORS
def test_every_door_refuses_members(door, member: User) -> None:
    CategoryFactory()

    assert not door(member)
    assert not Material.objects.exists()


def test_material_list_says_how_a_line_is_understood(client: Client, member: User) -> None:
    MaterialFactory(grade="GCr15", diameter=50)
    client.force_login(member)

    page = client.get("/materials/", {"read": "GCr15 50"}).content.decode()

    assert "alert-warning" in page


def test_the_api_reads_lines_and_takes_answers(client: Client, member: User) -> None:
    client.force_login(member)
    text = {"text": "GCr15 50"}
    asked = client.post("/api/v1/materials/read", text, content_type=JSON).json()["answer"]["question"]
    choice = {"code": asked["code"], "subject": asked["subject"], "key": asked["options"][0]["key"]}

    body = {**text, "choices": [choice]}
    again = client.post("/api/v1/materials/read", body, content_type=JSON).json()

    assert again["answer"]["choices"] == [choice]


def test_an_answer_to_another_question_leaves_this_one_open(client: Client, member: User) -> None:
    client.force_login(member)
    body = {"text": "GCr15 50", "choices": [{"code": "no", "subject": "such", "key": "question"}]}

    answer = client.post("/api/v1/materials/read", body, content_type="application/json")

    assert (answer.status_code, answer.json()["material"]) == (200, None)
    assert answer.json()["answer"]["question"] is not None


def test_a_broken_specification_is_refused_with_its_reason(client: Client, operator: User) -> None:
    CategoryFactory()
    client.force_login(operator)
    body = {"category": "bearing-steel", "specification": {"form": "tube", "grade": "GCr15", "section": {}}}

    answer = client.post("/api/v1/materials/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "section_of_another_form")


@pytest.mark.parametrize("count", [1, 5])
def test_material_list_costs_the_same_queries_however_long(
    client: Client, member: User, count: int, django_assert_max_num_queries
) -> None:
    MaterialFactory.create_batch(count)
    client.force_login(member)

    with django_assert_max_num_queries(6):
        client.get("/materials/")


def test_a_search_of_fifteen_hundred_words_is_answered(operator: User) -> None:
    client = Client()
    client.force_login(operator)
    MaterialFactory()

    for address in ("/materials/", "/api/v1/materials/", "/rounds/", "/api/v1/rounds/"):
        assert client.get(address, {"q": "a " * 1500}).status_code == 200
