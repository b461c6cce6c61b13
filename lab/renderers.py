"""HTML -> plain text in the usual ways, since nobody says how a dump was made.

Texts are kept in a cache outside the repository: rendering 1,630 pages in every way takes minutes.
"""

from __future__ import annotations

import lzma
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from lab.render_players import chromium

GIVEN = "html-text"
"""The renderer that the corpora's own dumps were made with."""

BROWSER = "browser"

BROWSER_EVERY = 4
"""One page in so many is opened in a browser, which takes a second."""

_LOAD_MS = 20_000


def inscriptis(html: str) -> str:
    """Render with inscriptis, which lays tables and lists out."""
    text: str = import_module("inscriptis").get_text(html)
    return text


def resiliparse(html: str) -> str:
    """Render with resiliparse, all of the page."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    text: str = extract(html, main_content=False)
    return text


def resiliparse_main(html: str) -> str:
    """Render with resiliparse what it holds for the main content."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    text: str = extract(html, main_content=True)
    return text


def soup_lines(html: str) -> str:
    """Render with BeautifulSoup, a line for each text node: every link breaks its paragraph."""
    text: str = import_module("bs4").BeautifulSoup(html, "lxml").get_text("\n", strip=True)
    return text


def soup_bare(html: str) -> str:
    """Render with BeautifulSoup's bare `get_text`, whose lines are those of the HTML source."""
    text: str = import_module("bs4").BeautifulSoup(html, "lxml").get_text()
    return text


RENDERERS: Mapping[str, Callable[[str], str]] = {
    "inscriptis": inscriptis,
    "resiliparse": resiliparse,
    "resiliparse-main": resiliparse_main,
    "soup-lines": soup_lines,
    "soup-bare": soup_bare,
}


def _in_browser(pages: Sequence[str]) -> Iterator[str]:
    """Yield what a browser shows of each page, no script run and nothing loaded."""
    with chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        context.route("**/*", lambda route: route.abort())
        for html in pages:
            page = context.new_page()
            try:
                page.set_content(html, wait_until="domcontentloaded", timeout=_LOAD_MS)
                yield page.inner_text("body", timeout=_LOAD_MS)
            except Exception as error:
                print(f"left out: {error!r:.80}", file=sys.stderr)
                yield ""
            page.close()


def rendered(rows: Sequence[Mapping[str, Any]], cache: Path) -> dict[tuple[str, str], str]:
    """Render every row's HTML in every way; (id, renderer) -> text, read from `cache` if there."""
    if cache.is_file():
        with lzma.open(cache) as file:
            found: dict[tuple[str, str], str] = pickle.load(file)
        return found
    texts = {(row["id"], GIVEN): row["dump"] for row in rows}
    texts |= {(row["id"], f"{GIVEN}-main"): row["dump_main"] for row in rows if row["dump_main"]}
    for name, render in RENDERERS.items():
        print("rendering with", name, file=sys.stderr)
        for row in rows:
            try:
                texts[row["id"], name] = render(row["html"])
            except Exception as error:
                print(f"{row['id']}: {name} fails: {error!r:.80}", file=sys.stderr)
    part = rows[::BROWSER_EVERY]
    shown = _in_browser([row["html"] for row in part])
    texts |= {(row["id"], BROWSER): text for row, text in zip(part, shown, strict=True) if text}
    cache.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(cache, "wb", preset=1) as file:
        pickle.dump(texts, file)
    return texts
