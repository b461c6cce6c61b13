"""What stands above the headline: menus whose entries are sections of papers and sites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page, width
from cleaner.patterns import pattern
from cleaner.rules.dates import is_dated
from cleaner.rules.edges import body_start
from cleaner.rules.vocabulary import opener, vocabulary
from cleaner.traits import DROPPED, ENTRY, FILLED, SECTION, lines

LONGEST = 34
"""Longest entry of a menu, in characters."""

SECTIONS = 3
"""Fewest sections that make a menu where no other rule names an entry of it."""

LONG_MENU = 10
"""Entries from which a menu ends where its entries do; a shorter one ends at the last it names."""

LONGEST_TRAIL = 4
"""Most sections in the path that leads to an article."""

TOP_LINE = 48
"""Longest line amid what tops a page; a headline is longer, or ends the top."""

TOP_ANCHORS = 3
"""Fewest pieces of menus that make the top of a page."""

_AND = pattern(r" ?(?:&|,|\||/| und | and ) ?")
_NO_ENTRY = pattern(r"\A[–—-] |@|: |[.?!:\"“”»«,;。！？]\s*\Z|\d{3}|\d[.:]\d")
_DIGIT = pattern(r"\d")
_WORD = pattern(r"[^\W\d_]+")
_MENU_GROUPS = frozenset({"nav", "sign-in", "promo", "ads", "paywall", "newsletter", "consent"})
_MENU_ENDS = frozenset({"nav", "sign-in"})
_PATH_START = "nav/breadcrumb"
_TAGS = "nav/tags"


def names_section(text: str) -> bool:
    """Tell whether a line is an entry that menus have: a section of a paper, a page of a site.

    >>> names_section("Klima & Umwelt"), names_section("Derby am Kanal")
    (True, False)
    """
    key, sections = make_key(text), vocabulary("section")
    if key in sections or key.isalpha():
        return key in sections
    return _joins(key) and all(part in sections for part in _AND.split(key))


def _joins(key: str) -> bool:
    return "&" in key or "," in key or "|" in key or "/" in key or " und " in key or " and " in key


def could_be_entry(text: str) -> bool:
    """Tell whether a line could be an entry of a menu: short, no sentence, no date or time.

    >>> could_be_entry("2. Liga"), could_be_entry("17. März 2024"), could_be_entry("Ach was!")
    (True, False, False)
    """
    plain = text.replace(" ", "").isalpha()
    if not plain and _NO_ENTRY.search(text) is not None:
        return False
    if width(text) > LONGEST:
        return False
    key = make_key(text)
    if opener("byline", key) is not None:
        return False
    dated = not plain and _DIGIT.search(key) is not None
    return not dated or vocabulary("month").isdisjoint(_WORD.findall(key))


def menu_runs(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark runs of entries above the headline, however blank lines part them."""
    filled, menu = page.filled, marks.once(_menu_lines)
    top = bisect_left(filled, marks.once(body_start))
    outline = marks.outline[:top]
    others = [at for at in lines(outline, DROPPED, ENTRY) if filled[at] not in menu]
    others += lines(outline, FILLED, ENTRY | DROPPED)
    for before, after in pairwise((-1, *sorted(others), top)):
        if after - before <= 2:  # a line alone is no menu
            continue
        run, traits = filled[before + 1 : after], outline[before + 1 : after]
        stop = _menu_end(page, marks, run, traits)
        if stop:
            because = f"in a menu with “{page.key(run[next(lines(traits, SECTION))])}”"
            yield Mark(run[0], run[stop - 1] + 1, "nav/menu-block", because)
        start, end = _trail(page, marks, run)
        if end > max(start, stop):
            because = f"in a path from “{page.key(run[start - 1])}”"
            yield Mark(run[start], run[end - 1] + 1, "nav/trail", because)


def page_top(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the short lines between the top of a page and the last piece of a menu on its headline.

    What stands between two menus is a menu too, or a widget: the weather, prices, editions.
    """
    dropped, filled, texts = marks.dropped, page.filled, page.texts
    anchors, unnamed = list[int](), list[int]()
    for number in filled[: bisect_left(filled, marks.once(body_start))]:
        if number not in dropped:
            if _is_head(page, number):
                break
            unnamed.append(number)
        elif dropped[number].group in _MENU_ENDS and dropped[number].rule != _TAGS:
            anchors.append(number)
    else:  # the headline is one of these
        headline = max(unnamed, key=lambda number: texts[number].count(" "), default=0)
        anchors = anchors[: bisect_left(anchors, headline)]
    if len(anchors) < TOP_ANCHORS:
        return
    because = f"above “{page.key(anchors[-1])[:LONGEST]}”"
    for number in unnamed[: bisect_left(unnamed, anchors[-1])]:
        yield Mark(number, number + 1, "nav/page-top", because)


def _is_head(page: Page, number: int) -> bool:
    """Tell whether a line is too long for a menu, or says who wrote the article and when."""
    text = page.texts[number]
    if width(text) > TOP_LINE:
        return True
    return is_dated(page, number) or opener("byline", page.key(number)) is not None


def _trail(page: Page, marks: Marks, run: list[int]) -> tuple[int, int]:
    """Find the sections that lead from the home page to the article; a kicker may follow them."""
    dropped, size = marks.dropped, len(run)
    homes = (at for at in range(size - 1, -1, -1) if run[at] in dropped)
    start = next(homes, size - 1) + 1
    if not 0 < size - start <= LONGEST_TRAIL or dropped[run[start - 1]].rule != _PATH_START:
        return 0, 0
    if not page.key(run[start - 1]).replace(" ", "").isalpha():  # it is the whole path
        return 0, 0
    gaps = [at for at in range(start, size) if run[at] - run[at - 1] > 1]
    if gaps and gaps[0] > start:
        return start, gaps[0]
    if not _is_headline(page, marks, run[-1]):
        return start, size - 2  # it may be the last of these, and a kicker stand above
    return start, max(size - 1, start + 1)


def _is_headline(page: Page, marks: Marks, above: int) -> bool:
    """Tell whether the line below is surely the headline, so that none above it can be."""
    filled = page.filled
    at = bisect_right(filled, above)
    if at == len(filled) or filled[at] in marks.dropped:
        return False
    below = filled[at]
    text = page.texts[below]
    if width(text) <= LONGEST or text.rstrip().endswith("."):
        return False
    return not is_dated(page, below) and opener("byline", page.key(below)) is None


def _menu_lines(_: Page, marks: Marks) -> frozenset[int]:
    """Collect the lines that rules name as what stands in menus."""
    return frozenset(n for group in _MENU_GROUPS for n in marks.groups.get(group, ()))


def _menu_end(page: Page, marks: Marks, run: list[int], traits: bytearray) -> int:
    """Count the lines of a run that are a menu, 0 where it is none; a kicker may end the run."""
    known, named = list(lines(traits, SECTION, DROPPED)), list(lines(traits, DROPPED))
    if not known or (len(known) + len(named)) * 3 < len(run):
        return 0
    dropped, size = marks.dropped, len(run)
    while named and named[-1] == size - 1 and dropped[run[named[-1]]].group not in _MENU_ENDS:
        size = named.pop()  # a paywall's badge stands between the section and the headline
    apart = next((at + 1 for at in range(size - 1, 0, -1) if run[at] - run[at - 1] > 1), 0)
    menu = marks.once(_menu_lines)
    in_menu = next((at for at in reversed(named) if run[at] in menu), -1)
    path = in_menu >= max(0, apart - 1) and dropped[run[in_menu]].rule == _PATH_START
    last = known[-1] == size - 1
    touches = last and page.block(run[size - 1]).stop > run[size - 1] + 1
    # The section that an article belongs to stands right above its headline.
    if touches or (last and not path and (len(known) <= SECTIONS or apart == size)):
        size = known.pop()
    again = bool(known) and page.texts[run[known[-1]]] in [page.texts[n] for n in run[: known[-1]]]
    if again:
        known.pop()  # what the menu has named before is the section of the article
    count = len(known) + len(named)
    least = 1 if path else 2 if named else SECTIONS
    if len(known) < least or count * 3 < size:
        return 0
    end = max(*known, *named) + 1
    whole = size - end > 1 and not again and (path or size >= LONG_MENU)
    return max(end, apart - (apart == size)) if whole else end
