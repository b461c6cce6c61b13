"""What protects the article: lines that a phrase or a run takes for furniture and that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page

_WORD = re.compile(r"\w+")


def subhead(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep a one-word line between paragraphs whose word the paragraph below uses.

    “Kommentare” over a paragraph about comments is a subhead, whatever the phrase tables say.
    """
    prose = marks.prose_set
    for number in marks.dropped:
        key = page.key(number)
        if " " in key or not key.isalpha():
            continue
        above, below = _neighbour(page, number, -1), _neighbour(page, number, 1)
        if above in prose and below in prose and below is not None:
            if key in _WORD.findall(page.texts[below].casefold()):
                because = f"heads the paragraph below, which speaks of “{key}”"
                yield Mark(number, number + 1, "body/subhead", because, Verdict.KEEP)


def _neighbour(page: Page, number: int, step: int) -> int | None:
    number += step
    while 0 <= number < len(page.texts):
        if page.texts[number].strip():
            return number
        number += step
    return None
