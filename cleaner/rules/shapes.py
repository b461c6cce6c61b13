"""Lines whose shape alone gives them away: symbols, copyright notices, rows of links, breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.mark import Mark
from cleaner.page import Page
from cleaner.phrase_cache import shipped_index

ROW = 160
"""Longest row of links, in characters."""

ROW_SHARE = 0.5
"""Share of a row's entries that phrases must name."""

_SECTION_BREAK = re.compile(r"(?:([*\-–—_~#=·•.+⁂§])\s*)+\Z")
_STARS = re.compile(r"[★☆⭐✩✪✮\s]+\Z")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\)|by)?\s*(?:19|20)\d\d\b"
    r"|\A\W*(?:©|\(c\)|copyright).{0,80}\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[|•·●▪]\s*|\s{2,}|\s+[/–-]\s+")


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
    lowered = page.source.lower()
    if "©" not in lowered and "copyright" not in lowered and "(c)" not in lowered:
        return
    for number in page.short:
        text = page.texts[number]
        if len(text) <= ROW and _COPYRIGHT.search(text):
            yield Mark(number, number + 1, "footer/copyright-year", "a copyright sign and a year")


def link_row(page: Page) -> Iterator[Mark]:
    """Mark a line that is several labels in a row: “Impressum | Datenschutz | AGB”."""
    for number in page.short:
        text = page.texts[number]
        if len(text) <= ROW and ("|" in text or "  " in text or "•" in text or "·" in text):
            entries = [entry for entry in _PARTED.split(text.strip()) if entry]
            if len(entries) > 1:
                yield from _row(number, entries)


def _row(number: int, entries: list[str]) -> Iterator[Mark]:
    named = {mark.start for mark in shipped_index().find(Page(tuple(entries), ""))}
    if len(named) >= max(2, len(entries) * ROW_SHARE):
        because = f"{len(named)} of {len(entries)} entries are labels"
        yield Mark(number, number + 1, "nav/link-row", because)
