"""What stays of an HTML page, as Markdown: headings, lists, links, tables, quotes and code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin

from cleaner.html_tags import Attributes
from cleaner.html_walk import Walk, collapse, tabbed
from cleaner.mark import Cleaned
from cleaner.markup import Markup

_SPECIAL = re.compile(r"([\\`*_\[\]])")
_LEADING = re.compile(r"\A(?:(\d+)(?=[.)] )|(?=#{1,6} |[-+] |>|[-=]+\Z))")
_FENCES = re.compile("`{3,}")
_BLANK_EDGES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_CODE_BLOCKS = ("pre", "listing", "xmp")
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
    longest = max(map(len, _FENCES.findall(cleaned.page.source)), default=0)
    writer = _Writer(markup, "`" * max(3, longest + 1))
    for line in cleaned.kept:
        writer.write(line.number, line.text)
    return writer.text()


def _escaped(marked: str) -> str:
    r"""Take its meaning from what would begin a heading, a list, a quote or a rule.

    >>> print(_escaped("1. FC Kaiserslautern"), _escaped("- 3 °C"))
    1\. FC Kaiserslautern \- 3 °C
    """
    return _LEADING.sub(r"\1\\", marked)


class _Writer:
    """Writes lines one by one, each after what its kind wants before it."""

    def __init__(self, markup: Markup, fence: str) -> None:
        self.markup = markup
        self.fence = fence  # around code, longer than any in it
        self.tags = markup.blocks.tags
        self.out: list[str] = []
        self.last: tuple[str, int] = ("", -1)  # kind of the last line, and the block it is of
        self.quote = -1  # the block quote that the last line is in
        self.ends = ""  # what ends the code that is being written
        self.signs: dict[int, str] = {}  # of list items: what their first line began with
        self.counts: Counter[int] = Counter()  # items of each list
        self.cards: set[int] = set()  # list items that begin with a heading or another list
        self.number = 0  # of the last line

    def write(self, number: int, text: str) -> None:
        """Write one line."""
        markup, tags = self.markup, self.tags
        assert markup.marked is not None
        marked = markup.marked[number]
        around = list(markup.around(markup.rows[number]))
        named = {tags[row]: row for row in reversed(around)}  # the innermost of each tag
        pre = next((named[tag] for tag in _CODE_BLOCKS if tag in named), None)
        heading = next((tags[row] for row in around if re.fullmatch("h[1-6]", tags[row])), None)
        items = [row for row in around if tags[row] == "li"]
        self.cards.update(row for row in items[0 if heading else 1 :] if row not in self.signs)
        listed = any(row not in self.cards for row in items)
        lead, rest = self._leads(around)
        if pre is not None:
            self._code(number, pre, lead, rest, text)
        elif heading:
            self._put("heading", number, f"{lead}{'#' * int(heading[1])} {marked}", rest)
        elif "tr" in named and "\t" in text:
            self._row(named.get("table", 0), lead, rest, marked)
        elif listed:
            if lead == rest and self.number < number - 1:
                self.last = ("", -1)  # another paragraph of the same item
            outer = next((row for row in reversed(around) if tags[row] in _LISTS), 0)
            self._put("list", outer, lead + _escaped(marked), rest)
        else:
            self._put("text", number, lead + _escaped(marked), rest)
        self.number = number

    def _leads(self, around: list[int]) -> tuple[str, str]:
        """Return what the line begins with, and what further lines of its kind begin with."""
        lead = rest = ""
        quote = -1
        for at, row in reversed(list(enumerate(around))):
            if self.tags[row] == "blockquote":
                lead, rest, quote = f"{lead}> ", f"{rest}> ", row
            elif self.tags[row] == "li" and row not in self.cards:
                new = row not in self.signs
                if new:
                    self.signs[row] = self._sign(around[at:])
                blank = " " * len(self.signs[row])
                lead, rest = lead + (self.signs[row] if new else blank), rest + blank
        if self.quote != quote:
            self._part("")
        self.quote = quote
        return lead, rest

    def _sign(self, around: list[int]) -> str:
        """Make the sign of the next item of the innermost list."""
        held = next((row for row in around if self.tags[row] in _LISTS), 0)
        self.counts[held] += 1
        return f"{self.counts[held]}. " if self.tags[held] == "ol" else "- "

    def _code(self, number: int, pre: int, lead: str, rest: str, text: str) -> None:
        if self.last == ("pre", pre):
            self.out += [rest.rstrip()] * (number - self.number - 1)  # blank lines of code
        else:
            self._put("pre", pre, lead + self.fence, rest)
            self.ends = rest + self.fence
        self.out.append(f"{rest}{text}")

    def _row(self, table: int, lead: str, rest: str, marked: str) -> None:
        cells = [cell.replace("|", "\\|") for cell in marked.split("\t")]
        first = self.last != ("table", table)
        self._put("table", table, f"{lead}| {' | '.join(cells)} |", rest)
        if first:
            self.out.append(f"{rest}|{' --- |' * len(cells)}")

    def _put(self, kind: str, block: int, line: str, rest: str) -> None:
        if self.last != (kind, block):
            self._part(rest.rstrip())
        self.last = (kind, block)
        self.out.append(line)

    def _part(self, blank: str) -> None:
        """End what was written; a blank line parts it from what comes."""
        self._end()
        if self.out and self.out[-1].strip("> "):
            self.out.append(blank)
        self.last = ("", -1)

    def _end(self) -> None:
        if self.ends:
            self.out.append(self.ends)
            self.ends = ""

    def text(self) -> str:
        """Return all that was written."""
        self._end()
        return "\n".join(self.out)
