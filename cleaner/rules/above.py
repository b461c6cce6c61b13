"""What stands above the headline: menus whose entries are sections of papers and sites."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.vocabulary import opener, vocabulary

ENTRY = 34
"""Longest entry of a menu, in characters."""

SECTIONS = 3
"""Fewest sections that make a menu where no other rule names an entry of it."""

LONG_MENU = 10
"""Entries from which a menu ends where its entries do; a shorter one ends at the last it names."""

_AND = pattern(r" ?(?:&|,|\||/| und | and ) ?")
_NO_ENTRY = pattern(r"\A[–—-] |@|: |[.?!:\"“”»«,;。！？]\s*\Z|\d{3}|\d[.:]\d")
_DIGIT = pattern(r"\d")
_WORD = pattern(r"[^\W\d_]+")
_MENU_GROUPS = frozenset({"nav", "sign-in", "promo", "ads", "paywall", "newsletter", "consent"})
_MENU_ENDS = frozenset({"nav", "sign-in"})
_PATH_START = "nav/breadcrumb"


def names_section(text: str) -> bool:
    """Tell whether a line is an entry that menus have: a section of a paper, a page of a site.

    >>> names_section("Klima & Umwelt"), names_section("Derby am Kanal")
    (True, False)
    """
    if len(text) > ENTRY:
        return False
    key, sections = make_key(text), vocabulary("section")
    return key in sections or all(part in sections for part in _AND.split(key))


def could_be_entry(text: str) -> bool:
    """Tell whether a line could be an entry of a menu: short, no sentence, no date or time.

    >>> could_be_entry("2. Liga"), could_be_entry("17. März 2024"), could_be_entry("Ach was!")
    (True, False, False)
    """
    if len(text) > ENTRY or _NO_ENTRY.search(text) is not None:
        return False
    if len(text) > ENTRY // 2 and max(text) >= "\u2e80":
        return False  # an ideograph says what takes two or three letters
    key = make_key(text)
    dated = _DIGIT.search(key) and not vocabulary("month").isdisjoint(_WORD.findall(key))
    return not dated and opener("byline", key) is None


def menu_runs(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark runs of entries above the headline, however blank lines part them."""
    top, filled = marks.once(body_start), page.filled
    above = filled[: bisect_left(filled, top)]
    sections, entries = page.having(names_section), page.having(could_be_entry)
    dropped = marks.dropped
    others = [at for at, number in enumerate(above) if number not in entries]
    edges = [at for at in others if not _in_menu(dropped.get(above[at]))]
    for before, after in pairwise((-1, *edges, len(above))):
        run = above[before + 1 : after]
        stop = 0 if sections.keys().isdisjoint(run) else _menu_end(page, marks, run)
        if stop:
            because = f"in a menu with “{page.key(next(n for n in run if n in sections))}”"
            yield Mark(run[0], run[stop - 1] + 1, "nav/menu-block", because)


def _in_menu(mark: Mark | None) -> bool:
    return mark is not None and mark.group in _MENU_GROUPS


def _menu_end(page: Page, marks: Marks, run: list[int]) -> int:
    """Count the lines of a run that are a menu, 0 where it is none; a kicker may end the run."""
    sections, dropped = page.having(names_section), marks.dropped
    size = len(run)
    while size and run[size - 1] in dropped and dropped[run[size - 1]].group not in _MENU_ENDS:
        size -= 1  # a paywall's badge stands between the section and the headline
    run = run[:size]
    apart = 1 + max([at for at in range(1, len(run)) if run[at] - run[at - 1] > 1], default=-1)
    menu = [n for n in run if n in dropped and dropped[n].group in _MENU_GROUPS]
    near = bool(menu) and menu[-1] >= run[max(0, apart - 1)]
    path = near and dropped[menu[-1]].rule == _PATH_START
    known = [at for at, n in enumerate(run) if n in sections and n not in dropped]
    last = bool(known) and known[-1] == len(run) - 1
    touches = last and page.block(run[-1]).stop > run[-1] + 1
    # The section that an article belongs to stands right above its headline.
    if touches or (last and not path and (len(known) <= SECTIONS or apart == len(run))):
        known.pop()
        run = run[:-1]
    said_before = {page.texts[n] for n in run[: known[-1]]} if known else set()
    again = bool(known) and page.texts[run[known[-1]]] in said_before
    if again:
        known.pop()  # what the menu has named before is the section of the article
    named = [at for at, n in enumerate(run) if n in dropped]
    count = len(known) + len(named)
    least = 1 if path else 2 if named else SECTIONS
    if len(known) < least or count * 3 < len(run):
        return 0
    end = max(*known, *named) + 1
    unnamed = len(run) - end
    whole = unnamed > 1 and not again and (path or len(run) >= LONG_MENU)
    return max(end, apart - (apart == len(run))) if whole else end
