"""The walk over a page's elements and text that makes its lines."""

from __future__ import annotations

import re
from itertools import pairwise
from os import PathLike

from turbohtml.saxparse import SaxHandler

from cleaner.html_tags import (
    BLOCKS,
    CELLS,
    GAPS,
    PRE,
    RARE,
    SKIPPED,
    Attributes,
    is_unseen,
    own_evidence,
)
from cleaner.markup import Blocks, Markup
from cleaner.page import Page

_BLANKS = re.compile(r"[ \t\n\r\f]+")


class Walk(SaxHandler):
    """Takes the parser's events and makes lines of them.

    A page has some 4,000 events, half of them blanks and ends of inline elements: what is asked of
    each is most of what reading costs beside the parser.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.rows: list[int] = []
        self.linked: list[int] = []
        self.tags, self.parents, self.names = ["html"], [0], [""]  # of blocks, as all columns here
        self.places, self.begins, self.ends = [0], [0], [0]
        self.row = 0  # the block that we are in
        self.unseen: list[tuple[str, bool]] = []  # open hidden elements, and their like in them
        self.links = 0  # how many links we are in
        self.skipped = 0  # how many elements that show no text we are in
        self.line: list[str] = []
        self.line_linked = 0
        self.gap = False  # whether a blank line is due before the next line
        self.cells: list[list[int]] = []  # for each open table row where its cells begin
        self.caught: list[str] = []  # text of what is read and not shown
        self.title = ""
        self.lang = ""
        self.data: list[str] = []
        self.meta: dict[str, str] = {}
        self.marked: list[str] | None = None

    def start_element(self, tag: str, attrs: Attributes) -> None:
        """Open an element."""
        if self.skipped:
            if tag in SKIPPED:
                self._skip()
            return
        place = BLOCKS.get(tag)
        if place is None:
            if not self._opens(tag, attrs):
                return
            place = 0
        if self.line:
            self.end_line()
        if tag in GAPS:
            self.gap = True
        begin = len(self.texts)
        if tag in CELLS and self.cells:
            self.cells[-1].append(begin)
        elif tag == "tr":
            self.cells.append([])
        named = ""
        if attrs:
            own, named = own_evidence(attrs)
            place |= own
        row = self.row
        self.row = len(self.tags)
        self.tags.append(tag)
        self.parents.append(row)
        self.names.append(named)
        self.places.append(self.places[row] | place)
        self.begins.append(begin)
        self.ends.append(begin)

    def end_element(self, tag: str) -> None:
        """Close an element."""
        if self.skipped:
            if tag in SKIPPED:
                self.skipped -= 1
                self._catch(tag)
            return
        if tag not in BLOCKS:
            if tag == "a":
                self.links -= 1
            if not self.unseen or not self._closes(tag):
                return
        if self.line:
            self.end_line()
        if tag == "tr" and self.cells:
            self._end_row(self.cells.pop())
        if tag in GAPS:
            self.gap = True
        row = self.row
        self.ends[row] = len(self.texts)
        self.row = self.parents[row]

    def characters(self, data: str) -> None:
        """Take text."""
        if self.skipped:
            self.caught.append(data)
        elif self.line or not data.isspace():
            self.line.append(data)
            if self.links:
                self.line_linked += len(data.strip())

    def _opens(self, tag: str, attrs: Attributes) -> bool:
        """Take the start of what is no block by its tag; what is hidden is one all the same."""
        if tag == "a":
            self.links += 1
        elif tag in SKIPPED:
            self._skip()
        elif tag in RARE:
            self._rare(tag, attrs)
        elif attrs and is_unseen(attrs):
            self.unseen.append((tag, True))
            return True
        elif self.unseen and self.unseen[-1][0] == tag:
            self.unseen.append((tag, False))
        return False

    def _closes(self, tag: str) -> bool:
        return self.unseen[-1][0] == tag and self.unseen.pop()[1]

    def _skip(self) -> None:
        self.skipped += 1
        self.caught.clear()

    def end_line(self) -> None:
        """Make a line of the text taken since the last one."""
        if not self.line:
            return
        text, linked = "".join(self.line), self.line_linked
        self.line.clear()
        self.line_linked = 0
        if self.places[self.row] & PRE:
            for line in text.replace("\r", "\n").strip("\n").split("\n"):
                bare = line.rstrip()
                self._put(bare, min(linked, len(bare)))
        else:
            self._put(collapse(text), linked)

    def _put(self, text: str, linked: int) -> None:
        if self.gap and self.texts:
            self.texts.append("")
            self.rows.append(self.rows[-1])
            self.linked.append(0)
        self.gap = False
        self.texts.append(text)
        self.rows.append(self.row)
        self.linked.append(linked)

    def _end_row(self, cells: list[int]) -> None:
        """Make one line of a table row, unless a cell has several: such a table is layout."""
        texts = self.texts
        if not cells or cells[0] == len(texts):
            return
        spans = pairwise([*cells, len(texts)])
        filled = [[n for n in range(begin, end) if texts[n]] for begin, end in spans]
        if all(len(cell) <= 1 for cell in filled):
            self.join(cells[0], [cell[0] if cell else None for cell in filled])

    def join(self, begin: int, cells: list[int | None]) -> None:
        """Make one line of all from `begin` on, tabs between the lines of its cells."""
        texts, linked = self.texts, sum(self.linked[begin:])
        text = tabbed(texts, cells)
        begin += not texts[begin]  # a blank line stays above
        del texts[begin:], self.rows[begin:], self.linked[begin:]
        texts.append(text)
        self.rows.append(self.row)
        self.linked.append(linked)

    def _rare(self, tag: str, attrs: Attributes) -> None:
        if tag == "br":
            self.gap = self.gap or not self.line
            self.end_line()
        elif tag == "hr":
            self.end_line()
            self.gap = True
        elif tag == "html":
            self.lang = dict(attrs).get("lang") or ""
        else:
            named = {name: value or "" for name, value in attrs}
            key = named.get("property") or named.get("name") or named.get("itemprop")
            if key and named.get("content"):
                self.meta.setdefault(key.lower(), named["content"])

    def _catch(self, tag: str) -> None:
        """Keep the text of a title or a JSON-LD script."""
        if tag == "title":
            self.title = self.title or " ".join("".join(self.caught).split())
        elif tag == "script" and self.caught:
            script = "".join(self.caught)
            if "schema.org" in script:
                self.data.append(script)
        self.caught.clear()

    def page(self, url: str | None, lang: str | None, site: str | PathLike[str] | None) -> Page:
        """Make the page of what was taken."""
        self.end_line()
        self.ends[0] = len(self.texts)
        places = (self.places, self.begins, self.ends)
        blocks = Blocks(self.tags, self.parents, self.names, *places)
        head = (self.title, self.meta, tuple(self.data), self.lang)
        markup = Markup(self.rows, self.linked, blocks, *head, url, self.marked)
        return Page(tuple(self.texts), "\n".join(self.texts), lang, site, markup)


def tabbed(texts: list[str], cells: list[int | None]) -> str:
    """Join the lines of a row's cells; an empty cell has none."""
    return "\t".join(["" if n is None else texts[n] for n in cells]).rstrip("\t")


def collapse(text: str) -> str:
    r"""Fold the blanks that browsers fold; others, such as no-break spaces, stay.

    >>> collapse(" a \n b\u00a0 c ")
    'a b\xa0 c'
    """
    text = text.strip(" \t\n\r\f")
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        return _BLANKS.sub(" ", text)
    return text
