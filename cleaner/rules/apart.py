"""What stands apart from the body, kept unless unwanted: head, captions, picture credits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import STANDS, Page, width
from cleaner.rules.beside import named_beside
from cleaner.rules.boxes import piece_marks
from cleaner.rules.dates import has_date
from cleaner.rules.edges import body_start
from cleaner.rules.forum import post_marks
from cleaner.rules.labels import LABEL
from cleaner.rules.picture import picture_lines
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.runs import IN_FURNITURE, runs_above
from cleaner.rules.signs import path
from cleaner.rules.tail import tail_marks
from cleaner.rules.vocabulary import opener

ABOVE = "head/above"

HEAD_LINES = 12
"""Most lines of a head above the first paragraph."""

VOUCHED = 2
"""Most labels above a date, a byline or a long line that count as kicker and headline."""

HEADLINE_WORDS = 3
"""Fewest words of a short headline amid furniture."""

HEAD_PARAGRAPHS = 3
"""Date and byline stand above this paragraph; a standfirst may come before them."""

DATE_LINE = 120
"""Longest line, in characters, that a date makes part of the head."""

BYLINE = 80
"""Longest byline, in characters."""


def head(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the lines of the head: what stands above the first paragraph, date and byline."""
    if not marks.prose:
        return
    first, apart = marks.once(body_start), marks.once(_apart)
    beside_posts = {mark.start: mark.rule for mark in marks.once(post_marks)}
    runs = marks.once(runs_above) | beside_posts
    headless, above, credit = True, -1, 0  # a sure line of the head vouches for labels above
    for number in reversed([n for n in _above(marks, first) if n not in apart][-HEAD_LINES:]):
        rule = _kind(page, number) or "head/headline"
        if runs.get(number, IN_FURNITURE) != IN_FURNITURE:
            continue
        if rule != "head/headline" or number not in runs or width(page.texts[number]) > LABEL:
            credit = VOUCHED
        else:
            credit -= 1
            if credit < 0 or number + 1 != above:
                continue
        headless, above = headless and rule != "head/headline", number
        yield _keep(number, rule, "above the first paragraph")
    yield from _filed(page, marks, first)
    if headless:
        yield from _short_headline(page, marks, first)
    for number in _below_standfirst(marks, first):
        below = None if number in marks.once(picture_lines) else _kind(page, number)
        if below and number not in beside_posts:
            yield _keep(number, below, "near the standfirst")


def _filed(page: Page, marks: Marks, first: int) -> Iterator[Mark]:
    """Keep the section that an article is filed under, beside its date or byline."""
    for number in marks.groups.get("nav", ()):
        labels_only = " " not in page.texts[number].strip()  # a topic a line stands below
        if number < first and marks.dropped[number].rule == "nav/tags" and not labels_only:
            beside = [n for n in (number - 1, number + 1) if marks.state[n] == STANDS]
            if any(_kind(page, n) for n in beside):
                yield _keep(number, "head/headline", "filed beside date or byline")


def picture(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark lines that end in a picture credit, and lines that are nothing but one."""
    pictures = marks.once(picture_lines)
    tail = marks.once(tail_marks) if pictures else ()
    gone = {number for mark in tail for number in range(mark.start, mark.stop)}
    for number, (described, credit) in pictures.items():
        if number in gone:
            continue  # “© Tageblatt” at the foot of a page
        rule = "caption/credited" if described else "credit/alone"
        yield Mark(number, number + 1, rule, f"ends in the credit “{credit}”", Verdict.KEEP)


def above_body(_: Page, marks: Marks) -> Iterator[Mark]:
    """Mark all that stands above the first paragraph, for whom wants the body only."""
    standing = marks.standing
    for number in standing[: bisect_left(standing, marks.once(body_start))]:
        yield _keep(number, ABOVE, "above the first paragraph")


def _short_headline(page: Page, marks: Marks, first: int) -> Iterator[Mark]:
    """Mark the wordiest label above the body where furniture surrounds it and no line is long."""
    near = [n for n in _above(marks, first) if n not in marks.once(_apart)]
    above = [n for n in near[-HEAD_LINES:] if not _kind(page, n)]
    wordiest = max(above, key=lambda n: len(page.texts[n].split()), default=None)
    if wordiest is not None and len(page.texts[wordiest].split()) >= HEADLINE_WORDS:
        yield _keep(wordiest, "head/headline", "the most words above the first paragraph")


def _apart(page: Page, marks: Marks) -> frozenset[int]:
    """Collect what is no line of the head anywhere: pictures, repeats, paths, counts, players."""
    others = (*marks.once(repeat_marks), *path(page, marks), *marks.once(named_beside))
    starts = (mark.start for mark in (*others, *marks.once(piece_marks)))
    return frozenset(marks.once(picture_lines)).union(starts)


def _below_standfirst(marks: Marks, first: int) -> list[int]:
    standing = marks.standing
    apart = marks.once(_apart)
    paragraphs = [n for n in marks.prose if n >= first and n not in apart][:HEAD_PARAGRAPHS]
    if not paragraphs:
        return []
    between = standing[bisect_right(standing, first) : bisect_left(standing, paragraphs[-1])]
    return between


def _above(marks: Marks, first: int) -> list[int]:
    end = bisect_left(marks.standing, first)
    return marks.standing[max(0, end - 2 * HEAD_LINES) : end]


def _keep(number: int, rule: str, because: str) -> Mark:
    return Mark(number, number + 1, rule, because, Verdict.KEEP)


def _kind(page: Page, number: int) -> str | None:
    text = page.texts[number]
    return _kind_of(text) if len(text) <= DATE_LINE else None


@lru_cache(maxsize=2**14)  # a page may ask it of all lines between its first paragraphs
def _kind_of(text: str) -> str | None:
    key = make_key(text)
    if has_date(key):
        return "head/date"
    if len(text) <= BYLINE and opener("byline", key):
        return "head/byline"
    return None
