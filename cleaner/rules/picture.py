"""Captions and picture credits: which lines end in one."""

from __future__ import annotations

import re

from cleaner.mark import Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.vocabulary import vocabulary

CREDIT = 70
"""Longest credit at the end of a caption, in characters."""

LABEL = 30
"""More characters than the longest word has that names a source."""

SIGNS = (":", ")", "...", "©")
"""A credit needs one of these."""

_YEAR = pattern(r"(?:19|20)\d\d")
_AFTER_COLON = pattern(
    r"(?<![^\W\d_])([^\W\d_]+) ?(?:by|(credits?)|von|courtesy of)?(?::|\.\.\.) ?(?=\S)", re.I
)
_BY = frozenset({"by", "credit", "credits", "von", "of"})  # what may follow it, as below
_WORD = pattern(r"[^\W\d_]+")


def picture_lines(page: Page, marks: Marks) -> dict[int, tuple[str, str]]:
    """Split the standing lines that end in a credit: number -> what is described, the credit."""
    dropped = marks.dropped
    return {n: split for n, split in page.having(split_credit).items() if n not in dropped}


def split_credit(line: str) -> tuple[str, str] | None:
    """Split a line that ends in a credit: what is described, the credit.

    >>> split_credit("Die Brücke im Nebel (Bild: AFP)")
    ('Die Brücke im Nebel', 'Bild: AFP')
    """
    text = line.strip()
    start = _credit_start(text)
    if start is None:
        return None
    return text[:start].strip(" |/–-"), text[start:].strip(" |/–-()")


def _credit_start(text: str) -> int | None:
    """Find where a credit at a line's end begins: “(Bild: AFP)”, “Foto: dpa”, “© Anna Berg”."""
    signs = vocabulary("credit")
    end = max(0, len(text) - CREDIT)
    if text.endswith(")"):
        bracket = text.rfind("(", end)
        inside = _WORD.findall(text[bracket:].casefold()) if bracket >= 0 else ()
        if not signs.isdisjoint(inside) or not vocabulary("credit-in-brackets").isdisjoint(inside):
            return bracket
    if _may_name_source(text[end:]):
        for label in _AFTER_COLON.finditer(text, end and text.find(" ", end) + 1):
            if label[2] or label[1].casefold() in signs:
                return label.start()
    sign = text.find("©", end)
    return sign if sign >= 0 and not _YEAR.search(text, sign) else None


def _may_name_source(text: str) -> bool:
    """Tell whether a colon or dots follow a word that names a source; most lines are told so."""
    for before in text.replace("...", ":").split(":")[:-1]:
        last = _WORD.findall(before[-LABEL:])[-1:]
        if last and (last[0].casefold() in _BY or last[0].casefold() in vocabulary("credit")):
            return True
    return False
