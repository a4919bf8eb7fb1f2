"""Charts without a browser: the description that draws on the screen becomes an SVG for documents."""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import quickjs

from industry_brain.web.charts import Chart
from industry_brain.web.charts.parts import FONT
from industry_brain.web.fonts import document_fonts

BUNDLE = Path(__file__).parent / "ssr"


class Renderer:
    """One JavaScript context on one thread: the engine is not safe across threads."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        self._palette = (BUNDLE / "palette.json").read_text()
        self._context = self._thread.submit(self._load).result()

    def _load(self) -> Any:
        context = quickjs.Context()
        context.eval((BUNDLE / "charts.js").read_text())
        return context

    def render(self, option: str, width: int, height: int) -> str:
        """Draw an option on the engine's own thread."""
        return self._thread.submit(self._render, option, width, height).result()

    def _render(self, option: str, width: int, height: int) -> str:
        svg: str = self._context.get("renderChart")(option, self._palette, width, height)
        return svg


@lru_cache(maxsize=1)
def _renderer(_process: int) -> Renderer:
    return Renderer()


def svg(chart: Chart, *, width: int = 720, height: int = 0) -> str:
    """Draw a chart in the light colours, with the font of documents."""
    fonts = document_fonts()
    text = json.dumps(chart.option, ensure_ascii=False)
    text = text.replace(json.dumps(FONT, ensure_ascii=False), json.dumps(fonts.family))
    option = json.loads(text)
    option["textStyle"]["fontWeight"] = fonts.chart_weight
    option["aria"] = {"enabled": False}
    ready = json.dumps(option, ensure_ascii=False)
    return _settled(_renderer(os.getpid()).render(ready, width, height or chart.height))


def _settled(drawn: str) -> str:
    """Take out what paper has no use for (hovering) and number parts anew: equal charts, equal bytes."""
    plain = re.sub(r"<style.*?</style>| class=\"[^\"]*\"", "", drawn, flags=re.DOTALL)
    parts = list(dict.fromkeys(re.findall(r"zr\d+-c\d+", plain)))
    numbers = {part: f"part{number}" for number, part in enumerate(parts)}
    return re.sub(r"zr\d+-c\d+", lambda found: numbers[found[0]], plain)
