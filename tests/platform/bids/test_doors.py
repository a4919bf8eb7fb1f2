"""Page, API and command are doors to the same operations."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.bids.cli import app
from industry_brain.bids.engine import Basis
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.sheets import bid_workbook
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError
from industry_brain.rounds.models import Item, Round
from tests.platform.factories.accounts import person
from tests.platform.factories.bids import content

Door = Callable[[str, User, Round, dict[str, Any], Path], int]


def close(round_: Round) -> None:
    past = timezone.now() - timedelta(minutes=5)
    Round.objects.filter(pk=round_.pk).update(bids_close_at=past, demands_close_at=past - timedelta(days=1))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def by_page(step: str, user: User, round_: Round, says: dict[str, Any], folder: Path) -> int:
    """The form sends cells; what it sends is drawn from the content."""
    post: dict[str, str] = {}
    for number, offer in enumerate(says.get("offers", ())):
        post |= {f"offers-{number}-{key}": value for key, value in offer.items()}
    path = {"draft": "draft", "submit": "submit", "withdraw": "withdraw", "open": "open"}[step]
    return client_of(user).post(f"/bids/{round_.reference}/{path}/", post).status_code


def by_api(step: str, user: User, round_: Round, says: dict[str, Any], folder: Path) -> int:
    client, base = client_of(user), f"/api/v1/bids/{round_.reference}"
    if step in ("draft", "submit"):
        answer = client.put(f"{base}/draft", json.dumps(says), content_type="application/json")
        if step == "draft" or answer.status_code != 200:
            return answer.status_code
    return client.post(f"{base}/{step}").status_code


def by_command(step: str, user: User, round_: Round, says: dict[str, Any], folder: Path) -> int:
    arguments = [step, "--round", round_.reference, "--as", user.username]
    if step in ("draft", "submit"):
        file = folder / "bid.json"
        file.write_text(json.dumps(says), "utf-8")
        arguments.insert(1, str(file))
    result = CliRunner().invoke(app, arguments)
    if isinstance(result.exception, DomainError):
        return result.exception.status
    assert result.exit_code == 0, result.output
    return 200


DOORS = pytest.mark.parametrize("door", [by_page, by_api, by_command])
FINE = (200, 204, 302)


@DOORS
def test_every_door_keeps_a_draft(
    door: Door, bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    assert door("draft", supplier, bidding, content(*items, price="nonsense"), tmp_path) in FINE
    assert Bid.objects.get().draft == content(*items, price="nonsense")


@DOORS
def test_every_door_submits_and_withdraws(
    door: Door, bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    assert door("submit", supplier, bidding, content(*items), tmp_path) in FINE
    assert Bid.objects.get().state == BidState.SUBMITTED
    assert door("withdraw", supplier, bidding, {}, tmp_path) in FINE
    assert Bid.objects.get().state == BidState.WITHDRAWN


@DOORS
def test_every_door_refuses_a_faulty_bid_and_keeps_the_draft(
    door: Door, bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    assert door("submit", supplier, bidding, content(*items, price="-1"), tmp_path) == 422
    assert Bid.objects.get().draft == content(*items, price="-1")
    assert not Revision.objects.exists()


@DOORS
def test_every_door_refuses_a_late_bid(
    door: Door, bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    close(bidding)
    assert door("submit", supplier, bidding, content(*items), tmp_path) == 409


@DOORS
def test_every_door_opens_once(
    door: Door, bidding: Round, supplier: User, operator: User, items: list[Item], tmp_path: Path
) -> None:
    by_api("submit", supplier, bidding, content(*items), tmp_path)
    assert door("open", operator, bidding, {}, tmp_path) == 422
    close(bidding)
    assert door("open", operator, bidding, {}, tmp_path) in FINE
    assert Bid.objects.get().state == BidState.OPENED
    assert door("open", operator, bidding, {}, tmp_path) == 409


@DOORS
@pytest.mark.parametrize("who", ["uninvited", "member", "operator"])
def test_every_door_is_shut_to_those_who_were_not_invited(
    door: Door, who: str, bidding: Round, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    for step in ("draft", "submit", "withdraw"):
        assert door(step, user, bidding, {}, tmp_path) == 404
    assert not Bid.objects.exists()


@DOORS
@pytest.mark.parametrize(("who", "status"), [("supplier", 403), ("member", 403), ("uninvited", 404)])
def test_no_door_lets_others_open(
    door: Door, who: str, status: int, bidding: Round, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    close(bidding)
    assert door("open", request.getfixturevalue(who), bidding, {}, tmp_path) == status


def test_the_api_reads_numbers_without_a_detour_through_floats(
    bidding: Round, supplier: User, items: list[Item]
) -> None:
    body = f'{{"offers": [{{"item": "{items[0].code}", "price": 5650.1000, "max": 12}}], "payment_days": 30}}'
    address = f"/api/v1/bids/{bidding.reference}/draft"
    answer = client_of(supplier).put(address, body, content_type="application/json").json()
    assert answer["content"] == {
        "offers": [{"item": items[0].code, "price": "5650.1000", "max": "12"}],
        "payment_days": 30,
    }
    assert answer["faults"] == []
    assert client_of(supplier).get(address).json()["content"] == answer["content"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "5",
        "{",
        '{"offers": {}}',
        '{"offers": [5]}',
        '{"nonsense": 1}',
        '{"discounts": [{"id": "\\ud800"}]}',
        '{"discounts": [{"id": "\\u0000"}]}',
        "[" * 10_000,
        '{"offers": [{"price": true}]}',
    ],
)
def test_the_api_refuses_what_is_no_bid(body: str, bidding: Round, supplier: User) -> None:
    address = f"/api/v1/bids/{bidding.reference}/draft"
    answer = client_of(supplier).put(address, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not Bid.objects.exists()


def test_nan_and_infinity_are_kept_as_typed_and_refused_when_submitted(
    bidding: Round, supplier: User, items: list[Item]
) -> None:
    one, two = (item.code for item in items)
    body = f'{{"offers": [{{"item": "{one}", "price": NaN}}, {{"item": "{two}", "price": -Infinity}}]}}'
    base = f"/api/v1/bids/{bidding.reference}"
    client = client_of(supplier)
    faults = client.put(f"{base}/draft", body, content_type="application/json").json()["faults"]
    assert {fault["code"] for fault in faults} == {"not_a_number"}
    answer = client.post(f"{base}/submit")
    assert answer.status_code == 422
    assert [place["path"] for place in answer.json()["places"]] == ["offers[0].price", "offers[1].price"]


def test_the_same_key_gives_the_same_receipt_and_another_draft_under_it_is_refused(
    bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    client, base = client_of(supplier), f"/api/v1/bids/{bidding.reference}"
    by_api("draft", supplier, bidding, content(*items), tmp_path)
    first = client.post(f"{base}/submit", headers={"Idempotency-Key": "k1"}).json()
    assert client.post(f"{base}/submit", headers={"Idempotency-Key": "k1"}).json() == first
    by_api("draft", supplier, bidding, content(*items, price="5000"), tmp_path)
    assert client.post(f"{base}/submit", headers={"Idempotency-Key": "k1"}).status_code == 409
    second = client.post(f"{base}/submit", headers={"Idempotency-Key": "k2"}).json()
    assert (first["is_valid"], second["revision"]) == (True, 2)
    told = client.get(f"{base}/receipts").json()
    assert [(r["receipt"], r["is_valid"]) for r in told] == [
        (second["receipt"], True),
        (first["receipt"], False),
    ]
    envelope = client.get(f"/api/v1/bids/receipts/{first['receipt']}").json()
    assert json.loads(envelope["sealed"])["content"]["bid"]["supplier"]


def test_the_api_says_what_would_be_paid(bidding: Round, supplier: User, items: list[Item]) -> None:
    address = f"/api/v1/bids/{bidding.reference}/preview?share=0.5"
    client = client_of(supplier)
    told = client.post(address, json.dumps(content(*items)), content_type="application/json").json()
    assert (told["invoice"], told["landed"]) == ("565000.00", "565000.00")
    assert [line["quantity"] for line in told["lines"]] == ["50.000", "50.000"]
    for body in ("{}", '{"offers": [{"price": 1.5}]}', "[]"):
        assert client.post(address, body, content_type="application/json").status_code == 422
    wrong = f"/api/v1/bids/{bidding.reference}/preview?share=1.5"
    assert client.post(wrong, "{}", content_type="application/json").status_code == 422


def test_opened_bids_come_through_the_api_for_each_as_entitled(
    bidding: Round,
    supplier: User,
    rival: User,
    operator: User,
    member: User,
    auditor: User,
    items: list[Item],
    tmp_path: Path,
) -> None:
    for user in (supplier, rival):
        by_api("submit", user, bidding, content(*items), tmp_path)
    close(bidding)
    address = f"/api/v1/bids/{bidding.reference}"
    assert client_of(operator).get(f"{address}/count").json() == {"count": None}
    by_api("open", operator, bidding, {}, tmp_path)
    assert client_of(operator).get(f"{address}/count").json() == {"count": 2}
    for user, count in ((operator, 2), (auditor, 2), (supplier, 1), (rival, 1), (member, 0)):
        assert len(client_of(user).get(f"{address}/opened").json()) == count
    assert [bid["state"] for bid in client_of(supplier).get("/api/v1/bids").json()] == ["opened"]
    assert client_of(operator).get("/api/v1/bids").json() == []


def test_a_workbook_goes_through_the_command_both_ways(
    bidding: Round, supplier: User, items: list[Item], basis: Basis, tmp_path: Path
) -> None:
    file = tmp_path / "bid.xlsx"
    file.write_bytes(bid_workbook(content(*items, price="5650.5"), basis))
    common = ["--round", bidding.reference, "--as", supplier.username]
    told = CliRunner().invoke(app, ["submit", str(file), *common])
    assert told.output.split()[0] == Revision.objects.get().receipt
    assert CliRunner().invoke(app, ["template", str(file), *common]).exit_code == 0
    assert CliRunner().invoke(app, ["draft", str(file), *common]).exit_code == 0
    assert Bid.objects.get().draft == content(*items, price="5650.5")
    listed = CliRunner().invoke(app, ["list", "--as", supplier.username]).output
    assert Revision.objects.get().receipt in listed


@pytest.mark.parametrize("text", ["no json", "{", '{"offers": 5}'])
def test_the_command_refuses_a_file_that_is_no_bid(
    text: str, bidding: Round, supplier: User, tmp_path: Path
) -> None:
    file = tmp_path / "bid.json"
    file.write_text(text, "utf-8")
    told = CliRunner().invoke(
        app, ["submit", str(file), "--round", bidding.reference, "--as", supplier.username]
    )
    assert isinstance(told.exception, DomainError)


def test_the_command_names_the_place_of_a_fault(
    bidding: Round, supplier: User, items: list[Item], tmp_path: Path
) -> None:
    file = tmp_path / "bid.json"
    file.write_text(json.dumps(content(*items, price="much")), "utf-8")
    told = CliRunner().invoke(
        app, ["submit", str(file), "--round", bidding.reference, "--as", supplier.username]
    )
    assert "offers[0].price" in told.output


def test_the_api_keeps_and_submits_only_over_the_version_that_was_read(
    bidding: Round, supplier: User, supplier_firm: Firm, items: list[Item]
) -> None:
    base = f"/api/v1/bids/{bidding.reference}"
    mine, theirs = client_of(supplier), client_of(person(Role.SUPPLIER, supplier_firm, "tang"))
    says = json.dumps(content(*items))
    read = mine.put(f"{base}/draft", says, content_type="application/json").json()["version"]
    other = json.dumps(content(*items, price="4321"))
    theirs.put(f"{base}/draft", other, content_type="application/json")

    late = json.dumps(content(*items, price="5432"))
    kept = mine.put(f"{base}/draft", late, content_type="application/json", headers={"If-Match": f'"{read}"'})
    stale = mine.post(f"{base}/submit", headers={"If-Match": read})
    now = mine.get(f"{base}/draft").json()["version"]

    assert (kept.status_code, stale.status_code) == (409, 409)
    assert mine.post(f"{base}/submit", headers={"If-Match": f'"{now}"'}).status_code == 200
