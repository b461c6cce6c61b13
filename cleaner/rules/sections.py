"""Menus that no blank line parts from the head: names of sections among recognised labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.rules.edges import body_start
from cleaner.rules.vocabulary import vocabulary

ENTRY = 30
"""Longest entry of a menu, in characters."""

ENTRY_WORDS = 3
"""Most words of an entry that is no known section."""

ENTRY_GAP = 2
"""Most entries in a row that are neither a known section nor a recognised label."""

KNOWN = 3
"""Fewest known sections and recognised labels that make a menu."""

_LABELS = frozenset({"nav", "sign-in"})
_NO_ENTRY = re.compile(r"[\d:.?!,;\"“”»«]")


def sections(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the names in a menu, below the head one with a label: “Menü”, “Politik”, “Anmelden”."""
    top, dropped = marks.once(body_start), marks.dropped
    for menu in _menus(page, marks):
        if menu[0] >= top and dropped.keys().isdisjoint(menu):
            continue
        because = f"in a menu from “{page.key(menu[0])}”"
        for number in menu:
            if number not in dropped:
                yield Mark(number, number + 1, "nav/menu-block", because)


def _menus(page: Page, marks: Marks) -> Iterator[list[int]]:
    """Yield the runs of entries that are menus, without what follows their last known entry."""
    run: list[int] = []
    known: list[int] = []  # places in the run
    for number in page.filled:
        is_known = _is_known(page, marks, number)
        if not is_known and not (known and _is_entry(page, marks, number)):
            yield from _menu(marks, run, known)
            run, known = [], []
            continue
        if is_known:
            known.append(len(run))
        run.append(number)
        if len(run) - known[-1] > ENTRY_GAP + 1:
            yield from _menu(marks, run, known)
            run, known = [], []
    yield from _menu(marks, run, known)


def _menu(marks: Marks, run: list[int], known: list[int]) -> Iterator[list[int]]:
    """Yield a run up to its last label; of sections below that, the last is the kicker."""
    if known and run[known[-1]] not in marks.dropped:
        known = known[:-1]
    if len(known) >= KNOWN and len(known) * 2 > known[-1]:
        yield run[: known[-1] + 1]


def _is_known(page: Page, marks: Marks, number: int) -> bool:
    if number in marks.dropped:
        return marks.dropped[number].group in _LABELS
    return len(page.texts[number]) <= ENTRY and page.key(number) in vocabulary("section")


def _is_entry(page: Page, marks: Marks, number: int) -> bool:
    text = page.texts[number]
    return (
        number not in marks.dropped
        and len(text) <= ENTRY
        and len(text.split()) <= ENTRY_WORDS
        and not _NO_ENTRY.search(text)
    )
