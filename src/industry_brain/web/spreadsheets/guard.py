"""Look into an .xlsx archive before any parser does: no bombs, no tricks, nothing but tables."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from industry_brain.web.spreadsheets.limits import damaged, not_a_table, unsafe

ENTRIES = 200
ENTRY_BYTES = 30 * 2**20
TOTAL_BYTES = 50 * 2**20
RATIO = 100
RATIO_FROM_BYTES = 2**20
CHUNK = 2**16
REFUSED_PARTS = ("vbaproject", "xl/externallinks/", "xl/embeddings/", "xl/activex/", "macrosheets/")
REFUSED_XML = (b"<!doctype", b"<!entity")
ENCRYPTED = 0x1


def check_archive(content: bytes) -> None:
    """Refuse an archive that is not a plain workbook; inflates every entry once, within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_names(archive.infolist())
            budget = TOTAL_BYTES
            for entry in archive.infolist():
                budget -= _check_entry(archive, entry, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise damaged() from None


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower().replace("\\", "/") for entry in entries]
    if "xl/workbook.xml" not in names:
        raise not_a_table()
    if len(names) > ENTRIES:
        raise unsafe(f"{len(names)} parts")
    if len(set(names)) != len(names):
        raise unsafe("parts with the same name")
    for entry, name in zip(entries, names, strict=True):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or ":" in name:
            raise unsafe(entry.filename)
        if entry.flag_bits & ENCRYPTED or any(part in name for part in REFUSED_PARTS):
            raise unsafe(entry.filename)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> int:
    """Inflate one entry, trusting none of its declared sizes; give the bytes it really has."""
    size, tail = 0, b""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            if size == 0 and is_xml and chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise unsafe(entry.filename)
            size += len(chunk)
            if size > min(ENTRY_BYTES, budget):
                raise unsafe(entry.filename)
            if size > RATIO_FROM_BYTES and size > RATIO * max(entry.compress_size, 1):
                raise unsafe(entry.filename)
            seen = (tail + chunk).lower()
            if is_xml and any(mark in seen for mark in REFUSED_XML):
                raise unsafe(entry.filename)
            tail = chunk[-16:]
    return size
