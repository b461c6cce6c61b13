"""What the HTML model sees of a page's blocks: what they hold, how often their like is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count
from struct import pack
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaner.lazy import Known
from cleaner.markup import Markup, words_of_names

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

TOKENS = 1 << 12
"""Rows of the table of tag, class and id words, and of the one of words about the page."""

TOKENS_A_BLOCK = 24
"""Most words of a block's names that are looked up."""

AROUND = 10
"""How many blocks around a line are looked at, its own included."""

MEASURED = 6
"""How many of them are measured, those beyond the fourth by fewer measures."""

WRAPPER = 1 / 3
"""Share of a page's characters above which a block wraps the page rather than a part of it."""

PROSE = 100
"""Length, in characters, from which a line counts as a paragraph."""

SHORT = 30
"""Length, in characters, below which a line counts as short."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OTHER_TAG = 8
_ROW = np.uint16


class Blocks:
    """The blocks of a page as arrays, with what their lines add up to.

    Attributes:
        parents: for each block the one around it.
        kinds: for each block which kind it is: blocks of one tag and with the same names.
        heading: for each block the level of the heading that it is, or something above 6.
        tokens, starts: rows of the table of tokens, kind after kind, and where each kind's begin.
        begins, ends: for each block its first line and the one after its last, filled lines only.
        small: whether each block is no wrapper.
    """

    def __init__(self, markup: Markup, sizes: NDArray[np.float64], linked: Ints) -> None:
        """Add up what the blocks hold, from the characters of each line and those in links."""
        evidence, number = markup.blocks, len(sizes)
        self.parents = integers(evidence.parents)
        seen = defaultdict[tuple[str, str], int](count().__next__)  # numbers kinds as they come
        pairs = zip(evidence.tags, evidence.names, strict=True)
        self.kinds = integers(list(map(seen.__getitem__, pairs)))
        self.tokens, self.starts = _tokens(seen)
        levels = [_HEADINGS.get(tag, _OTHER_TAG) for tag, _ in seen]
        self.heading = np.array(levels)[self.kinds]
        begins = np.minimum(integers(evidence.begins), number)
        ends = np.clip(integers(evidence.ends), begins, number)
        columns = (sizes > 0, sizes, linked, np.where(sizes >= PROSE, sizes, 0))
        sums = _sums(np.array((*columns, (sizes > 0) & (sizes < SHORT))))
        self.begins, self.ends = (sums[0, at].astype(np.intp) for at in (begins, ends))
        filled, held, in_links, prose, short = sums[:, ends] - sums[:, begins]
        total = max(1.0, float(sums[1, -1]))
        some, lines = np.maximum(1, held), np.maximum(1, filled)
        self.small = held <= WRAPPER * total
        self._columns = np.array(
            (
                np.log1p(held) / 8,
                np.minimum(1, in_links / some),
                prose / some,
                np.log1p(lines) / 5,
                held / total,
                short / lines,
                np.log1p(_often(self.parents * len(seen) + self.kinds) - 1) / 3,
                (np.log1p(np.bincount(self.kinds) - 1) / 4)[self.kinds],
                np.log1p(np.bincount(self.parents, minlength=len(self.parents))) / 3,
            ),
            np.float32,
        )

    def around(self, rows: Ints) -> Ints:
        """For each line its block and those around it, from the inside out."""
        found = [rows]
        for _ in range(AROUND - 1):
            found.append(self.parents[found[-1]])
        return np.stack(found, axis=1)

    def measures(self, around: Ints) -> list[Floats]:
        """Measure the blocks around each line; of those further out, only how much they hold."""
        return [
            (self._columns if step < 4 else self._columns[:6])[:, around[:, step]]
            for step in range(MEASURED)
        ]

    def depths(self, rows: Ints) -> NDArray[np.float64]:
        """How many blocks are around each line; beyond 40 they are not counted."""
        above, depths = self.parents, (np.arange(len(self.parents)) > 0).astype(np.float64)
        for _ in range(6):  # each step looks twice as far up
            if not above.any():
                break
            depths += depths.take(above)
            above = above.take(above)
        return np.minimum(depths.take(rows), 40)


def integers(column: Sequence[int]) -> Ints:
    """Make an array of a list, in a third of the time that numpy takes."""
    return np.frombuffer(pack(f"{len(column)}n", *column), np.intp)


def _sums(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.zeros((len(columns), columns.shape[1] + 1))
    np.cumsum(columns, axis=1, out=sums[:, 1:])
    return sums


def _often(keys: Ints) -> Ints:
    """Count how often each key is there, in half the time of `np.unique`."""
    ordered = np.sort(keys)
    often: Ints = ordered.searchsorted(keys, "right") - ordered.searchsorted(keys)
    return often


@lru_cache(maxsize=2**16)
def row_of(word: str) -> int:
    """Tell which row of a table of tokens a word has."""
    return crc32(word.encode("utf-8", "replace")) % TOKENS


@lru_cache(maxsize=2**16)
def _rows_of(name: str) -> tuple[int, ...]:
    """Look up the words of one class or id token; pages share these more than whole names."""
    return tuple(map(row_of, words_of_names(name)))


def _rows_of_kind(kind: tuple[str, str]) -> bytes:
    """Look up a tag and the words of its names; in bytes, which join as fast as text does."""
    tag, names = kind
    rows = [row_of(f"<{tag}")]
    for name in names.split():
        rows += _rows_of(name)
    return np.array(rows[: TOKENS_A_BLOCK + 1], _ROW).tobytes()


_rows_of_kinds = Known(_rows_of_kind, most=2**16)


def _tokens(kinds: Iterable[tuple[str, str]]) -> tuple[Ints, Ints]:
    rows = list(map(_rows_of_kinds.__getitem__, kinds))
    sizes = integers(list(map(len, rows))) // _ROW().itemsize
    tokens = np.frombuffer(b"".join(rows), _ROW).astype(np.intp)
    return tokens, np.cumsum(sizes) - sizes
