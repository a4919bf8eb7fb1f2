import io
from datetime import UTC, datetime

import pypdf
import pytest
import typst

from industry_brain.web import charts, ssr
from industry_brain.web.documents import pdf

AT = datetime(2026, 11, 23, tzinfo=UTC)
SOURCE = """
#import "house.typ": *
#let data = json("data.json")
#show: house.with(title: data.title, note: data.note, foot: data.foot)
= 结果
#figures(data.figures)
#data-table(data.headings, data.rows, right: (1,))
"""
DATA = {
    "title": "定标纪要 #evil[] $x$",
    "note": "2026 年 11 月",
    "foot": "R-2026-0001",
    "figures": [{"label": "成本", "value": "¥1,234.56"}],
    "headings": ["物料", "金额"],
    "rows": [['GCr15 φ50 "#panic()"', "1,234.56"]],
}


def text_of(document: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


def test_a_document_says_what_it_was_given_in_chinese():
    text = text_of(pdf(SOURCE, DATA, at=AT))
    for part in ("定标纪要", "¥1,234.56", "GCr15", "R-2026-0001"):
        assert part in text


def test_data_is_never_run_as_source():
    text = text_of(pdf(SOURCE, DATA, at=AT))
    assert "#evil[]" in text
    assert "#panic()" in text


def test_the_same_document_is_the_same_bytes():
    assert pdf(SOURCE, DATA, at=AT) == pdf(SOURCE, DATA, at=AT)


def test_a_chart_can_be_put_in():
    picture = ssr.svg(charts.waterfall("x", [charts.Step("基准价", 500_000_000, "total")]))
    with_chart = pdf(SOURCE + '\n#image("bridge.svg")', DATA, {"bridge.svg": picture}, at=AT)
    assert "基准价" in text_of(with_chart)


def test_a_document_reads_nothing_outside_itself():
    with pytest.raises(typst.TypstError):
        pdf('#read("/etc/hostname")', {}, at=AT)
    with pytest.raises(typst.TypstError):
        pdf('#read("../main.typ")', {}, at=AT)
