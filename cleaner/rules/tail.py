"""What follows the article: teasers below a heading, a comment thread, the end of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.mark import Mark, Marks
from cleaner.page import PARAGRAPH, Page

BODY = 400
"""Least prose, in characters, before an end marker; boilerpipe asks for 60 words."""

TEASERS = 15
"""Most teasers below a heading where the article goes on after them."""

THREAD_SIGNS = 2
"""Fewest comment labels (reply, report, ...) after the heading of a thread."""

THREAD_REACH = 4
"""Most lines between a comment's text and a label of its thread."""

_END_GROUPS = frozenset({"related", "comments", "promo", "newsletter", "footer", "sign-in"})


def teasers(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the headlines below a heading such as “Mehr zum Thema”."""
    for heading in marks.groups.get("related", ()):
        if marks.dropped[heading].because.strip("“:”") == page.key(heading):
            because = f"below “{page.key(heading)}”"
            for number in _teasers_below(page, marks, heading):
                yield Mark(number, number + 1, "related/teasers", because)


def _teasers_below(page: Page, marks: Marks, heading: int) -> list[int]:
    standing, place = marks.standing, bisect_right(marks.prose, heading)
    start = bisect_right(standing, heading)
    if place == len(marks.prose):
        return standing[start:]
    paragraph = marks.prose[place]
    below = standing[start : bisect_left(standing, paragraph)]
    return _without_subhead(page, below)


def _without_subhead(page: Page, below: list[int]) -> list[int]:
    """Leave the line that heads the paragraph after the teasers; a lone line is a teaser."""
    if len(below) > TEASERS:
        return []
    if len(below) > 1 and not page.texts[below[-1] - 1].strip():
        return below[:-1]
    return below


def thread_start(page: Page, marks: Marks) -> int | None:
    """Find the line that opens a comment thread below the article, if there is one.

    What opens it must have more prose above than below, else the page is a forum.
    """
    signs = marks.groups.get("comments", [])
    if len(signs) <= THREAD_SIGNS:
        return None
    sizes = {n: len(page.texts[n]) for n in marks.prose}
    for place, opener in enumerate(signs[:-THREAD_SIGNS]):
        above = sum(size for n, size in sizes.items() if n < opener)
        below = [n for n in sizes if n > opener]
        if (
            len(page.texts[opener]) < PARAGRAPH
            and above > sum(sizes[n] for n in below)
            and all(_near(n, signs[place + 1 :], page) for n in below)
        ):
            return opener
    return None


def _near(number: int, signs: list[int], page: Page) -> bool:
    return any(
        abs(sign - number) <= 2 * THREAD_REACH
        and sum(1 for n in range(min(sign, number), max(sign, number)) if page.texts[n].strip())
        <= THREAD_REACH
        for sign in signs
    )


def thread(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the readers' comments between the heading of a thread and its last label."""
    start = marks.once(thread_start)
    if start is None:
        return
    last = marks.groups["comments"][-1]
    because = f"in the thread below “{page.key(start)}”"
    for number in marks.standing:
        if start < number < last:
            yield Mark(number, number + 1, "comments/thread", because)


def tail(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what follows an end marker when no paragraph of the article comes after it."""
    start = marks.once(thread_start)
    body = [n for n in marks.prose if start is None or n < start]
    if sum(len(page.texts[n]) for n in body) < BODY:
        return
    ends = [n for group in _END_GROUPS for n in marks.groups.get(group, ()) if n > body[-1]]
    if not ends:
        return
    end = min(ends)
    because = f"after “{page.key(end)}”, no paragraph follows"
    for number in marks.standing[bisect_right(marks.standing, end) :]:
        if start is None or number not in marks.prose_set:
            yield Mark(number, number + 1, "footer/tail", because)
