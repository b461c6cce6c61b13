"""Lines that furniture on either side gives away: a menu, a player's labels, a furniture block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from cleaner.mark import Mark, Marks
from cleaner.page import BLANK, GONE, STANDS, Page, width
from cleaner.patterns import pattern
from cleaner.rules.above import above_kickers, menu_runs, page_top
from cleaner.rules.author import is_author, is_signature
from cleaner.rules.dates import is_dated
from cleaner.rules.edges import body_start
from cleaner.rules.labels import LABEL, SENTENCE_ENDS, is_label
from cleaner.rules.picture import picture_lines
from cleaner.rules.players import player_run
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.signs import arrow, path, paths
from cleaner.rules.vocabulary import opener
from cleaner.traits import DROPPED, ITEM

IN_FURNITURE = "label/in-furniture"

LABEL_WORDS = 4
"""Most words of a label amid furniture; a headline has more."""

FURNITURE_SHARE = 0.6
"""Share of a block's lines that rules must name before its other lines count as furniture."""

MENU_ITEM = 30
"""Longest entry of a menu, in characters."""

MENU_LINES = 3
"""Fewest lines that make a menu where a piece of it is recognised."""

BARE_MENU_LINES = 5
"""Fewest lines that make a menu where none is."""

BYLINE_LINES = 2
"""Most lines of a head from its byline on, a date among them, that a menu's block may end in."""


_NAME = pattern("[\u4e00-\u9fff々]{3,5}")
_DASHES = ("– ", "— ", "- ")
_MENU_GROUPS = frozenset({"nav", "sign-in", "promo", "ads", "paywall", "player", "newsletter"})
_FITTING = bytes(  # in a menu: what a rule names, and what reads so
    BLANK if not traits else STANDS if traits & (ITEM | DROPPED) else GONE for traits in range(256)
)
_FITTING_BLOCK = pattern(rb"\x02\x01{%d,}(?=\x02|\Z)" % MENU_LINES)  # BLANK and STANDS
_COUNT = pattern(
    r"[(+]?\d{1,3}(?:[., \u00a0\u202f]?\d{1,3})?[kKmM]?\)?|\d{1,3} ?/ ?\d{1,3}|[★☆⭐✩✪✮ ]+|A[+-]"
)
_VIEWER, _ALT_TEXT = "label/image-viewer", "repeat/alt-text"
_TIMES = frozenset({"label/reading-time", "player/read-aloud"})
_NO_ENTRY = pattern(r"[\d:.?!]")


def runs(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what every rule of this module finds."""
    yield from marks.once(run_marks)


def runs_above(_: Page, marks: Marks) -> dict[int, str]:
    """Collect the lines above the body that `runs` marks, with the rule; the head keeps clear."""
    top = marks.once(body_start)
    above = [mark for mark in marks.once(run_marks) if mark.start < top]
    above.sort(key=lambda mark: mark.rule != IN_FURNITURE)
    return {number: mark.rule for mark in above for number in range(mark.start, mark.stop)}


def run_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find what every rule of this module finds."""
    rules = (player_run, furniture_block, menu, menu_runs, page_top, path, arrow, counter)
    return [mark for rule in rules for mark in rule(page, marks)]


def furniture_block(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the unnamed labels of a block that is mostly furniture."""
    state, dropped = marks.state, marks.dropped
    body = range(marks.prose[0], marks.prose[-1]) if marks.prose else range(0)
    for block in page.blocks:
        named, size = state.count(GONE, block.start, block.stop), len(block)
        if size * FURNITURE_SHARE <= named < size:
            because = f"{named} of {size} lines of its block are furniture"
            names = [n for n in block if n in dropped]
            for number in range(names[0], names[-1]) if _in_body(marks, block) else block:
                own = number + 1 in marks.prose_set and number in body
                own = own or (number < names[0] and _leads(page, number))
                if number not in dropped and not own and unclaimed(page, marks, number):
                    yield Mark(number, number + 1, IN_FURNITURE, because)


def _leads(page: Page, number: int) -> bool:
    """Tell whether a line above a block's first button names something: “Running time: 2 h”.

    So does who wrote the article, where both words are written as names: “Алёна ГОРЮНОВА”.
    """
    words = page.texts[number].split()
    named = len(words) == 2 and words[0].istitle() and words[1].isupper()
    return named or ":" in page.key(number)


def _in_body(marks: Marks, block: range) -> bool:
    """Tell whether a block stands between paragraphs or holds one; its ends may be article."""
    before, after = (bisect_left(marks.prose, edge) for edge in (block.start, block.stop))
    return before != after or 0 < before < len(marks.prose)


def unclaimed(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a label is no date, no credit and no signature, which may stand by buttons."""
    text = page.texts[number]
    return (
        is_label(text)
        and len(text.split()) <= LABEL_WORDS
        and not text.startswith(_DASHES)
        and number not in marks.once(picture_lines)
        and " " not in (opener("credit", page.key(number)) or "")  # “Illustration by Anna Berg”
        and (text.isalpha() or not (is_dated(page, number) or is_author(page, number)))
        and not _is_kicker(page, marks, number)
        and not _is_name(page, marks, number)
        and not is_signature("".join(page.texts[number + 1 : number + 2]))  # it names the desk
    )


def _is_name(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a label could be a name in ideographs, which stands bare below the date."""
    if not _NAME.fullmatch(page.texts[number].strip()):
        return False
    above = (n for n in range(number - 1, -1, -1) if marks.state[n] == STANDS)
    return is_dated(page, next(above, number))


def _is_kicker(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a label stands right above a headline."""
    if number >= marks.once(body_start):
        return False
    return number + 1 not in marks.dropped and width(page.texts[number + 1]) > LABEL


def menu(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a block of short lines above the head that reads as a menu."""
    top, on_path = marks.once(body_start), {mark.start for mark in marks.once(paths)}
    lowest = page.state.rfind(STANDS, 0, max(top, 0))  # of the block of the headline
    fitting = marks.traits.translate(_FITTING)
    for number in on_path:
        fitting[number] = STANDS
    for found in _FITTING_BLOCK.finditer(bytes([BLANK]) + fitting):
        block = range(found.start(), found.end() - 1)
        if block.start >= top:
            break
        block = block[: above_kickers(marks, block)]
        block = block[: _above_byline(page, block) - _ends_in_capitals(page, marks, block)]
        if lowest not in block:
            because = _menu_reason(page, marks, block, on_path)
            if because:
                yield Mark(block.start, block.stop, "nav/menu-block", because)


def _above_byline(page: Page, block: range) -> int:
    """Count the lines of a block above the kicker and headline that a byline at its end follows."""
    for at in range(max(0, len(block) - BYLINE_LINES), len(block)):
        key = page.key(block[at])
        by = opener("byline", key)
        if by and key.startswith(" ", len(by)):
            return max(0, at - 2)
    return len(block)


def _ends_in_capitals(page: Page, marks: Marks, block: range) -> bool:
    """Tell whether the last line of a block is a kicker: it alone is in capitals, unnamed."""
    if not block or block[-1] in marks.dropped or not page.texts[block[-1]].isupper():
        return False
    return not any(page.texts[number].isupper() for number in block[:-1])


def _menu_reason(page: Page, marks: Marks, block: range, on_path: set[int]) -> str | None:
    dropped, rest = marks.dropped, page.texts[block.start : block.stop]
    if marks.state.count(GONE, block.start, block.stop) or not on_path.isdisjoint(block):
        rest = tuple([page.texts[n] for n in block if n not in dropped and n not in on_path])
        for number in block if rest else ():
            if number in on_path or (number in dropped and dropped[number].group in _MENU_GROUPS):
                return f"in a menu with “{page.key(number)}”"
    if len(rest) >= BARE_MENU_LINES and not _NO_ENTRY.search("\n".join(rest)):
        return f"{len(rest)} short lines above the head"
    return None


def reads_as_item(text: str) -> bool:
    """Tell whether a line could stand in a menu's block.

    >>> reads_as_item("Kreis Wesselburg"), reads_as_item("Ach was!")
    (True, False)
    """
    if text.rstrip()[-1] in SENTENCE_ENDS:
        return False
    return width(text) <= MENU_ITEM


def counter(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a bare number, or stars, beside a picture or a button to share or to comment.

    Above the body it may stand beside the time it takes to read or to hear the article.
    """
    top = marks.once(body_start)
    buttons = (
        *marks.groups.get("share", ()),
        *marks.groups.get("comments", ()),
        *marks.once(picture_lines),
        *(n for n in marks.groups.get("label", ()) if marks.dropped[n].rule == _VIEWER),
        *(n for n in marks.dropped if n < top and marks.dropped[n].rule in _TIMES),
        *(mark.start for mark in marks.once(repeat_marks) if mark.rule == _ALT_TEXT),
    )
    for button, step in {(n, step) for n in buttons for step in (-1, 1)}:
        number = button + step
        while number not in marks.dropped and _is_counter(page, number):
            yield Mark(number, number + 1, "share/counter", "a bare number beside a label")
            number += step


def _is_counter(page: Page, number: int) -> bool:
    text = page.texts[number].strip() if 0 <= number < len(page.texts) else ""
    could_be = text[:1] == "A" or not text[:1].isalpha()  # the pattern takes long to compile
    return could_be and _COUNT.fullmatch(text) is not None
