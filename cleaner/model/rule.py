"""`model/unlikely` and, of the head, `model/head`: what the line model does not hold for body."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page

UNLIKELY, HEAD = "model/unlikely", "model/head"

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
    if not page.threshold or len(marks.standing) < (FEWEST if body_only else FEW):
        return ()
    from cleaner.model.judge import judge  # imports numpy, which takes longer than all else here

    return judge(page, marks, body_only)
