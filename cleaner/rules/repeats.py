"""Lines said twice: alt text and caption, a paragraph of a nested block, headline and breadcrumb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cleaner.mark import Mark, Marks
from cleaner.page import Page, fold, letters_of
from cleaner.rules.picture import picture_lines

TWICE = 60
"""Least length, in characters, from which a line said twice anywhere in the page is a repeat."""


def repeats(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what is said twice."""
    texts, standing = page.texts, marks.standing
    yield from _alt_texts(page, marks)
    long = [number for number in standing if len(texts[number]) >= TWICE]
    yield from _twice(texts, long, "repeat/line")
    if marks.prose:
        above = standing[: bisect_left(standing, marks.prose[0])]
        yield from _twice(texts, above, "repeat/headline")


def _alt_texts(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line that says a caption again without its credit."""
    captions = {
        letters_of(fold(described)): number
        for number, (described, _) in marks.once(picture_lines).items()
        if described
    }
    if not captions:
        return
    for number, letters in zip(page.short, page.letter_lines, strict=True):
        if letters in captions and captions[letters] != number:
            because = f"line {captions[letters] + 1} says it with its credit"
            yield Mark(number, number + 1, "repeat/alt-text", because)


def _twice(texts: Sequence[str], numbers: list[int], rule: str) -> Iterator[Mark]:
    """Mark the second of two lines in a row; of two apart the first, as in breadcrumb and head."""
    if len({texts[n] for n in numbers}) == len(numbers):
        return
    last: dict[str, int] = {}
    for number in numbers:
        twin = last.setdefault(texts[number], number)
        if twin != number:
            gone, stays = (number, twin) if number - twin == 1 else (twin, number)
            yield Mark(gone, gone + 1, rule, f"the same as line {stays + 1}")
            last[texts[number]] = stays
