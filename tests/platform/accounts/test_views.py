from datetime import UTC, datetime

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from industry_brain.accounts.models import ApiToken, User
from industry_brain.firms.models import Firm
from tests.platform.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
GOOD = "three wagons of steel"


@pytest.fixture
def with_password(member: User) -> User:
    member.set_password(GOOD)
    member.save()
    return member


def sign_in(client: Client, password: str) -> int:
    return client.post(reverse("accounts:sign_in"), {"username": "chen", "password": password}).status_code


def test_signing_in_leads_to_the_first_page(client: Client, with_password: User) -> None:
    assert sign_in(client, GOOD) == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_is_said_without_saying_what_is_wrong(client: Client, with_password: User) -> None:
    page = client.post(reverse("accounts:sign_in"), {"username": "chen", "password": "no"})

    assert "用户名或密码不正确" in page.content.decode()


@override_settings(AXES_ENABLED=True)
def test_five_wrong_passwords_make_even_the_right_one_wait(client: Client, with_password: User) -> None:
    statuses = [sign_in(client, "no") for _try in range(5)]

    assert statuses[-1] == 429
    assert sign_in(client, GOOD) == 429


def test_nothing_is_shown_to_those_who_have_not_signed_in(client: Client, db: None) -> None:
    for path in ("/", "/rounds/", "/firms/", "/materials/", "/records/", "/account/", "/account/people/"):
        assert client.get(path).status_code == 302, path
    assert client.get("/api/v1/rounds/").status_code == 401


def test_the_own_password_is_changed_with_the_old_one(client: Client, with_password: User) -> None:
    client.force_login(with_password)
    change = {"old": GOOD, "new": "four wagons of steel", "again": "four wagons of steel"}

    assert client.post("/account/", {**change, "old": "no"}).status_code == 422
    assert client.post("/account/", {**change, "again": "no"}).status_code == 422
    assert client.post("/account/", change).status_code == 302
    assert User.objects.get().check_password("four wagons of steel")


def test_a_token_is_shown_once_and_opens_the_api(client: Client, member: User) -> None:
    client.force_login(member)
    page = client.post("/account/tokens/", {"label": "ERP"}).content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]

    answer = Client().get("/api/v1/rounds/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 200
    assert secret not in client.get("/account/").content.decode()


def test_an_ended_token_opens_nothing(client: Client, member: User) -> None:
    client.force_login(member)
    page = client.post("/account/tokens/", {"label": "ERP"}).content.decode()
    secret = page.split("<code>")[1].split("</code>")[0]
    client.post(reverse("accounts:token_revoke", args=[ApiToken.objects.get().pk]))

    answer = Client().get("/api/v1/rounds/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 401


def test_somebody_elses_token_does_not_exist(client: Client, member: User, second_member: User) -> None:
    client.force_login(member)
    client.post("/account/tokens/", {"label": "ERP"})
    client.force_login(second_member)

    assert client.post(reverse("accounts:token_revoke", args=[ApiToken.objects.get().pk])).status_code == 404


def test_operators_admit_people_by_page(client: Client, operator: User, member_firm: Firm) -> None:
    client.force_login(operator)
    person = {
        "organisation": member_firm.reference,
        "username": "wei",
        "name": "魏",
        "roles": ["member"],
        "password": GOOD,
    }

    assert client.post("/account/people/admit/", person).status_code == 302
    assert "wei" in client.get("/account/people/").content.decode()


def test_members_see_and_admit_their_own_colleagues(
    client: Client, member: User, member_firm: Firm, second_member: User
) -> None:
    client.force_login(member)
    wei = {"username": "wei", "name": "魏", "roles": ["member"], "password": GOOD}

    other = {**wei, "organisation": second_member.organisations.get().reference}
    assert client.post("/account/people/admit/", other).status_code == 422
    own = {**wei, "organisation": member_firm.reference}
    assert client.post("/account/people/admit/", {**own, "roles": ["supplier"]}).status_code == 422
    assert client.post("/account/people/admit/", own).status_code == 302
    page = client.get("/account/people/").content.decode()
    assert "wei" in page
    assert "<code>he</code>" not in page


def test_who_acts_for_nobody_does_not_see_people(client: Client, db: None) -> None:
    client.force_login(UserFactory())

    assert client.get("/account/people/").status_code == 403


def test_nobody_is_told_when_others_signed_in(client: Client, operator: User, member: User) -> None:
    User.objects.update(last_login=datetime(2031, 7, 8, 9, 10, tzinfo=UTC))
    client.force_login(operator)
    User.objects.update(last_login=datetime(2031, 7, 8, 9, 10, tzinfo=UTC))

    page = client.get("/account/people/", {"sort": "last_login"}).content.decode()

    assert "2031" not in page
    assert "last_login" not in page.split("<table")[1].split("</table>")[0]


@pytest.mark.parametrize("count", [1, 4])
def test_person_list_costs_the_same_queries_however_long(
    client: Client, operator: User, count: int, django_assert_max_num_queries
) -> None:
    for number in range(count):
        User.objects.create(username=f"p{number}", name="x")
    client.force_login(operator)

    with django_assert_max_num_queries(7):
        client.get("/account/people/")
