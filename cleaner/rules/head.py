"""The head of an article: kicker, headline, section, date and byline. Kept unless unwanted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page
from cleaner.rules.edges import body_start
from cleaner.rules.picture import picture_lines
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.runs import LABEL, path, run_lines
from cleaner.rules.vocabulary import openers, vocabulary

HEAD_LINES = 8
"""Most lines of a head above the first paragraph."""

HEAD_PARAGRAPHS = 3
"""Date and byline stand above this paragraph; a standfirst may come before them."""

BELOW_STANDFIRST = 12
"""Most lines below the first paragraph among which date and byline are looked for."""

DATE_LINE = 120
"""Longest line, in characters, that a date makes part of the head."""

BYLINE = 80
"""Longest byline, in characters."""

_DAY_MONTH_YEAR = re.compile(r"\b\d{1,2}([./-]) ?\d{1,2}\1 ?\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


def head(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the lines of the head: what stands above the first paragraph, date and byline."""
    if not marks.prose:
        return
    first, apart = marks.once(body_start), marks.once(_apart)
    runs = marks.once(run_lines)
    anchor = None  # a date, a byline or a long line vouches for the label above it
    for number in reversed([n for n in _above(marks, first) if n not in apart][-HEAD_LINES:]):
        rule = _kind(page, number) or "head/headline"
        long = len(page.texts[number]) > LABEL
        if rule != "head/headline" or long:
            anchor = number
        elif number in runs and number + 1 != anchor:
            continue
        yield _keep(number, rule, "above the first paragraph")
    for number in _below_standfirst(marks, first):
        below = None if number in apart else _kind(page, number)
        if below:
            yield _keep(number, below, "near the standfirst")


def _apart(page: Page, marks: Marks) -> frozenset[int]:
    """Collect pictures, repeats and paths, which are no lines of the head wherever they stand."""
    others = (*marks.once(repeat_marks), *path(page, marks))
    return frozenset(marks.once(picture_lines)).union(mark.start for mark in others)


def _below_standfirst(marks: Marks, first: int) -> list[int]:
    standing = marks.standing
    paragraphs = [n for n in marks.prose if n >= first][:HEAD_PARAGRAPHS]
    between = standing[bisect_right(standing, first) : bisect_left(standing, paragraphs[-1])]
    return between[:BELOW_STANDFIRST]


def _above(marks: Marks, first: int) -> list[int]:
    end = bisect_left(marks.standing, first)
    return marks.standing[max(0, end - 2 * HEAD_LINES) : end]


def _keep(number: int, rule: str, because: str) -> Mark:
    return Mark(number, number + 1, rule, because, Verdict.KEEP)


def _kind(page: Page, number: int) -> str | None:
    text = page.texts[number]
    if len(text) > DATE_LINE:
        return None
    key = page.key(number)
    if has_date(key):
        return "head/date"
    if len(text) <= BYLINE and openers("byline").match(key):
        return "head/byline"
    return None


def has_date(key: str) -> bool:
    """Tell whether a folded line holds a full date, or a time ago.

    >>> has_date("aktualisiert am 12. märz 2024"), has_date("im märz 2024 geht es los")
    (True, False)
    """
    if _DAY_MONTH_YEAR.search(key):
        return True
    if _YEAR.search(key) and len(_NUMBER.findall(key)) > 1:
        return not vocabulary("month").isdisjoint(_WORD.findall(key))
    return _NUMBER.sub("{n}", key) in vocabulary("ago")


def ends_in_time_ago(key: str) -> bool:
    """Tell whether a folded line ends in a time told from now, as over a reader's comment.

    >>> ends_in_time_ago("gartenzwerg77 vor 3 stunden"), ends_in_time_ago("vor stunden")
    (True, False)
    """
    words = _NUMBER.sub("{n}", key).split()
    return any(" ".join(words[-size:]) in vocabulary("ago") for size in (2, 3) if "{n}" in words)
