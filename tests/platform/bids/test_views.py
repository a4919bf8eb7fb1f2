import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from industry_brain.accounts.models import User
from industry_brain.accounts.states import Role
from industry_brain.bids.engine import Basis
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.sheets import bid_workbook
from industry_brain.bids.states import BidState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Item, Round
from industry_brain.rounds.states import RoundState
from tests.platform.factories.accounts import person
from tests.platform.factories.bids import BidFactory, content
from tests.platform.factories.rounds import InvitationFactory, RoundFactory


def signed_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def typed(items: list[Item], **more: str) -> dict[str, str]:
    """What a browser posts for a bid of 5,650 for every item."""
    post = {"share": "1000000", "idempotency_key": str(uuid4())}
    post |= {"terms-0-payment_days": "30", "terms-0-lead_days": "１２"}
    for number, item in enumerate(items):
        post |= {f"offers-{number}-item": item.code, f"offers-{number}-price": "5,650.00"}
    return post | more


def close(round_: Round) -> None:
    past = timezone.now() - timedelta(minutes=5)
    Round.objects.filter(pk=round_.pk).update(bids_close_at=past, demands_close_at=past - timedelta(days=1))


@pytest.fixture
def page(supplier: User, bidding: Round) -> Callable[..., Any]:
    """Post to one of the bid's addresses as the supplier."""
    client = signed_in(supplier)

    def post(name: str, data: dict[str, Any], **options: Any) -> Any:
        path = f"/bids/{bidding.reference}/{name + '/' if name else ''}"
        return client.post(path, data, **options)

    return post


def test_bid_list_shows_invitations_with_their_deadline(bidding: Round, supplier: User) -> None:
    body = signed_in(supplier).get("/bids/").content.decode()
    assert bidding.reference in body
    assert "Write the bid" in body
    assert "left" in body


def test_bid_list_shows_nothing_before_bidding_opens(bidding: Round, supplier: User) -> None:
    Round.objects.filter(pk=bidding.pk).update(bidding_at=None, state=RoundState.POOLED)
    assert bidding.reference not in signed_in(supplier).get("/bids/").content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_bid_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    count: int, supplier: User, supplier_firm: Firm, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        round_ = RoundFactory(bidding=True)
        InvitationFactory(round=round_, supplier=supplier_firm)
        BidFactory(round=round_, supplier=supplier_firm, submitted=True)
        BidFactory(round=round_, submitted=True)
    client = signed_in(supplier)
    with django_assert_max_num_queries(9):
        assert client.get("/bids/").content.decode().count("<tr>") == count + 1


def test_bid_edit_lists_every_item_and_place(bidding: Round, supplier: User, items: list[Item]) -> None:
    body = signed_in(supplier).get(f"/bids/{bidding.reference}/").content.decode()
    for item in items:
        assert str(item.material) in body
        assert f'value="{item.code}"' in body
    assert "Linqing" in body
    assert "whoever runs the database could read it" in body


@pytest.mark.parametrize("who", ["operator", "uninvited", "member", "auditor", "analyst"])
def test_bid_edit_does_not_exist_for_those_who_do_not_bid(
    who: str, bidding: Round, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(f"/bids/{bidding.reference}/").status_code == 404


def test_autosave_keeps_what_was_typed_right_or_wrong(
    page: Callable[..., Any], items: list[Item], bidding: Round, supplier: User
) -> None:
    answer = page("draft", typed(items, **{"offers-0-price": "about 5,000", "tiers-0-from": "7"}))
    assert (answer.status_code, answer.content) == (204, b"")
    bid = Bid.objects.get()
    assert bid.draft["offers"][0]["price"] == "about 5,000"
    body = signed_in(supplier).get(f"/bids/{bidding.reference}/").content.decode()
    assert 'value="about 5,000"' in body
    assert re.search(r'name="tiers-0-from" value="7"', body)


def test_a_page_opened_before_a_colleagues_draft_neither_keeps_nor_submits(
    page: Callable[..., Any], items: list[Item], bidding: Round, supplier: User, supplier_firm: Firm
) -> None:
    path = f"/bids/{bidding.reference}/"
    version = re.compile(r'name="draft_version" value="([0-9a-f]*)"')
    opened = version.findall(signed_in(supplier).get(path).content.decode())
    assert opened == ["", ""]
    colleague = signed_in(person(Role.SUPPLIER, supplier_firm, "tang"))
    theirs = {**typed(items, **{"offers-0-price": "4321"}), "draft_version": ""}
    assert colleague.post(f"{path}draft/", theirs).status_code == 204

    mine = {**typed(items), "draft_version": ""}
    assert page("draft", mine).status_code == 409
    refused = page("submit", mine)

    assert refused.status_code == 409
    assert set(version.findall(refused.content.decode())) == {""}
    assert Bid.objects.get().draft["offers"][0]["price"] == "4321"
    assert not Revision.objects.exists()
    (now, _upload) = version.findall(signed_in(supplier).get(path).content.decode())
    assert page("submit", {**mine, "draft_version": now}).status_code == 302


def test_submitting_gives_a_receipt_to_print(page: Callable[..., Any], items: list[Item]) -> None:
    answer = page("submit", typed(items), follow=True)
    revision = Revision.objects.get()
    body = answer.content.decode()
    assert answer.redirect_chain == [(f"/bids/receipts/{revision.receipt}/", 302)]
    assert revision.sha256 in body
    assert "5,650.00" in body


def test_submitting_the_same_page_twice_gives_the_same_receipt(
    page: Callable[..., Any], items: list[Item]
) -> None:
    post = typed(items)
    first, second = page("submit", post), page("submit", post)
    assert first.url == second.url
    assert Revision.objects.count() == 1


def test_a_faulty_bid_comes_back_with_every_input_and_the_fault_beside_its_cell(
    page: Callable[..., Any], items: list[Item]
) -> None:
    more = {
        "offers-1-price": "-3",
        "tiers-0-discount": "volume",
        "tiers-0-from": "0",
        "tiers-0-percent": "0",
        "tiers-1-discount": "volume",
        "tiers-1-from": "0",
        "tiers-1-percent": "x",
    }
    answer = page("submit", typed(items, **more))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert not Revision.objects.exists()
    for name, value in more.items():
        assert re.search(f'name="{name}" value="{value}"', body)
    for name in ("offers-1-price", "tiers-1-from", "tiers-1-percent"):
        assert re.search(f'name="{name}"[^>]*aria-invalid="true"', body)
    assert not re.search('name="offers-0-price"[^>]*aria-invalid', body)
    assert "tier 2" in body


def test_a_late_bid_comes_back_with_every_input_and_the_reason(
    page: Callable[..., Any], items: list[Item], bidding: Round
) -> None:
    page("draft", typed(items))
    close(bidding)
    answer = page("submit", typed(items, **{"offers-0-price": "1234.56"}))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "nothing can be changed after that" in body
    assert 'value="1234.56"' in body
    assert Bid.objects.get().draft["offers"][0]["price"] == "5650.00"


def test_preview_follows_what_is_typed_and_keeps_nothing(page: Callable[..., Any], items: list[Item]) -> None:
    answer = page("preview", typed(items, share="100000"), headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert "¥113,000.00" in body
    assert "<html" not in body
    assert not Bid.objects.exists()


def test_preview_counts_the_tonnes_typed_to_try_out(page: Callable[..., Any], items: list[Item]) -> None:
    body = page("preview", typed(items, **{"offers-1-trial": "2"})).content.decode()
    assert "¥11,300.00" in body


def test_withdrawing_keeps_the_draft(page: Callable[..., Any], items: list[Item]) -> None:
    page("submit", typed(items))
    assert page("withdraw", {}).status_code == 302
    bid = Bid.objects.get()
    assert (bid.state, bid.revision) == (BidState.WITHDRAWN, None)
    assert bid.draft["offers"]


def test_a_filled_in_workbook_becomes_the_draft(
    page: Callable[..., Any], items: list[Item], basis: Basis, supplier: User, bidding: Round
) -> None:
    data = bid_workbook(content(*items, price="5123.45"), basis)
    answer = page("upload", {"file": SimpleUploadedFile("bid.xlsx", data)})
    assert answer.status_code == 200
    assert Bid.objects.get().draft == content(*items, price="5123.45")
    template = signed_in(supplier).get(f"/bids/{bidding.reference}/template.xlsx")
    assert template.content.startswith(b"PK")


def test_an_upload_without_a_file_is_refused(page: Callable[..., Any]) -> None:
    assert page("upload", {}).status_code == 422


def test_after_the_deadline_the_form_can_only_be_read(bidding: Round, supplier: User) -> None:
    close(bidding)
    body = signed_in(supplier).get(f"/bids/{bidding.reference}/").content.decode()
    assert '<fieldset class="stack" disabled>' in body
    assert "formaction" not in body


def test_the_opening_page_tells_nothing_before_bids_close(
    page: Callable[..., Any], items: list[Item], bidding: Round, operator: User
) -> None:
    page("submit", typed(items))
    body = signed_in(operator).get(f"/bids/{bidding.reference}/opening/").content.decode()
    assert "nobody learns who bids, how many do" in body
    assert "Open the bids</button>" not in body
    assert "Valid bids" not in body


def test_the_opening_page_opens_and_becomes_the_minutes(
    page: Callable[..., Any], items: list[Item], bidding: Round, operator: User, supplier_firm: Firm
) -> None:
    page("submit", typed(items))
    close(bidding)
    client = signed_in(operator)
    assert "Open the bids</button>" in client.get(f"/bids/{bidding.reference}/opening/").content.decode()
    body = client.post(f"/bids/{bidding.reference}/open/", follow=True).content.decode()
    assert Revision.objects.get().sha256 in body
    assert str(supplier_firm) in body
    assert f"<dd>{operator}</dd>" in body
    assert Bid.objects.get().state == BidState.OPENED


@pytest.fixture
def opened(bidding: Round, items: list[Item], supplier_firm: Firm, rival_firm: Firm) -> Round:
    """Both bids are open: the rival's is dearer for both items."""
    BidFactory(round=bidding, supplier=supplier_firm, opened=True, says=content(*items))
    BidFactory(round=bidding, supplier=rival_firm, opened=True, says=content(*items, price="5777.77"))
    at = timezone.now()
    Round.objects.filter(pk=bidding.pk).update(state=RoundState.OPENED, closed_at=at, opened_at=at)
    return bidding


@pytest.mark.parametrize("mode", ["price", "landed", "market", "lead"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_bid_matrix_shows_every_supplier_in_every_mode(
    mode: str, language: str, opened: Round, operator: User, supplier_firm: Firm, rival_firm: Firm
) -> None:
    client = signed_in(operator, language)
    body = client.get(f"/bids/{opened.reference}/matrix/", {"mode": mode}).content.decode()
    assert body.count('class="best"') == (4 if mode == "lead" else 2)
    for firm in (supplier_firm, rival_firm):
        assert f"/bids/of/{opened.reference}-{firm.reference}/" in body


@pytest.mark.parametrize("who", ["operator", "auditor"])
def test_bid_matrix_is_exported_as_shown(who: str, opened: Round, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(f"/bids/{opened.reference}/matrix.xlsx").content.startswith(b"PK")
    part = client.get(f"/bids/{opened.reference}/matrix/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "5,777.77" in part


def test_bid_matrix_before_the_opening_leads_to_the_opening(bidding: Round, operator: User) -> None:
    answer = signed_in(operator).get(f"/bids/{bidding.reference}/matrix/")
    assert answer.headers["Location"] == f"/bids/{bidding.reference}/opening/"
    assert signed_in(operator).get(f"/bids/{bidding.reference}/matrix.xlsx").status_code == 404


def test_bid_detail_shows_the_whole_bid_to_its_own_people_and_the_operator(
    opened: Round, supplier: User, operator: User, supplier_firm: Firm
) -> None:
    for user in (supplier, operator):
        body = signed_in(user).get(f"/bids/of/{opened.reference}-{supplier_firm.reference}/").content.decode()
        assert "5,650.00" in body


def test_a_draft_that_was_never_submitted_says_so(
    bidding: Round, supplier: User, supplier_firm: Firm
) -> None:
    bid = BidFactory(round=bidding, supplier=supplier_firm)
    body = signed_in(supplier).get(f"/bids/of/{bid.reference}/").content.decode()
    assert "Nothing was submitted" in body
