"""The lines of a page as UTF-16 code units: where lines and words begin, and hashes of any run.

A run of letters is hashed by the difference of two sums over the page, so words, stems and whole
lines of a page cost a few array calls, however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model import codes

Ints = NDArray[np.intp]
Hashes = NDArray[np.uint32]

ROW_BITS = 15
"""Rows of the table of words, as a power of two."""

FIRST_WORDS = 16
"""Words of a line that are looked at, from its first; a longer line shows by its shape."""

STEM = 5
"""Letters that make a stem."""

SHORT_WORD = 3
"""Most letters of a short word."""

_ROOM = 1 << 15
_STEP = 0x9E3779B1
_BACK = pow(_STEP, -1, 1 << 32)
_SALTS = np.array([0xBF58476D, 0x94D049BB, 0xD6E8FEB9, 0xA0761D65, 0xE7037ED1], np.uint32)


class Tables(NamedTuple):
    """Code unit -> kind, and code unit -> folded letter; see `codes`."""

    kinds: NDArray[np.uint8]
    letters: NDArray[np.uint16]


class Units(NamedTuple):
    """A page's lines, joined by line feeds.

    Attributes:
        kinds: of each code unit.
        line_kinds: of each code unit its kind and its line in one number.
        begins, ends: of each line.
        first_shown, last_shown: of each line, where it is not blank.
        sums, backs: what `hashes` subtracts, and shifts to the run's own begin.
    """

    kinds: NDArray[np.uint8]
    line_kinds: Ints
    begins: Ints
    ends: Ints
    first_shown: Ints
    last_shown: Ints
    sums: Hashes
    backs: Hashes

    def hashes(self, begins: Ints, ends: Ints) -> Hashes:
        """Hash runs of letters, wherever they stand; digits are all alike."""
        hashed: Hashes = (self.sums[ends] - self.sums[begins]) * self.backs[begins]
        return hashed


class Words(NamedTuple):
    """The words of a page; an ideograph is one.

    Attributes:
        line_of: the line of each word.
        line_kinds: of each word its first letter's kind and its line in one number.
        short: whether each has few letters.
        numbers: of each line, how many.
        hashes, stems: of the first `FIRST_WORDS` of each line.
        starts: where in `hashes` each line begins, and where the last ends.
        first, last: hashes of each line's first and last word, 0 where it has none.
    """

    line_of: Ints
    line_kinds: Ints
    short: NDArray[np.bool_]
    numbers: Ints
    hashes: Hashes
    stems: Hashes
    starts: Ints
    first: Hashes
    last: Hashes


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[Hashes, Hashes]:
    steps, backs = np.full(size, _STEP, np.uint32), np.full(size, _BACK, np.uint32)
    steps[0] = backs[0] = 1
    return np.cumprod(steps, dtype=np.uint32), np.cumprod(backs, dtype=np.uint32)


def rows(hashes: Hashes, salt: int) -> Ints:
    """Turn hashes into rows of the table of words; each salt into others."""
    found: Ints = (hashes * _SALTS[salt] >> np.uint32(32 - ROW_BITS)).astype(np.intp)
    return found


def read_units(texts: Sequence[str], tables: Tables) -> Units:
    """Read lines, none of them blank."""
    text = "\n".join([*texts, ""])
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.intp)
    kinds, letters = tables.kinds.take(units), tables.letters.take(units)
    size = len(units)
    steps, backs = _powers(max(_ROOM, 1 << size.bit_length()))
    sums = np.zeros(size + 1, np.uint32)
    np.cumsum(letters * steps[:size], dtype=np.uint32, out=sums[1:])
    ends = np.flatnonzero(kinds == codes.NEWLINE)
    begins = np.zeros_like(ends)
    begins[1:] = ends[:-1] + 1
    line_kinds = np.repeat(np.arange(len(ends)) * codes.KINDS, ends - begins + 1)
    line_kinds += kinds
    shown = np.flatnonzero((kinds != codes.BLANK) & (kinds != codes.NEWLINE))
    if not len(shown):
        shown = begins[:1]
    last = np.searchsorted(shown, ends)
    first = np.minimum(np.concatenate(([0], last[:-1])), len(shown) - 1)
    last = np.maximum(last - 1, 0)
    return Units(kinds, line_kinds, begins, ends, shown[first], shown[last], sums, backs)


def read_words(units: Units) -> Words:
    """Find the words of a page and hash the first of each line."""
    kinds = units.kinds
    inside = kinds < codes.WORDLIKE
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # a page ends in a line feed
    if inside[0]:
        edges = np.concatenate(([0], edges))
    begins, ends = edges[::2], edges[1::2]
    if (kinds == codes.WIDE).any():
        begins, ends = _split_wide(kinds, begins, ends)
    line_kinds = units.line_kinds[begins]
    line_of = line_kinds // codes.KINDS
    numbers = np.bincount(line_of, minlength=len(units.ends))
    stops = np.cumsum(numbers)
    firsts = stops - numbers
    wanted = np.flatnonzero(np.arange(len(begins)) - firsts[line_of] < FIRST_WORDS)
    starts = np.zeros(len(numbers) + 1, np.intp)
    np.cumsum(np.minimum(numbers, FIRST_WORDS), out=starts[1:])
    begun, ended = begins[wanted], ends[wanted]
    hashes = units.hashes(begun, ended)
    none = numbers == 0
    if len(begins):
        last = np.maximum(stops - 1, 0)
        first = np.append(hashes, np.uint32(0))[starts[:-1]]
        lasts = units.hashes(begins[last], ends[last])
        first[none] = lasts[none] = 0
    else:
        first = lasts = np.zeros(len(numbers), np.uint32)
    return Words(
        line_of,
        line_kinds - (codes.KINDS - codes.WORDLIKE) * line_of,
        (ends - begins <= SHORT_WORD) & (kinds[begins] != codes.WIDE),
        numbers,
        hashes,
        units.hashes(begun, np.minimum(begun + STEM, ended)),
        starts,
        first,
        lasts,
    )


def _split_wide(kinds: NDArray[np.uint8], begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Make a word of each ideograph, which has no blank beside it."""
    wide = np.flatnonzero(kinds == codes.WIDE)
    edges = np.zeros(len(kinds) + 1, bool)
    for places in (begins, ends, wide, wide + 1):
        edges[places] = True
    cuts = np.flatnonzero(edges)
    whole = cuts[:-1][kinds[cuts[:-1]] < codes.WORDLIKE]
    return whole, cuts[np.searchsorted(cuts, whole) + 1]
