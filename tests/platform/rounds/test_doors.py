from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.config.commands import app
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError
from industry_brain.rounds.models import Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.catalogue import CategoryFactory
from tests.platform.factories.moments import NOW
from tests.platform.factories.rounds import ItemFactory
from tests.platform.rounds.conftest import RoundAt

pytestmark = pytest.mark.usefixtures("on_the_second_of_november")
S = RoundState
API = "/api/v1/rounds/R-2026-0001"
DAYS = {"call_off_from": "2026-12-01", "call_off_until": "2027-02-28"}
CALENDAR = {"demands_close_at": "2026-11-10T09:00:00Z", "bids_close_at": "2026-11-17T09:00:00Z"}


class Door:
    """A way in that says the status a refusal or an answer has."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def api(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        send = getattr(self.client, method)
        answer = send(path, body, content_type="application/json") if body is not None else send(path)
        return answer.status_code, answer.json() if answer.content else None

    def command(self, *words: str) -> tuple[int, str]:
        with translation.override("en"):  # an API call before may have left Chinese behind
            result = CliRunner().invoke(app, ["rounds", *words, "--as", self.user.username])
            if isinstance(result.exception, DomainError):
                return 1, str(result.exception)
        return result.exit_code, result.output


@pytest.fixture
def door(operator: User) -> Door:
    return Door(operator)


def test_a_round_is_drafted_by_the_api_once_per_key(door: Door) -> None:
    CategoryFactory()
    body = {
        "title": "第九轮",
        "category": "bearing-steel",
        "rules": {"max_suppliers": 3},
        **DAYS,
        **CALENDAR,
    }

    answers = [
        door.client.post(
            "/api/v1/rounds/", body, content_type="application/json", headers={"Idempotency-Key": "k"}
        )
        for _time in range(2)
    ]

    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Round.objects.get().max_suppliers == 3


def test_a_round_is_drafted_by_the_command(door: Door) -> None:
    CategoryFactory()

    status, output = door.command(
        *("create", "第九轮", "--category", "bearing-steel"),
        *("--demands-close", "2026-11-09 17:00:00", "--bids-close", "2026-11-16 17:00:00"),
        *("--call-off-from", "2026-12-01", "--call-off-until", "2027-02-28"),
    )

    assert (status, "R-2026-0001" in output) == (0, True)
    assert Round.objects.get().demands_close_at.isoformat() == "2026-11-09T09:00:00+00:00"


def test_the_api_writes_all_parts_of_a_draft(
    door: Door, round_at: RoundAt, supplier_firm: Firm, rival: User
) -> None:
    round_at(S.DRAFT)
    other = rival.organisations.get().reference
    windows = [{"code": "early", "starts_on": "2026-12-01", "ends_on": "2026-12-31", "max_lead_days": 20}]
    indices = [{"code": "gcr15", "name": "GCr15", "value": "5200.5"}]
    rules = [{"supplier": other, "min_ppm": 100_000, "max_ppm": None}]

    assert door.api("patch", API, {"title": "新", "rules": {"min_suppliers": 2}})[0] == 200
    assert door.api("put", f"{API}/windows", windows)[0] == 200
    assert door.api("put", f"{API}/indices", indices)[0] == 200
    assert door.api("put", f"{API}/share-rules", rules)[0] == 200
    assert door.api("post", f"{API}/invitations", {"supplier": other})[0] == 201
    assert door.api("delete", f"{API}/invitations/{supplier_firm.reference}")[0] == 204

    _status, shown = door.api("get", API)
    assert (shown["title"], shown["min_suppliers"], shown["windows"]) == ("新", 2, windows)
    assert (shown["share_rules"], shown["suppliers"]) == (rules, [other])
    assert shown["indices"] == [{"code": "gcr15", "name": "GCr15", "value": "5200.50"}]


def test_the_api_says_what_is_wrong_with_a_rule(door: Door, round_at: RoundAt) -> None:
    round_at(S.DRAFT)

    status, problem = door.api("patch", API, {"rules": {"state": "final"}})
    fine = door.api("put", f"{API}/indices", [{"code": "a", "name": "a", "value": "1.00001"}])

    assert (status, problem["code"]) == (422, "malformed_request")
    assert (fine[0], fine[1]["code"]) == (422, "price_places")


LED = {
    "api": (
        lambda d: d.api("post", f"{API}/publish"),
        lambda d: d.api("post", f"{API}/calendar", {**CALENDAR, "reason": "a day more"}),
        lambda d: d.api("put", f"{API}/items/ITEM/market-price", {"market_price": "5200"}),
        lambda d: d.api("post", f"{API}/start-bidding"),
        lambda d: d.api("post", f"{API}/cancel", {"reason": "mill on fire"}),
    ),
    "command": (
        lambda d: d.command("publish", "R-2026-0001"),
        lambda d: d.command(
            *("calendar", "R-2026-0001", "--demands-close", "2026-11-10 17:00:00"),
            *("--bids-close", "2026-11-17 17:00:00", "--reason", "a day more"),
        ),
        lambda d: d.command("market-price", "R-2026-0001", "ITEM", "5,200"),
        lambda d: d.command("start-bidding", "R-2026-0001"),
        lambda d: d.command("cancel", "R-2026-0001", "--reason", "mill on fire"),
    ),
}


@pytest.mark.parametrize("way", LED)
def test_a_round_is_led_through_every_door(way: str, door: Door, round_at: RoundAt) -> None:
    round_ = round_at(S.DRAFT)
    publish, calendar, price, start, cancel = LED[way]

    statuses = [publish(door)[0], calendar(door)[0]]
    Round.objects.update(state=S.POOLED, pooled_at=NOW)
    item = ItemFactory(round=round_, code="ITEM")
    statuses += [price(door)[0], start(door)[0], cancel(door)[0]]

    round_.refresh_from_db()
    item.refresh_from_db()
    assert set(statuses) <= {0, 200}
    assert (round_.bids_close_at.day, round_.state, item.market_price) == (17, S.CANCELLED, 52_000_000)


@pytest.mark.parametrize("way", LED)
def test_every_door_refuses_those_who_do_not_run_the_round(
    way: str, member: User, rival: User, round_at: RoundAt
) -> None:
    round_ = round_at(S.COLLECTING)

    refused = [step(Door(user))[0] for user in (member, rival) for step in LED[way][:2]]

    round_.refresh_from_db()
    assert (refused, round_.state) == ([403, 403, 404, 404] if way == "api" else [1, 1, 1, 1], S.COLLECTING)


def test_every_door_shows_only_what_may_be_seen(
    member: User, rival: User, operator: User, round_at: RoundAt, supplier_firm: Firm
) -> None:
    round_ = round_at(S.COLLECTING)

    assert Door(member).api("get", "/api/v1/rounds/?state=collecting")[1][0]["reference"] == round_.reference
    assert Door(member).api("get", API)[1]["suppliers"] is None
    assert Door(operator).api("get", API)[1]["suppliers"] == [supplier_firm.reference]
    assert Door(rival).api("get", "/api/v1/rounds/")[1] == []
    assert Door(rival).api("get", API)[0] == 404
    assert "R-2026-0001" in Door(member).command("list")[1]
    assert "R-2026-0001" in Door(member).command("show", "R-2026-0001")[1]
    assert Door(rival).command("list") == (0, "")
    assert Door(rival).command("show", "R-2026-0001") == (1, "There is no round R-2026-0001.")


def test_suppliers_are_invited_by_command(
    door: Door, round_at: RoundAt, supplier_firm: Firm, rival: User
) -> None:
    round_ = round_at(S.POOLED)
    other = rival.organisations.get().reference

    assert door.command("invite", "R-2026-0001", other)[0] == 0
    assert door.command("uninvite", "R-2026-0001", supplier_firm.reference)[0] == 0

    assert [i.supplier.reference for i in round_.invitations.all()] == [other]


def test_bidding_is_closed_through_every_door(operator: User, round_at: RoundAt) -> None:
    round_ = round_at(S.BIDDING)
    door = Door(operator)
    assert door.api("post", f"{API}/close-bidding")[1]["code"] == "before_deadline"
    assert door.command("close-bidding", "R-2026-0001")[0] == 1

    Round.objects.update(bids_close_at=NOW, demands_close_at=NOW.replace(day=1))
    assert door.api("post", f"{API}/close-bidding")[0] == 200

    round_.refresh_from_db()
    assert round_.state == S.CLOSED
