"""Lines said twice: alt text and caption, a paragraph of a nested block, headline and breadcrumb."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.mark import Mark, Marks
from cleaner.page import SHORT, Page, make_key
from cleaner.rules.picture import picture_lines

TWICE = 60
"""Least length, in characters, from which a line said twice anywhere in the page is a repeat."""


def alt_text(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line that says a caption again without its credit."""
    captions = {
        make_key(described): number
        for number, (described, _) in marks.once(picture_lines).items()
        if described
    }
    if not captions:
        return
    for number in marks.standing:
        if len(page.texts[number]) <= SHORT and page.key(number) in captions:
            because = f"line {captions[page.key(number)] + 1} says it with its credit"
            yield Mark(number, number + 1, "repeat/alt-text", because)


def line_twice(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a long line that stands in the page before, word for word."""
    texts = page.texts
    yield from _twice(page, [n for n in marks.standing if len(texts[n]) >= TWICE], "repeat/line")


def headline_twice(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line above the first paragraph that stands there twice."""
    if marks.prose:
        top = marks.prose[0]
        yield from _twice(page, [n for n in marks.standing if n < top], "repeat/headline")


def _twice(page: Page, numbers: list[int], rule: str) -> Iterator[Mark]:
    """Mark the second of two lines in a row; of two apart the first, as in breadcrumb and head."""
    texts = page.texts
    if len({texts[n] for n in numbers}) == len(numbers):
        return
    last: dict[str, int] = {}
    for number in numbers:
        twin = last.get(texts[number])
        if twin is not None:
            in_a_row = number - twin == 1
            gone, stays = (number, twin) if in_a_row else (twin, number)
            yield Mark(gone, gone + 1, rule, f"the same as line {stays + 1}")
            last[texts[number]] = stays
        else:
            last[texts[number]] = number
