import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm
from industry_brain.records.chain import GENESIS
from industry_brain.records.models import Head, Record
from industry_brain.records.operations import record
from tests.platform.factories.moments import NOW
from tests.platform.factories.rounds import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["operator", "member", "supplier", "analyst", "auditor"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_has_a_first_page_in_both_languages(
    client: Client, who: str, language: str, request: pytest.FixtureRequest
) -> None:
    RoundFactory(collecting=True)
    client.force_login(request.getfixturevalue(who))

    page = client.get("/", headers={"Accept-Language": language})

    assert page.status_code == 200
    assert ("总览" if language == "zh-hans" else "Overview") in page.content.decode()


def test_search_without_words_leads_home(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.get("/search/", {"q": "  "}).headers["Location"] == "/"


def test_search_that_finds_nothing_says_so(client: Client, member: User) -> None:
    client.force_login(member)

    assert "没有找到" in client.get("/search/", {"q": "没有这个"}).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("operator", 200), ("auditor", 200), ("member", 403), ("supplier", 403)]
)
def test_the_record_is_for_operators_and_auditors(
    client: Client, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get("/records/").status_code == status
    assert client.get("/api/v1/records/").status_code == status
    assert client.get("/api/v1/records/check").status_code == status


def test_a_broken_chain_is_said_on_the_page(client: Client, auditor: User, member_firm: Firm) -> None:
    record("firms.test", member_firm, actor=auditor, at=NOW)
    Head.objects.update(sha256="f" * 64)
    client.force_login(auditor)

    assert "alert-danger" in client.get("/records/").content.decode()


def test_the_record_says_operations_in_words(client: Client, auditor: User, member_firm: Firm) -> None:
    record("firms.register_firm", member_firm, actor=auditor, at=NOW)
    client.force_login(auditor)

    page = client.get("/records/").content.decode()

    assert "登记企业" in page
    assert "<code>firms.register_firm</code>" in page


@pytest.mark.parametrize("count", [1, 6])
def test_the_first_page_costs_the_same_queries_however_many_rounds(
    client: Client, operator: User, count: int, django_assert_max_num_queries
) -> None:
    RoundFactory.create_batch(count, collecting=True, operator=operator.organisations.get())
    client.force_login(operator)

    with django_assert_max_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_of_the_record_does_not_read_the_whole_of_it(
    client: Client, auditor: User, member_firm: Firm, count: int, django_assert_max_num_queries
) -> None:
    for number in range(count):
        record("firms.test", member_firm, actor=auditor, at=NOW, n=number)
    client.force_login(auditor)

    with django_assert_max_num_queries(9), CaptureQueriesContext(connection) as asked:
        page = client.get("/records/").content.decode()

    read = [q["sql"] for q in asked if "records_record" in q["sql"] and "COUNT" not in q["sql"]]
    assert all("LIMIT" in sql or " IN (" in sql for sql in read)
    assert "alert-danger" not in page
    assert "?check=1" in page


def test_an_old_edit_shows_when_the_whole_record_is_recomputed(
    client: Client, auditor: User, member_firm: Firm
) -> None:
    slipped_in = {"number": 1, "at": NOW, "actor": "x", "action": "x", "subject": "x", "sha256": "f" * 64}
    Record.objects.create(**slipped_in, previous_sha256=GENESIS)
    Head.objects.create(number=1, sha256="f" * 64)
    for number in range(60):
        record("firms.test", member_firm, actor=auditor, at=NOW, n=number)
    client.force_login(auditor)

    assert "alert-danger" not in client.get("/records/").content.decode()
    assert "alert-danger" in client.get("/records/", {"check": "1"}).content.decode()
    assert "alert-danger" in client.get("/records/", {"page": "2"}).content.decode()


def test_an_address_that_takes_only_forms_says_so_to_visitors(client: Client, member: User) -> None:
    client.force_login(member)

    page = client.get("/awards/start/")

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "此地址仅用于提交表单" in page.content.decode()
