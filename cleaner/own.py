"""What pass one names of the article's own words is taken back before pass two builds on it.

What tells it must stay itself: else a second run would drop what the first kept.
"""

from __future__ import annotations

from collections.abc import Callable

from cleaner.mark import Cleaned, Mark, Marks
from cleaner.page import Page
from cleaner.rules.after import subhead
from cleaner.rules.listed import introduced, listed

OWN = (subhead, listed, introduced)
"""The rules that take marks back."""

Looked = Callable[[Page], tuple[Marks, list[Mark]]]
"""Says of a page what pass one marks, and what takes some of it back."""


def lasting(own: list[Mark], first: Marks, settled: Marks, look: Looked) -> list[Mark]:
    """Leave out the marks that would not be made again on the text that is left.

    Args:
        own: what takes marks of pass one back.
        first: these marks.
        settled: what becomes of the page with both.
        look: says what both are on another page.
    """
    page = first.page
    if page.markup is not None:  # what is left of HTML is none, so nobody reads it again
        return own
    text = Cleaned(page, settled).text
    left = page._replace(texts=tuple(text.split("\n")), source=text)
    places = dict(zip(settled.standing, left.filled, strict=False))
    named, again = look(left)
    kept = {n for mark in again for n in range(mark.start, mark.stop)}
    return [
        mark
        for mark in own
        if all(
            places[n] in kept or places[n] not in named.dropped
            for n in range(mark.start, mark.stop)
            if n in places and n in first.dropped
        )
    ]
