"""Set a document with typst, in the house style and with Chinese type."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from industry_brain.web.fonts import document_fonts

HOUSE = Path(__file__).parent / "house.typ"
PALETTE = Path(__file__).parents[1] / "ssr" / "palette.json"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Load the font files once a process; they are large."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(document_fonts().folder)])


def pdf(
    source: str, data: Mapping[str, Any], images: Mapping[str, str | bytes] | None = None, *, at: datetime
) -> bytes:
    """Set ``source``, which reads ``json("data.json")`` and may ``#import "house.typ": *``.

    ``at`` is the date written into the file, so that the same document is the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "main.typ").write_text(source)
        (place / "house.typ").write_text(HOUSE.read_text())
        (place / "palette.json").write_text(PALETTE.read_text())
        (place / "data.json").write_text(json.dumps(data, ensure_ascii=False))
        for name, image in (images or {}).items():
            (place / Path(name).name).write_bytes(image if isinstance(image, bytes) else image.encode())
        done = typst.compile(
            str(place / "main.typ"),
            root=folder,
            font_paths=_fonts(),
            format="pdf",
            timestamp=int(at.timestamp()),
        )
    if not isinstance(done, bytes):
        raise TypeError("typst gave several files for one document")
    return done
