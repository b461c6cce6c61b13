"""What the line model sees of a page: shape, place and words of each line, in a few array calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model import codes
from cleaner.model.units import Ints, Tables, Units, Words, read_units, read_words, rows

Floats = NDArray[np.float32]

WIDE_LETTER = 2.5
"""Letters of an alphabet that say as much as one ideograph or syllable."""

WORD = 6.0
"""Letters of a word and the blank after it, as lines are measured in any script."""

PROSE_WORDS = 20
"""Fewest words of a line that counts as a paragraph for the distances to one."""

BUCKETS = 1 << 12
"""Buckets in which a page's own words are counted; few pages have as many stems."""

OFTEN = 4, 250
"""Times that a word is said on a page, at least and one in so many, to count as said often."""

GROUPS = (
    *("player", "comments", "promo", "share", "newsletter", "consent", "paywall", "sign-in"),
    *("nav", "related", "ads", "footer", "label", "site", "repeat"),
)
"""Groups of the rules that drop a line."""

KEEPING = ("head", "caption", "credit", "body")
"""Groups of the rules that keep one."""

SHAPES = (
    *("letters", "words", "word length", "capitals", "capital words", "small words", "short words"),
    *("digits", "stops", "questions", "commas", "colons", "quotes", "brackets", "dashes"),
    *("dividers", "signs", "other signs", "apostrophes", "caseless", "stops a word"),
    *("commas a word", "words said often", "words of prose"),
)
FIRSTS = ("capital", "small", "caseless", "digit", "quote", "dash", "divider", "other")
LASTS = ("letter", "digit", "stop", "question", "comma", "colon", "quote", "bracket", "other")
PLACES = (
    *("place", "text above", "lines above", "lines below", "text below", "prose above"),
    *("prose below", "blank above", "blank below", "indent", "repeated", "said before"),
)
DENSITIES = (
    *("prose near", "text near", "text around", "prose around", "prose far", "prose before"),
    *("prose after", "longest"),
)
PAGES = ("lines", "text", "prose", "named", "blanks")
NAMES = (
    *(f"shape: {name}" for name in SHAPES),
    *(f"first: {name}" for name in FIRSTS),
    *(f"last: {name}" for name in LASTS),
    *(f"place: {name}" for name in PLACES),
    *(f"density: {name}" for name in DENSITIES),
    *(f"page: {name}" for name in PAGES),
    *(f"rule: {name}" for name in GROUPS),
    *(f"rule: kept as {name}" for name in KEEPING),
    "rule: any",
    "rule: prose",
)

_WORD_KINDS = (codes.LOWER, codes.UPPER, codes.CASELESS, codes.WIDE)


def _one_hot(*kinds: tuple[int, ...]) -> Floats:
    table = np.zeros((len(kinds), codes.KINDS), np.float32)
    for row, some in enumerate(kinds):
        table[row, list(some)] = 1
    return table


_FIRST = _one_hot(
    (codes.UPPER,),
    (codes.LOWER,),
    (codes.CASELESS, codes.WIDE),
    (codes.DIGIT,),
    (codes.QUOTE, codes.APOSTROPHE),
    (codes.DASH,),
    (codes.DIVIDER,),
    (codes.SIGN, codes.OTHER, codes.BRACKET, codes.COLON, codes.STOP, codes.ASKING, codes.COMMA),
)
_LAST = _one_hot(
    _WORD_KINDS,
    (codes.DIGIT,),
    (codes.STOP,),
    (codes.ASKING,),
    (codes.COMMA,),
    (codes.COLON,),
    (codes.QUOTE, codes.APOSTROPHE),
    (codes.BRACKET,),
    (codes.SIGN, codes.OTHER, codes.DIVIDER, codes.DASH),
)


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


class Features(NamedTuple):
    """What the net is given of a page of n lines.

    Attributes:
        dense: n rows, a column for each of `NAMES`.
        words: rows of the table for each word looked up, the word's and its stem's.
        starts: where in `words` each line begins; n + 1 values.
        lines: rows of the table for each line: the whole line, its first and its last word.
    """

    dense: Floats
    words: Ints
    starts: Ints
    lines: Ints


def read_features(seen: Seen, tables: Tables) -> Features:
    """Read the features of a page's filled lines; there must be one at least."""
    units = read_units(seen.texts, tables)
    words = read_words(units)
    hashed = units.hashes(units.begins, units.ends)
    dense = np.zeros((len(NAMES), len(units.ends)), np.float32)
    parts = _parts(dense)
    lengths = _shapes(parts["shape"], units, words)
    np.take(_FIRST, units.kinds[units.first_shown], axis=1, out=parts["first"])
    np.take(_LAST, units.kinds[units.last_shown], axis=1, out=parts["last"])
    _places(parts["place"], seen, lengths, hashed, units)
    _densities(parts["density"], lengths)
    _page(parts["page"], seen, lengths)
    named = np.flatnonzero(seen.groups >= 0)
    parts["rule"][seen.groups[named], named] = 1
    parts["rule"][-2] = seen.dropped
    parts["rule"][-1] = seen.prose
    lines = np.stack((rows(hashed, 2), rows(words.first, 3), rows(words.last, 4)))
    return Features(
        dense.T, np.stack((rows(words.hashes, 0), rows(words.stems, 1))), words.starts, lines
    )


_SIZES = {
    "shape": len(SHAPES),
    "first": len(FIRSTS),
    "last": len(LASTS),
    "place": len(PLACES),
    "density": len(DENSITIES),
    "page": len(PAGES),
    "rule": len(GROUPS) + len(KEEPING) + 2,
}


def _parts(dense: Floats) -> dict[str, Floats]:
    parts, at = {}, 0
    for name, size in _SIZES.items():
        parts[name] = dense[at : at + size]
        at += size
    return parts


def _shapes(out: Floats, units: Units, words: Words) -> Floats:
    """Fill in the shapes; return each line's length in words of any script."""
    number = len(units.ends)
    counts = np.bincount(units.line_kinds, minlength=number * codes.KINDS)
    of = counts.reshape(number, codes.KINDS).T.astype(np.float32)
    wide = of[codes.WIDE]
    cased = of[codes.LOWER] + of[codes.UPPER]
    plain = cased + of[codes.CASELESS]
    letters = plain + WIDE_LETTER * wide
    length = np.maximum(words.numbers - wide, 0) + wide * (WIDE_LETTER / WORD)
    a_word, a_letter = 1 / np.maximum(length, 1), 1 / np.maximum(letters, 1)
    some = 1 / np.maximum(words.numbers, 1)
    begun = np.bincount(words.line_kinds, minlength=number * codes.WORDLIKE)
    begun = begun.reshape(number, codes.WORDLIKE).T
    out[0], out[1] = letters, length
    np.log1p(out[:2], out=out[:2])
    out[0] /= 5
    out[1] /= 4
    out[2] = np.minimum(letters * a_word, 15) / 6
    out[3] = of[codes.UPPER] * a_letter
    out[4:6] = begun[[codes.UPPER, codes.LOWER]] * some
    out[6] = np.bincount(words.line_of[words.short], minlength=number) * some
    out[7] = of[codes.DIGIT] / (letters + of[codes.DIGIT] + 1)
    signs = slice(8, 19)
    out[signs] = of[_SIGNS]
    np.minimum(out[signs], _MOST, out=out[signs])
    out[signs] /= _MOST
    out[19] = 1 - cased / np.maximum(plain + wide, 1)
    out[20] = (of[codes.STOP] + of[codes.ASKING]) * a_word
    out[21] = of[codes.COMMA] * a_word
    out[22:24] = _said(words, length) / np.maximum(np.diff(words.starts), 1)
    return length


_SIGNS = [
    *(codes.STOP, codes.ASKING, codes.COMMA, codes.COLON, codes.QUOTE, codes.BRACKET),
    *(codes.DASH, codes.DIVIDER, codes.SIGN, codes.OTHER, codes.APOSTROPHE),
]
_MOST = np.array([4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3], np.float32)[:, None]


def _said(words: Words, lengths: Floats) -> Floats:
    """Count in each line the words that the page says often, and the others that its prose says."""
    number = len(lengths)
    line_of = np.repeat(np.arange(number), np.diff(words.starts))
    buckets = rows(words.stems, 4) & (BUCKETS - 1)
    own = (lengths >= PROSE_WORDS)[line_of]
    least, one_in = OFTEN
    often = np.bincount(buckets, minlength=BUCKETS) >= max(least, len(buckets) // one_in)
    in_prose = np.bincount(buckets[own], minlength=BUCKETS)
    often_said = often[buckets]
    prose_says = (in_prose[buckets] > own) & ~often_said
    said = np.empty((2, number), np.float32)
    said[0] = np.bincount(line_of[often_said], minlength=number)
    said[1] = np.bincount(line_of[prose_says], minlength=number)
    return said


def _places(
    out: Floats, seen: Seen, lengths: Floats, hashed: NDArray[np.uint32], units: Units
) -> None:
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


def _densities(out: Floats, lengths: Floats) -> None:
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


def _page(out: Floats, seen: Seen, lengths: Floats) -> None:
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
