import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.web.spreadsheets import Column, Sheet, read_table, workbook
from industry_brain.web.spreadsheets.write import Kind


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "|cmd", "=cmd|'/C calc'!A0"]
)
def test_no_text_becomes_a_formula(text):
    content = workbook([Sheet("x", [Column("a")], [[text]])])
    cell = opened(content).active["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix or cell.style_array.quotePrefix
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_stored_whole_numbers_become_the_numbers_people_calculate_with():
    kinds: list[Kind] = ["money", "weight", "price", "percent", "integer"]
    columns = [Column(kind, kind) for kind in kinds]
    page = opened(workbook([Sheet("x", columns, [[123456, 12_500_000, 56_502_510, 125_000, 7]])])).active
    assert [cell.value for cell in page[2]] == [1234.56, 12.5, 5650.251, 0.125, 7]


@given(st.integers(-(10**14), 10**14))
@settings(max_examples=25, deadline=None)
def test_money_survives_the_way_out_and_back(fen):
    content = workbook([Sheet("x", [Column("a"), Column("b", "money")], [["x", fen]])])
    whole, _point, part = read_table(content).rows[1][1].partition(".")
    assert int(whole + part.ljust(2, "0")) == fen


def test_times_are_local_and_real():
    columns = [Column("d", "date"), Column("m", "moment")]
    page = opened(
        workbook([Sheet("x", columns, [[date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC)]])])
    ).active
    assert page["A2"].value == datetime(2026, 11, 23)  # noqa: DTZ001 - spreadsheets know no zones
    assert page["B2"].value == datetime(2026, 11, 23, 17)  # noqa: DTZ001


def test_headings_stay_in_sight_under_the_notes():
    page = opened(workbook([Sheet("x", [Column("a")], [["b"]], notes=["Sample", "As of today"])])).active
    assert page.freeze_panes == "B4"
    assert [page["A1"].value, page["A3"].value, page["A4"].value] == ["Sample", "a", "b"]


def test_sheet_names_are_made_to_fit():
    sheets = [
        Sheet("价格/表:[1]", [Column("a")], []),
        Sheet("价格 表  1 ", [Column("a")], []),
        Sheet("x" * 60, [], []),
        Sheet("", [], []),
    ]
    names = opened(workbook(sheets)).sheetnames
    assert len(set(names)) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_row_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        workbook([Sheet("x", [Column("a")], [["b", "c"]])])


def test_what_is_not_known_stays_empty():
    assert read_table(workbook([Sheet("x", [Column("a"), Column("b", "money")], [["x", None]])])).rows[1] == (
        "x",
        "",
    )
