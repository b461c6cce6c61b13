"""Tables of contents: lines above the sections of an article that say their subheads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from cleaner.mark import Mark, Marks
from cleaner.page import Page

ENTRY = 100
"""Longest entry of a table of contents, in characters."""

CONTENTS = 2
"""Fewest entries of a table of contents."""

UNLABELLED = 3
"""Fewest entries of one that no label tells."""

_BULLETS = ("-", "–", "•")


def contents(page: Page, marks: Marks) -> list[Mark]:
    """Find the entries of a table of contents: subheads said again, or gone on with, below it."""
    for heading in marks.groups.get("nav", ()):
        if marks.dropped[heading].rule == "nav/contents":
            entries = _entries(page, marks, heading)  # an article has one table of contents
            because = "subheads further down"
            return [Mark(n, n + 1, "nav/contents-entry", because) for n in entries]
    return list(_unlabelled(page, marks))


def _entries(page: Page, marks: Marks, heading: int) -> list[int]:
    filled = page.filled[bisect_right(page.filled, heading) :]
    said = {n: _unnumbered(page.texts[n].strip()) for n in filled}
    listed: dict[str, int] = {}
    for number in filled:
        if number in marks.prose_set or len(said[number]) > ENTRY or said[number] in listed:
            break  # where the list ends the article begins
        listed[said[number]] = number
    rest = sorted(said[n] for n in filled[len(listed) :])
    again = [n for text, n in listed.items() if _begins_one(text, rest)]
    if len(again) < CONTENTS:
        return []
    entries = [n for n in listed.values() if n <= again[-1] and n not in marks.dropped]
    return entries if len(again) * 2 >= len(entries) else []


def _unnumbered(text: str) -> str:
    head, _, rest = text.partition(" ")
    number = head.rstrip(".)")
    numbered = number.isdigit() and len(number) < 3
    return rest.lstrip() if numbered or head in _BULLETS else text


def _begins_one(text: str, in_order: list[str]) -> bool:
    place = bisect_left(in_order, text)
    return place < len(in_order) and in_order[place].startswith(text)


def _unlabelled(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark lines in a row that are said once more further down, with paragraphs between."""
    prose = marks.prose
    if len(prose) < UNLABELLED:
        return
    short = page.short
    written = [page.texts[n].strip() for n in short]
    said = [text if text[0].isalpha() else _unnumbered(text) for text in written]
    if len(said) - len(set(said)) < UNLABELLED:
        return
    times, last = Counter(said), dict(zip(said, short, strict=True))
    twice = ((n, text) for n, text in zip(short, said, strict=True) if times[text] == 2)
    again = {n: last[text] for n, text in twice if last[text] > n}
    if len(again) < UNLABELLED:
        return
    for run in _rows(page, again):
        if len(run) >= UNLABELLED and _paragraphs(prose, run, again) >= len(run) - 1:
            for entry in run:
                because = f"a subhead in line {again[entry] + 1}"
                yield Mark(entry, entry + 1, "nav/contents-entry", because)


def _rows(page: Page, again: dict[int, int]) -> Iterator[list[int]]:
    """Part lines that are said again into runs of neighbours, said again apart from each other."""
    run: list[int] = []
    for number in again:
        above = page.neighbours(number)[0]
        if run and (above != run[-1] or again[number] - again[above] <= 1):
            yield run
            run = []
        run.append(number)
    yield run


def _paragraphs(prose: list[int], run: list[int], again: dict[int, int]) -> int:
    """Count the paragraphs from the first of some subheads to the last."""
    return bisect_left(prose, again[run[-1]]) - bisect_left(prose, again[run[0]])
