"""Traits: what a line looks like, a bit each, so that a page of lines can be asked at once.

A page's traits are a string of bytes, a byte a line. One call of C finds the lines that have a
trait; a loop over the lines takes thirty times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

FILLED, PROSE, WORDY, SECTION, ENTRY, ITEM, TOLD, DROPPED = (1 << place for place in range(8))
"""Not blank; a paragraph; of some words; a section's name; as an entry of a menu; as an item of a
menu's block; pass one has more to tell of it; a rule drops it."""


def lines(traits: bytes | bytearray, having: int, lacking: int = 0) -> Iterator[int]:
    """Yield the numbers of the lines that have any of some traits and none of others.

    >>> list(lines(bytes([FILLED | ENTRY, 0, FILLED]), having=FILLED, lacking=ENTRY))
    [2]
    """
    return compress(range(len(traits)), traits.translate(_table(having, lacking)))


@lru_cache(maxsize=64)
def _table(having: int, lacking: int) -> bytes:
    return bytes([traits & having != 0 == traits & lacking for traits in range(256)])
