"""What the line model says: `model/unlikely`, of the head `model/head`, of the body `model/body`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page

UNLIKELY, HEAD, OF_BODY = "model/unlikely", "model/head", "model/body"

FEW = 30
"""Fewest unlikely lines that rules leave on the dump of a whole page; on an article's they leave
up to 24, most of them boxes and credits that belong to it (live tickers, press contacts)."""

FEWEST = 8
"""Fewest lines that rules leave for the model to judge at all; fewer have no shape to go by."""


def unlikely(page: Page, marks: Marks, body_only: bool = False) -> Iterable[Mark]:
    """Mark the lines that stand after all rules and that the model gives less than the threshold.

    A dump of which the rules leave few lines is an article's, and all of it stays; where only the
    body is wanted, what is as short as a pasted note does.
    """
    least, asked = (FEWEST, marks.standing) if body_only else (FEW, _outside(marks))
    if not page.threshold or len(asked) < least:
        return ()
    from cleaner.model.judge import judge  # imports numpy, which takes longer than all else here

    return judge(page, marks, body_only)


def _outside(marks: Marks) -> list[int]:
    """Return the lines above the first paragraph and below the last; no other can go."""
    standing, prose = marks.standing, marks.prose
    if not prose:
        return standing
    below = bisect_right(standing, prose[-1])
    return standing[: bisect_left(standing, prose[0])] + standing[below:]
