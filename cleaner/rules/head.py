"""The head of an article: kicker, headline, section, date and byline. Kept unless unwanted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page
from cleaner.rules.picture import picture_lines
from cleaner.rules.runs import LABEL, run_lines
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
    first, paragraphs = marks.prose[0], marks.prose[:HEAD_PARAGRAPHS]
    pictures, runs = marks.once(picture_lines), marks.once(run_lines)
    headline = None
    above = [n for n in _above(marks, first) if n not in pictures][-HEAD_LINES:]
    for number in reversed(above):
        rule = _kind(page, number) or "head/headline"
        if rule == "head/headline" and number in runs:
            if len(page.texts[number]) <= LABEL and number + 1 != headline:
                continue
        if rule == "head/headline" and len(page.texts[number]) > LABEL:
            headline = number
        yield _keep(number, rule, "above the first paragraph")
    standing = marks.standing
    between = standing[bisect_right(standing, first) : bisect_left(standing, paragraphs[-1])]
    for number in between[:BELOW_STANDFIRST]:
        if number not in pictures:
            below = _kind(page, number)
            if below:
                yield _keep(number, below, "near the standfirst")


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
