from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Invitation, Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import MembershipFactory, OrganisationFactory
from tests.platform.factories.catalogue import CategoryFactory
from tests.platform.factories.moments import AFTER_BIDS, NOW
from tests.platform.factories.rounds import InvitationFactory, ItemFactory, RoundFactory, ShareRuleFactory
from tests.platform.rounds.conftest import RoundAt

pytestmark = pytest.mark.usefixtures("on_the_second_of_november")
S = RoundState
R = "/rounds/R-2026-0001/"


ALL_WINDOW = {
    "windows-INITIAL_FORMS": "1",
    "windows-0-code": "all",
    "windows-0-starts_on": "2026-12-01",
    "windows-0-ends_on": "2027-02-28",
}


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def posted(**facts: Any) -> dict[str, Any]:
    """A filled-in page, as a browser would post it."""
    empty = {f"{rows}-{name}": "0" for rows in ("windows", "indices", "rules") for name in ("INITIAL_FORMS",)}
    return {
        "title": "轴承钢第九轮",
        "category": "bearing-steel",
        "demands_close_at": "2026-11-09T17:00",
        "bids_close_at": "2026-11-16T17:00",
        "call_off_from": "2026-12-01",
        "call_off_until": "2027-02-28",
        "standstill_days": "3",
        "breakaway_capacity": "pro-rata",
        "quality_weight_ppm": "5",
        "windows-TOTAL_FORMS": "1",
        "indices-TOTAL_FORMS": "1",
        "rules-TOTAL_FORMS": "1",
        **empty,
        **facts,
    }


def test_round_list_shows_what_the_address_asks_for_and_exports_the_same(
    people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(S.COLLECTING)
    RoundFactory(reference="R-2026-0777", title_en="Gear steel", collecting=True)
    client = client_of(people["member"])

    page = client.get("/rounds/?q=gear").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/rounds/export.xlsx?q=gear").content))

    assert ("R-2026-0777" in page, "R-2026-0001" in page) == (True, False)
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()][1:] == ["R-2026-0777"]


def test_round_list_does_not_name_rounds_that_may_not_be_seen(
    people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(S.COLLECTING)

    for who in ("supplier", "rival"):
        assert b"R-2026-0001" not in client_of(people[who]).get("/rounds/").content
        assert client_of(people[who]).get(R).status_code == 404


@pytest.mark.parametrize("state", RoundState)
def test_round_detail_offers_one_primary_button_at_most(
    state: RoundState, people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(state)

    for who in ("operator", "member", "supplier", "analyst", "auditor"):
        response = client_of(people[who]).get(R)
        if response.status_code == 200:
            assert response.content.decode().count("btn-primary") <= 1


def test_who_is_invited_and_named_in_rules_is_for_overseers_only(
    people: dict[str, User], round_at: RoundAt, supplier_firm: Firm
) -> None:
    round_ = round_at(S.BIDDING)
    other = InvitationFactory(round=round_).supplier
    ShareRuleFactory(round=round_, supplier=other, max_ppm=123_456)

    seen = {who: client_of(actor).get(R).content.decode() for who, actor in people.items() if who != "rival"}

    assert {who for who, text in seen.items() if other.reference in text} == {"operator", "auditor"}
    assert {who for who, text in seen.items() if other.name_en in text} == {"operator", "auditor"}


@pytest.mark.parametrize("page", ["", "files/", "items.xlsx"])
def test_pages_of_a_round_ask_the_database_as_often_for_three_items_as_for_one(
    page: str, people: dict[str, User], round_at: RoundAt
) -> None:
    round_ = round_at(S.POOLED)
    client = client_of(people["operator"])

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(R + page).status_code == 200
        return len(captured)

    ItemFactory(round=round_)
    before = count()
    ItemFactory.create_batch(2, round=round_)

    assert count() == before


def test_round_list_asks_the_database_as_often_for_three_rounds_as_for_one(people: dict[str, User]) -> None:
    client = client_of(people["member"])

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/rounds/").status_code == 200
        return len(captured)

    RoundFactory(collecting=True)
    before = count()
    RoundFactory.create_batch(2, collecting=True)

    assert count() == before


def test_round_create_saves_a_draft_once(people: dict[str, User], supplier_firm: Firm) -> None:
    CategoryFactory()
    client = client_of(people["operator"])
    facts = posted(
        idempotency_key="k",
        suppliers=[supplier_firm.reference],
        **{
            "windows-0-code": "early",
            "windows-0-starts_on": "2026-12-01",
            "windows-0-ends_on": "2026-12-31",
            "indices-0-code": "gcr15",
            "indices-0-name": "Mysteel GCr15",
            "indices-0-value": "5,200.50",
            "rules-0-max_ppm": "60",
        },
    )

    assert client.get("/rounds/new/").status_code == 200
    for _time in range(2):
        response = client.post("/rounds/new/", facts)

    round_ = Round.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/rounds/{round_.reference}/")
    assert (round_.demands_close_at.isoformat(), round_.quality_weight_ppm) == (
        "2026-11-09T09:00:00+00:00",
        50_000,
    )
    assert (round_.indices.get().value, round_.share_rules.get().max_ppm) == (52_005_000, 600_000)
    assert (round_.windows.get().code, Invitation.objects.get().supplier.pk) == ("early", supplier_firm.pk)


def test_round_create_asks_for_whom_where_somebody_acts_for_several(people: dict[str, User]) -> None:
    CategoryFactory()
    client = client_of(people["operator"])
    alone = client.get("/rounds/new/").content
    other = OrganisationFactory()
    MembershipFactory(user=people["operator"], organisation=other, role=Role.OPERATOR)

    assert (b'name="operator"' in alone, b'name="operator"' in client.get("/rounds/new/").content) == (
        False,
        True,
    )
    assert client.post("/rounds/new/", posted()).status_code == 422
    assert client.post("/rounds/new/", posted(operator=other.reference)).status_code == 302
    assert Round.objects.get().operator == other


def test_round_create_shows_every_fault_and_what_was_typed(people: dict[str, User]) -> None:
    CategoryFactory()
    facts = posted(title="", **{"indices-0-code": "gcr15", "indices-0-name": "x", "indices-0-value": "-5"})

    response = client_of(people["operator"]).post("/rounds/new/", facts)

    text = response.content.decode()
    assert (response.status_code, Round.objects.exists()) == (422, False)
    assert 'value="-5"' in text
    assert text.count("cell-error") == 1


def test_round_edit_changes_a_draft_and_drops_rows(people: dict[str, User], round_at: RoundAt) -> None:
    round_ = round_at(S.DRAFT)
    ShareRuleFactory(round=round_)
    client = client_of(people["operator"])
    facts = posted(
        title="新标题",
        **{
            "windows-INITIAL_FORMS": "1",
            "windows-0-code": "all",
            "windows-0-starts_on": "2026-12-01",
            "windows-0-ends_on": "2027-02-28",
            "rules-INITIAL_FORMS": "1",
            "rules-0-max_ppm": "60",
            "rules-0-DELETE": "on",
        },
    )

    assert client.get(f"{R}edit/").status_code == 200
    assert client.post(f"{R}edit/", facts).status_code == 302

    round_.refresh_from_db()
    assert (round_.title, round_.share_rules.exists(), round_.invitations.exists()) == (
        "新标题",
        False,
        False,
    )


def test_round_edit_saves_another_selection_under_the_same_key(
    people: dict[str, User], round_at: RoundAt, supplier_firm: Firm
) -> None:
    round_ = round_at(S.DRAFT)
    rival = people["rival"].organisations.get().reference
    client = client_of(people["operator"])

    for chosen in ([supplier_firm.reference, rival], [rival]):
        facts = posted(idempotency_key="k", suppliers=chosen, **ALL_WINDOW)
        response = client.post(f"{R}edit/", facts)
        assert response.status_code == 302

    assert [i.supplier.reference for i in round_.invitations.all()] == [rival]


def test_round_create_tells_another_selection_from_the_same_page_sent_twice(
    people: dict[str, User], supplier_firm: Firm
) -> None:
    CategoryFactory()
    rival = people["rival"].organisations.get().reference
    client = client_of(people["operator"])

    def send(*chosen: str, token: str) -> int:
        facts = posted(idempotency_key="k", suppliers=chosen, csrfmiddlewaretoken=token)
        return client.post("/rounds/new/", facts).status_code

    both = supplier_firm.reference, rival
    assert (send(*both, token="a"), send(*both, token="b"), send(rival, token="b")) == (302, 302, 409)
    assert Round.objects.get().invitations.count() == 2


def test_a_round_is_led_from_page_to_page(
    people: dict[str, User], round_at: RoundAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = round_at(S.DRAFT)
    client = client_of(people["operator"])
    later = {
        "demands_close_at": "2026-11-09T17:00",
        "bids_close_at": "2026-11-17T17:00",
        "reason": "the mill asked for a day more",
    }

    assert client.post(f"{R}publish/").status_code == 302
    assert client.get(f"{R}calendar/").status_code == 200
    assert client.post(f"{R}calendar/", later).status_code == 302
    Round.objects.update(state=S.POOLED, pooled_at=NOW)
    item = ItemFactory(round=round_)
    assert client.get(f"{R}market-prices/").status_code == 200
    assert client.post(f"{R}market-prices/", {f"{item.pk}-market_price": "5200"}).status_code == 302
    assert client.post(f"{R}start-bidding/").status_code == 302
    assert client.post(f"{R}close-bidding/").status_code == 422
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER_BIDS.replace(day=18))
    assert client_of(people["operator"]).post(f"{R}close-bidding/").status_code == 302

    round_.refresh_from_db()
    item.refresh_from_db()
    assert (round_.state, item.market_price) == (S.CLOSED, 52_000_000)


def test_suppliers_are_invited_and_taken_back(
    people: dict[str, User], round_at: RoundAt, supplier_firm: Firm
) -> None:
    round_ = round_at(S.POOLED)
    rival = people["rival"].organisations.get()
    client = client_of(people["operator"])

    assert client.post(f"{R}suppliers/", {"supplier": rival.reference}).status_code == 302
    assert client.post(f"{R}suppliers/withdraw/", {"supplier": supplier_firm.reference}).status_code == 302
    assert client.get(f"{R}suppliers/").status_code == 200

    assert [i.supplier.pk for i in round_.invitations.all()] == [rival.pk]


def test_round_cancel_wants_a_reason(people: dict[str, User], round_at: RoundAt) -> None:
    round_ = round_at(S.BIDDING)
    client = client_of(people["operator"])

    assert client.get(f"{R}cancel/").status_code == 200
    assert client.post(f"{R}cancel/", {"reason": ""}).status_code == 422
    assert client.post(f"{R}cancel/", {"reason": "the mill is on fire"}).status_code == 302

    round_.refresh_from_db()
    assert round_.state == S.CANCELLED
    assert b"the mill is on fire" in client_of(people["member"]).get(R).content


WRITING = ("edit/", "calendar/", "suppliers/", "market-prices/", "cancel/")


@pytest.mark.parametrize("page", WRITING)
def test_pages_that_lead_a_round_are_for_its_operator(
    page: str, people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(S.BIDDING)

    statuses = {
        who: client_of(people[who]).get(R + page).status_code for who in ("member", "auditor", "rival")
    }

    assert statuses == {"member": 403, "auditor": 403, "rival": 404}


def test_visitors_are_asked_to_sign_in(round_at: RoundAt) -> None:
    round_at(S.COLLECTING)

    assert Client().get(R)["Location"].startswith("/account/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", [S.DRAFT, S.POOLED, S.CANCELLED])
def test_every_page_works_in_both_languages(
    language: str, state: RoundState, people: dict[str, User], round_at: RoundAt
) -> None:
    round_at(state)
    client = client_of(people["operator"])

    for page in (R, f"{R}files/", "/rounds/", "/rounds/new/", f"{R}cancel/", f"{R}suppliers/"):
        response = client.get(page, headers={"accept-language": language})
        assert (page, response.status_code, response["Content-Language"]) == (page, 200, language)
