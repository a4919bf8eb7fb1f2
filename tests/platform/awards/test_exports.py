"""Workbooks and minutes."""

import json
import re

import pytest
from django.utils import timezone, translation

from industry_brain.accounts.models import User
from industry_brain.awards import exports
from industry_brain.awards.models import AwardedPackage, AwardLine, AwardRun
from industry_brain.awards.states import BoundSource, RunState
from industry_brain.awards.tables import bought_rows, run_rows
from industry_brain.web.spreadsheets import read_tables
from tests.platform.factories.moments import AFTER_BIDS

pytestmark = pytest.mark.django_db


def test_the_workbook_holds_everything_that_is_shown(approved: AwardRun) -> None:
    with translation.override("en"):
        tables = read_tables(exports.run_workbook(approved, at=AFTER_BIDS), "award.xlsx")

    sheets = {table.sheet: table.rows for table in tables}
    cells = {sheet: {cell for row in rows for cell in row} for sheet, rows in sheets.items()}
    assert {"Summary", "Matrix", "Award lines", "Who receives what", "Shares", "Price list"} <= set(sheets)
    assert "1102000" in cells["Summary"]
    assert {"5800", "5510"} <= cells["Award lines"]
    assert "551000" in cells["Shares"]
    assert (sheets["Award lines"][-1][0], sheets["Award lines"][-1][-1]) == ("Total", "1102000")
    assert sheets["Shares"][-1][:3] == ("Total", "200", "1102000")


def test_the_list_is_exported_as_it_is_seen(approved: AwardRun, member: User) -> None:
    with translation.override("en"):
        (table,) = read_tables(exports.list_workbook(run_rows([approved], member)), "awards.xlsx")

    assert approved.reference in table.rows[1]
    assert "551000" in table.rows[1]


def test_a_bound_that_only_the_solver_states_is_not_exported_as_proved(approved: AwardRun) -> None:
    approved.bound_source, approved.state = BoundSource.SOLVER, RunState.WITHIN_GAP
    with translation.override("en"):
        tables = read_tables(exports.run_workbook(approved, at=AFTER_BIDS), "award.xlsx")
        data = exports._minutes_data(approved, set(), AFTER_BIDS)

    summary = next(table for table in tables if table.sheet == "Summary")
    assert any("stated by the solver, not proved" in cell for row in summary.rows for cell in row)
    assert "stated by the solver, not proved" in data["figures"][0]["note"]
    assert any("nobody has proved" in line for line in data["sections"][0]["lines"])


def test_the_rows_of_the_minutes_add_up_to_the_landed_cost_packages_included(approved: AwardRun) -> None:
    line = AwardLine.objects.filter(run=approved).order_by("item__code").first()
    assert line is not None
    stated = json.loads(approved.round_file)
    bid = next(bid for bid in stated["bids"] if bid["supplier"] == line.supplier.reference)
    bid["packages"] = [{"id": "bundle", "price": "1000.00", "quantities": {line.item.code: "10"}}]
    bid["freight"] = {line.item.place.code: "50"}
    approved.round_file = json.dumps(stated)
    approved.landed_cost = (approved.landed_cost or 0) + 150_000
    AwardedPackage.objects.create(run=approved, supplier=line.supplier, code="bundle", price=100_000)

    with translation.override("en"):
        rows = bought_rows(approved)

    place = rows.index(next(row for row in rows if row[0] == "Package bundle"))
    assert rows[place][2:] == ("10", "", "1,000.00", "500.00", "1,500.00")
    assert rows[place + 1][0] == f"– {line.item.material} · {line.item.place}"
    assert rows[place + 1][2] == "(10)"
    landed = sum(int(re.sub(r"[.,]", "", row[-1] or "0")) for row in rows[:-1])
    assert landed == approved.landed_cost
    assert rows[-1][-1] == "1,103,500.00"


def test_the_minutes_say_when_it_was_approved_and_where_the_round_stands(approved: AwardRun) -> None:
    with translation.override("en"):
        data = exports._minutes_data(approved, set(), AFTER_BIDS)

    about, approvals = data["sections"][:2]
    when = timezone.localtime(AFTER_BIDS).strftime("%Y-%m-%d %H:%M")
    assert [row[1] for row in approvals["rows"]] == [when, when]
    assert f"Approved by two people on {when}." in about["lines"]
    assert any(line.startswith("Standstill until 20") for line in about["lines"])
    assert data["figures"][2]["note"] == "Round: awarded, standstill"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_minutes_are_a_pdf_in_both_languages_and_the_same_each_time(
    approved: AwardRun, language: str
) -> None:
    with translation.override(language):
        minutes = exports.minutes(approved, at=AFTER_BIDS)
        again = exports.minutes(approved, at=AFTER_BIDS)

    assert minutes.startswith(b"%PDF-")
    assert minutes == again
