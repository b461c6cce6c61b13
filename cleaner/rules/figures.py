"""Boxes of figures that belong to an article though a form or links part them from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.headed import SIBLINGS, headed_blocks, is_article

ROWS = 2
"""Fewest rows of figures in such boxes."""

ROW_SHARE = 0.3
"""Least share of their lines that are such rows."""

ROW = 120
"""Longest row, in characters."""

NAME_WORDS = 3
"""Most words before a row's colon."""

VALUE_WORDS = 4
"""Most words after it, where none is a number; the headline of a teaser has more."""

LISTED = 3
"""Fewest commas of a row that lists names."""

_SOFT = frozenset({"ads", "promo", "newsletter", "paywall", "share"})
_HARD = ("comments", "footer", "sign-in", "consent", "nav")
_SCORE = pattern(r"\w \d+ \([^)]+\d\)")
_LINK = pattern(r"https?:|www\.|@")


def is_row(text: str) -> bool:
    """Tell whether a line is a row of figures: a name and its value, a list, a score.

    >>> is_row("Eintritt: 3 Euro"), is_row("Bücherei: Der Rat stimmt heute über das Café ab")
    (True, False)
    """
    if _LINK.search(text):
        return False
    name, colon, value = text.replace("：", ": ").partition(": ")
    if colon and 0 < len(name.split()) <= NAME_WORDS and value.strip():
        return len(value.split()) <= VALUE_WORDS or value.count(",") >= LISTED
    return text.count(",") >= LISTED or _SCORE.search(text) is not None


def figures(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep boxes of rows below the last paragraph, above comments, menus and the foot."""
    if not marks.prose or not is_article(page):
        return
    last = marks.prose[-1]
    hard = min((n for g in _HARD for n in marks.groups.get(g, ()) if n > last), default=None)
    if hard is None or hard <= min((n for n in marks.dropped if n > last), default=hard):
        return
    boxes: list[range] = []
    headed, named = marks.once(headed_blocks), sorted(n for n in marks.dropped if last < n < hard)
    starts = {block.start for block in headed}
    alike = sum(block.start < named[0] for block in headed) >= SIBLINGS
    for block in page.blocks[bisect_right(page.blocks, last, key=lambda b: b.start) :]:
        if block.start >= hard:
            break
        if marks.dropped.keys().isdisjoint(block):
            boxes.append(block)
        else:
            yield from _kept(page, boxes)
            boxes = []
        above = named[bisect_right(named, block.start) - 1] if named[0] < block.start else hard
        soft = above < hard and marks.dropped[above].group in _SOFT
        if alike and soft and block.start in starts:
            because = "headed as the blocks of the article are"
            yield Mark(block.start, block.stop, "body/figures", because, Verdict.KEEP)
    yield from _kept(page, boxes)


def _kept(page: Page, boxes: list[range]) -> Iterator[Mark]:
    """Keep boxes that nothing parts, if enough of their lines are rows."""
    found = [n for box in boxes for n in box]
    rows = sum(is_row(page.texts[n]) for n in found if len(page.texts[n]) <= ROW)
    if rows >= ROWS and rows >= ROW_SHARE * len(found):
        because = f"{rows} of {len(found)} lines are rows of figures"
        for box in boxes:
            yield Mark(box.start, box.stop, "body/figures", because, Verdict.KEEP)
