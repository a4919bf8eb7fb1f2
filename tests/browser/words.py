"""Finds words in the wrong language on a page: neither the reader's, nor anybody's data."""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[ ,]+[A-Za-z][A-Za-z’'-]*){2,}")
BOOKS = ("django_", "records_", "sqlite_", "axes_")  # tables that repeat what others hold
VISIBLE = """() => {
  const said = [], elsewhere = 'script, style, template, code, pre, datalist, [lang]:not(html)';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(elsewhere) && !parent.closest('noscript')) said.push(walker.currentNode.textContent);
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest(elsewhere)) said.push(element.getAttribute(name));
  return said.map((text) => text.trim().replace(/\\s+/g, ' ')).filter(Boolean);
}"""


def stored(database: Path) -> str:
    """All texts that people have put in; what has a translation beside it is left out."""
    texts: set[str] = set()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table.startswith(BOOKS):
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            for column in columns:
                if f"{column}_en" in columns or column.endswith("_en"):
                    continue
                rows = connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')
                texts |= {text for (text,) in rows if isinstance(text, str)}
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), "\n".join(texts))


def strange(page: Page, language: str, data: str) -> list[str]:
    """Texts of a page in the other language that are nobody's data."""
    pattern = CHINESE if language.startswith("en") else ENGLISH
    return [
        text for text in page.evaluate(VISIBLE) if any(words not in data for words in pattern.findall(text))
    ]
