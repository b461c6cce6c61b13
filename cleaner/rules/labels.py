"""Labels: lines that could be a button, a heading or an entry, and no sentence."""

from __future__ import annotations

from cleaner.page import width

LABEL = 40
"""Longest label, in characters; the longest of the players' translation files has 38."""

SENTENCE_ENDS = (".", "...", "?", "!", ":", '"', "“", "”", "»", "«", ",", ";")
"""What ends a sentence or a part of one."""

_SENTENCE_ENDS = frozenset(SENTENCE_ENDS)


def is_label(text: str, limit: int = LABEL) -> bool:
    """Tell whether a line could be a button or a heading: short and no sentence."""
    return width(text) <= limit and text.rstrip()[-1:] not in _SENTENCE_ENDS
