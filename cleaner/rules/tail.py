"""What follows the article: teasers below a heading, a comment thread, the end of the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.rules.body import subheads
from cleaner.rules.dates import ends_in_time_ago
from cleaner.rules.runs import LABEL, is_label
from cleaner.rules.vocabulary import openers

BODY = 400
"""Least prose, in characters, before an end marker; boilerpipe asks for 60 words."""

MORE_WORDS = 5
"""Most words of a heading such as “Mehr Handball”."""

TEASERS = 15
"""Most teasers below a heading where the article goes on after them."""

THREAD_SIGNS = 2
"""Fewest comment labels (reply, report, ...) after the heading of a thread."""

THREAD_REACH = 4
"""Most lines between a comment's text and a label of its thread."""

_DIGIT = re.compile(r"\d")
_INLINE = "related/inline"
_REPLY = "comments/reply-buttons"
_END_GROUPS = frozenset({"related", "comments", "promo", "newsletter", "footer", "sign-in"})


def teasers(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the headlines below a heading such as “Mehr zum Thema”."""
    if page.markup is not None:
        return  # there the block says where teasers end; judged by lines, products go with them
    done = 0  # place in `standing`: a line is below the first heading that claims it
    for heading in marks.groups.get("related", ()):
        mark = marks.dropped[heading]
        if mark.rule != _INLINE or mark.because.strip("“:”") == page.key(heading):
            because = f"below “{page.key(heading)}”"
            start, stop = _teasers_below(page, marks, heading)
            for number in marks.standing[max(start, done) : stop]:
                yield Mark(number, number + 1, "related/teasers", because)
            done = max(done, stop)


def _teasers_below(page: Page, marks: Marks, heading: int) -> tuple[int, int]:
    """Find where in `standing` the teasers of a heading begin and end."""
    standing, place = marks.standing, bisect_right(marks.prose, heading)
    start = bisect_right(standing, heading)
    block_end = page.blocks[bisect_right(page.blocks, heading, key=_start) - 1].stop
    in_block = bisect_left(standing, block_end)
    article_goes_on = place < len(marks.prose)
    stop = bisect_left(standing, marks.prose[place]) if article_goes_on else len(standing)
    if in_block > start:
        return start, min(in_block, stop)
    if article_goes_on and stop - start > TEASERS:
        return start, start
    # The line that heads the paragraph after the teasers stays; a lone line is a teaser.
    subhead = article_goes_on and stop - start > 1
    if subhead and not page.texts[standing[stop - 1] - 1].strip():
        stop -= 1
    return start, stop


def _start(block: range) -> int:
    return block.start


def thread_start(page: Page, marks: Marks) -> int | None:
    """Find the line that opens a comment thread below the article, if there is one.

    What opens it must have more prose above than below, else the page is a forum.
    """
    signs, prose = marks.once(_signs), marks.prose
    if len(signs) <= THREAD_SIGNS or not prose:
        return None
    sizes = list(accumulate((len(page.texts[n]) for n in prose), initial=0))
    half = bisect_right(sizes, sizes[-1] / 2) - 1
    far = _last_far(prose, signs, marks.standing)
    button = _first_button(marks)
    for opener in signs[:-THREAD_SIGNS]:
        place = bisect_left(prose, opener)
        if place > half and place > far and _opens(marks, opener, button):
            below = prose[place:]
            if not below or signs[-1] > below[0]:
                return opener
    return None


def _last_far(prose: list[int], signs: list[int], standing: list[int]) -> int:
    """Find the last paragraph with no sign within `THREAD_REACH` lines: its place in `prose`."""
    at_sign = [bisect_left(standing, sign) for sign in signs]
    for place in range(len(prose) - 1, -1, -1):
        at = bisect_left(standing, prose[place])
        after = bisect_left(signs, prose[place])
        near = at_sign[max(0, after - 1) : after + 1]
        if all(abs(other - at) > THREAD_REACH for other in near):
            return place
    return -1


def _first_button(marks: Marks) -> int | None:
    return next((n for n in marks.groups["comments"] if marks.dropped[n].rule == _REPLY), None)


def _opens(marks: Marks, number: int, button: int | None) -> bool:
    """Tell whether a line can open a thread: no paragraph above it follows a button to reply."""
    mark = marks.dropped.get(number)
    if mark is None or mark.rule == _REPLY:
        return False
    return button is None or bisect_left(marks.prose, button) >= bisect_left(marks.prose, number)


def _signs(page: Page, marks: Marks) -> list[int]:
    """Collect labels of comments and, below the first of them, lines that end in a time ago."""
    if "comments" not in marks.groups:
        return []
    kept = {mark.start for mark in marks.once(subheads)}
    labels = [n for n in marks.groups["comments"] if n not in kept]
    if not labels:
        return []
    texts = page.texts
    later = marks.standing[bisect_right(marks.standing, labels[0]) :]
    dated = [n for n in later if len(texts[n]) <= LABEL and _DIGIT.search(texts[n])]
    return sorted([*labels, *(n for n in dated if ends_in_time_ago(page.key(n)))])


def subhead(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep subheads that read like labels, but none in a thread, whose paragraphs go."""
    start = marks.once(thread_start)
    for mark in marks.once(subheads):
        if start is None or mark.start < start:
            yield mark


def thread(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the readers' comments from the heading of a thread to its end."""
    start = marks.once(thread_start)
    if start is None:
        return
    last = max(marks.once(_signs)[-1], *(n for n in marks.prose if n > start), start)
    because = f"in the thread below “{page.key(start)}”"
    for number in marks.standing[bisect_right(marks.standing, start) :]:
        if number <= last:
            yield Mark(number, number + 1, "comments/thread-text", because)


def tail(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what follows an end marker when no paragraph of the article comes after it."""
    yield from marks.once(tail_marks)


def tail_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find what follows an end marker when no paragraph of the article comes after it."""
    start = marks.once(thread_start)
    body = [n for n in marks.prose if start is None or n < start]
    if sum(len(page.texts[n]) for n in body) < BODY:
        return []
    ends = [n for group in _END_GROUPS for n in marks.groups.get(group, ()) if n > body[-1]]
    more = _more_heading(page, marks, body[-1])
    if more is not None:
        ends.append(more)
    if not ends:
        return []
    end = min(ends)
    because = f"after “{page.key(end)}”, no paragraph follows"
    after = marks.standing[bisect_left(marks.standing, end) :]
    prose = marks.prose_set if start is not None else ()
    return [Mark(n, n + 1, "footer/tail", because) for n in after if n not in prose]


def _more_heading(page: Page, marks: Marks, last: int) -> int | None:
    """Find a heading such as “Mehr Handball” over other lines below the last paragraph."""
    below = marks.standing[bisect_right(marks.standing, last) : -1]
    for number in below:
        text = page.texts[number]
        if text.count(" ") < MORE_WORDS and is_label(text) and _more().match(text.casefold()):
            return number
    return None


@cache
def _more() -> re.Pattern[str]:
    return re.compile(rf"(?:{openers('more').pattern}) ")
