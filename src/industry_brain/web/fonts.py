"""Where documents find Chinese type: Debian's fonts if installed, a Python package otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

DEBIAN = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@dataclass(frozen=True)
class Fonts:
    """A font family and the folder it lies in."""

    family: str
    folder: Path
    chart_weight: int


def package_fonts() -> Fonts:
    """Give the variable font of the package."""
    found = find_spec("manimgx_fonts_cjk")
    if found is None or found.origin is None:
        raise FileNotFoundError("Documents need Chinese type: install fonts-noto-cjk or manimgx-fonts-cjk.")
    # Typst draws text inside images too thin from the variable font at 400; 300 looks regular.
    return Fonts("Noto Sans CJK SC", Path(found.origin).parent, 300)


@lru_cache(maxsize=1)
def document_fonts() -> Fonts:
    """Choose the fonts of this machine."""
    return Fonts("Noto Sans CJK SC", DEBIAN.parent, 400) if DEBIAN.exists() else package_fonts()
