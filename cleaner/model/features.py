"""What the line model sees of a page: shape, place and words of each line, in a few array calls."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.model import codes
from cleaner.model.places import (
    DENSITIES,
    GROUPS,
    KEEPING,
    PAGES,
    PLACES,
    PROSE_WORDS,
    Floats,
    Seen,
    fill_densities,
    fill_page,
    fill_places,
)
from cleaner.model.units import Ints, Tables, Units, Words, read_units, read_words, rows

WIDE_LETTER = 2.5
"""Letters of an alphabet that say as much as one ideograph or syllable."""

WORD = 6.0
"""Letters of a word and the blank after it, as lines are measured in any script."""

BUCKETS = 1 << 12
"""Buckets in which a page's own words are counted; few pages have as many stems."""

OFTEN = 4, 250
"""Times that a word is said on a page, at least and one in so many, to count as said often."""

SHAPES = (
    *("letters", "words", "word length", "capitals", "capital words", "small words", "short words"),
    *("digits", "stops", "questions", "commas", "colons", "quotes", "brackets", "dashes"),
    *("dividers", "signs", "other signs", "apostrophes", "caseless", "stops a word"),
    *("commas a word", "words said often", "words of prose"),
)
FIRSTS = ("capital", "small", "caseless", "digit", "quote", "dash", "divider", "other")
LASTS = ("letter", "digit", "stop", "question", "comma", "colon", "quote", "bracket", "other")
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
    fill_places(parts["place"], seen, lengths, hashed, units)
    fill_densities(parts["density"], lengths)
    fill_page(parts["page"], seen, lengths)
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
    length: Floats = np.maximum(words.numbers - wide, 0) + wide * (WIDE_LETTER / WORD)
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
