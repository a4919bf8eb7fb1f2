"""The REST API changes only on purpose: `make api` writes what this test compares."""

from tools.openapi import DOCUMENT, current


def test_the_published_openapi_document_is_the_current_one() -> None:
    published = DOCUMENT.read_text(encoding="utf-8")

    assert published == current(), "run `make api` and look at the difference"
