"""What follows the article: a comment thread, the end of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.dates import ends_in_time_ago, has_date
from cleaner.rules.labels import is_label
from cleaner.rules.vocabulary import opener

BODY = 400
"""Least prose, in characters, before an end marker; boilerpipe asks for 60 words."""

MORE_WORDS = 5
"""Most words of a heading such as “Mehr Handball”."""

THREAD_SIGNS = 2
"""Fewest comment labels (reply, report, ...) after the heading of a thread."""

THREAD_REACH = 4
"""Most lines between a comment's text and a label of its thread."""

FIRST_DATE = 4
"""Lines below the count of comments among which the date of the first one stands."""

SPEECH_AFTER = 40
"""Fewest ideographs of a paragraph that holds a full stop and ends in speech."""

_CLOCK = pattern(r"\d{1,2}[:.]\d\d(?!\.?\d)")
_RATING = "comments/rating"
_REPLY = "comments/reply-buttons"
_NO_OPENING = frozenset({_REPLY, "comments/contact"})
_AGENCY = "footer/agency-notice"  # notes on the article may follow it
_END_GROUPS = frozenset({"related", "comments", "promo", "newsletter", "footer", "sign-in"})


def thread_start(page: Page, marks: Marks) -> int | None:
    """Find the line that opens a comment thread below the article, if there is one.

    What opens it must have more prose above than below, or count the comments that a first one
    follows at once; else the page is a forum.
    """
    signs, prose = marks.once(_signs), marks.prose
    if len(signs) <= THREAD_SIGNS or not prose:
        return None
    sizes = list(accumulate((len(page.texts[n]) for n in prose), initial=0))
    half = bisect_right(sizes, sizes[-1] / 2) - 1
    far = _last_far(prose, signs, marks.standing)
    button = _first_button(marks)
    for opening in signs[:-THREAD_SIGNS]:
        place = bisect_left(prose, opening)
        counted = sizes[place] >= BODY and _counts(page, marks, opening)
        if (counted or (place > half and place > far)) and _opens(marks, opening, button):
            below = prose[place:]
            if not below or signs[-1] > below[0]:
                return opening
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
    if mark is None or mark.rule in _NO_OPENING:
        return False
    return button is None or bisect_left(marks.prose, button) >= bisect_left(marks.prose, number)


def _counts(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line says how many comments there are and one of them follows, dated."""
    mark = marks.dropped.get(number)
    if mark is None or "{n}" not in mark.because:
        return False
    at = bisect_right(marks.standing, number)
    dated = page.having(tells_time_ago)
    return any(below in dated for below in marks.standing[at : at + FIRST_DATE])


def _signs(page: Page, marks: Marks) -> list[int]:
    """Collect labels of comments and, below the first of them, lines that end in a time ago."""
    if "comments" not in marks.groups:
        return []
    labels = [
        n
        for n in marks.groups["comments"]
        if marks.dropped[n].rule != _RATING  # articles and products are rated too
    ]
    if not labels:
        return []
    dated = [n for n in page.having(tells_time_ago) if n > labels[0] and n not in marks.dropped]
    return sorted([*labels, *dated])


def tells_time_ago(text: str) -> bool:
    """Tell whether a label says when a reader's comment was written.

    >>> tells_time_ago("gartenzwerg77 vor 3 Stunden"), tells_time_ago("5. Mai 2024 um 10:17 Uhr")
    (True, True)
    """
    key = make_key(text)
    return ends_in_time_ago(key) or (_CLOCK.search(key) is not None and has_date(key))


def thread(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the readers' comments from the heading of a thread to its end."""
    start = marks.once(thread_start)
    if start is None:
        return
    last = max(marks.once(_signs)[-1], *(n for n in marks.prose if n > start), start)
    because = f"in the thread below “{page.key(start)}”"
    if last > start:
        yield Mark(start + 1, last + 1, "comments/thread-text", because)


def tail(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what follows an end marker when no paragraph of the article comes after it."""
    yield from marks.once(tail_marks)


def tail_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find what follows an end marker when no paragraph of the article comes after it."""
    start = marks.once(thread_start)
    body = [n for n in marks.prose if start is None or n < start]
    if sum(len(page.texts[n]) for n in body) < BODY:
        return []
    last = _last_in_speech(page, marks, body[-1], start)
    ends = [n for group in _END_GROUPS for n in marks.groups.get(group, ()) if n > last]
    ends = [n for n in ends if marks.dropped[n].rule != _AGENCY]
    ends += [n for n in marks.groups.get("nav", ()) if n > last and _heads_tags(marks, n)]
    more = _more_heading(page, marks, last)
    if more is not None:
        ends.append(more)
    if not ends:
        return []
    end = min(ends)
    because = f"after “{page.key(end)}”, no paragraph follows"
    after = marks.standing[bisect_left(marks.standing, end) :]
    if start is None:
        return [Mark(end, after[-1] + 1, "footer/tail", because)] if after else []
    return [Mark(n, n + 1, "footer/tail", because) for n in after if n not in marks.prose_set]


def _last_in_speech(page: Page, marks: Marks, last: int, thread: int | None) -> int:
    """Find a paragraph below the last one that ends as no sentence does: “…。「…」”."""
    if "」" not in page.source:
        return last
    below = marks.standing[bisect_right(marks.standing, last) :]
    for number in reversed(below):
        text = page.texts[number].rstrip()
        if text.endswith("」") and "。" in text and len(text) >= SPEECH_AFTER:
            return number if thread is None or number < thread else last
    return last


def _heads_tags(marks: Marks, number: int) -> bool:
    return marks.dropped[number].rule == "nav/tags"


def _more_heading(page: Page, marks: Marks, last: int) -> int | None:
    """Find a heading such as “Mehr Handball” over other lines below the last paragraph."""
    dropped, lowest = marks.dropped, marks.standing[-1]
    headings = page.having(announces_more)
    return next((n for n in sorted(headings) if last < n < lowest and n not in dropped), None)


def announces_more(text: str) -> bool:
    """Tell whether a line could head teasers: “Mehr Handball”."""
    if not 0 < text.count(" ") < MORE_WORDS:
        return False
    key = text.casefold()
    more = opener("more", key)
    return more is not None and key.startswith(" ", len(more)) and is_label(text)
