"""What stands below the article: topics that it is filed under, menus, lists of labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import BLANK, Page
from cleaner.patterns import DIGIT, pattern
from cleaner.rules.body import subheads
from cleaner.rules.dates import is_dated
from cleaner.rules.tail import BODY, thread_start
from cleaner.rules.vocabulary import opener
from cleaner.traits import DROPPED, ENTRY, SECTION, lines

LABELS = 3
"""Fewest lines of a block of labels that is no end of an article."""

END_SHARE = 0.15
"""Most of a page's prose, by characters, that may stand in its end."""

NAMED = 2
"""Fewest lines above a paragraph of the end that rules name."""

NAMED_SHARE = 0.3
"""Least share of them that are named or hold a date."""

TAGS = 120
"""Longest line of tags, in characters."""

DATED = 60
"""Longest line that is a teaser's date, in characters."""

MENU = 6
"""Fewest lines of a menu that blank lines part."""

FIGURES = 0.25
"""Most of a menu's entries that hold a digit, as a share."""

ROWS = 3
"""Fewest rows of a table of ranks: “1. Altmoor 34”."""

KNOWN = 2
"""Fewest sections that a menu between paragraphs names."""

_END_GROUPS = frozenset(
    {"comments", "footer", "newsletter", "related", "promo", "sign-in", "nav", "consent"}
)

_LABEL = bytes([traits & (ENTRY | DROPPED) != 0 for traits in range(256)])
_LABELS = pattern(rb"\x01{%d,}" % LABELS)  # runs of what could be an entry or is named

_BELOW_ONLY = frozenset({"comments", "footer", "consent", "related/most-read", "nav/tags"})


def below(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark blocks of labels below the last paragraph, and menus that blank lines part."""
    last = marks.once(last_paragraph)
    lowest = max(marks.dropped, default=-1)
    if last is None or lowest <= last:
        return
    filled, outline = page.filled, marks.outline
    first = bisect_left(filled, last)
    for run in _LABELS.finditer(outline.translate(_LABEL), first + 1):
        start, stop = run.span()
        known = [start + at for at in lines(outline[start:stop], DROPPED | SECTION)]
        if known:  # what stands above them tells who wrote the article
            yield from _labels(page, marks, filled[known[0] : stop], len(known), lowest)


def last_paragraph(page: Page, marks: Marks) -> int | None:
    """Find the last paragraph above the end of a page and a thread, where an article is long."""
    prose = marks.once(_prose)
    cut = marks.once(_end)
    if cut is not None:
        prose = prose[: bisect_left(prose, cut)]
    return prose[-1] if sum(len(page.texts[n]) for n in prose) >= BODY else None


def end(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the end of a page whose few paragraphs stand alone amid furniture."""
    start = marks.once(_end)
    if start is not None:
        because = f"from “{page.key(start)}” on, paragraphs stand alone amid furniture"
        yield Mark(start, page.filled[-1] + 1, "footer/end", because)


def subhead(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep subheads that read like labels, but none in a thread or an end, whose paragraphs go."""
    found = marks.once(subheads)
    if not found:
        return
    settled = Marks(page, (*marks, *found))
    thread, end = settled.once(thread_start), _end_below(page, marks, settled.once(_prose))
    ends = [n for n in (thread, end) if n is not None]
    for mark in found:
        if not ends or mark.start < min(ends):
            yield mark


def _prose(_: Page, marks: Marks) -> list[int]:
    start = marks.once(thread_start)
    return marks.prose if start is None else marks.prose[: bisect_left(marks.prose, start)]


def _end(page: Page, marks: Marks) -> int | None:
    """Find where the end of a page begins, below the article and above a thread."""
    return _end_below(page, marks, marks.once(_prose))


def _end_below(page: Page, marks: Marks, prose: list[int]) -> int | None:
    """Find where the end of a page begins, though it holds paragraphs: teasers, notes, forms.

    From the last paragraph up, each must have furniture right above it, some of a kind that stands
    below articles only, and all of them must be little beside the article.
    """
    filled, dropped = page.filled, marks.dropped
    ending = sorted(n for group in _END_GROUPS for n in marks.groups.get(group, ()))
    sizes = [len(page.texts[n]) for n in prose]
    article, start, below = sum(sizes), None, 0
    if article < BODY:
        return None
    for at in range(len(prose) - 1, 0, -1):
        below += sizes[at]
        if below > article * END_SHARE:
            break
        named = ending[bisect_right(ending, prose[at - 1]) : bisect_left(ending, prose[at])]
        if len(named) < NAMED:
            continue
        between = filled[bisect_right(filled, prose[at - 1]) : bisect_left(filled, prose[at])]
        sure = any(_ends(dropped[n]) and not _recurs(marks, n) for n in named)
        if sure and len(between) >= LABELS:
            share = len(between) * NAMED_SHARE
            if len(named) >= share or len(named) + _dates(page, marks, between) >= share:
                start = named[0]
    return start


def _recurs(marks: Marks, number: int) -> bool:
    """Tell whether its rule named a line between paragraphs before, as after each forum post."""
    return marks.once(_first_named)[marks.dropped[number].rule] < number


def _first_named(_: Page, marks: Marks) -> dict[str, int]:
    """Find where each rule that may tell an end names a line first, paragraphs above it."""
    inside = [n for n in marks.dropped if n > marks.prose[0] and _ends(marks.dropped[n])]
    return {marks.dropped[n].rule: n for n in sorted(inside, reverse=True)}


def _ends(mark: Mark) -> bool:
    return mark.group in _BELOW_ONLY or mark.rule in _BELOW_ONLY


def _dates(page: Page, marks: Marks, between: list[int]) -> int:
    """Count the lines that no rule names and that hold a teaser's date."""
    texts, dropped = page.texts, marks.dropped
    unnamed = [n for n in between if n not in dropped and len(texts[n]) <= DATED]
    return sum(is_dated(page, n) for n in unnamed)


def _labels(page: Page, marks: Marks, run: list[int], named: int, lowest: int) -> Iterator[Mark]:
    """Mark a run as a menu where enough of it is named, else its blocks of nothing but labels."""
    dropped = marks.dropped
    rows = [at for at, n in enumerate(run) if _is_row(page.texts[n])]
    if len(rows) >= ROWS:  # a table of ranks, which an article ends in
        run = run[rows[-1] + 1 :]
        named = sum(n in dropped or page.traits[n] & SECTION != 0 for n in run)
    if len(run) >= MENU and named > 1 and named * 3 >= len(run):
        because = f"{named} of {len(run)} entries are those of menus"
        yield Mark(run[0], run[-1] + 1, "nav/menu-below", because)
        return
    start = 0
    for at, number in enumerate(run, 1):
        if at == len(run) or run[at] > number + 1:
            block = run[start:at]
            if (
                len(block) >= LABELS
                and block[0] < lowest
                and page.block(block[0]) == range(block[0], block[-1] + 1)
            ):
                # Lines of an article's own list have no furniture right beside them.
                before, after = run[start - 1] if start else -1, run[at] if at < len(run) else -1
                numbered = sum(DIGIT.search(page.texts[n]) is not None for n in block)
                alone = before not in dropped and after not in dropped
                if numbered > FIGURES * len(block) or (alone and block[-1] not in dropped):
                    start = at
                    continue
                because = f"{len(block)} labels below the article"
                yield Mark(block[0], block[-1] + 1, "nav/menu-below", because)
            start = at


def _is_row(text: str) -> bool:
    """Tell whether a line is a row of a table of ranks; see `ROWS`."""
    rank, *name, value = text.split() if " " in text.strip() else ("", "")
    rank = rank.rstrip(".)")
    numbered = rank.isdigit() and len(rank) < 3 and value[-1].isdigit()
    return numbered and bool(name) and name[0][0].isalpha()


def between(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark blocks of entries between paragraphs, half of them or more sections or named."""
    if not marks.prose:
        return
    traits, dropped, state, sections = page.traits, marks.dropped, page.state, page.sections
    first, last, done = marks.prose[0], marks.prose[-1], -1
    for section in sections[bisect_left(sections, first) : bisect_left(sections, last)]:
        alone = state[section - 1] == BLANK == state[section + 1]
        if section > done and not alone:
            block = page.block(section)
            done = block.stop
            if len(block) >= LABELS and all(traits[n] & ENTRY or n in dropped for n in block):
                known = sum(traits[n] & SECTION and n not in dropped for n in block)
                named = known + sum(n in dropped for n in block)
                if known >= KNOWN and named * 2 >= len(block):
                    because = f"{named} of {len(block)} entries are those of menus"
                    yield Mark(block.start, block.stop, "nav/menu-between", because)


def names_tags(text: str) -> bool:
    """Tell whether a line lists what an article is filed under.

    >>> names_tags("Tags: Ofen, Umbau"), names_tags("Tags darauf: Regen")
    (True, False)
    """
    key = make_key(text)
    label = opener("tag-label", key)
    return label is not None and key.startswith(":", len(label))


def _tag_lines(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark such lines above or below all paragraphs, or right beside furniture."""
    for number in page.having(names_tags):
        inside = marks.prose and marks.prose[0] < number < marks.prose[-1]
        if not inside or not marks.dropped.keys().isdisjoint((number - 1, number + 1)):
            yield Mark(number, number + 1, "nav/tag-entry", "lists what it is filed under")


def tag_entries(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the topics below a label such as “Schlagwörter”, or in one line with it."""
    yield from _tag_lines(page, marks)
    traits, dropped = page.traits, marks.dropped
    for label in marks.groups.get("nav", ()):
        if dropped[label].rule == "nav/tags":
            stop = label + 1
            while stop < len(traits) and traits[stop] & ENTRY and stop not in dropped:
                stop += 1
            if stop > label + 1:
                because = f"below “{page.key(label)}”"
                yield Mark(label + 1, stop, "nav/tag-entry", because)
