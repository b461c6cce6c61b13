"""Where the body of an article begins, for the rules on what stands above it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from cleaner.mark import Marks
from cleaner.page import Page
from cleaner.traits import DROPPED, FILLED, SECTION, lines

FIRST_GAP = 12
"""Most standing lines between the first two paragraphs; a cookie notice on top has a menu below."""

KNOWN_SHARE = 0.2
"""Least share of the lines of such a gap that are named or sections; lists have less."""


def body_start(_: Page, marks: Marks) -> int:
    """Find the first paragraph that has another one near; 0 where a page has none.

    A lone sentence above a menu, such as a cookie notice that no phrase knows, begins no body.
    """
    prose, standing = marks.prose, marks.standing
    for first, second in pairwise(prose):
        if bisect_left(standing, second) - bisect_left(standing, first) <= FIRST_GAP:
            return first
        gap = marks.traits[first + 1 : second]
        known = sum(1 for _ in lines(gap, DROPPED | SECTION))
        if known < KNOWN_SHARE * sum(1 for _ in lines(gap, FILLED)):
            return first
    return prose[0] if prose else 0
