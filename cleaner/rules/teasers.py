"""Teasers below a heading of related stories, and where they end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import takewhile

from cleaner.mark import Mark, Marks
from cleaner.page import Page, is_wide
from cleaner.patterns import pattern
from cleaner.rules.labels import is_label
from cleaner.rules.picture import picture_lines
from cleaner.rules.shapes import ASKS

TEASERS = 15
"""Most teasers below a heading where the article goes on after them."""

TEASER_WORDS = 4
"""Fewest words of a teaser where no blank line parts it from the article."""

SUBHEAD_WORDS = 5
"""Most words of a subhead right below teasers that is no question."""

IDEOGRAPHS = 6
"""Most ideographs of a subhead; teasers have more."""

TEASER = 100
"""Longest of them, in characters, below “Read more”."""

READ_ON = 4
"""Most of them below it."""

_ENTRY = ("-", "–", "—", "•", "*")
_NO_TEASER = (*_ENTRY, '"', "«", "“", "„", "¿", "By ", "Von ")
_SPEECH = ('"', "»", "”", "“", ":")
_ROW = pattern(r"\d{1,2}[:.]\d\d\s|\d{1,2}\. |[■●▽▼◆]")
_INLINE = "related/inline"
_TEASER = "related/teaser"
_READ_ON = "paywall/read-on"


def teasers(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the headlines below a heading such as “Mehr zum Thema”."""
    if page.markup is not None:
        return  # there the block says where teasers end; judged by lines, products go with them
    pictures = marks.once(picture_lines)

    def is_no_caption(number: int) -> bool:
        return number not in pictures and number + 1 not in pictures

    done = 0  # place in `standing`: a line is below the first heading that claims it
    for heading in marks.groups.get("related", ()):
        mark = marks.dropped[heading]
        if mark.rule == _TEASER or _names_its_own(page, mark):
            continue
        if mark.rule != _INLINE or mark.because.strip("“:”") == page.key(heading):
            because = f"below “{page.key(heading)}”"
            start, stop = _teasers_below(page, marks, heading)
            below = [*takewhile(is_no_caption, marks.standing[max(start, done) : stop])]
            if below:
                yield Mark(below[0], below[-1] + 1, "related/teasers", because)
            done = max(done, stop)
    yield from _read_on(page, marks)


def _names_its_own(page: Page, mark: Mark) -> bool:
    """Tell whether a heading is a teaser itself: “Read more on the dishwasher.” is one."""
    if page.texts[mark.start].rstrip().endswith("."):
        return True
    phrase, key = mark.because.strip("“”"), page.key(mark.start)
    rest = key[len(phrase) :].strip() if key.startswith(phrase) else ""
    return rest.count(" ") >= TEASER_WORDS - 1 and page.block(mark.start).stop == mark.start + 1


def _read_on(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the headlines of a block amid the text that “Read more” heads."""
    body = range(marks.prose[0], marks.prose[-1]) if marks.prose else range(0)
    for heading in marks.groups.get("paywall", ()):
        if marks.dropped[heading].rule == _READ_ON and heading in body:
            block = page.block(heading)
            above, below = range(block.start, heading), range(heading + 1, block.stop)
            heads = 0 < len(below) <= READ_ON and all(n in marks.dropped for n in above)
            if heads and all(_is_teaser(page, marks, n) for n in below):
                because = f"below “{page.key(heading)}”"
                yield Mark(below.start, below.stop, "related/teasers", because)


def _is_teaser(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line that no rule names could be a headline, and no address, no hours."""
    text = page.texts[number]
    other = text.count(" ") + 1 < TEASER_WORDS or text.startswith(_NO_TEASER)
    other = other or any(map(str.isdigit, text))
    return number not in marks.dropped and is_label(text, TEASER) and not other


def _teasers_below(page: Page, marks: Marks, heading: int) -> tuple[int, int]:
    """Find where in `standing` the teasers of a heading begin and end."""
    standing, place = marks.standing, bisect_right(marks.prose, heading)
    start = bisect_right(standing, heading)
    in_block = bisect_left(standing, page.block(heading).stop)
    article_goes_on = place < len(marks.prose)
    stop = bisect_left(standing, marks.prose[place]) if article_goes_on else len(standing)
    if in_block > start and article_goes_on and (place == 0 or in_block > stop):
        # No blank line says where the article, or its head, goes on.
        end = _teasers_end(page, standing, start, min(in_block, stop))
        heads = page.texts[standing[end]].rstrip().endswith(ASKS) if end < stop else False
        heads = heads or (end == stop > start and _could_head(page.texts[standing[end - 1]]))
        return start, end - (heads and end - start > 1)
    if in_block > start:
        stop = min(in_block, stop)
        parted = page.block(heading).stop <= page.filled[-1]  # else no blank line says where
        return start, stop if parted else _before_text(page, standing, start, stop)
    if article_goes_on and _has_its_own(page, marks, heading):
        return start, start
    if article_goes_on and (place == 0 or stop - start > TEASERS):
        return start, start  # above the article its own head follows
    # The line that heads the paragraph after the teasers stays; a lone line is a teaser.
    if article_goes_on and stop > start and not page.texts[standing[stop - 1] - 1].strip():
        stop -= stop - start > 1 or standing[stop - 1] + 1 == standing[stop]
    elif article_goes_on and stop - start > 1:
        last, above = (page.texts[standing[stop - at]].strip() for at in (1, 2))
        stop -= _is_short(last) and not _is_short(above)
    return start, _before_text(page, standing, start, stop)


def _before_text(page: Page, standing: list[int], start: int, stop: int) -> int:
    """Find where a list of the article's own begins among what might be teasers.

    The label that heads it is the article's too. Teasers may be numbered, from the first on.
    """
    listed = _is_listed(page.texts[standing[start]]) if start < stop else False
    for at in range(start, start if listed else min(stop, start + TEASERS)):
        if _is_listed(page.texts[standing[at]]):
            above = page.texts[standing[at - 1]].strip()
            return at - (at - 1 > start and is_label(above) and _is_short(above))
    return stop


def _is_listed(text: str) -> bool:
    """Tell whether a line is an entry of a list, or introduces one."""
    text = text.strip()
    return text.startswith(_ENTRY) or text.endswith((":", ";")) or _ROW.match(text) is not None


def _is_short(text: str) -> bool:
    """Tell whether a line has fewer words than a teaser has; an ideograph or two make one."""
    return len(text) <= IDEOGRAPHS if is_wide(text) else text.count(" ") + 1 < TEASER_WORDS


def _could_head(text: str) -> bool:
    """Tell whether the last of what might be teasers could be a subhead."""
    text = text.strip()
    return is_wide(text) or text.count(" ") < SUBHEAD_WORDS or text.endswith(ASKS)


def _has_its_own(page: Page, marks: Marks, heading: int) -> bool:
    """Tell whether rules name a teaser in the block of its heading: what follows it is none."""
    below = heading + 1
    named = below in marks.dropped and page.key(below).count(" ") >= TEASER_WORDS
    return named and page.block(heading).stop <= below + READ_ON


def _teasers_end(page: Page, standing: list[int], start: int, stop: int) -> int:
    """Find where teasers end though no blank line follows: at a subhead, a list, speech."""
    for at in range(start, min(stop, start + TEASERS)):
        text = page.texts[standing[at]].strip()
        if _is_short(text) or text.startswith(_NO_TEASER) or text.endswith(_SPEECH):
            return at
    return min(stop, start + TEASERS)
