"""Labels that an article lists: below a line that introduces them, below a label, amid others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import Page
from cleaner.rules.dates import has_date
from cleaner.rules.edges import body_start
from cleaner.rules.figures import is_row
from cleaner.rules.headed import ENDS, SIBLINGS, above, headed, is_article
from cleaner.rules.labels import is_label
from cleaner.rules.picture import picture_lines
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.runs import run_marks
from cleaner.rules.vocabulary import opener, vocabulary

INTRODUCTION = 4
"""Fewest words of a line that introduces a list by its colon, where a blank line parts them."""

WORDS = 3
"""Fewest of them where none does."""

COUNTS = 3
"""Fewest counts in a row that are figures of the article."""

REACH = 12
"""Most lines from it to a label that it introduces."""

ENTRY = 60
"""Longest entry of a list that a colon introduces, in characters."""

LIST = 4
"""Fewest lines of a list that names a control."""

ROWS = 3
"""Fewest rows that are set alike."""

QUOTED = 3
"""Fewest sentences, a line each, of which one may be a page's."""

_ENTRY = "•"
_BULLETS = ("- ", "– ", "• ", "* ", "· ")
_BUTTONS = frozenset({"nav", "consent"})
_LABELS = _BUTTONS | {"ads", "player", "share", "sign-in"}
_CONTROLS = frozenset({"player/controls", "player/speed", "player/captions", "player/lexicon"})
_COUNTED = "comments/heading"


def introduced(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep labels that a line of the article introduces by its colon: “Sie lautet:”."""
    if not marks.prose:
        return
    article, done = is_article(page), 0
    first, last = marks.prose[0], marks.prose[-1]
    for number in (n for n in _named(marks, article, "consent") if first < n < last):
        intro = _introduction(page, marks, number) if number >= done else -1
        if intro < 0:
            continue
        start = page.filled[bisect_left(page.filled, intro) + 1]
        done = page.block(start).stop
        lines = range(start, done)
        if _consents(marks, lines) or (article and _is_list(page, marks, intro, lines)):
            because = f"listed by “{page.texts[intro].rstrip()[-40:]}”"
            yield Mark(start, done, "body/quoted-list", because, Verdict.KEEP)


def _named(marks: Marks, article: bool, group: str) -> list[int]:
    """List what rules name, in order; of a page that is more than an article, one group of it."""
    return sorted(marks.dropped) if article else marks.groups.get(group, [])


def _introduction(page: Page, marks: Marks, number: int) -> int:
    """Find the line with a colon above a line and the labels of its block, -1 for none."""
    start, least = page.block(number).start, WORDS
    lines = range(number - 1, max(start, number - REACH) - 1, -1)
    intro = next((n for n in lines if page.texts[n].rstrip().endswith(":")), -1)
    if intro < 0 and number - start <= REACH:
        intro, least = above(page, start), INTRODUCTION
    text = page.texts[intro].rstrip() if intro >= marks.prose[0] else ""
    introduces = text.endswith(":") and text.count(" ") + 1 >= least
    return intro if introduces and intro not in marks.dropped else -1


def _consents(marks: Marks, lines: range) -> bool:
    return all(n in marks.dropped and marks.dropped[n].group == "consent" for n in lines)


def _is_list(page: Page, marks: Marks, intro: int, lines: range) -> bool:
    """Tell whether lines are labels, no player's, or short sentences right below what says so.

    Where a blank line parts them from it, and of sentences in any case, some are not named.
    """
    own = [n for n in lines if n not in marks.dropped]
    texts, touching = [page.texts[n].rstrip() for n in lines], lines.start == intro + 1
    if len(lines) < 2:
        return False
    if touching and own and all(len(t) <= ENTRY and t.endswith(ENDS) for t in texts):
        return True
    labels = all(map(is_label, texts))
    return labels and (touching or (bool(own) and _reads_as_list(page, marks, own)))


def listed(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep what an article lists amid lines that are no furniture; a player is a cluster."""
    if not marks.prose:
        return
    for number in _counts(page, marks):
        yield _kept(number, "one of several counts in a row")
    for number in _rows(page, marks) if is_article(page) else ():
        yield _kept(number, "one of several rows")
    top, done = marks.once(body_start), 0
    for number in _named(marks, is_article(page), "player"):
        if number <= top or number < done:
            continue
        block = page.block(number)
        done = block.stop
        named = [n for n in block if n in marks.dropped]
        amid = number < marks.prose[-1] and _is_amid(page, marks, block, named)
        if amid or _are_buttons(page, marks, block, named):
            yield from (_kept(n, f"one of {len(block)} lines that are listed") for n in block)


def _kept(number: int, because: str) -> Mark:
    return Mark(number, number + 1, "body/listed-control", because, Verdict.KEEP)


def _counts(page: Page, marks: Marks) -> Iterator[int]:
    """Find a count of comments amid other counts of the body: “3.104 Leser”, “2 Anträge”."""
    first, last, dropped, done = marks.prose[0], marks.prose[-1], marks.dropped, 0
    for number in marks.groups.get("comments", ()):
        if max(first, done) < number < last and dropped[number].rule == _COUNTED:
            block = page.block(number)
            done = block.stop
            counts = [n for n in block if _is_count(page, n)]
            others = [n for n in counts if n not in dropped]
            if len(counts) >= COUNTS and number in counts and len(others) == len(counts) - 1:
                yield number


def _rows(page: Page, marks: Marks) -> Iterator[int]:
    """Find named lines amid rows of the body that are set alike: “Kommentare: 41”, “• Teilen”.

    More of the rows are named by no rule; or they are entries of a list, and the page has no other.
    """
    top, last, dropped = marks.once(body_start), marks.prose[-1], marks.dropped
    signs = [(_row_sign(page.texts[n]), n) for n in page.filled]
    blocks = {n: block.start for block in page.blocks for n in block}
    outside = any(sign == _ENTRY and n in dropped and not top < n < last for sign, n in signs)
    inside = [(sign, n) for sign, n in signs if top < n < last]
    for (sign, _), group in groupby(inside, key=lambda row: (row[0], blocks.get(row[1]))):
        rows = [n for _, n in group]
        own = sum(n not in dropped for n in rows)
        enough = own * 2 > len(rows) or (sign == _ENTRY and not outside)
        if sign and len(rows) >= ROWS and enough:
            yield from (n for n in rows if n in dropped)


def _row_sign(text: str) -> str:
    """Return what makes a line a row: a bullet, a bar or a colon behind a name.

    >>> [_row_sign(text) for text in ("• Teilen", "Taste | M", "Kommentare: 41", "Nein")]
    ['•', '|', ':', '']
    """
    text = text.strip()
    if text[:2] in _BULLETS:
        return _ENTRY
    if " | " in text:
        return "|"
    return ":" if ": " in text and is_row(text) else ""


def _is_count(page: Page, number: int) -> bool:
    """Tell whether a line counts something: “41 replies”, but not “5. Mai 2024 um 9 Uhr”."""
    key = page.key(number)
    return key[:1].isdigit() and key[-1:].isalpha() and not has_date(key)


def _are_buttons(page: Page, marks: Marks, block: range, named: list[int]) -> bool:
    """Tell whether a block lists buttons below its label: “Weiter”, “Akzeptieren”.

    No furniture touches it, other blocks of the article are headed so, and where more than menus
    and consents are named in it the others are more.
    """
    if block.start in named or len(block) < LIST or not is_article(page):
        return False
    at = bisect_left(page.filled, block.start)
    near = {page.filled[at - 1], *page.filled[at + len(block) : at + len(block) + 1]}
    alone = at and len(near) > 1 and near.isdisjoint(marks.dropped)
    if not (alone and is_label(page.texts[block.start]) and headed(marks) >= SIBLINGS):
        return False
    groups = {marks.dropped[n].group for n in named}
    own = [n for n in block if n not in named]
    few = len(named) < len(own) and all(is_label(page.texts[n]) for n in own)
    return groups <= _BUTTONS or (few and groups <= _LABELS and _reads_as_list(page, marks, own))


def _is_amid(page: Page, marks: Marks, block: range, named: list[int]) -> bool:
    """Tell whether the named lines of a block are few and stand amid entries of a list."""
    spoken = len(named) == 1 and len(block) >= QUOTED
    if spoken and all(page.texts[n].rstrip().endswith(ENDS) for n in block):
        return is_article(page)
    if len(block) < LIST or not {block.start, block.stop - 1}.isdisjoint(named):
        return False
    rules = {marks.dropped[n].rule for n in named}
    if len(named) == 1 and rules <= _CONTROLS:
        runs = (mark for mark in marks.once(run_marks) if mark.stop > block.start)
        known = all(mark.start >= block.stop for mark in runs)
    else:
        groups = {marks.dropped[n].group for n in named}
        known = is_article(page) and len(named) * 2 < len(block) and groups <= _LABELS
    return known and _reads_as_list(page, marks, [n for n in block if n not in named])


def _reads_as_list(page: Page, marks: Marks, own: list[int]) -> bool:
    """Tell whether lines that no rule names are no paragraphs, and none of them is of a piece."""
    apart = {*marks.once(picture_lines), *(mark.start for mark in marks.once(repeat_marks))}
    if not apart.isdisjoint(own) or not marks.prose_set.isdisjoint(own):
        return False
    keys = [page.key(number) for number in own]
    if not all(any(map(str.isalpha, key)) for key in keys):  # a time of a player
        return False
    if len(vocabulary("settings").intersection(keys)) * 2 > len(own):
        return False
    if not vocabulary("medium").isdisjoint(keys):  # “Video” stands over its button and its title
        return False
    return not any(has_date(key) or opener("byline", key) for key in keys)
