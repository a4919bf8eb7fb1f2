from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.demands import operations
from industry_brain.demands.engine import FIELDS
from industry_brain.demands.models import Demand, Sheet
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.catalogue import MaterialFactory
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.firms import SupplierFactory
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.usefixtures("on_the_second_of_november")
R = "/demands/R-2026-0001"
CANARY = 7_654_321_000


@pytest.fixture
def others(collecting: Round, window: Window, gcr15: Material, second_member_firm: Firm) -> Demand:
    """What another member wants, with figures that must not leak."""
    return DemandFactory(
        reference="D-2026-9999",
        round=collecting,
        member=second_member_firm,
        material=gcr15,
        window=window,
        quantity=CANARY,
        reserve_price=87_654_321,
        submitted=True,
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries_for(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


PAGES = (f"{R}/", f"{R}/demands.xlsx", f"{R}/totals.xlsx", "/demands/")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_member_what_another_wants(page: str, others: Demand, member: User) -> None:
    response = client_of(member).get(page)
    text = _text(response.content)

    for secret in ("7,654.321", "7654.321", "8,765.4321", "8765.4321", others.reference, "天马"):
        assert secret not in text


def test_another_member_s_demand_does_not_exist(others: Demand, member: User) -> None:
    client = client_of(member)

    assert client.get("/demands/demand/D-2026-9999/").status_code == 404
    assert client.post("/demands/demand/D-2026-9999/withdraw/").status_code == 404


@pytest.mark.parametrize("page", [f"{R}/", f"{R}/demands.xlsx"])
def test_the_operator_and_auditors_see_every_demand(
    page: str, others: Demand, operator: User, auditor: User
) -> None:
    for reader in (operator, auditor):
        assert "D-2026-9999" in _text(client_of(reader).get(page).content)


@pytest.mark.parametrize("page", [f"{R}/", f"{R}/pool/", f"{R}/template.xlsx", f"{R}/totals.xlsx"])
def test_suppliers_find_no_demands(page: str, others: Demand, supplier: User) -> None:
    assert client_of(supplier).get(page).status_code == 404


def test_analysts_see_totals_and_nothing_else(others: Demand, analyst: User) -> None:
    client = client_of(analyst)

    assert client.get(f"{R}/").status_code == 200
    assert "D-2026-9999" not in _text(client.get(f"{R}/").content)
    assert client.get(f"{R}/pool/").status_code == 404
    assert client.get("/demands/demand/D-2026-9999/").status_code == 404


def test_demand_create_drafts_from_the_form(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    client = client_of(member)
    facts = {
        "material": gcr15.code,
        "quantity": "１２.５",
        "place": member_firm.place.code,
        "window": "all",
        "reserve_price": "5,650.50",
        "idempotency_key": "k1",
    }

    for _time in range(2):
        response = client.post(f"{R}/new/", facts)

    assert (response.status_code, response["Location"]) == (302, f"{R}/")
    assert [(d.quantity, d.reserve_price) for d in Demand.objects.all()] == [(12_500_000, 56_505_000)]


@pytest.mark.parametrize("wishes", ["substitutes", "excluded_suppliers"])
def test_a_form_with_other_wishes_is_another_request(
    wishes: str, collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    material_codes = [MaterialFactory(category=gcr15.category).code for _number in range(2)]
    firms = [SupplierFactory().reference for _number in range(2)]
    chosen = {"substitutes": material_codes, "excluded_suppliers": firms}[wishes]
    facts = {
        "material": gcr15.code,
        "quantity": "12.5",
        "place": member_firm.place.code,
        "window": "all",
        "idempotency_key": "k1",
    }
    client = client_of(member)

    client.post(f"{R}/new/", {**facts, wishes: chosen})
    again = client.post(f"{R}/new/", {**facts, wishes: chosen, "csrfmiddlewaretoken": "another"})
    other = client.post(f"{R}/new/", {**facts, wishes: chosen[1:]})

    assert (again.status_code, other.status_code) == (302, 409)
    assert getattr(Demand.objects.get(), wishes).count() == 2


def test_demand_create_shows_what_was_typed_again(collecting: Round, window: Window, member: User) -> None:
    response = client_of(member).post(f"{R}/new/", {"quantity": "-5"})

    assert response.status_code == 422
    assert 'value="-5"' in response.content.decode()


def test_demand_edit_and_withdraw(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    demand = DemandFactory(
        reference="D-1", round=collecting, member=member_firm, material=gcr15, window=window
    )
    client = client_of(member)
    facts = {"material": gcr15.code, "quantity": "3", "place": demand.place.code, "window": "all"}

    assert client.get("/demands/demand/D-1/").status_code == 200
    assert client.post("/demands/demand/D-1/", facts).status_code == 302
    assert client.post("/demands/demand/D-1/withdraw/").status_code == 302

    demand.refresh_from_db()
    assert (demand.quantity, demand.state) == (3_000_000, DemandState.WITHDRAWN)


def test_demand_sheet_takes_a_typed_grid(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    client = client_of(member)
    assert client.get(f"{R}/sheet/").status_code == 200

    posted = {"material-0": gcr15.code, "quantity-0": "5", "material-3": "nonsense", "quantity-3": "x"}
    response = client.post(f"{R}/sheet/", posted, follow=True)

    sheet = Sheet.objects.get()
    assert list(sheet.rows.values_list("number", "state")) == [(1, "taken"), (2, "faulty")]
    text = response.content.decode()
    assert "nonsense" in text
    assert "cell-error" in text


def test_headings_pasted_along_say_what_is_where(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    posted = {"material-0": "吨数", "quantity-0": "物料", "material-1": "5", "quantity-1": gcr15.code}

    page = client_of(member).post(f"{R}/sheet/", posted, follow=True).content.decode()

    assert list(Sheet.objects.get().rows.values_list("number", "state")) == [(2, "taken")]
    assert Demand.objects.get().quantity == 5_000_000
    assert "reserve_price" not in page


def test_rows_of_the_grid_keep_the_numbers_they_have_there(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    posted = {"material-0": gcr15.code, "quantity-0": "5", "material-1": "", "material-2": "?"}

    client_of(member).post(f"{R}/sheet/", posted)

    assert list(Sheet.objects.get().rows.values_list("number", flat=True)) == [1, 3]


def test_a_large_table_is_pasted_as_one_text(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    rows = "\n".join(f'{gcr15.code}\tx{n}\t\t"a\tb"' for n in range(2_500))
    posted = {"pasted": f"{gcr15.code}\t5,000\tkg\n{rows}"}

    response = client_of(member).post(f"{R}/sheet/", posted)

    sheet = Sheet.objects.get()
    assert (response["Location"], sheet.rows.count()) == (f"/demands/sheets/{sheet.reference}/", 2_501)
    assert Demand.objects.get().quantity == 5_000_000
    assert sheet.rows.get(number=2_501).cells[:4] == [gcr15.code, "x2499", "", "a\tb"]


def test_a_sheet_is_read_before_anything_is_locked(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    client = client_of(member)
    posted = {"pasted": f"{gcr15.code}\t5", "idempotency_key": "k"}

    with CaptureQueriesContext(connection) as captured:
        client.post(f"{R}/sheet/", posted)

    statements = [query["sql"] for query in captured]
    locked = next(place for place, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    catalogue = [place for place, sql in enumerate(statements) if 'FROM "catalogue_material"' in sql]
    assert catalogue
    assert max(catalogue) < locked


def test_text_and_grid_sent_together_are_both_kept(
    collecting: Round, window: Window, member: User, gcr15: Material, gcr15_60: Material
) -> None:
    posted = {"pasted": f"物料\t数量\n{gcr15.code}\t5", "material-0": gcr15_60.code, "quantity-0": "6"}

    text = client_of(member).post(f"{R}/sheet/", posted, follow=True).content.decode()

    assert set(Demand.objects.values_list("quantity", flat=True)) == {5_000_000, 6_000_000}
    assert all(sheet.reference in text for sheet in Sheet.objects.all())


@pytest.mark.parametrize(
    ("rows", "fields", "status", "sentence"),
    [
        (2_001, 2, 422, "holds 2,001 rows and takes at most 2,000"),
        (2_300, 9, 400, "Upload the rows as a file instead."),
    ],
)
def test_a_grid_that_is_too_long_is_refused_and_never_cut(
    rows: int,
    fields: int,
    status: int,
    sentence: str,
    collecting: Round,
    window: Window,
    member: User,
    gcr15: Material,
) -> None:
    names = list(FIELDS)[:fields]
    posted = {f"{name}-{n}": "1" for n in range(rows) for name in names}

    response = client_of(member).post(f"{R}/sheet/", posted, headers={"Accept-Language": "en"})

    assert (response.status_code, Sheet.objects.exists()) == (status, False)
    assert sentence in response.content.decode()


def test_rows_of_a_file_keep_its_own_numbers(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    written = BytesIO()
    with Workbook(written) as book:
        page = book.add_worksheet()
        page.write_row("A5", ["物料", "数量"])
        page.write_row("A6", [gcr15.code, "?"])
    file = SimpleUploadedFile("x.xlsx", written.getvalue())

    client_of(member).post(f"{R}/sheet/", {"upload": "1", "file": file})

    assert Sheet.objects.get().rows.get().number == 6


def test_demand_sheet_without_a_row_says_so(collecting: Round, window: Window, member: User) -> None:
    response = client_of(member).post(f"{R}/sheet/", {"material-0": " "})

    assert (response.status_code, Sheet.objects.exists()) == (422, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_demand_sheet_takes_an_uploaded_file(
    encoding: str, collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    content = "物料,数量（吨）,备注\nGCR15-50,5.25,急\n".encode(encoding)

    client_of(member).post(f"{R}/sheet/", {"upload": "1", "file": SimpleUploadedFile("需求.csv", content)})

    assert Demand.objects.get().quantity == 5_250_000
    assert Sheet.objects.get().file_name == "需求.csv"


def test_an_unreadable_file_is_refused_with_a_sentence(
    collecting: Round, window: Window, member: User
) -> None:
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 damaged")

    response = client_of(member).post(f"{R}/sheet/", {"upload": "1", "file": file})

    assert (response.status_code, Sheet.objects.exists()) == (422, False)


def test_the_template_can_be_filled_in_and_read_back(
    collecting: Round, window: Window, member: User, gcr15: Material
) -> None:
    content = client_of(member).get(f"{R}/template.xlsx").content

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert len(book.sheet_names) == 6
    header = [str(cell) for cell in book.get_sheet_by_index(0).to_python()[0]]
    sheet = operations.import_sheet(
        collecting, member.organisations.get().firm, [header, [gcr15.code, "5"]], actor=member, at=NOW
    )
    assert sheet.rows.get(number=2).state == RowState.TAKEN


def test_sheet_detail_corrects_picks_and_drops(
    collecting: Round, window: Window, member: User, member_firm: Firm, gcr15: Material
) -> None:
    table = [["规格", "数量"], ["GCr15 50", "1"], [gcr15.code, "?"], ["?", "?"]]
    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)
    client, url = client_of(member), f"/demands/sheets/{sheet.reference}/"
    posted = {"c-2-0": "GCr15 50", "c-2-1": "1", "c-3-0": gcr15.code, "c-3-1": "?", "pick": "2:0:GCR15-50"}

    client.post(url, posted)
    client.post(f"{url}drop/", {"row": "4"})

    states = list(sheet.rows.order_by("number").values_list("state", flat=True))
    assert states == ["taken", "faulty", "dropped"]
    assert client.get(f"{url}?show=faulty").status_code == 200


def test_sheet_detail_is_not_for_other_members(
    collecting: Round, window: Window, member: User, member_firm: Firm, second_member: User, supplier: User
) -> None:
    sheet = operations.import_sheet(
        collecting, member_firm, [["物料", "数量"], ["?", "?"]], actor=member, at=NOW
    )

    for reader in (second_member, supplier):
        client = client_of(reader)
        assert client.get(f"/demands/sheets/{sheet.reference}/").status_code == 404
        assert client.post(f"/demands/sheets/{sheet.reference}/drop/", {"row": "2"}).status_code == 404
    assert sheet.rows.get().state == RowState.FAULTY


def test_demands_submit_hands_in_all_drafts(
    collecting: Round, window: Window, member: User, member_firm: Firm
) -> None:
    DemandFactory(round=collecting, member=member_firm, window=window)

    response = client_of(member).post(f"{R}/submit/", follow=True)

    assert response.status_code == 200
    assert Demand.objects.get().state == DemandState.SUBMITTED


def test_pool_preview_shows_who_is_missing_and_pools(
    others: Demand, collecting: Round, member_firm: Firm, operator: User, auditor: User
) -> None:
    text = client_of(operator).get(f"{R}/pool/").content.decode()
    assert "天马轴承" in text
    assert "五洲轴承" in text
    assert client_of(auditor).post(f"{R}/pool/").status_code == 403

    Round.objects.update(demands_close_at=NOW)
    response = client_of(operator).post(f"{R}/pool/", follow=True)

    collecting.refresh_from_db()
    assert (response.status_code, collecting.state) == (200, RoundState.POOLED)
    assert client_of(operator).get(f"{R}/pool.xlsx").status_code == 200


def test_the_operator_sees_which_substitutes_members_would_take(
    others: Demand, operator: User, member: User, gcr15_60: Material
) -> None:
    client = client_of(operator)
    assert gcr15_60.code not in client.get(f"{R}/pool/").content.decode()

    others.substitutes.add(gcr15_60)

    assert gcr15_60.code in client.get(f"{R}/pool/").content.decode()
    assert gcr15_60.code in _text(client.get(f"{R}/pool.xlsx").content)
    assert gcr15_60.code not in _text(client_of(member).get(f"{R}/").content)


@pytest.mark.parametrize("page", [f"{R}/new/", f"{R}/template.xlsx"])
def test_what_substitutes_are_used_for_is_said_where_they_are_asked_for(
    page: str, collecting: Round, window: Window, member: User
) -> None:
    answer = client_of(member).get(page, headers={"Accept-Language": "en"})

    assert "the award itself buys only the material" in _text(answer.content)


def test_pool_preview_is_not_for_members(others: Demand, member: User) -> None:
    client = client_of(member)

    assert [client.get(f"{R}/pool/").status_code, client.get(f"{R}/pool.xlsx").status_code] == [404, 404]
    assert client.post(f"{R}/pool/").status_code == 404


def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(
    collecting: Round, window: Window, member: User, member_firm: Firm, operator: User
) -> None:
    DemandFactory(round=collecting, member=member_firm, window=window, submitted=True)
    reader, overseer = client_of(member), client_of(operator)
    pages = [(reader, f"{R}/"), (overseer, f"{R}/"), (overseer, f"{R}/pool/"), (reader, "/demands/")]
    before = [queries_for(client, url) for client, url in pages]

    DemandFactory.create_batch(2, round=collecting, member=member_firm, window=window, submitted=True)

    assert [queries_for(client, url) for client, url in pages] == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_works_in_both_languages(
    language: str, others: Demand, member: User, member_firm: Firm, collecting: Round, operator: User
) -> None:
    table = [["物料", "数量"], ["?", "?"]]
    sheet = operations.import_sheet(collecting, member_firm, table, actor=member, at=NOW)
    pages = [f"{R}/", f"{R}/new/", f"{R}/sheet/", "/demands/", f"/demands/sheets/{sheet.reference}/"]

    for client, url in [*((client_of(member), p) for p in pages), (client_of(operator), f"{R}/pool/")]:
        response = client.get(url, headers={"accept-language": language})
        assert (response.status_code, response["Content-Language"]) == (200, language)


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
