"""`model/unlikely`, `model/head` and `model/body`: what the line model says of lines."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.mark import Mark, Marks
from cleaner.page import Page

UNLIKELY, HEAD, OF_BODY = "model/unlikely", "model/head", "model/body"

FEW = 10
"""Fewest unlikely lines that are furniture; fewer may be a box or credits of the article."""

ARTICLE = 70
"""Fewest lines that rules leave of a page's dump for the model to judge unless only the body is
wanted: what stands near the body stays anyway, see `cleaner.model.judge.MARGIN`."""

FEWEST = 8
"""Fewest lines that rules leave for the model to judge at all; fewer have no shape to go by."""

SURELY = 0.1
"""Share of the threshold that counts where the head is wanted too: such a line must be unlikely
to be anything of the article, for nobody asked for the barest text. With .25 twice as much of
the gold of shops and lists is lost (.018 of their words)."""


def unlikely(page: Page, marks: Marks, body_only: bool = False) -> Iterable[Mark]:
    """Mark the lines that stand after all rules and that the model gives less than the threshold.

    A dump of which the rules leave few lines is an article's, and all of it stays; where only the
    body is wanted, what is as short as a pasted note does.
    """
    least = FEWEST if body_only else ARTICLE
    if not page.threshold or len(marks.standing) < least:
        return ()
    from cleaner.model.judge import judge  # imports numpy, which takes longer than all else here

    return judge(page, marks, body_only)
