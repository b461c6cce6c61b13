"""What stands above the headline: menus whose entries are sections of papers and sites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page, width
from cleaner.patterns import DIGIT, pattern
from cleaner.rules.dates import has_date
from cleaner.rules.edges import body_start
from cleaner.rules.signs import paths as sections_paths
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

KICKERS = 2
"""Most kickers between a menu, or a paywall's badge, and the headline."""

TITLE_BLANKS = 3
"""Blanks from which a short line amid what tops a page may be the headline."""

JOINING, JOINING_WORDS = ("&", ",", "|", "/"), (b"und", b"and")
"""What joins two sections into one entry, as signs and as letters."""

NO_ENTRY = ("0", "-", "–", "@", ":", ".", "...", "?", "!", '"', "»", ",", ";")
"""Signs without which a line has none of the marks of what is no entry; others are like them."""

WIDGET_WORDS = 6
"""Most words of what a widget says: the weather, an index and its change."""

_WIDGET = pattern(r"\d ?°|[+−-] ?\d+(?:[.,]\d+)? ?%|\d[.,]\d\d [+−-]\d")
_AND = pattern(r" ?(?:&|,|\||/| und | and ) ?")
_NO_ENTRY_ENDS = frozenset('.?!:"“”»«,;。！？')
_DASHES = ("– ", "— ", "- ")
_FIGURES = pattern(r"\d(?:\d\d|[.:]\d)")
_WORD = pattern(r"[^\W\d_]+")
_MENU_GROUPS = frozenset({"nav", "sign-in", "promo", "ads", "paywall", "newsletter", "consent"})
_BEFORE_KICKER = frozenset({"sign-in", "paywall", "newsletter", "player", "label", "footer"})
_MENU_ENDS = frozenset({"nav", "sign-in"})
_BUTTONS = "nav/menu"
_PATH_START = "nav/breadcrumb"
_TAGS = "nav/tags"
_BADGE = "paywall/subscriber-only"


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
    if not plain and _is_marked(text):
        return False
    if width(text) > LONGEST:
        return False
    key = make_key(text)
    dated = not plain and DIGIT.search(key) is not None and _names_month(key)
    return not dated and opener("byline", key) is None


def _is_marked(text: str) -> bool:
    """Tell whether a line has a mark of what is no entry; see `NO_ENTRY`."""
    if text.rstrip()[-1:] in _NO_ENTRY_ENDS or "@" in text or ": " in text:
        return True
    return text.startswith(_DASHES) or _FIGURES.search(text) is not None


def _names_month(key: str) -> bool:
    return not vocabulary("month").isdisjoint(_WORD.findall(key))


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
    """Mark the short lines between the top of a page and the kickers over its headline.

    What stands between two menus is a menu too, or a widget: the weather, prices, editions. Below
    the last of them, or where none is known, lines stay that may be kickers or the headline.
    """
    dropped, texts = marks.dropped, page.texts
    top = page.filled[: bisect_left(page.filled, marks.once(body_start))]
    unnamed = [number for number in top if number not in dropped]
    end = next((number for number in unnamed if _is_head(page, number)), None)
    headed = end is not None and is_headline(page, end)
    if end is None:  # the headline is one of the short lines
        end = max(unnamed, key=lambda number: texts[number].count(" "), default=0)
    above = [number for number in unnamed if number < end]
    anchors = [*_menu_pieces(marks), *(n for n in above if headed and _is_widget(texts[n]))]
    last = max((number for number in anchors if number < end), default=-1)
    stop = bisect_right(above, last)
    for number in above[:stop]:
        yield Mark(number, number + 1, "nav/page-top", f"above “{page.key(last)[:LONGEST]}”")
    yield from _over_kickers(page, above[stop:], end, headed)


def _over_kickers(page: Page, rest: list[int], end: int, headed: bool) -> Iterator[Mark]:
    """Mark the entries over a headline but the last ones, and blocks of them that it is not in."""
    texts = page.texts
    titles = (at for at, n in enumerate(rest) if texts[n].count(" ") >= TITLE_BLANKS)
    titled = next(titles, len(rest) if headed else 0)
    headline = rest[titled] if titled < len(rest) else end
    for at, number in enumerate(rest[:titled]):
        block = page.block(number)
        kicker = headline in block or texts[number].isupper()
        if len(block) >= SECTIONS and not kicker:
            because = f"in a block of {len(block)} lines over the headline"
        elif at < titled - KICKERS:
            because = f"more than {KICKERS} lines over the headline"
        else:
            continue
        if could_be_entry(texts[number]):
            yield Mark(number, number + 1, "nav/page-top", because)


def _menu_pieces(marks: Marks) -> Iterator[int]:
    dropped = marks.dropped
    for group in _MENU_ENDS:
        yield from (n for n in marks.groups.get(group, ()) if dropped[n].rule != _TAGS)
    yield from (mark.start for mark in marks.once(sections_paths) if mark.start not in dropped)


def _is_widget(text: str) -> bool:
    return _WIDGET.search(text) is not None and text.count(" ") < WIDGET_WORDS


def _is_head(page: Page, number: int) -> bool:
    """Tell whether a line is too long for a menu, or says who wrote the article and when."""
    text = page.texts[number]
    if width(text) > TOP_LINE:
        return True
    key = page.key(number)
    dated = DIGIT.search(key) is not None and (has_date(key) or _names_month(key))
    return dated or opener("byline", key) is not None


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
    below = bisect_right(page.filled, run[-1])
    number = page.filled[below] if below < len(page.filled) else run[-1]
    if number in dropped or not is_headline(page, number):
        return start, size - 2  # it may be the last of these, and a kicker stand above
    return start, max(size - 1, start + 1)


def is_headline(page: Page, number: int) -> bool:
    """Tell whether a line is surely the headline, so that none above it can be."""
    text, key = page.texts[number], page.key(number)
    if width(text) <= LONGEST or text.rstrip().endswith("."):
        return False
    return not has_date(key) and opener("byline", key) is None


def _menu_lines(_: Page, marks: Marks) -> frozenset[int]:
    """Collect the lines that rules name as what stands in menus."""
    return frozenset(n for group in _MENU_GROUPS for n in marks.groups.get(group, ()))


def above_kickers(marks: Marks, run: Sequence[int]) -> int:
    """Count the lines of a run above a paywall's badge that kickers follow; else all."""
    dropped, size = marks.dropped, len(run)
    for at in range(max(0, size - KICKERS - 1), size - 1):
        if run[at] in dropped and dropped[run[at]].rule == _BADGE:
            return at
    return size


def _ends_menu(page: Page, marks: Marks, run: list[int], at: int) -> bool:
    """Tell whether a line stands between the menu and the head: “Anmelden”, “Suche”."""
    if at < 0 or run[at] not in marks.dropped:
        return at >= 0 and page.key(run[at]) in vocabulary("menu-end")
    mark = marks.dropped[run[at]]
    return mark.group in _BEFORE_KICKER or mark.rule == _BUTTONS


def _menu_end(page: Page, marks: Marks, run: list[int], traits: bytearray) -> int:
    """Count the lines of a run that are a menu, 0 where it is none; a kicker may end the run."""
    known, named = list(lines(traits, SECTION, DROPPED)), list(lines(traits, DROPPED))
    if not known or (len(known) + len(named)) * 3 < len(run):
        return 0
    dropped, size = marks.dropped, len(run)
    while named and named[-1] == size - 1 and dropped[run[named[-1]]].group not in _MENU_ENDS:
        size = named.pop()  # a paywall's badge stands between the section and the headline
    size = min(size, above_kickers(marks, run))
    known = [at for at in known if at < size]
    if not known:
        return 0
    apart = next((at + 1 for at in range(size - 1, 0, -1) if run[at] - run[at - 1] > 1), 0)
    menu = marks.once(_menu_lines)
    in_menu = next((at for at in reversed(named) if run[at] in menu), -1)
    path = in_menu >= max(0, apart - 1) and dropped[run[in_menu]].rule == _PATH_START
    last = known[-1] == size - 1
    touches = last and page.block(run[size - 1]).stop > run[size - 1] + 1
    # The section that an article belongs to stands right above its headline.
    near = known[-1] >= size - 2
    parted = near and _ends_menu(page, marks, run, known[-1] - 1)
    two = (
        near
        and known[-2:] == [known[-1] - 1, known[-1]]
        and _ends_menu(page, marks, run, known[-1] - 2)
    )
    if two:
        size, known = known[-2], known[:-2]
    elif touches or parted or (last and not path and (len(known) <= SECTIONS or apart == size)):
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
