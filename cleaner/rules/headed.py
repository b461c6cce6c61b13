"""Labels that phrases take for furniture and an article sets over, or amid, text of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.mark import Marks
from cleaner.page import STANDS, Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.runs import is_label
from cleaner.rules.shapes import asks
from cleaner.traits import WORDY

SIBLINGS = 3
"""Fewest headed blocks of a page that show how its article is set."""

ARTICLE = 90
"""Most filled lines of an article's dump; those of whole pages hold menus that are set like it."""

ENDS = (".", "。", "!", "…")
"""What ends a sentence."""

LONE_WORDS = 3
"""Most words of a lone label: “Report abuse”."""

_GROUPS = ("comments", "newsletter", "share", "sign-in", "paywall", "footer", "nav", "consent")
_LISTED = ("nav", "consent")
_INTERRUPTING = ("ads", "promo", "paywall")
_LONE_GROUPS = ("comments", "sign-in", "newsletter")
_TAGS = "nav/tags"
_ENTRY = "nav/contents-entry"
_DIGIT = pattern(r"\d")
_HEADING = "comments/heading"
_REPLY = "comments/reply-buttons"
_BOX_END = "newsletter/sign-up"


def labels_of_text(page: Page, marks: Marks) -> Iterator[tuple[int, str]]:
    """Find such labels, each with what speaks for it."""
    if page.markup is not None or len(page.filled) > ARTICLE:
        return  # in HTML a block says what it is
    for number in _heading(page, marks):
        yield number, f"“{page.key(number)}” heads a block as others do"
    for number in _lone(page, marks):
        yield number, "alone amid the text, the first of its kind"
    for number in _said_again(page, marks):
        yield number, f"over a sentence; “{page.key(number)}” comes again below"
    for number in _listed(page, marks):
        yield number, "listed below a label, in a block as others are"
    for question in page.having(asks) if "footer" in marks.groups else ():
        number = _above(page, question)
        named = number in marks.dropped and question not in marks.dropped
        if named and marks.dropped[number].group == "footer":
            yield number, f"“{page.key(number)}” heads a question"


def _heading(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels that head a block of the article: “Newsletter”, “Abo kündigen”.

    Nothing else in the block is furniture, nor does furniture of its kind touch it, and other
    blocks of the article are headed alike.
    """
    top, dropped = marks.once(body_start), marks.dropped
    for number in sorted(n for group in _GROUPS for n in marks.groups.get(group, ()) if n > top):
        if page.key(number).replace(" ", "").isalpha() and _begins_block(page, marks, number):
            above, below = _above(page, number), _below_block(page, number)
            kin = above in dropped and dropped[above].group == dropped[number].group
            parted = below not in dropped or _begins_block(page, marks, below)
            parted = parted or dropped[below].group in _INTERRUPTING
            kin = kin or _heads_list(marks, number)
            if below >= 0 and parted and not kin and len(marks.once(headed_blocks)) >= SIBLINGS:
                yield number


def _heads_list(marks: Marks, number: int) -> bool:
    """Tell whether a label heads tags, or subheads that are said again below."""
    return number + 1 in marks.once(_entries) or marks.dropped[number].rule == _TAGS


def _entries(_: Page, marks: Marks) -> frozenset[int]:
    return frozenset(mark.start for mark in marks.once(repeat_marks) if mark.rule == _ENTRY)


def _said_again(page: Page, marks: Marks) -> Iterator[int]:
    """Find a heading of comments amid the text, over a sentence, where the real one follows."""
    top, dropped = marks.once(body_start), marks.dropped
    headings = [
        n for n in marks.groups.get("comments", ()) if n > top and dropped[n].rule == _HEADING
    ]
    last = {page.key(number): number for number in headings}
    for number in headings:
        if last[page.key(number)] > number and dropped.keys().isdisjoint((number - 1, number + 1)):
            below = "".join(page.texts[number + 1 : number + 2]).rstrip()
            if below.endswith(ENDS) and page.traits[number + 1] & WORDY:
                yield number


def _listed(page: Page, marks: Marks) -> Iterator[int]:
    """Find the buttons that a block of the article lists below its label: “Weiter”, “Akzeptieren”.

    Nothing of another kind is named in the block, and no furniture touches it.
    """
    top, dropped, done = marks.once(body_start), marks.dropped, 0
    for number in sorted(n for group in _LISTED for n in marks.groups.get(group, ()) if n > top):
        if number < done:
            continue
        block = page.block(number)
        done = block.stop
        if block.start == number or not is_label(page.texts[block.start]):
            continue
        groups = {dropped[n].group for n in block if n in dropped}
        near = {block.start, _above(page, block.start), _below_block(page, number)}
        alone = groups.issubset(_LISTED) and near.isdisjoint({-1, *dropped})
        if alone and len(marks.once(headed_blocks)) >= SIBLINGS:
            yield from block


def _begins_block(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line begins a block of which no other line is named."""
    block = page.block(number)
    return block.start == number and len(block) > 1 and marks.dropped.keys().isdisjoint(block[1:])


def _above(page: Page, number: int) -> int:
    """Return the filled line above, -1 where there is none."""
    at = bisect_left(page.filled, number)
    return page.filled[at - 1] if at else -1


def _below_block(page: Page, number: int) -> int:
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
        and is_label(page.texts[block.start])
        and marks.dropped.keys().isdisjoint(block)
    ]


def _lone(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels alone amid the text, each the first of its rule: “Report abuse”, of reporting.

    Where a button to reply recurs, the page is a forum or a thread.
    """
    seen, body = set[str](), range(marks.prose[0] + 1, marks.prose[-1])
    for number in sorted(n for group in _LONE_GROUPS for n in marks.groups.get(group, ())):
        _, _, rule, because, _ = marks.dropped[number]
        first = rule not in seen
        seen.add(rule)
        key = page.key(number)
        if first and number in body and key.count(" ") < LONE_WORDS and not _DIGIT.search(key):
            recurs = rule == _REPLY and any(
                n != number and marks.dropped[n].because == because
                for n in marks.groups["comments"]
            )
            if not recurs and _is_amid_text(page, marks, number):
                yield number


def _is_amid_text(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether blank lines and text are around a label, or the end of a newsletter's form."""
    above, below = _above(page, number), _below_block(page, number)
    if page.block(number) != range(number, number + 1) or marks.state[below] != STANDS:
        return False
    parted = marks.state[above] == STANDS
    parted = parted or marks.dropped[above].rule == _BOX_END != marks.dropped[number].rule
    return parted and bool(page.traits[below] & WORDY)
