"""Pass one: what rules find on each line alone, and what context rules want to know of it.

What a line alone is found to be is the same on every page. Furniture recurs from page to page, so
short lines are remembered: a page costs a look into a dictionary for each line seen before, and one
run of the rules over all that are new.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from typing import Any

from cleaner.mark import Mark, Verdict
from cleaner.page import SHORT, Look, Page
from cleaner.rule import Find

REMEMBERED = 2**15
"""Most lines that are remembered from page to page; beyond it all are forgotten."""

_Hits = tuple[tuple[str, str, Verdict], ...]  # what each mark says
_Seen = tuple[tuple[Look[Any], Any], ...]
_NOTHING: tuple[()] = ()
_Found = tuple[_Hits, _Seen] | tuple[()]


class LineMemory:
    """What rules that look at each line alone make of it, found once for each short line.

    Args:
        finds: what the rules find; they may look at nothing but a line and its language.
        looks: what context rules ask of each line, see `Page.having`.
        lang: the language that pages are said to be in.
    """

    def __init__(self, finds: Iterable[Find], looks: Iterable[Look[Any]], lang: str | None) -> None:
        self._finds = tuple(finds)
        self._looks = tuple(looks)
        self._lang = lang
        self._known: dict[str, _Found] = {"": _NOTHING}

    def marks(self, page: Page) -> list[Mark]:
        """Mark the lines of a page, and tell it what the looks see."""
        texts = page.texts
        found = list(map(self._known.get, texts))
        unknown = [x for x, known in zip(texts, found, strict=True) if known is None]
        new = {text for text in unknown if len(text) <= SHORT}
        if new:
            looked = self._find_on(list(new))
            pairs = zip(texts, found, strict=True)
            found = [looked.get(text) if known is None else known for text, known in pairs]
        had: dict[Look[Any], dict[int, Any]] = {look: {} for look in self._looks}
        marks = []
        for number in compress(range(len(found)), found):
            hits, seen = found[number]  # type: ignore[misc]  # `compress` leaves out the empty
            for rule, because, verdict in hits:
                marks.append(Mark(number, number + 1, rule, because, verdict))
            for look, value in seen:
                had[look][number] = value
        page.had.update(had)
        return marks

    def _find_on(self, new: list[str]) -> dict[str, _Found]:
        """Run rules and looks over new lines, all in one page, and remember what they find."""
        page = Page(tuple(new), "\n".join(new), self._lang)
        hits: dict[int, _Hits] = {}
        seen: dict[int, _Seen] = {}
        for find in self._finds:
            for mark in find(page):
                for number in range(mark.start, mark.stop):
                    hits[number] = (*hits.get(number, ()), mark[2:])
        for look in self._looks:
            for number, value in page.having(look).items():
                seen[number] = (*seen.get(number, ()), (look, value))
        found: dict[str, _Found] = dict.fromkeys(new, _NOTHING)
        for number in hits.keys() | seen.keys():
            found[new[number]] = hits.get(number, ()), seen.get(number, ())
        if len(self._known) + len(found) > REMEMBERED:
            self._known = {"": _NOTHING}
        if len(found) < REMEMBERED:
            self._known.update(found)
        return found


@lru_cache(maxsize=16)
def line_memory(
    finds: tuple[Find, ...], looks: tuple[Look[Any], ...], lang: str | None
) -> LineMemory:
    """Return the one memory of these rules and this language."""
    return LineMemory(finds, looks, lang)
