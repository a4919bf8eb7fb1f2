"""Spreadsheet files of every kind, the honest and the hostile, made by hand."""

import io
import struct
import zipfile

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
ROOT_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)


def sheet_xml(cells: str) -> str:
    """Wrap rows in a worksheet."""
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def xlsx(cells: str = "", *, more: dict[str, str | bytes] | None = None, **replaced: str | bytes) -> bytes:
    """Make a workbook out of raw XML, with parts added."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": replaced.get("workbook", WORKBOOK),
        "xl/_rels/workbook.xml.rels": RELS,
        "xl/worksheets/sheet1.xml": replaced.get("sheet", sheet_xml(cells)),
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def number(place: str, value: str) -> str:
    """One numeric cell."""
    return f'<c r="{place}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    """One text cell."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff(cells: list[list[str | float]]) -> bytes:
    """Write the records of an Excel 97 workbook with one sheet."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    sheet = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    name = struct.pack("<BB", 6, 0) + b"Sheet1"
    start = len(_record(0x809, begin)) + 4 + 6 + len(name) + 4
    bound = _record(0x85, struct.pack("<IH", start, 0) + name)
    records = _record(0x809, begin) + bound + _record(0x0A, b"")
    records += _record(0x809, sheet)
    for y, row in enumerate(cells):
        for x, cell in enumerate(row):
            place = struct.pack("<HHH", y, x, 0)
            if isinstance(cell, str):
                label = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                records += _record(0x204, place + label)
            else:
                records += _record(0x203, place + struct.pack("<d", cell))
    return records + _record(0x0A, b"")


def xls(cells: list[list[str | float]]) -> bytes:
    """Make an Excel 97 file: a compound file of 512-byte sectors around one stream."""
    stream = _biff(cells).ljust(4096, b"\x00")
    count = -(-len(stream) // 512)
    stream = stream.ljust(count * 512, b"\x00")
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat = [fat_mark, end, *range(3, count + 2), end]
    fat += [free] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        encoded = (name + "\x00").encode("utf-16-le")
        data = encoded.ljust(64, b"\x00") + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, child)
        return data + bytes(36) + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    directory += bytes(128 * 2)
    return header + struct.pack("<128I", *fat) + directory + stream
