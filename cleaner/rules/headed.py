"""Labels that phrases take for furniture and an article sets over, or amid, text of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from cleaner.mark import Marks
from cleaner.page import STANDS, Page, width
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.runs import is_label
from cleaner.rules.shapes import ASKS, asks
from cleaner.traits import WORDY

SIBLINGS = 3
"""Fewest headed blocks of a page that show how its article is set."""

ARTICLE = 90
"""Most filled lines of an article's dump; those of whole pages hold menus that are set like it."""

ENDS = (".", "。", "!", "…")
"""What ends a sentence."""

QUESTION = 60
"""Longest question, in characters, that heads its answer."""

TURNS = 4
"""Fewest labels that take turns with texts."""

SURE = 6
"""Fewest labels set alike that keep an advertisement's too."""

LONE_WORDS = 3
"""Most words of a lone label: “Report abuse”."""

_GROUPS = ("comments", "newsletter", "share", "sign-in", "paywall", "footer", "nav", "consent", "player")
_PLACED = ("ads", "label", "promo")
_CLOSING = "\"”“»«’')]」』 "
_INTERRUPTING = ("ads", "promo", "paywall", "related")
_LONE_GROUPS = ("comments", "sign-in", "newsletter")
_TAGS = "nav/tags"
_ENTRY = "nav/contents-entry"
_DIGIT = pattern(r"\d")
_HEADING = "comments/heading"
_REPLY = "comments/reply-buttons"
_FORMS = {"newsletter", "sign-in", "paywall"}
_BOX_END = "newsletter/sign-up"


def is_article(page: Page) -> bool:
    """Tell whether a dump is short enough for an article's; in HTML blocks say what they are."""
    return page.markup is None and len(page.filled) <= ARTICLE


def labels_of_text(page: Page, marks: Marks) -> Iterator[tuple[int, str]]:
    """Find such labels, each with what speaks for it."""
    if not is_article(page):
        return
    for number in marks.once(_set_over):
        yield number, f"“{page.key(number)}” heads a block as others do"
    for number in _heading(page, marks):
        yield number, f"“{page.key(number)}” heads a block as others do"
    for number in _in_turn(page, marks):
        yield number, "labels and texts take turns around it"
    for number in _in_rows(page, marks):
        yield number, "on top of a row as long as others"
    for number in _sections(page, marks):
        yield number, "alone over a headed block, as others are"
    for number in _broken(page, marks):
        yield number, "the line below goes on with it"
    for number in _lone(page, marks):
        yield number, "alone amid the text, the first of its kind"
    for number in _said_again(page, marks):
        yield number, f"over a sentence; “{page.key(number)}” comes again below"
    for question in page.having(asks) if "footer" in marks.groups else ():
        number = _above(page, question)
        named = number in marks.dropped and question not in marks.dropped
        if named and marks.dropped[number].group == "footer":
            yield number, f"“{page.key(number)}” heads a question"


def is_headed_alike(marks: Marks) -> bool:
    """Tell whether enough blocks of the article are headed by a label."""
    return _headed(marks) >= SIBLINGS


def _headed(marks: Marks) -> int:
    return len(marks.once(headed_blocks)) + len(marks.once(_set_over))


def _set_over(page: Page, marks: Marks) -> list[int]:
    """Find labels on top of a block, a text right below, where other blocks are set so.

    A time may stand above the label: “17.05 Uhr”. Nothing else in the block is furniture, nor does
    furniture of its kind touch it.
    """
    dropped, top, found = marks.dropped, marks.once(body_start), list[int]()
    first = page.block(top).start
    if first == top - 1 and is_label(page.texts[first]):
        over_top = [first]  # it heads the first paragraph
    else:
        over_top = []
    for place in range(2):
        pairs = [n for n in marks.once(_pairs) if n - page.block(n).start == place]
        pairs = [n for n in pairs if n + 1 in page.block(n)] + over_top
        own = [n for n in pairs if n not in dropped]
        numbered = any(_DIGIT.search(page.texts[n]) for n in own)
        enough = len(own) >= SIBLINGS or len(pairs) >= SURE
        for number in pairs if len(pairs) >= SIBLINGS and own else ():
            if number > top and _is_only(page, marks, number):
                group = dropped[number].group
                sure = enough or group not in _PLACED
                fits = numbered or not _DIGIT.search(page.texts[number])
                above, below = _above(page, number), _below_block(page, number)
                kin = group == "comments" == _group(marks, above)
                if sure and fits and not kin and not _goes_on_below(page, marks, group, below):
                    found.append(number)
    return found


def _is_only(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line is the only one of its block that is named."""
    return marks.dropped.keys() & page.block(number) == {number}


def _goes_on_below(page: Page, marks: Marks, group: str, below: int) -> bool:
    """Tell whether furniture of a kind, or its form, follows a block."""
    if below not in marks.dropped or _begins_block(page, marks, below):
        return below < 0
    other = _group(marks, below)
    return other == group or {group, other} <= _FORMS


def _heading(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels that head a block of whatever lines: “Newsletter”, “Abo kündigen”.

    Nothing else in the block is furniture, nor does furniture touch it, and other blocks of the
    article are headed alike.
    """
    top, headed = marks.once(body_start), _headed(marks)
    for number in sorted(n for group in _GROUPS for n in marks.groups.get(group, ()) if n > top):
        if page.key(number).replace(" ", "").isalpha() and _begins_block(page, marks, number):
            above, below = _above(page, number), _below_block(page, number)
            kin = _group(marks, above) == _group(marks, number)
            parted = not _goes_on_below(page, marks, _group(marks, number), below)
            rows = all(": " in page.texts[n] for n in page.block(number)[1:])
            more = len(page.block(number)) > 2 or rows or _is_text(page, marks, number + 1)
            alike = more and headed + rows >= SIBLINGS
            if parted and alike and not kin and not _heads_list(marks, number):
                yield number


def _in_rows(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels on top of a row of a table, a cell a line: blocks of one length in a row."""
    rows = [block for block in page.blocks if block.start > marks.once(body_start)]
    for number in sorted(marks.dropped):
        block = page.block(number)
        if block.start == number and len(block) >= SIBLINGS and _is_only(page, marks, number):
            alike = [row for row in rows if len(row) == len(block)]
            own = [row for row in alike if marks.dropped.keys().isdisjoint(row)]
            cells = all(is_label(page.texts[n]) for row in alike for n in row)
            if len(own) >= SIBLINGS and cells:
                yield number


def _sections(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels alone over a headed block, where others of the article stand so: “New”."""
    starts = {block.start for block in page.blocks if is_label(page.texts[block.start])}
    over = [
        above
        for above, below in pairwise(page.filled)
        if below in starts and above + 2 == below and page.block(above).start == above
    ]
    over = [n for n in over if n > marks.once(body_start) and is_label(page.texts[n])]
    if sum(n not in marks.dropped for n in over) >= SIBLINGS - 1:
        alone = (n for n in over if n in marks.dropped and _is_text(page, marks, n + 3))
        yield from (n for n in alone if _group(marks, n) not in _INTERRUPTING)


def _group(marks: Marks, number: int) -> str:
    return marks.dropped[number].group if number in marks.dropped else ""


def _pairs(page: Page, marks: Marks) -> list[int]:
    """List the labels of the article's body, named or not, that a text follows."""
    if not marks.prose:
        return []
    filled, top, last = page.filled, marks.once(body_start), marks.prose[-1]
    return [
        number
        for number, below in pairwise(filled)
        if top < number < last and _heads(page, marks, number) and _is_text(page, marks, below)
    ]


def _heads(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line could head a text: a label, or a short question."""
    text = page.texts[number].rstrip()
    if text.startswith("("):
        return False
    return is_label(text) or (text.endswith(ASKS) and width(text) <= QUESTION)


def _is_text(page: Page, marks: Marks, number: int) -> bool:
    text = page.texts[number].rstrip(_CLOSING)
    ends = text.endswith(ENDS) or number in marks.prose_set
    return number not in marks.dropped and (
        ends or (text.endswith(ASKS) and width(text) > QUESTION)
    )


def _in_turn(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels where for a while each text has one label above it and no text has none."""
    dropped = marks.dropped
    for run in marks.once(_turns):
        own = [n for n in run if n not in dropped]
        numbered = any(_DIGIT.search(page.texts[n]) for n in own)
        for number in run if len(run) >= TURNS and own else ():
            sure = len(run) >= SURE or _group(marks, number) not in _PLACED
            above = _above(page, number)
            parted = _is_text(page, marks, above) or _group(marks, above) in _INTERRUPTING
            fits = numbered or not _DIGIT.search(page.texts[number])
            if number in dropped and sure and parted and fits:
                yield number


def _turns(page: Page, marks: Marks) -> list[list[int]]:
    """List runs of labels that take turns with texts, advertisements between them aside."""
    filled, runs, expected = page.filled, list[list[int]](), -1
    places = {number: at for at, number in enumerate(filled)}
    for number in marks.once(_pairs):
        at = places[number]
        while 0 <= expected < at and _group(marks, filled[expected]) in _INTERRUPTING:
            expected += 1
        if at == expected:
            runs[-1].append(number)
        else:
            runs.append([number])
        expected = at + 2
    return runs


def _broken(page: Page, marks: Marks) -> Iterator[int]:
    """Find lines that the next one of their block goes on with in lower case, as verse does."""
    verses = [n for block in page.blocks for n in block[:-1] if _goes_on(page, marks, n)]
    if len(verses) >= SIBLINGS and not all(n in marks.dropped for n in verses):
        for number in verses:
            if _is_only(page, marks, number):
                yield number


def _goes_on(page: Page, marks: Marks, number: int) -> bool:
    text, below = page.texts[number], page.texts[number + 1]
    verse = below[:1].islower() and below.count(" ") > 1 and is_label(text)
    return verse and not _DIGIT.search(text + below)


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
    for at, number in enumerate(headings):
        key, group = page.key(number), _group(marks, number - 1)
        again = any(page.key(n).startswith(key) for n in headings[at + 1 :])
        if again and group != "comments" and number + 1 not in dropped:
            below = "".join(page.texts[number + 1 : number + 2]).rstrip()
            if below.endswith(ENDS) and page.traits[number + 1] & WORDY:
                yield number


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
        and is_label(page.texts[block.start].rstrip(" :"))
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
    parted = marks.state[above] == STANDS or _group(marks, above) in ("ads", "related")
    parted = parted or marks.dropped[above].rule == _BOX_END != marks.dropped[number].rule
    return parted and bool(page.traits[below] & WORDY)
