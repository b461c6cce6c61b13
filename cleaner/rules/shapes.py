"""Lines whose shape alone gives them away: symbols, copyright notices, rows of links, breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleaner.mark import Mark
from cleaner.page import Page, fold, letters_of
from cleaner.phrase_cache import shipped
from cleaner.rules.vocabulary import vocabulary

ROW = 160
"""Longest row of links, in characters."""

ROW_SHARE = 0.5
"""Share of a row's entries that phrases must name."""

_SECTION_BREAK = re.compile(r"(?:([*\-–—_~#=·•.+⁂§◇◆※])\s*)+\Z")
_STARS = re.compile(r"[★☆⭐✩✪✮\s]+\Z")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\)|by)?\s*(?:19|20)\d\d\b"
    r"|\A\W*(?:©|\(c\)|copyright).{0,80}\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_SEPARATORS = ("|", "•", "·", "●")


def symbols(page: Page) -> Iterator[Mark]:
    """Mark a line without any letter or digit that is no section break: “✓”, “|”, “›”."""
    for number, letters in zip(page.short, page.letter_lines, strict=True):
        if not letters:
            text = page.texts[number].strip()
            bare = not any(map(str.isalnum, text))
            if bare and not _SECTION_BREAK.match(text) and not _STARS.match(text):
                yield Mark(number, number + 1, "label/symbols", f"no letter in “{text[:20]}”")


def copyright_notice(page: Page) -> Iterator[Mark]:
    """Mark a short line that holds a copyright sign and a year: “© 2024 Tageblatt”."""
    for number in {*page.signed, *page.lines_with(b"copyright")}:
        text = page.texts[number]
        if len(text) <= ROW and _COPYRIGHT.search(text):
            yield Mark(number, number + 1, "footer/copyright-year", "a copyright sign and a year")


def link_row(page: Page) -> Iterator[Mark]:
    """Mark a line that is several labels in a row: “Impressum | Datenschutz | AGB”."""
    for separator in _SEPARATORS:
        if separator in page.source:
            texts = page.texts
            for number in [n for n in page.short if separator in texts[n]]:
                if len(texts[number]) <= ROW:
                    yield from _row(number, texts[number].strip().split(separator))
    for letters in _row_letters().intersection(page.words):
        for number in page.lines_with(letters):
            words = page.key(number).split() if len(page.texts[number]) <= ROW else ()
            if len(words) > 1 and vocabulary("row").issuperset(words):
                yield Mark(number, number + 1, "nav/link-row", "nothing but words of a link bar")


@cache
def _row_letters() -> frozenset[bytes]:
    return frozenset(letters_of(fold(word)) for word in vocabulary("row") if len(word) > 4)


def _row(number: int, parts: list[str]) -> Iterator[Mark]:
    entries = [part for part in parts if part.strip()]
    named = sum(map(shipped().index.names, entries))
    if named >= max(2, len(entries) * ROW_SHARE):
        because = f"{named} of {len(entries)} entries are labels"
        yield Mark(number, number + 1, "nav/link-row", because)
