from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from industry_brain.accounts.models import User
from industry_brain.catalogue.models import Material
from industry_brain.config.commands import app
from industry_brain.demands.models import Demand, Sheet
from industry_brain.demands.states import DemandState, RowState
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import DomainError
from industry_brain.rounds.models import Round, Window
from industry_brain.rounds.states import RoundState
from tests.platform.factories.demands import DemandFactory
from tests.platform.factories.moments import NOW

pytestmark = pytest.mark.usefixtures("on_the_second_of_november", "window")
API = "/api/v1/demands"
R = "R-2026-0001"


def api(user: User, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    client = Client(headers={"Accept-Language": "en", **headers})
    client.force_login(user)
    send = getattr(client, method)
    answer = send(API + path, body, content_type="application/json") if body is not None else send(API + path)
    return answer.status_code, answer.json()


def command(user: User, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["demands", *words, "--as", user.username])
    if isinstance(result.exception, DomainError):
        return 1, str(result.exception)
    return result.exit_code, result.output


def body_for(material: Material, **facts: Any) -> dict[str, Any]:
    return {"round": R, "material": material.code, "window": "all", "quantity": "12.5"} | facts


def entered_by_page(user: User, material: Material) -> None:
    client = Client()
    client.force_login(user)
    facts = {
        "material": material.code,
        "quantity": "12.5",
        "window": "all",
        "reserve_price": "5650.5",
        "place": user.organisations.get().firm.place.code,
    }
    assert client.post(f"/demands/{R}/new/", facts).status_code == 302


def entered_by_api(user: User, material: Material) -> None:
    assert api(user, "post", "/", body_for(material, reserve_price="5650.50"))[0] == 201


def entered_by_command(user: User, material: Material) -> None:
    status, _output = command(
        user, "enter", material.code, "12500kg", "--round", R, "--reserve-price", "5650.5"
    )
    assert status == 0


@pytest.mark.parametrize("enter", [entered_by_page, entered_by_api, entered_by_command])
def test_every_door_enters_the_same_demand(
    enter: Callable[[User, Material], None], member: User, member_firm: Firm, gcr15: Material
) -> None:
    enter(member, gcr15)

    demand = Demand.objects.get()
    assert (demand.member, demand.place) == (member_firm, member_firm.place)
    assert (demand.quantity, demand.reserve_price, demand.state) == (12_500_000, 56_505_000, "draft")


def test_the_api_enters_once_per_key(member: User, gcr15: Material) -> None:
    answers = [api(member, "post", "/", body_for(gcr15), **{"Idempotency-Key": "k"})[0] for _time in range(2)]
    other = api(member, "post", "/", body_for(gcr15, quantity="1"), **{"Idempotency-Key": "k"})

    assert (answers, other[0], other[1]["code"]) == ([201, 201], 409, "key_reused")
    assert Demand.objects.get().quantity == 12_500_000


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"quantity": "0.0001"}, "quantity_places"),
        ({"quantity": "-1"}, "quantity_bounds"),
        ({"quantity": "1e30"}, "quantity_bounds"),
        ({"quantity": "NaN"}, "malformed_request"),
        ({"quantity": "Infinity"}, "malformed_request"),
        ({"reserve_price": "0.00001"}, "price_places"),
        ({"window": "never"}, "no_window"),
        ({"material": "gold"}, "no_material"),
    ],
)
def test_the_api_says_what_is_wrong(facts: dict[str, str], code: str, member: User, gcr15: Material) -> None:
    status, problem = api(member, "post", "/", body_for(gcr15) | facts)

    assert (problem["code"], Demand.objects.exists()) == (code, False)
    assert status in (404, 422)


def test_a_demand_is_changed_submitted_and_withdrawn_through_the_api(member: User, gcr15: Material) -> None:
    _status, entered = api(member, "post", "/", body_for(gcr15, reserve_price="5650.50"))
    reference = entered["reference"]

    changed = api(member, "patch", f"/{reference}", {"quantity": "3", "reserve_price": None})[1]
    submitted = api(member, "post", "/submit", {"round": R})[1]
    withdrawn = api(member, "post", f"/{reference}/withdraw")[1]

    assert (changed["quantity"], changed["reserve_price"]) == ("3.000", None)
    assert [d["state"] for d in (*submitted, withdrawn)] == ["submitted", "withdrawn"]
    assert [d["reference"] for d in api(member, "get", f"/?round={R}")[1]] == [reference]


def test_a_demand_is_changed_submitted_and_withdrawn_by_command(member: User, gcr15: Material) -> None:
    reference = command(member, "enter", gcr15.code, "12.5", "--round", R)[1].strip()

    assert command(member, "change", reference, "3")[0] == 0
    assert command(member, "submit", "--round", R) == (0, f"{reference}\n")
    assert "3 t" in command(member, "list", "--round", R)[1]
    assert command(member, "withdraw", reference)[0] == 0
    assert command(member, "change", reference, "0")[0] == 1

    demand = Demand.objects.get()
    assert (demand.quantity, demand.state) == (3_000_000, DemandState.WITHDRAWN)


def test_the_api_imports_rows_and_corrects_them(member: User, gcr15: Material, gcr15_60: Material) -> None:
    rows = [["物料", "数量"], [gcr15.code, "5"], [gcr15.code, "x"], ["?", "?"]]
    status, sheet = api(member, "post", "/sheets", {"round": R, "rows": rows})
    path = f"/sheets/{sheet['reference']}"

    assert (status, [row["state"] for row in sheet["rows"]]) == (201, ["taken", "faulty", "faulty"])
    assert sheet["rows"][1]["faults"][0]["message"].startswith("“x” is not a quantity.")
    corrected = api(member, "put", f"{path}/rows/3", {"cells": [gcr15_60.code, "5"]})[1]
    dropped = api(member, "delete", f"{path}/rows/4")[1]
    assert (corrected["state"], dropped["state"]) == ("taken", "dropped")
    assert [row["state"] for row in api(member, "get", path)[1]["rows"]] == ["taken", "taken", "dropped"]


def test_submitting_asks_the_database_as_often_for_five_demands_as_for_one(
    collecting: Round, window: Window, member: User, member_firm: Firm
) -> None:
    counts = []
    for number in (1, 1, 5):  # the very first request fills caches
        DemandFactory.create_batch(number, round=collecting, member=member_firm, window=window)
        with CaptureQueriesContext(connection) as captured:
            assert len(api(member, "post", "/submit", {"round": R})[1]) == number
        counts.append(len(captured))

    assert counts[1] == counts[2]


def test_the_api_imports_a_file(member: User, gcr15: Material) -> None:
    client = Client()
    client.force_login(member)
    file = SimpleUploadedFile("x.csv", f"物料;数量\n{gcr15.code};5\n".encode("gbk"))

    answer = client.post(f"{API}/sheets/file", {"round": R, "file": file})

    assert (answer.status_code, answer.json()["file_name"]) == (201, "x.csv")
    assert Demand.objects.get().quantity == 5_000_000


def test_a_file_is_imported_by_command_and_its_faults_are_said(
    member: User, gcr15: Material, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"物料,数量\n{gcr15.code},5\n{gcr15.code},-5\n", encoding="utf-8")

    status, output = command(member, "import", str(path), "--round", R)
    missing = command(member, "import", str(tmp_path / "none.csv"), "--round", R)

    sheet = Sheet.objects.get()
    assert (status, missing[0]) == (1, 2)
    assert "1 of 2 rows taken over" in output
    assert "3: Quantity: A quantity is above zero; “-5” is not." in output
    assert command(member, "sheet", sheet.reference)[1] == output
    assert command(member, "correct", sheet.reference, "3", gcr15.code, "0")[0] == 1
    assert command(member, "drop", sheet.reference, "3")[0] == 0
    assert sheet.rows.get(number=3).state == RowState.DROPPED


@pytest.mark.parametrize(
    "rows",
    [
        [["物料", "数量"], ["x" * 5000, "9" * 5000]],
        [["物料"] * 64, ["=cmd|' /C calc'!A0"] * 64],
        [["\u202e物料", "数量\x00"], ["\ud83d", "NaN"]],
        [[]],
        [["物料", "数量"], ["a"] * 300],
    ],
)
def test_hostile_rows_are_kept_or_refused_and_never_crash(rows: list[list[str]], member: User) -> None:
    status, _answer = api(member, "post", "/sheets", {"round": R, "rows": rows})

    assert status in (201, 400, 422)
    assert not Demand.objects.exists()


def test_the_operator_previews_and_pools_through_every_door(
    collecting: Round,
    window: Window,
    operator: User,
    auditor: User,
    member: User,
    member_firm: Firm,
    gcr15: Material,
) -> None:
    demand = DemandFactory(round=collecting, member=member_firm, window=window, submitted=True)
    demand.substitutes.add(gcr15)
    reference = member_firm.reference

    picture = api(auditor, "get", f"/pool/{R}")[1]
    assert (picture["rows"][0]["member"], picture["total"]) == (reference, "10.000")
    assert picture["with_substitutes"] == [
        {"demand": demand.reference, "member": reference, "substitutes": [gcr15.code]}
    ]
    assert reference in command(operator, "pool", "--round", R, "--preview")[1]
    assert command(member, "pool", "--round", R, "--preview") == (1, f"There is no round {R}.")
    assert api(member, "get", f"/pool/{R}")[0] == 404
    assert [api(who, "post", f"/pool/{R}")[0] for who in (member, auditor)] == [403, 403]
    assert command(member, "pool", "--round", R)[0] == 1

    Round.objects.update(demands_close_at=NOW)
    status, items = api(operator, "post", f"/pool/{R}")

    demand.refresh_from_db()
    assert (status, items[0]["quantity"], demand.state) == (200, "10.000", DemandState.POOLED)
    assert api(member, "get", f"/totals/{R}")[1][0]["quantity"] == "10.000"


def test_the_command_pools_and_shows_totals(
    collecting: Round, window: Window, operator: User, member: User
) -> None:
    demand = DemandFactory(round=collecting, window=window, submitted=True)
    Round.objects.update(demands_close_at=NOW)

    assert demand.material.code in command(operator, "pool", "--round", R)[1]

    collecting.refresh_from_db()
    assert collecting.state == RoundState.POOLED
    assert "10 t" in command(member, "totals", "--round", R)[1]


def test_no_door_shows_another_member_s_rows(
    collecting: Round, window: Window, member: User, second_member_firm: Firm, supplier: User
) -> None:
    demand = DemandFactory(
        round=collecting, member=second_member_firm, window=window, quantity=7_654_321_000, submitted=True
    )

    for reader in (member, supplier):
        answers = [
            api(reader, "get", "/"),
            api(reader, "get", f"/{demand.reference}"),
            api(reader, "get", f"/totals/{R}"),
            command(reader, "list"),
            command(reader, "totals", "--round", R),
        ]
        for secret in ("7654.321", "7,654.321", second_member_firm.reference, second_member_firm.name_en):
            assert secret not in str(answers)
        assert api(reader, "patch", f"/{demand.reference}", {"quantity": "1"})[0] == 404
        assert command(reader, "withdraw", demand.reference)[0] == 1
    demand.refresh_from_db()
    assert demand.quantity == 7_654_321_000
