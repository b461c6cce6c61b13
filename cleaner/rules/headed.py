"""Labels that phrases take for furniture and an article sets over a block of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from cleaner.mark import Marks
from cleaner.page import Page, width
from cleaner.patterns import DIGIT
from cleaner.rules.edges import body_start
from cleaner.rules.labels import is_label
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.shapes import ASKS

SIBLINGS = 3
"""Fewest headed blocks of a page that show how its article is set."""

ARTICLE = 90
"""Most filled lines of an article's dump; those of whole pages hold menus that are set like it."""

ENDS = (".", "。", "!", "…")
"""What ends a sentence."""

QUESTION = 60
"""Longest question, in characters, that heads its answer."""

SURE = 6
"""Fewest labels set alike of which any may be the article's: “Zitat”, “Anzeige”."""

INTERRUPTING = ("ads", "promo", "paywall", "related")
"""Groups that may stand anywhere in an article, so that they tell nothing of what is beside."""

_GROUPS = frozenset(
    {
        *("comments", "newsletter", "share", "sign-in", "paywall"),
        *("footer", "nav", "consent", "player"),
    }
)
_FORMS = frozenset({"newsletter", "sign-in", "paywall"})
_CLOSING = "\"”“»«’')]」』 "
_TAGS = "nav/tags"
_ENTRY = "nav/contents-entry"


def is_article(page: Page) -> bool:
    """Tell whether a dump is short enough for an article's; in HTML blocks say what they are."""
    return page.markup is None and len(page.filled) <= ARTICLE


def headed(marks: Marks) -> int:
    """Count the blocks of the article that a label heads, named or not."""
    return len(marks.once(headed_blocks)) + len(marks.once(set_over))


def set_over(page: Page, marks: Marks) -> list[int]:
    """Find labels on top of a block, a text right below, where other blocks are set so.

    A time may stand above the label: “17.05 Uhr”. Nothing else in the block is furniture.
    """
    top, found = marks.once(body_start), list[int]()
    first = page.block(top).start
    over_top = [first] if first == top - 1 and is_label(page.texts[first]) else []
    for place in range(2):
        alike = [n for n in marks.once(pairs) if n - page.block(n).start == place]
        alike = [*over_top, *(n for n in alike if n + 1 in page.block(n))]
        fitting = suits(page, marks, alike) if len(alike) >= SIBLINGS else ()
        for number in fitting:
            if number > top and is_only(page, marks, number):
                group = group_of(marks, number)
                kin = group == "comments" == group_of(marks, above(page, number))
                if not kin and not _goes_on_below(page, marks, number):
                    found.append(number)
    return found


def suits(page: Page, marks: Marks, alike: list[int]) -> list[int]:
    """Choose from labels that are set alike those that are named and may be the article's.

    One of them must be named by no rule. Where none of these holds a digit, a count is none.
    """
    own = [n for n in alike if n not in marks.dropped]
    numbered = any(DIGIT.search(page.texts[n]) for n in own)
    unsure = set[str]() if len(alike) >= SURE else {"label"}
    if len(own) < SIBLINGS and unsure:
        unsure |= {"ads", "promo"}
    return [
        n
        for n in alike
        if own
        and n in marks.dropped
        and group_of(marks, n) not in unsure
        and (numbered or not DIGIT.search(page.texts[n]))
    ]


def is_only(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line is the only one of its block that is named."""
    return marks.dropped.keys() & page.block(number) == {number}


def _goes_on_below(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether furniture of a label's kind, or its form, follows the block."""
    below = below_block(page, number)
    if below not in marks.dropped or _begins_block(page, marks, below):
        return False
    group, other = group_of(marks, number), group_of(marks, below)
    return other == group or {group, other} <= _FORMS


def heading(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels that head a block of whatever lines: “Newsletter”, “Abo kündigen”.

    Nothing else in the block is furniture, no furniture of its kind touches it, and other blocks of
    the article are headed too.
    """
    top, count = marks.once(body_start), headed(marks)
    for number in sorted(n for group in _GROUPS for n in marks.groups.get(group, ()) if n > top):
        if page.key(number).replace(" ", "").isalpha() and _begins_block(page, marks, number):
            kin = group_of(marks, above(page, number)) == group_of(marks, number)
            rows = all(": " in page.texts[n] for n in page.block(number)[1:])
            more = len(page.block(number)) > 2 or rows or is_text(page, marks, number + 1)
            alone = not kin and not _goes_on_below(page, marks, number)
            if alone and more and count + rows >= SIBLINGS and not _heads_list(marks, number):
                yield number


def in_rows(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels on top of a row of a table, a cell a line: blocks of one length in a row."""
    rows = [block for block in page.blocks if block.start > marks.once(body_start)]
    for number in sorted(marks.dropped):
        block = page.block(number)
        if block.start == number and len(block) >= SIBLINGS and is_only(page, marks, number):
            alike = [row for row in rows if len(row) == len(block)]
            own = [row for row in alike if marks.dropped.keys().isdisjoint(row)]
            cells = all(is_label(page.texts[n]) for row in alike for n in row)
            if len(own) >= SIBLINGS and cells:
                yield number


def sections(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels alone over a headed block, where others of the article stand so: “New”."""
    starts = {block.start for block in page.blocks if is_label(page.texts[block.start])}
    over = [
        number
        for number, below in pairwise(page.filled)
        if below in starts and number + 2 == below and page.block(number).start == number
    ]
    over = [n for n in over if n > marks.once(body_start) and is_label(page.texts[n])]
    if sum(n not in marks.dropped for n in over) >= SIBLINGS - 1:
        alone = (n for n in over if n in marks.dropped and is_text(page, marks, n + 3))
        yield from (n for n in alone if group_of(marks, n) not in INTERRUPTING)


def group_of(marks: Marks, number: int) -> str:
    """Return the group of the rule that names a line, nothing where none does."""
    return marks.dropped[number].group if number in marks.dropped else ""


def pairs(page: Page, marks: Marks) -> list[int]:
    """List the labels of the article's body, named or not, that a text follows."""
    if not marks.prose:
        return []
    filled, top, last = page.filled, marks.once(body_start), marks.prose[-1]
    return [
        number
        for number, below in pairwise(filled)
        if top < number < last and _heads(page, marks, number) and is_text(page, marks, below)
    ]


def _heads(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line could head a text: a label, or a short question."""
    text = page.texts[number].rstrip()
    if text.startswith("("):
        return False
    return is_label(text) or (text.endswith(ASKS) and width(text) <= QUESTION)


def is_text(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line that no rule names is a sentence or a paragraph, a long question too."""
    text = page.texts[number].rstrip(_CLOSING)
    if number in marks.dropped:
        return False
    asked = text.endswith(ASKS) and width(text) > QUESTION
    return asked or text.endswith(ENDS) or number in marks.prose_set


def _heads_list(marks: Marks, number: int) -> bool:
    """Tell whether a label heads tags, or subheads that are said again below."""
    return number + 1 in marks.once(_entries) or marks.dropped[number].rule == _TAGS


def _entries(_: Page, marks: Marks) -> frozenset[int]:
    return frozenset(mark.start for mark in marks.once(repeat_marks) if mark.rule == _ENTRY)


def _begins_block(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line begins a block of which no other line is named."""
    block = page.block(number)
    return block.start == number and len(block) > 1 and marks.dropped.keys().isdisjoint(block[1:])


def above(page: Page, number: int) -> int:
    """Return the filled line above, -1 where there is none."""
    at = bisect_left(page.filled, number)
    return page.filled[at - 1] if at else -1


def below_block(page: Page, number: int) -> int:
    """Return the first line of the next block, -1 where there is none."""
    at = bisect_right(page.filled, page.block(number).stop)
    return page.filled[at] if at < len(page.filled) else -1


def headed_blocks(page: Page, marks: Marks) -> list[range]:
    """List the blocks below the first paragraph that a label heads and nothing is named in."""
    top = marks.once(body_start)
    return [
        block
        for block in page.blocks
        if block.start > top
        and is_label(page.texts[block.start].rstrip(" :"))
        and marks.dropped.keys().isdisjoint(block)
    ]
