"""Where lines stand on a page: their place, paragraphs near them, and what the page is like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model.units import Hashes, Ints, Units

Floats = NDArray[np.float32]

PROSE_WORDS = 20
"""Fewest words of a line that counts as a paragraph for the distances to one."""

GROUPS = (
    *("player", "comments", "promo", "share", "newsletter", "consent", "paywall", "sign-in"),
    *("nav", "related", "ads", "footer", "label", "site", "repeat"),
)
"""Groups of the rules that drop a line."""

KEEPING = ("head", "caption", "credit", "body")
"""Groups of the rules that keep one."""

PLACES = (
    *("place", "text above", "lines above", "lines below", "text below", "prose above"),
    *("prose below", "blank above", "blank below", "indent", "repeated", "said before"),
)
DENSITIES = (
    *("prose near", "text near", "text around", "prose around", "prose far", "prose before"),
    *("prose after", "longest"),
)
PAGES = ("lines", "text", "prose", "named", "blanks")


class Seen(NamedTuple):
    """The filled lines of a page, and what is known of each beside its text.

    Attributes:
        texts: the lines.
        gaps: number of blank lines above each, and below the last.
        groups: place in `(*GROUPS, *KEEPING)` of the rule that drops or keeps it, or -1.
        prose: whether it reads as a paragraph to the rules.
    """

    texts: Sequence[str]
    gaps: Ints
    groups: Ints
    prose: NDArray[np.bool_]

    @property
    def dropped(self) -> NDArray[np.bool_]:
        """Whether a rule drops each line."""
        return (self.groups >= 0) & (self.groups < len(GROUPS))


def fill_places(out: Floats, seen: Seen, lengths: Floats, hashed: Hashes, units: Units) -> None:
    """Fill in where each line stands, a row for each of `PLACES`."""
    number = len(lengths)
    places = np.arange(number, dtype=np.float32)
    above = np.cumsum(lengths)
    total = max(float(above[-1]), 1.0)
    prose = lengths >= PROSE_WORDS
    before = np.maximum.accumulate(np.where(prose, places, -number))
    after = np.minimum.accumulate(np.where(prose, places, 2 * number)[::-1])[::-1]
    order = np.argsort(hashed, kind="stable")
    new = np.ones(number, bool)
    np.not_equal(hashed[order][1:], hashed[order][:-1], out=new[1:])
    runs = np.cumsum(new) - 1
    out[0] = places / number
    out[1] = (above - lengths) / total
    out[2] = places
    out[3] = number - 1 - places
    out[4] = total - above
    out[5] = np.minimum(places - before, 200)
    out[6] = np.minimum(after - places, 200)
    out[7], out[8] = seen.gaps[:-1], seen.gaps[1:]
    out[9] = np.minimum(units.first_shown - units.begins, 40)
    out[10][order] = np.bincount(runs)[runs] - 1
    np.maximum(out[2:11], 0, out=out[2:11])
    np.log1p(out[2:11], out=out[2:11])
    out[2:11] /= _PLACE_SCALES
    out[11][order] = ~new


_PLACE_SCALES = np.array([5, 5, 6, 4, 4, 1, 1, 3, 2], np.float32)[:, None]


def fill_densities(out: Floats, lengths: Floats) -> None:
    """Fill in how much prose and text is near, a row for each of `DENSITIES`."""
    number = len(lengths)
    places = np.arange(number)
    prose = np.where(lengths >= PROSE_WORDS, lengths, 0)
    sums = np.zeros((2, number + 1))
    np.cumsum(np.stack((prose, lengths)), axis=1, out=sums[:, 1:])
    total = max(float(sums[0, -1]), 1.0)

    def window(of: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
        ends = np.minimum(places + (reach + 1), number)
        return of[..., ends] - of[..., np.maximum(places - reach, 0)]

    out[0:2] = window(sums, 3)
    out[2] = window(sums[1], 20)
    np.log1p(out[0:3], out=out[0:3])
    out[0:3] /= _DENSITY_SCALES
    for row, reach in ((3, 10), (4, 40)):
        around = window(sums[0], reach)
        out[row] = around / max(float(around.max()), 1.0)
    out[5] = sums[0, :-1] / total
    out[6] = 1 - sums[0, 1:] / total
    out[7] = prose / max(float(prose.max()), 1.0)


_DENSITY_SCALES = np.array([6, 6, 8], np.float32)[:, None]


def fill_page(out: Floats, seen: Seen, lengths: Floats) -> None:
    """Fill in what the page is like, the same for each line, a row for each of `PAGES`."""
    number, total = len(lengths), max(float(lengths.sum()), 1.0)
    prose = float(lengths[lengths >= PROSE_WORDS].sum())
    named, parted = np.count_nonzero(seen.dropped), np.count_nonzero(seen.gaps)
    page = (
        np.log1p(number) / 6,
        np.log1p(total) / 8,
        prose / total,
        named / number,
        parted / number,
    )
    out[:] = np.array(page, np.float32)[:, None]
