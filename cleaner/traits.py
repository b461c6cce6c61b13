"""Traits: what a line looks like, a bit each, so that a page of lines can be asked at once.

A page's traits are a string of bytes, a byte a line. One call of C finds the lines that have a
trait; a loop over the lines takes thirty times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress

FILLED, PROSE, WORDY, SECTION, ENTRY, ITEM, TOLD, DROPPED = (1 << place for place in range(8))
"""Not blank; a paragraph; of some words; a section's name; as an entry of a menu; as an item of a
menu's block; pass one has more to tell of it; a rule drops it."""

_SIGNS = b'\n\x00\x010-@:.?!",;&|/()>='
_FOREIGN = bytes([*range(0xD8, 0xE0), *range(0xE0, 0xF5)])  # the first byte of other signs in UTF-8
_KEPT = bytes({*_SIGNS, *b"123456789", 0xC2, *_FOREIGN})
_DELETED = bytes(set(range(256)).difference(_KEPT))
FOREIGN = 0xFF
"""What stands for them in a shape; a number, since bytes in bytes are found ten times as slowly."""
_NUMBERS = tuple(range(2**10))
_SHAPE = bytes.maketrans(b"123456789" + _FOREIGN, b"000000000" + bytes([FOREIGN]) * len(_FOREIGN))


def shape(text: str) -> bytes:
    r"""Reduce lines to the signs and digits that they hold, in order; all digits are alike.

    So are all signs of U+0080-BF, and all characters of scripts that have signs of their own, with
    the typographic ones. Two blanks and three dots are a sign too. Few shapes make up most pages.

    >>> shape("Teilen\nam 12.03., „heute“  |")
    b'\n00.00.,\xff\xff\x00|'
    """
    if "  " in text:
        text = text.replace("  ", "\0")
    if "..." in text:
        text = text.replace("...", "\1")
    return text.encode("utf-8", "surrogatepass").translate(_SHAPE, _DELETED)


def lines(traits: bytes | bytearray, having: int, lacking: int = 0) -> Iterator[int]:
    """Yield the numbers of the lines that have any of some traits and none of others.

    >>> list(lines(bytes([FILLED | ENTRY, 0, FILLED]), having=FILLED, lacking=ENTRY))
    [2]
    """
    return compress(numbers(len(traits)), traits.translate(_table(having, lacking)))


def numbers(size: int) -> Iterable[int]:
    """Return the numbers from 0 to at least `size`; those of most pages' lines are made once."""
    return _NUMBERS if size <= len(_NUMBERS) else range(size)


@lru_cache(maxsize=64)
def _table(having: int, lacking: int) -> bytes:
    return bytes([traits & having != 0 == traits & lacking for traits in range(256)])
