import pytest

from industry_brain.web.spreadsheets import UnreadableSheet
from industry_brain.web.spreadsheets.guard import check_archive
from tests.platform.web.spreadsheets.workbooks import WORKBOOK, sheet_xml, text, xlsx


def code_of(content: bytes) -> str:
    with pytest.raises(UnreadableSheet) as refused:
        check_archive(content)
    return refused.value.code


def test_a_plain_workbook_passes():
    check_archive(xlsx(f'<row r="1">{text("A1", "x")}</row>'))


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "../../etc/passwd",
        "/absolute.xml",
        "C:/windows.xml",
        "xl\\..\\..\\up.xml",
        "XL/WORKBOOK.XML",
    ],
)
def test_anything_but_tables_is_refused_by_name(part):
    assert code_of(xlsx(more={part: "x"})) == "unsafe_workbook"


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml(""),
        " " * 70_000 + "<!ENTITY" + sheet_xml(""),
        "x" * 65_530 + "<!doctype" + "x",
        sheet_xml("").encode("utf-16"),
    ],
    ids=["doctype", "far inside", "across chunks", "utf-16"],
)
def test_documents_that_define_entities_are_refused(sheet):
    assert code_of(xlsx(sheet=sheet)) == "unsafe_workbook"


def test_bombs_are_refused_by_what_they_become():
    assert code_of(xlsx(more={"xl/media/a.xml": b"\x20" * (31 * 2**20)})) == "unsafe_workbook"
    assert code_of(xlsx(more={"xl/media/a.xml": b"\x20" * (2 * 2**20)})) == "unsafe_workbook"


def test_too_many_parts_are_refused():
    assert code_of(xlsx(more={f"xl/media/{n}.bin": b"x" for n in range(250)})) == "unsafe_workbook"


def test_an_archive_without_a_workbook_is_no_spreadsheet():
    content = xlsx().replace(b"xl/workbook.xml", b"xl/workbookx.ml")
    assert code_of(content) == "not_a_spreadsheet"


def test_a_changed_byte_is_noticed():
    content = bytearray(xlsx(workbook=WORKBOOK))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(UnreadableSheet):
        check_archive(bytes(content))
