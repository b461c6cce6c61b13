"""Looks: what context rules want to know of each line alone, and where it can be seen at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, NamedTuple

from cleaner.page import SHORT, Page


class Look(NamedTuple):
    """What is looked for in each line alone, and which lines are worth the look.

    Attributes:
        see: says what it sees in a line's text; something falsy where it sees nothing.
        longest: longest line, in characters, in which it sees anything.
        numbered: it sees nothing in a line without a digit.
        holding: it sees nothing in a line that holds none of these, case aside; empty for no such
            need.
    """

    see: Callable[[str], Any]
    longest: int = SHORT
    numbered: bool = False
    holding: tuple[str, ...] = ()


class Looker:
    """The lines of a page that are worth each look.

    >>> looker = Looker(Page(("7 Bilder", "Teilen", "Vor 3 Stunden"), "..."))
    >>> list(looker.lines(Look(str.upper, longest=8, numbered=True)))
    [0]
    """

    def __init__(self, page: Page) -> None:
        self._texts = page.texts
        self._lowered = page.lowered
        self._source = "\n".join(page.lowered.values())
        self._numbered = page.numbered
        by_size = sorted([(len(page.texts[number]), number) for number in page.short])
        self._sizes = [size for size, _ in by_size]
        self._short = [number for _, number in by_size]

    def lines(self, look: Look) -> list[int]:
        """Return the numbers of the lines that are worth a look."""
        if look.numbered:
            texts, longest = self._texts, look.longest
            lines = [number for number in self._numbered if len(texts[number]) <= longest]
        else:
            lines = self._short[: bisect_right(self._sizes, look.longest)]
        if look.holding:
            signs, lowered = [s for s in look.holding if s in self._source], self._lowered
            lines = list({number for s in signs for number in lines if s in lowered[number]})
        return lines
