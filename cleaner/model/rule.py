"""`model/unlikely` and `model/apart`: what the line model does not hold for the article."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page

UNLIKELY, APART = "model/unlikely", "model/apart"


def unlikely(page: Page, marks: Marks, body_only: bool = False) -> Iterable[Mark]:
    """Mark the lines that stand after all rules and that the model gives less than the threshold.

    A dump of which the rules leave little that is unlikely is an article, and the rest of it stays.
    """
    from cleaner.model.judge import judge  # imports numpy, which takes longer than all else here

    return judge(page, marks, body_only)
