"""Workbooks and minutes."""

import pytest
from django.utils import translation

from industry_brain.accounts.models import User
from industry_brain.awards import exports
from industry_brain.awards.models import AwardRun
from industry_brain.awards.states import BoundSource, RunState
from industry_brain.awards.tables import run_rows
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


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_minutes_are_a_pdf_in_both_languages_and_the_same_each_time(
    approved: AwardRun, language: str
) -> None:
    with translation.override(language):
        minutes = exports.minutes(approved, at=AFTER_BIDS)
        again = exports.minutes(approved, at=AFTER_BIDS)

    assert minutes.startswith(b"%PDF-")
    assert minutes == again
