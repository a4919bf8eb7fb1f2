"""What no browser of ours would send is refused: no fault of ours, no script, no second effect."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings

from industry_brain.accounts.models import Organisation, User
from industry_brain.bids.models import Bid, Revision
from industry_brain.bids.operations import save_draft, submit_bid
from industry_brain.demands.models import Demand, Sheet
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import WrongState
from industry_brain.rounds.models import Item, Round, Window
from tests.architecture.source import nothing
from tests.architecture.walls.addresses import OPERATIONS, PAGES, operations, pages
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.moments import BIDS_CLOSE
from tests.platform.factories.rounds import InvitationFactory, ItemFactory, RoundFactory, WindowFactory

pytestmark = pytest.mark.django_db
FAR = datetime(2099, 1, 1, 9, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"{{7*7}}{% now %}"
BAD_TEXTS = (
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e\u2066spoof",
    "../../etc/passwd",
    "%00",
    "x" * 100_000,
    "9" * 400,
    "-1",
    "NaN",
    "Infinity",
    "1e999999",
    "１２３",
    "'; DROP TABLE rounds_round; --",
    "${jndi:ldap://x}",
    SCRIPT,
)
BAD_NUMBERS: tuple[object, ...] = (-1, 0, 2**63, 10**30, 1e308, True, None, [], {}, "x")
Visit = Callable[[User], Client]


def named(bad: object) -> str:
    return ascii(bad)[:20]


@pytest.fixture
def visit() -> Visit:
    """Give a browser in which somebody is signed in; a fault of ours shows as status 500."""

    def visiting(user: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    return visiting


@pytest.fixture
def collecting(platform: Organisation, member_firm: Firm) -> Round:
    """A round that takes demands until 2099."""
    late = FAR + timedelta(days=7)
    round_ = RoundFactory(
        collecting=True, reference="R-C", operator=platform, demands_close_at=FAR, bids_close_at=late
    )
    WindowFactory(round=round_, code="w1")
    MaterialFactory(code="GCr15-50")
    DemandFactory(round=round_, member=member_firm, reference="D-1", window=Window.objects.get())
    return round_


@pytest.fixture
def bidding(platform: Organisation, supplier_firm: Firm) -> Round:
    """A round that takes bids until 2099."""
    round_ = RoundFactory(bidding=True, reference="R-B", operator=platform, bids_close_at=FAR)
    ItemFactory(round=round_, window=WindowFactory(round=round_, code="w1"), code="item-0")
    InvitationFactory(round=round_, supplier=supplier_firm)
    return round_


def _fill(path: str, value: str) -> str:
    for opening, closing in (("<", ">"), ("{", "}")):
        while opening in path:
            path = path[: path.index(opening)] + value + path[path.index(closing) + 1 :]
    return path


@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "%FF", "9" * 400, "..%2F..%2Fetc", "%E2%80%AE", "'", "-1"]
)
def test_no_argument_of_an_address_is_a_fault_of_ours(value: str, operator: User, visit: Visit) -> None:
    client = visit(operator)
    wrong = []
    for route in (*pages(), *operations()):
        if route.parameters:
            method = route.name.split()[0] if " " in route.name else "GET"
            status = client.generic(method, _fill(route.path, value), "{}", "application/json").status_code
            if status not in (400, 404, 405, 422):
                wrong.append(f"{status} {route.name}")
    nothing(wrong)


NAMES = (
    "q",
    "sort",
    "page",
    "state",
    "category",
    "round",
    "limit",
    "offset",
    "after",
    "supplier",
    "member",
    "show",
    "mode",
    "share",
    "read",
    "next",
)


@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "%FF", "9" * 400, "-1", "1e9", "x" * 20_000, "%F0%9F%92%A9", "a__b", "--pk"]
)
def test_no_question_in_an_address_is_a_fault_of_ours(
    value: str, operator: User, member: User, visit: Visit
) -> None:
    asked = "&".join(f"{name}={value}" for name in NAMES)
    plain = [r.path for r in pages() if not r.parameters and "sign-out" not in r.path]
    plain += [r.path for r in operations() if not r.parameters and r.name.startswith("GET")]
    wrong = []
    for person in (operator, member):
        client = visit(person)
        for path in plain:
            status = client.get(f"{path}?{asked}").status_code
            if status >= 500:
                wrong.append(f"{status} {path}")
    nothing(wrong)


def _texts(body: object) -> list[object]:
    return list(body) if isinstance(body, list) else [body]


@pytest.mark.parametrize("bad", [*BAD_TEXTS, *BAD_NUMBERS], ids=named)
def test_no_value_in_a_body_is_a_fault_of_ours(
    bad: object, collecting: Round, bidding: Round, operator: User, member: User, supplier: User, visit: Visit
) -> None:
    references = {"rounds": "R-C", "demands": "D-1", "bids": "R-B", "awards": "A-1"}
    people = {"demands": member, "bids": supplier}
    wrong = []
    for route in operations():
        method, short = route.name.split()
        context = short.split("/")[1]
        body = OPERATIONS[route.name].body
        if method == "GET" or not body:
            continue
        client = visit(people.get(context, operator))
        path = _fill(route.path, references.get(context, "x"))
        if "whole" in body:
            sent: list[object] = [[bad], bad]
        else:
            sent = [{**body, "round": references.get(context), "member": "", name: bad} for name in body]
        for one in sent:
            answer = client.generic(method, path, json.dumps(one), content_type="application/json")
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} {route.name} {repr(one)[:100]}")
    nothing(wrong)


@pytest.mark.parametrize("bad", BAD_TEXTS, ids=named)
def test_no_field_of_a_form_is_a_fault_of_ours(
    bad: str, collecting: Round, bidding: Round, operator: User, member: User, supplier: User, visit: Visit
) -> None:
    references = {"rounds": "R-C", "demands": "R-C", "bids": "R-B"}
    people = {"demands": member, "bids": supplier}
    try:
        bad.encode()
    except UnicodeEncodeError:
        bad = "%ED%A0%80"  # what of it a form can carry
    wrong = []
    for route in pages():
        address = PAGES[route.name]
        context = route.name.partition(":")[0]
        if not address.body or route.name == "accounts:account":
            continue
        path = _fill(
            route.path, "D-1" if route.name.startswith("demands:demand_e") else references.get(context, "x")
        )
        client = visit(people.get(context, operator))
        for name in address.body:
            answer = client.post(path, {**address.body, name: bad})
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} {route.name} {name}")
    nothing(wrong)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 10_000, b"null", b"3", b'"x"', b"NaN"]
)
def test_malformed_json_is_refused_with_a_sentence(
    body: bytes, collecting: Round, bidding: Round, operator: User, supplier: User, visit: Visit
) -> None:
    wrong = []
    for route in operations():
        method, short = route.name.split()
        if method == "GET" or not OPERATIONS[route.name].body:
            continue
        client = visit(supplier if short.startswith("/bids") else operator)
        path = _fill(route.path, "R-B" if short.startswith("/bids") else "R-C")
        answer = client.generic(method, path, body, content_type="application/json")
        if answer.status_code not in (400, 403, 404, 409, 422) or "detail" not in answer.json():
            wrong.append(f"{answer.status_code} {route.name} {answer.content[:80]!r}")
    nothing(wrong)


def _sheet(cells: dict[str, str]) -> bytes:
    rows = "".join(
        f'<row r="{place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">'
        f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for place, text in cells.items()
    )
    book = openpyxl.Workbook()
    whole = io.BytesIO()
    book.save(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"<sheetData>{rows}</sheetData></worksheet>"
                ).encode()
            new.writestr(name, content)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "far corner": partial(_sheet, {"A1": "规格", "XFD1048576": "x"}),
    "million rows": partial(_sheet, {"A1": "规格", "A1000000": "x"}),
    "bomb": _bomb,
    "entities": partial(bytes, b"PK\x03\x04<!DOCTYPE x [<!ENTITY a 'b'>]>"),
    "truncated": partial(bytes, b"PK\x03\x04" + b"\x14" * 200),
    "empty": bytes,
    "binary": partial(bytes, [*range(256)] * 100),
    "nul": partial("规格,吨数\nGCr15\x00,3\n".encode),
    "script": partial(f"规格,吨数,备注\nGCr15 φ50,3,{SCRIPT}\n".encode),
}


@pytest.mark.parametrize("kind", FILES)
def test_hostile_sheets_are_refused_or_kept_whole(
    kind: str, collecting: Round, bidding: Round, member: User, supplier: User, visit: Visit
) -> None:
    content = FILES[kind]()
    name = "../../x.csv" if kind in ("binary", "nul", "script") else "..\\..\\<script>.xlsx"

    def sent() -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    buyer, seller = visit(member), visit(supplier)
    answers = {
        "page": buyer.post("/demands/R-C/sheet/", {"upload": "1", "file": sent()}),
        "api": buyer.post("/api/v1/demands/sheets/file", {"round": "R-C", "file": sent()}),
        "bid": seller.post("/bids/R-B/upload/", {"file": sent()}),
    }
    for door, answer in answers.items():
        assert answer.status_code in (200, 201, 302, 400, 413, 422), (door, answer.status_code)
        assert "<script>alert" not in answer.content.decode() or "json" in answer["Content-Type"], door
    for sheet in Sheet.objects.all():
        assert "/" not in sheet.file_name
        assert "<script>alert" not in buyer.get(f"/demands/sheets/{sheet.reference}/").content.decode()


def test_what_people_write_never_runs_in_anybodys_browser(
    collecting: Round,
    bidding: Round,
    operator: User,
    member: User,
    member_firm: Firm,
    supplier_firm: Firm,
    visit: Visit,
) -> None:
    short = "<script>alert(1)</script>"
    Round.objects.update(title=short, title_en=short, terms=SCRIPT, cancel_reason=short)
    Demand.objects.update(written_as=SCRIPT)
    Organisation.objects.update(name=short, name_en=short)
    User.objects.update(name=short, name_en=short)
    for person in (operator, member):
        client = visit(person)
        for path in (
            "/",
            "/rounds/",
            "/rounds/R-C/",
            "/rounds/R-B/",
            "/demands/R-C/",
            "/demands/R-C/pool/",
            "/firms/",
            "/account/",
            "/account/people/",
            "/search/?q=script",
            "/rounds/R-C/edit/",
            "/demands/demand/D-1/",
            "/rounds/R-C/suppliers/",
            f"/search/?q={short}",
        ):
            text = client.get(path).content.decode()
            assert "<script>alert" not in text, path
            assert "<img src=x" not in text, path


FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_export_carries_a_formula_of_somebodys(
    formula: str, collecting: Round, operator: User, member: User, visit: Visit
) -> None:
    Round.objects.update(title=formula, title_en=formula)
    Demand.objects.update(written_as=formula)
    Organisation.objects.update(name=formula, name_en=formula)
    paths = (
        "/rounds/export.xlsx",
        "/demands/R-C/demands.xlsx",
        "/demands/R-C/template.xlsx",
        "/demands/R-C/pool.xlsx",
        "/demands/R-C/totals.xlsx",
    )
    for path in paths:
        answer = visit(operator).get(path)
        assert answer.status_code == 200, path
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [
            cell.coordinate for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)
        ], path
        assert formula not in [cell.value for cell in cells if cell.data_type == "f"], path


def test_a_key_sent_twice_through_page_and_api_has_one_effect(
    collecting: Round, bidding: Round, member: User, supplier: User, visit: Visit
) -> None:
    Demand.objects.all().delete()
    rows = {"round": "R-C", "rows": [["规格", "吨数"], ["GCr15 φ50 热轧", "3"]]}
    client = visit(member)
    for _ in range(3):
        answer = client.post(
            "/api/v1/demands/sheets",
            json.dumps(rows),
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        assert answer.status_code == 201
    assert Sheet.objects.count() == 1
    seller = visit(supplier)
    offers = {"offers": [{"item": "item-0", "price": "5650.00"}]}
    seller.put("/api/v1/bids/R-B/draft", json.dumps(offers), content_type="application/json")
    receipts = set()
    for _ in range(3):
        answer = seller.post("/api/v1/bids/R-B/submit", headers={"Idempotency-Key": "bid"})
        receipts.add(answer.json()["receipt"])
    assert len(receipts) == Revision.objects.count() == 1


def test_a_key_used_for_another_request_is_refused(collecting: Round, member: User, visit: Visit) -> None:
    client = visit(member)
    codes = []
    for tonnes in ("3", "4"):
        rows = {"round": "R-C", "rows": [["规格", "吨数"], ["GCr15 φ50 热轧", tonnes]]}
        answer = client.post(
            "/api/v1/demands/sheets",
            json.dumps(rows),
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        codes.append(answer.status_code)
    assert codes == [201, 409]


def test_bids_are_taken_until_the_very_second_and_not_at_it(
    bidding: Round, supplier: User, supplier_firm: Firm
) -> None:
    Round.objects.update(bids_close_at=BIDS_CLOSE)
    bidding.refresh_from_db()
    item = Item.objects.get(round=bidding)
    says: dict[str, Any] = {"offers": [{"item": item.code, "price": "5650.00"}]}
    last = BIDS_CLOSE - timedelta(microseconds=1)
    bid = save_draft(bidding, supplier_firm, content=says, actor=supplier, at=last)
    submit_bid(bid, actor=supplier, at=last)
    with pytest.raises(WrongState):
        submit_bid(bid, actor=supplier, at=BIDS_CLOSE)
    with pytest.raises(WrongState):
        save_draft(bidding, supplier_firm, content={}, actor=supplier, at=BIDS_CLOSE)
    assert (Bid.objects.count(), Revision.objects.count()) == (1, 1)


@override_settings(ALLOWED_HOSTS=["brain.example"])
def test_another_host_is_answered_with_nothing(operator: User, visit: Visit) -> None:
    answer = visit(operator).get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
