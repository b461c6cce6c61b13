"""Lines said twice: alt text and caption, a paragraph of a nested block, headline and menu."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import PARAGRAPH, SHORT, Page, width
from cleaner.rules.contents import contents
from cleaner.rules.dates import is_dated
from cleaner.rules.edges import body_start
from cleaner.rules.picture import picture_lines
from cleaner.traits import DROPPED, WORDY, lines

_BEFORE_SOURCE = ("=", "＝", "。", ". ")

ALT_TEXT = 20
"""Least length, in characters, of an alt text that a caption goes on from."""

CAPTION = 160
"""Longest caption, in characters, of which another line says the first sentence."""

ALIKE = 8
"""Characters in which an alt text must begin like its caption to be compared with it."""

HEADLINE_WORDS = 4
"""Fewest words of a line of the head that is not said again below it."""

COPY = 1500
"""Least length, in characters, of a line that may hold a copy of the whole article."""

COPY_SHARE = 0.4
"""Least share of its characters that other paragraphs say; tags or Markdown may be the rest."""

COPIED, BEGINNING, LOOKED_AT = 3, 40, 200
"""Fewest paragraphs of a copy; characters by which each is known; how many are looked for."""

NEAR = 2
"""Most standing lines from a line to its repeat, where neither is a paragraph."""


def repeats(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what is said twice."""
    yield from marks.once(repeat_marks)


def repeat_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find what is said twice."""
    return [
        *_alt_texts(page, marks),
        *_without_credit(page, marks),
        *_begun(page, marks),
        *marks.once(contents),
        *_twice(page, marks),
        *_copy(page, marks),
    ]


def _alt_texts(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line that says a caption again without its credit, or says how it begins."""
    pictures = marks.once(picture_lines)
    said = {number: make_key(described) for number, (described, _) in pictures.items() if described}
    captions = {key: number for number, key in said.items()}
    begin = {pictures[number][0][:ALIKE] for number in said}
    texts, standing = page.texts, marks.standing if said else []
    for number in [n for n in standing if texts[n][:ALIKE] in begin]:
        caption = captions.get(page.key(number), number)
        if caption != number:
            because = f"line {caption + 1} says it with its credit"
            yield Mark(number, number + 1, "repeat/alt-text", because)
    for caption in captions.values():
        for beside in (caption - 1, caption + 1):
            text = page.texts[beside] if 0 <= beside < len(page.texts) else ""
            alt = page.key(beside) if ALT_TEXT <= len(text) <= SHORT else ""
            if alt and alt != said[caption] and said[caption].startswith(alt):
                because = f"line {caption + 1} begins so"
                yield Mark(beside, beside + 1, "repeat/alt-text", because)


def _without_credit(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line beside one that says the same and a source in brackets: “… (KVPR)”."""
    for number, said in page.having(before_brackets).items():
        for beside in page.neighbours(number):
            if page.texts[beside].strip().rstrip(".") == said and beside not in marks.dropped:
                because = f"line {number + 1} says it with its source"
                yield Mark(beside, beside + 1, "repeat/alt-text", because)


def before_brackets(text: str) -> str | None:
    """Return what a line says before brackets at its end.

    >>> before_brackets("Crews replaced a section of pipe on Thursday. (KVPR)")
    'Crews replaced a section of pipe on Thursday'
    """
    bare = text.strip()
    start = bare.rfind("(") if bare.endswith(")") else -1
    return bare[:start].strip().rstrip(".") if start > ALT_TEXT else None


def _begun(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line right beside one that says it and goes on to its place or its source."""
    texts = page.texts
    for number, said in page.having(before_source).items():
        for beside in (number - 1, number + 1):
            text = texts[beside].strip() if 0 <= beside < len(texts) else ""
            twice = beside > number and "＝" in text and text == texts[number].strip()
            if (twice or text == said) and beside not in marks.dropped:
                because = f"line {number + 1} says it and goes on"
                yield Mark(beside, beside + 1, "repeat/alt-text", because)


def before_source(text: str) -> str | None:
    """Return what a caption says before it tells where that is, or who took the picture.

    >>> before_source("灯籠を積み、対岸へ向かう渡し船＝16日夜、瀬見川町")
    '灯籠を積み、対岸へ向かう渡し船'
    >>> before_source("Вратарь «Верхнеозёрска» Глеб Кашников. Фото ХК «Верхнеозёрск»")
    'Вратарь «Верхнеозёрска» Глеб Кашников'
    """
    said = bare = text.strip()
    for sign in _BEFORE_SOURCE:
        said = said.partition(sign)[0]
    return said if said != bare and width(said) >= ALT_TEXT else None


def _twice(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the second of two equal lines in a row, and of two equal paragraphs.

    Above the body it is the first of two, as in breadcrumb and headline. Elsewhere short lines
    recur for a reason: subheads, tables, refrains.
    """
    numbers = list(lines(marks.traits, WORDY, DROPPED))
    texts = [page.texts[number] for number in numbers]
    last = dict(zip(texts, numbers, strict=True))
    if len(last) == len(texts):
        return
    recurring: dict[str, list[int]] = {}
    for number in sorted(set(numbers).difference(last.values())):
        recurring.setdefault(page.texts[number], []).append(number)
    body, listed = marks.once(body_start), {mark.start for mark in marks.once(contents)}
    for text, before in recurring.items():
        said = [number for number in (*before, last[text]) if number not in listed]
        long = len(text) >= PARAGRAPH
        dated = is_dated(page, last[text])
        for twin, number in pairwise(said):
            headline = twin < body and text.count(" ") + 1 >= HEADLINE_WORDS
            above = number < body and not dated
            if above or headline or long or _are_near(marks, twin, number):
                apart_above = number < body and number - twin > 1
                headed = apart_above and any(twin < n < number for n in marks.once(_dated_above))
                gone, stays = (number, twin) if headed or not apart_above else (twin, number)
                yield Mark(gone, gone + 1, "repeat/line", f"the same as line {stays + 1}")


def _dated_above(page: Page, marks: Marks) -> list[int]:
    """List the lines above the body that hold a date."""
    above = page.filled[: bisect_left(page.filled, marks.once(body_start))]
    return [number for number in above if is_dated(page, number)]


def _copy(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a line that holds the paragraphs of the page once more: its source, to be reprinted."""
    texts = page.texts
    longest = max(marks.prose, key=lambda n: len(texts[n]), default=None)
    if longest is None or len(texts[longest]) < COPY:
        return
    whole = texts[longest]
    others = [texts[n].strip() for n in marks.prose[:LOOKED_AT] if n != longest]
    held = [text for text in others if text[:BEGINNING] in whole]
    if len(held) >= COPIED and sum(map(len, held)) >= COPY_SHARE * len(whole):
        because = f"holds {len(held)} other paragraphs"
        yield Mark(longest, longest + 1, "repeat/copy", because)


def _are_near(marks: Marks, first: int, second: int) -> bool:
    standing = marks.standing
    return bisect_left(standing, second) - bisect_left(standing, first) <= NEAR
