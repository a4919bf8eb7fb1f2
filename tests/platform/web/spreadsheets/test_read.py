import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from industry_brain.web.spreadsheets import Limits, UnreadableSheet, read_pasted, read_table, read_tables
from tests.platform.web.spreadsheets.workbooks import number, text, xls, xlsx

ROWS = (("物料", "重量"), ("GCr15 φ50", "12.5"))


def code_of(content: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableSheet) as refused:
        read_table(content, "x.xlsx", Limits(**limits))
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [
        "物料,重量\nGCr15 φ50,12.5\n".encode(),
        "物料,重量\r\nGCr15 φ50,12.5\r\n".encode("utf-8-sig"),
        "物料;重量\nGCr15 φ50;12.5".encode(),
        "物料\t重量\nGCr15 φ50\t12.5\n\n\n".encode("gb18030"),
        "物料\t重量\rGCr15 φ50\t12.5".encode("utf-16"),
        "物料|重量\nGCr15 φ50|12.5".encode("gbk", "replace").replace(b"?", "φ".encode("gbk")),
        '"物料",重量\n"GCr15 φ50",12.5'.encode(),
    ],
    ids=["utf-8", "bom", "semicolon", "gb18030 tab", "utf-16", "gbk bar", "quoted"],
)
def test_text_files_are_read_in_the_encodings_and_separators_people_use(content):
    assert read_table(content, "x.csv").rows == ROWS


def test_old_and_new_excel_files_are_read_alike():
    heading = f'<row r="1">{text("A1", "物料")}{text("B1", "重量")}</row>'
    new = xlsx(heading + f'<row r="2">{text("A2", "GCr15 φ50")}{number("B2", "12.5")}</row>')
    old = xls([["物料", "重量"], ["GCr15 φ50", 12.5]])
    assert read_table(new, "x.xlsx").rows == ROWS
    assert read_table(old, "x.xls").rows == ROWS


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("120", "120"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1E+20", "100000000000000000000"),
        ("-0.005", "-0.005"),
    ],
)
def test_numbers_come_as_the_text_a_person_would_write(stored, read):
    assert read_table(xlsx(f'<row r="1">{number("A1", stored)}</row>')).rows == ((read,),)


def test_rows_know_their_number_in_the_sheet():
    table = read_table(
        xlsx(f'<row r="5">{text("C5", "a")}{text("D5", "b")}</row><row r="7">{text("C7", "c")}</row>')
    )
    assert list(table.numbered()) == [(5, ("a", "b")), (6, ("", "")), (7, ("c", ""))]


def test_signs_no_database_takes_are_taken_out():
    assert read_pasted("a\x00b\tc\n").rows == (("a b", "c"),)


def test_pasted_cells_may_hold_line_ends_and_quotes():
    assert read_pasted('"a\nb"\t"c ""d"""\n1\t2').rows == (("a\nb", 'c "d"'), ("1", "2"))


def test_all_filled_sheets_can_be_read():
    tables = read_tables(xlsx(f'<row r="1">{text("A1", "x")}</row>'))
    assert [(table.sheet, table.rows) for table in tables] == [("Sheet1", (("x",),))]


def test_a_far_away_cell_is_refused_in_words_and_in_time():
    cells = f'<row r="1">{text("A1", "x")}</row><row r="1048576">{text("XFD1048576", "y")}</row>'
    began = time.monotonic()
    assert code_of(xlsx(cells)) == "sheet_too_large"
    assert time.monotonic() - began < 10


def test_a_million_rows_are_refused_in_words_and_in_time():
    cells = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 1_000_001))
    began = time.monotonic()
    assert code_of(xlsx(cells)) in {"sheet_too_large", "unsafe_workbook"}
    assert time.monotonic() - began < 10


def test_more_rows_or_columns_than_allowed_are_refused():
    rows = "".join(f'<row r="{row}">{number(f"A{row}", "1")}</row>' for row in range(1, 30))
    assert code_of(xlsx(rows), rows=20) == "sheet_too_large"
    assert code_of(b"a,b,c\n" * 3, columns=2) == "sheet_too_large"
    assert code_of(b"a\n" * 30, rows=20) == "sheet_too_large"


def test_the_size_is_looked_at_first():
    assert code_of(b"PK\x03\x04" + bytes(2**20 + 1), megabytes=1) == "file_too_large"
    with pytest.raises(UnreadableSheet, match="1 MB"):
        read_pasted("x" * (2**20 + 1), Limits(megabytes=1))


def test_a_cell_longer_than_any_table_needs_is_named():
    with pytest.raises(UnreadableSheet) as refused:
        read_pasted("a\tb\nc\t" + "x" * 5000)
    assert refused.value.facts == {"row": 2, "column": 2, "signs": 4096}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n ,, \n", "empty"),
        (b"%PDF-1.7\x00\x01", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_spreadsheet"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"\xff\xfe\x00", "unknown_encoding"),
        (b"\xff\xff\xff\xff", "unknown_encoding"),
        (xlsx(sheet="<worksheet><sheetData><row"), "damaged"),
        (xlsx(""), "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content, code):
    assert code_of(content) == code


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_bytes_do_worse_than_a_refusal(content):
    try:
        table = read_table(content)
    except UnreadableSheet:
        return
    assert len({len(row) for row in table.rows}) == 1


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_no_paste_does_worse_than_a_refusal(pasted):
    try:
        read_pasted(pasted)
    except UnreadableSheet:
        return
