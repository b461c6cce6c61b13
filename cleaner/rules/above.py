"""What stands above the headline: menus whose entries are sections of papers and sites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.vocabulary import opener, vocabulary
from cleaner.traits import ENTRY, FILLED, lines

LONGEST = 34
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
    if len(text) > LONGEST:
        return False
    key, sections = make_key(text), vocabulary("section")
    return key in sections or all(part in sections for part in _AND.split(key))


def could_be_entry(text: str) -> bool:
    """Tell whether a line could be an entry of a menu: short, no sentence, no date or time.

    >>> could_be_entry("2. Liga"), could_be_entry("17. März 2024"), could_be_entry("Ach was!")
    (True, False, False)
    """
    if len(text) > LONGEST or _NO_ENTRY.search(text) is not None:
        return False
    if len(text) > LONGEST // 2 and max(text) >= "\u2e80":
        return False  # an ideograph says what takes two or three letters
    key = make_key(text)
    dated = _DIGIT.search(key) and not vocabulary("month").isdisjoint(_WORD.findall(key))
    return not dated and opener("byline", key) is None


def menu_runs(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark runs of entries above the headline, however blank lines part them."""
    top, filled = marks.once(body_start), page.filled
    named = [n for n in page.sections if n < top]
    if not named:
        return
    traits = bytearray(page.traits)[:top]
    for number in marks.once(_menu_lines):
        if number < top:
            traits[number] |= ENTRY
    edges = [-1, *lines(traits, FILLED, ENTRY), top]
    for before, section in {edges[bisect_left(edges, n) - 1]: n for n in reversed(named)}.items():
        after = edges[bisect_right(edges, before)]
        run = filled[bisect_right(filled, before) : bisect_left(filled, after)]
        stop = _menu_end(page, marks, run) if section < after else 0
        if stop:
            because = f"in a menu with “{page.key(section)}”"
            yield Mark(run[0], run[stop - 1] + 1, "nav/menu-block", because)


def _menu_lines(_: Page, marks: Marks) -> frozenset[int]:
    """Collect the lines that rules name as what stands in menus."""
    return frozenset(n for group in _MENU_GROUPS for n in marks.groups.get(group, ()))


def _menu_end(page: Page, marks: Marks, run: list[int]) -> int:
    """Count the lines of a run that are a menu, 0 where it is none; a kicker may end the run."""
    sections, dropped, menu = page.sections, marks.dropped, marks.once(_menu_lines)
    named = [at for at, n in enumerate(run) if n in dropped]
    while named and named[-1] == len(run) - 1 and dropped[run[-1]].group not in _MENU_ENDS:
        named.pop()  # a paywall's badge stands between the section and the headline
        run = run[:-1]
    if not run:
        return 0
    apart = len(run)  # how many lines, the last of them the first after the last gap
    while apart > 1 and run[apart - 1] - run[apart - 2] == 1:
        apart -= 1
    apart = apart if apart > 1 else 0
    in_menu = next((at for at in reversed(named) if run[at] in menu), -1)
    path = in_menu >= max(0, apart - 1) and dropped[run[in_menu]].rule == _PATH_START
    inside = sections[bisect_left(sections, run[0]) : bisect_right(sections, run[-1])]
    known = [bisect_left(run, n) for n in inside if n not in dropped]
    if not known:
        return 0
    last = known[-1] == len(run) - 1
    touches = last and page.block(run[-1]).stop > run[-1] + 1
    # The section that an article belongs to stands right above its headline.
    if touches or (last and not path and (len(known) <= SECTIONS or apart == len(run))):
        known.pop()
        run = run[:-1]
    said_before = {page.texts[n] for n in run[: known[-1]]} if known else set()
    again = bool(known) and page.texts[run[known[-1]]] in said_before
    if again:
        known.pop()  # what the menu has named before is the section of the article
    count = len(known) + len(named)
    least = 1 if path else 2 if named else SECTIONS
    if len(known) < least or count * 3 < len(run):
        return 0
    end = max(*known, *named) + 1
    unnamed = len(run) - end
    whole = unnamed > 1 and not again and (path or len(run) >= LONG_MENU)
    return max(end, apart) if whole else end
