"""`model/unlikely` and `model/apart`: what the line model does not hold for the article."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page

UNLIKELY, APART = "model/unlikely", "model/apart"


def unlikely(page: Page, marks: Marks) -> Iterable[Mark]:
    """Mark the standing lines that the model gives less than the page's threshold."""
    if not marks.dropped:  # nothing named, nothing judged: the pipeline would hear none of it
        return ()
    from cleaner.model.judge import judge  # imports numpy, which takes longer than all else here

    return judge(page, marks)
