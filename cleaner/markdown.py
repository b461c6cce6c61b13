"""What stays of an HTML page, as Markdown: headings, lists, links, tables, quotes and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin

from cleaner.html_tags import Attributes
from cleaner.html_walk import Walk, collapse, tabbed
from cleaner.mark import Cleaned
from cleaner.markup import Markup

_SPECIAL = re.compile(r"([\\`*_\[\]])")
_LEADING = re.compile(r"(#{1,6}(?= )|[-+>](?= )|=+$|\d+[.)](?= ))")
_BLANK_EDGES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))


class _Piece(NamedTuple):
    text: str
    href: str | None
    code: bool


class MarkedWalk(Walk):
    """Makes the same lines as `Walk`, and each once more as Markdown."""

    def __init__(self, url: str | None) -> None:
        super().__init__()
        self.url = url
        self.marked: list[str] = []  # beside `texts`
        self.pieces: list[_Piece] = []
        self.hrefs: list[str | None] = []
        self.codes = 0

    def start_element(self, tag: str, attrs: Attributes) -> None:
        """Open an element."""
        super().start_element(tag, attrs)
        if not self.skipped:
            if tag == "a":
                self.hrefs.append(dict(attrs).get("href"))
            elif tag in _CODE:
                self.codes += 1

    def end_element(self, tag: str) -> None:
        """Close an element."""
        if not self.skipped:
            if tag == "a":
                self.hrefs.pop()
            elif tag in _CODE:
                self.codes -= 1
        super().end_element(tag)

    def characters(self, data: str) -> None:
        """Take text."""
        super().characters(data)
        if not self.skipped:
            href = self.hrefs[-1] if self.hrefs else None
            self.pieces.append(_Piece(data, href, self.codes > 0))

    def end_line(self) -> None:
        """End the line, and its twin."""
        before = len(self.texts)
        super().end_line()
        pieces, self.pieces = self.pieces, []
        self.marked += self.texts[len(self.marked) :]
        filled = [number for number in range(before, len(self.texts)) if self.texts[number]]
        if len(filled) == 1 and "\n" not in self.texts[filled[0]]:
            self.marked[filled[0]] = collapse("".join(self._rendered(pieces)))

    def join(self, begin: int, cells: list[int | None]) -> None:
        """Join the cells of a row, and their twins."""
        marked = tabbed(self.marked, cells)
        super().join(begin, cells)
        del self.marked[len(self.texts) - 1 :]
        self.marked.append(marked)

    def _rendered(self, pieces: list[_Piece]) -> Iterator[str]:
        for (href, code), run in groupby(pieces, key=lambda piece: (piece.href, piece.code)):
            whole = "".join(piece.text for piece in run)
            begin, text, end = _BLANK_EDGES.match(whole).groups()  # type: ignore[union-attr]
            if text:
                text = f"`{text}`" if code and "`" not in text else _SPECIAL.sub(r"\\\1", text)
                if href and not href.startswith("#"):
                    target = urljoin(self.url, href) if self.url else href
                    text = f"[{text}]({target.strip().replace(' ', '%20').replace(')', '%29')})"
            yield f"{begin}{text}{end}"


def to_markdown(cleaned: Cleaned) -> str:
    """Render what stays of a page that was read with ``markdown=True``.

    >>> from cleaner import explain_html
    >>> page = "<h2>Brücken</h2><ul><li>Eine <a href=/alt>alte</a><li><code>x()</code></ul>"
    >>> print(to_markdown(explain_html(page, skip="model", markdown=True)))
    ## Brücken
    <BLANKLINE>
    - Eine [alte](/alt)
    - `x()`
    """
    markup = cleaned.page.markup
    if markup is None or markup.marked is None:
        return cleaned.text
    writer = _Writer(markup)
    for line in cleaned.kept:
        writer.write(line.number, line.text)
    return writer.text()


class _Writer:
    """Writes lines one by one, each after what its kind wants before it."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.out: list[str] = []
        self.last: tuple[str, int] = ("", -1)  # kind of the last line, and the block it is of
        self.items: set[int] = set()
        self.number = 0  # of the last line

    def write(self, number: int, text: str) -> None:
        """Write one line."""
        self._write(number, text)
        self.number = number

    def _write(self, number: int, text: str) -> None:
        markup = self.markup
        assert markup.marked is not None
        tags = markup.blocks.tags
        around = list(markup.around(markup.rows[number]))
        named = {tags[row]: row for row in reversed(around)}  # the innermost of each tag
        quote = "> " * sum(tags[row] == "blockquote" for row in around)
        pre = next((named[tag] for tag in ("pre", "listing", "xmp") if tag in named), None)
        heading = next((tags[row] for row in around if re.fullmatch("h[1-6]", tags[row])), None)
        marked = markup.marked[number]
        if pre is not None:
            if self.last == ("pre", pre):
                self.out += [quote.rstrip()] * (number - self.number - 1)  # blank lines of code
            self._put("pre", pre, quote + text)
        elif heading:
            self._put("heading", number, f"{quote}{'#' * int(heading[1])} {marked}")
        elif "tr" in named and "\t" in text:
            self._row(named.get("table", 0), quote, marked)
        elif "li" in named:
            depth = sum(tags[row] in _LISTS for row in around) or 1
            outer = next((row for row in reversed(around) if tags[row] in _LISTS), 0)
            ordered = next((tags[row] for row in around if tags[row] in _LISTS), "ul") == "ol"
            sign = "1. " if ordered else "- "
            if named["li"] in self.items:
                sign = " " * len(sign)
            self.items.add(named["li"])
            self._put("list", outer, f"{quote}{'   ' * (depth - 1)}{sign}{marked}")
        else:
            escaped = f"\\{marked}" if _LEADING.match(marked) else marked
            self._put("text", number, quote + escaped)

    def _row(self, table: int, quote: str, marked: str) -> None:
        cells = [cell.replace("|", "\\|") for cell in marked.split("\t")]
        first = self.last != ("table", table)
        self._put("table", table, f"{quote}| {' | '.join(cells)} |")
        if first:
            self.out.append(f"{quote}|{' --- |' * len(cells)}")

    def _put(self, kind: str, block: int, line: str) -> None:
        if self.last != (kind, block):
            self._end()
            if self.out:
                self.out.append("")
            if kind == "pre":
                self.out.append("```")
        self.last = (kind, block)
        self.out.append(line)

    def _end(self) -> None:
        if self.last[0] == "pre":
            self.out.append("```")

    def text(self) -> str:
        """Return all that was written."""
        self._end()
        self.last = ("", -1)
        return "\n".join(self.out)
