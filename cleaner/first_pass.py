"""Pass one: what rules find on each line alone, and what context rules want to know of it.

What a line alone is found to be is the same on every page. Furniture recurs from page to page, so
short lines are remembered: a page costs a look into a dictionary for each line seen before, and one
run of the rules over all that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import Any

from cleaner.look import Look, Looker, Seen
from cleaner.mark import Mark, Verdict
from cleaner.page import SHORT, Page, is_wordy
from cleaner.rule import Find
from cleaner.traits import DROPPED, FILLED, PROSE, TOLD, WORDY, lines

REMEMBERED = 2**16
"""Lines after which a new generation is remembered; what was met in neither of two is forgotten."""

_UNKNOWN = DROPPED  # no line has this trait before a rule drops it

_See = Callable[[str], Any]
_Hits = tuple[tuple[str, str, Verdict], ...]  # what each mark says

_Known = tuple[dict[str, int], dict[str, tuple[_Hits, Seen]]]
"""Of each line its traits, of a few lines some more: what lies about in memory is slow to read."""


class LineMemory:
    """What rules that look at each line alone make of it, found once for each short line.

    Args:
        finds: what the rules find; they may look at nothing but a line and its language.
        traits: what looks like what, a bit each, see `Page.traits`.
        looks: what else context rules ask of each line, see `Page.having`.
        lang: the language that pages are said to be in.
    """

    def __init__(
        self,
        finds: Iterable[Find],
        traits: Mapping[int, Look],
        looks: Iterable[Look],
        lang: str | None,
    ) -> None:
        self._finds = tuple(finds)
        self._looks = tuple(looks)
        self._looker = Looker(self._looks, traits)
        self._lang = lang
        self._known: _Known = ({"": 0}, {})
        self._before: _Known = ({}, {})

    def marks(self, page: Page) -> list[Mark]:
        """Mark the lines of a page, and tell it what the looks see."""
        texts, (known, told) = page.texts, self._known
        traits = bytearray(map(known.get, texts, repeat(_UNKNOWN)))
        if _UNKNOWN in traits:
            unknown = list(lines(traits, _UNKNOWN))
            short = [texts[number] for number in unknown if len(texts[number]) <= SHORT]
            new = self._recall(dict.fromkeys(short), known, told)
            if new:
                self._learn(new, known, told)
            for number in unknown:
                learned = known.get(texts[number])
                traits[number] = _long(texts[number]) if learned is None else learned
        page.traits = bytes(traits)
        had: dict[_See, dict[int, Any]] = {look.see: {} for look in self._looks}
        page.had, marks, make = had, [], tuple.__new__  # the class's own is half as fast
        for number in lines(traits, TOLD):
            hits, seen = told[texts[number]]
            for rule, because, verdict in hits:
                marks.append(make(Mark, (number, number + 1, rule, because, verdict)))
            for see, value in seen:
                had[see][number] = value
        if len(known) > REMEMBERED:
            self._before, self._known = (known, told), ({"": 0}, {})
        return marks

    def _recall(
        self,
        lines: Iterable[str],
        known: dict[str, int],
        told: dict[str, tuple[_Hits, Seen]],
    ) -> tuple[str, ...]:
        """Take over what the generation before knows of lines; return those that it never met."""
        known_before, told_before = self._before
        new = []
        for text in lines:
            traits = known_before.get(text)
            if traits is None:
                new.append(text)
                continue
            if traits & TOLD:
                told[text] = told_before[text]
            known[text] = traits
        return tuple(new)

    def _learn(
        self, new: tuple[str, ...], known: dict[str, int], told: dict[str, tuple[_Hits, Seen]]
    ) -> None:
        """Run rules and looks over new lines, all in one page, and remember what they find."""
        page = Page(new, "\n".join(new), self._lang)
        hits: dict[int, _Hits] = {}
        for find in self._finds:
            for mark in find(page):
                for number in range(mark.start, mark.stop):
                    hits[number] = (*hits.get(number, ()), mark[2:])
        traits, seen = self._looker.look(page)
        for number in hits.keys() | seen.keys():
            told[new[number]] = hits.get(number, ()), seen.get(number, ())
            traits[number] |= TOLD
        known.update(zip(new, traits, strict=True))


def _long(text: str) -> int:
    """Return the traits of a line that is too long to be remembered."""
    if text.isspace():
        return 0
    return FILLED | PROSE | WORDY if is_wordy(text) else FILLED | PROSE


@lru_cache(maxsize=16)
def line_memory(finds: tuple[Find, ...], lang: str | None) -> LineMemory:
    """Return the one memory of these rules and this language."""
    from cleaner.rules import LOOKS, TRAITS

    return LineMemory(finds, TRAITS, LOOKS, lang)
