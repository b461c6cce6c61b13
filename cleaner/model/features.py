"""What the line model sees of a page: shape, place and words of each line, in a few array calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model import codes

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

ROW_BITS = 15
"""Rows of the table of words, as a power of two."""

FIRST_WORDS = 16
"""Words of a line that are looked up, from its first; a longer line shows by its shape."""

STEM = 4
"""Letters that make a stem."""

WIDE_LETTER = 2.5
"""Letters of an alphabet that say as much as one ideograph or syllable."""

WORD = 6.0
"""Letters of a word and the blank after it, as lines are measured in any script."""

PROSE_WORDS = 20
"""Fewest words of a line that counts as a paragraph for the distances to one."""

GROUPS = (
    *("player", "comments", "promo", "share", "newsletter", "consent", "paywall", "sign-in"),
    *("nav", "related", "ads", "footer", "label", "site"),
)

SHAPES = (
    *("letters", "words", "word length", "capitals", "capital words", "small words", "short words"),
    *("digits", "figures", "stops", "questions", "commas", "colons", "quotes", "brackets"),
    *("dashes", "dividers", "signs", "other signs", "apostrophes", "caseless", "said elsewhere"),
    *("no words", "stops a word", "commas a word"),
)
FIRSTS = ("capital", "small", "caseless", "digit", "quote", "dash", "divider", "other")
LASTS = ("letter", "digit", "stop", "question", "comma", "colon", "quote", "bracket", "other")
PLACES = (
    *("place", "lines above", "lines below", "text above", "text below", "prose above"),
    *("prose below", "blank above", "blank below", "indent", "repeated", "said before"),
)
COHESION = ("words of prose", "words shared", "rare words shared")
DENSITY = (
    *("prose near", "prose around", "prose far", "text near", "text around"),
    *("prose rank above", "prose rank below", "most prose"),
)
PATTERN = ("pattern said", "pattern above", "pattern below", "said above", "said below")
PAGES = ("page lines", "page text", "page prose", "page named", "page blanks")
NAMES = (
    *(f"shape: {name}" for name in SHAPES),
    *(f"first: {name}" for name in FIRSTS),
    *(f"last: {name}" for name in LASTS),
    *(f"place: {name}" for name in PLACES),
    *(f"words: {name}" for name in COHESION),
    *(f"density: {name}" for name in DENSITY),
    *(f"pattern: {name}" for name in PATTERN),
    *(f"page: {name}" for name in PAGES),
    *(f"rule: {name}" for name in GROUPS),
    "rule: any",
    "rule: prose",
)

_FIRST = np.zeros((len(FIRSTS), codes.KINDS), np.float32)
for _row, _kinds in enumerate(
    (
        (codes.UPPER,),
        (codes.LOWER,),
        (codes.CASELESS, codes.WIDE),
        (codes.DIGIT,),
        (codes.QUOTE, codes.APOSTROPHE),
        (codes.DASH,),
        (codes.DIVIDER,),
        (codes.SIGN, codes.OTHER, codes.BRACKET, codes.COLON, codes.STOP, codes.ASKING),
    )
):
    _FIRST[_row, list(_kinds)] = 1
_LAST = np.zeros((len(LASTS), codes.KINDS), np.float32)
for _row, _kinds in enumerate(
    (
        (codes.UPPER, codes.LOWER, codes.CASELESS, codes.WIDE),
        (codes.DIGIT,),
        (codes.STOP,),
        (codes.ASKING,),
        (codes.COMMA,),
        (codes.COLON,),
        (codes.QUOTE, codes.APOSTROPHE),
        (codes.BRACKET,),
        (codes.SIGN, codes.OTHER, codes.DIVIDER, codes.DASH),
    )
):
    _LAST[_row, list(_kinds)] = 1

_STEP = 0x9E3779B97F4A7C15
_BACK = pow(_STEP, -1, 1 << 64)
_MASK = (1 << 64) - 1
_SALTS = np.array(
    [0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F]
    + [0xE7037ED1A0B428DB],
    np.uint64,
)
_SHIFT = np.uint64(64 - ROW_BITS)


class Tables(NamedTuple):
    """Code unit -> kind, and code unit -> folded letter; see `codes`."""

    kinds: NDArray[np.uint8]
    letters: NDArray[np.uint16]


class Features(NamedTuple):
    """What the net is given of a page of n lines.

    Attributes:
        dense: n rows, a column for each of `NAMES`.
        words: rows of the table for each word looked up, full and stem, two columns.
        starts: where in `words` each line begins; n + 1 values.
        lines: rows of the table for each line: the whole line, its first and its last word.
    """

    dense: Floats
    words: Ints
    starts: Ints
    lines: Ints


class Seen(NamedTuple):
    """The filled lines of a page, and what is known of each beside its text.

    Attributes:
        texts: the lines.
        gaps: number of blank lines above each, and below the last.
        groups: place in `GROUPS` of the rule that drops it, or -1.
        prose: whether it reads as a paragraph to the rules.
    """

    texts: Sequence[str]
    gaps: Ints
    groups: Ints
    prose: NDArray[np.bool_]


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    steps, backs = np.full(size, _STEP, np.uint64), np.full(size, _BACK, np.uint64)
    steps[:1] = backs[:1] = 1
    return np.cumprod(steps), np.cumprod(backs)


class _Units(NamedTuple):
    kinds: NDArray[np.uint8]
    sums: NDArray[np.uint64]
    backs: NDArray[np.uint64]
    begins: Ints
    ends: Ints
    line_of: Ints

    def hashes(self, begins: Ints, ends: Ints) -> NDArray[np.uint64]:
        """Hash runs of letters, wherever they stand."""
        return (self.sums[ends] - self.sums[begins]) * self.backs[begins]


def _units(texts: Sequence[str], tables: Tables) -> _Units:
    text = "\n".join(texts) + "\n"
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16).astype(np.intp)
    kinds, letters = tables.kinds.take(units), tables.letters.take(units)
    size = len(units)
    room = 1 << max(15, size.bit_length())
    steps, backs = _powers(room)
    sums = np.zeros(size + 1, np.uint64)
    np.cumsum(letters * steps[:size], out=sums[1:])
    ends = np.flatnonzero(kinds == codes.NEWLINE)
    begins = np.concatenate(([0], ends[:-1] + 1))
    line_of = np.repeat(np.arange(len(ends)), ends - begins + 1)
    return _Units(kinds, sums, backs, begins, ends, line_of)


class _Words(NamedTuple):
    begins: Ints
    ends: Ints
    line_of: Ints
    numbers: Ints
    firsts: Ints
    hashes: NDArray[np.uint64]


def _words(units: _Units) -> _Words:
    inside = units.kinds < codes.WORDLIKE
    wide = units.kinds == codes.WIDE
    starts = inside.copy()
    starts[1:] &= ~inside[:-1] | wide[1:] | wide[:-1]
    begins = np.flatnonzero(starts)
    stops = inside.copy()
    stops[:-1] &= ~inside[1:] | wide[:-1] | wide[1:]
    ends = np.flatnonzero(stops) + 1
    line_of = units.line_of[begins]
    numbers = np.bincount(line_of, minlength=len(units.ends))
    firsts = np.cumsum(numbers) - numbers
    return _Words(begins, ends, line_of, numbers, firsts, units.hashes(begins, ends))


def read_features(seen: Seen, tables: Tables) -> Features:
    """Read the features of a page's filled lines; there must be one at least."""
    units = _units(seen.texts, tables)
    words = _words(units)
    number = len(units.ends)
    lines_hashed = units.hashes(units.begins, units.ends)
    dense = np.zeros((len(NAMES), number), np.float32)
    lengths = _shapes(dense, units, words)
    at = len(SHAPES)
    dense[at : at + len(FIRSTS)] = _FIRST[:, units.kinds[_first_shown(units)]]
    at += len(FIRSTS)
    dense[at : at + len(LASTS)] = _LAST[:, units.kinds[_last_shown(units)]]
    at += len(LASTS)
    at = _places(dense, at, seen, lengths, lines_hashed, units)
    at = _cohesion(dense, at, words, lengths, units)
    at = _density(dense, at, lengths)
    at = _pattern(dense, at, units, lines_hashed)
    _page(dense, at, seen, lengths)
    at += len(PAGES)
    named = np.flatnonzero(seen.groups >= 0)
    dense[at + seen.groups[named], named] = 1
    dense[at + len(GROUPS), named] = 1
    dense[at + len(GROUPS) + 1] = seen.prose
    return Features(dense.T, *_looked_up(units, words, lines_hashed))


def _first_shown(units: _Units) -> Ints:
    """Find the first character of each line that is not blank."""
    shown = np.flatnonzero(units.kinds != codes.BLANK)
    return shown[np.searchsorted(shown, units.begins)]


def _last_shown(units: _Units) -> Ints:
    """Find the last character of each line that is not blank."""
    kinds = units.kinds
    shown = np.flatnonzero((kinds != codes.BLANK) & (kinds != codes.NEWLINE))
    if not len(shown):
        return units.begins
    return shown[np.maximum(np.searchsorted(shown, units.ends) - 1, 0)]


def _shapes(dense: Floats, units: _Units, words: _Words) -> Floats:
    """Fill in the shapes; return each line's length in words of any script."""
    number = len(units.ends)
    counts = np.bincount(
        units.line_of * codes.KINDS + units.kinds, minlength=number * codes.KINDS
    )
    of = counts.reshape(number, codes.KINDS).T.astype(np.float32)
    wide = of[codes.WIDE]
    letters = of[codes.LOWER] + of[codes.UPPER] + of[codes.CASELESS] + WIDE_LETTER * wide
    plain = np.maximum(words.numbers - wide, 0)
    total = plain + wide * (WIDE_LETTER / WORD)
    at_least = np.maximum(total, 1)
    kinds = units.kinds[words.begins]
    first_kinds = np.bincount(
        words.line_of * codes.WORDLIKE + kinds, minlength=number * codes.WORDLIKE
    ).reshape(number, codes.WORDLIKE)
    sized = words.ends - words.begins
    short = np.bincount(words.line_of[(sized <= 3) & (kinds != codes.WIDE)], minlength=number)
    buckets = (words.hashes * _SALTS[4] >> np.uint64(52)).astype(np.intp)
    often = np.bincount(buckets, minlength=1 << 12)
    known = (often >= max(4, len(buckets) // 250)).astype(np.float32)
    said = np.bincount(words.line_of, weights=known[buckets], minlength=number)
    at_least_letters = np.maximum(letters, 1)
    some = np.maximum(words.numbers, 1)
    rows = (
        np.log1p(letters) / 5,
        np.log1p(total) / 4,
        np.minimum(letters / at_least, 15) / 6,
        of[codes.UPPER] / at_least_letters,
        first_kinds[:, codes.UPPER] / some,
        first_kinds[:, codes.LOWER] / some,
        short / some,
        of[codes.DIGIT] / (letters + of[codes.DIGIT] + 1),
        first_kinds[:, codes.DIGIT] / some,
        *(np.minimum(of[kind], 4) / 4 for kind in (codes.STOP, codes.ASKING, codes.COMMA)),
        *(np.minimum(of[kind], 3) / 3 for kind in (codes.COLON, codes.QUOTE, codes.BRACKET)),
        *(np.minimum(of[kind], 3) / 3 for kind in (codes.DASH, codes.DIVIDER, codes.SIGN)),
        *(np.minimum(of[kind], 3) / 3 for kind in (codes.OTHER, codes.APOSTROPHE)),
        (of[codes.CASELESS] + wide) / np.maximum(letters - (WIDE_LETTER - 1) * wide, 1),
        said / some,
        words.numbers == 0,
        (of[codes.STOP] + of[codes.ASKING]) / at_least,
        of[codes.COMMA] / at_least,
    )
    for place, row in enumerate(rows):
        dense[place] = row
    return total


def _places(
    dense: Floats,
    at: int,
    seen: Seen,
    lengths: Floats,
    hashed: NDArray[np.uint64],
    units: _Units,
) -> int:
    number = len(lengths)
    places = np.arange(number)
    above = np.cumsum(lengths)
    total = max(float(above[-1]), 1.0)
    prose = lengths >= PROSE_WORDS
    before = np.maximum.accumulate(np.where(prose, places, -number))
    after = np.minimum.accumulate(np.where(prose, places, 2 * number)[::-1])[::-1]
    _, first, same, often = np.unique(
        hashed, return_index=True, return_inverse=True, return_counts=True
    )
    rows = (
        places / number,
        np.log1p(places) / 5,
        np.log1p(number - 1 - places) / 5,
        (above - lengths) / total,
        np.log1p(total - above) / 6,
        np.log1p(np.minimum(places - before, 200)) / 4,
        np.log1p(np.minimum(after - places, 200)) / 4,
        np.log1p(seen.gaps[:-1]),
        np.log1p(seen.gaps[1:]),
        np.log1p(np.minimum(_first_shown(units) - units.begins, 40)) / 3,
        np.log1p(often[same] - 1) / 2,
        first[same] < places,
    )
    for place, row in enumerate(rows):
        dense[at + place] = row
    return at + len(rows)


def _cohesion(
    dense: Floats, at: int, words: _Words, lengths: Floats, units: _Units
) -> int:
    number = len(lengths)
    stems = units.hashes(words.begins, np.minimum(words.begins + STEM + 1, words.ends))
    buckets = (stems * _SALTS[4] >> np.uint64(50)).astype(np.intp)
    prose = (lengths >= PROSE_WORDS).astype(np.float64)
    own = prose[words.line_of]
    said = np.bincount(buckets, minlength=1 << 14)[buckets]
    in_prose = np.bincount(buckets, weights=own, minlength=1 << 14)[buckets] - own
    rare = said <= max(6, len(buckets) // 300)
    some = np.maximum(words.numbers, 1)
    rares = np.maximum(np.bincount(words.line_of, weights=rare, minlength=number), 1)

    def share(hit: NDArray[np.bool_], of: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(words.line_of, weights=hit, minlength=number) / of

    dense[at] = share(in_prose > 0, some)
    dense[at + 1] = share(said > 1, some)
    dense[at + 2] = share(rare & (in_prose > 0), rares)
    return at + len(COHESION)


def _density(dense: Floats, at: int, lengths: Floats) -> int:
    number = len(lengths)
    places = np.arange(number)
    prose = np.where(lengths >= PROSE_WORDS, lengths, 0)
    sums = np.concatenate(([0], np.cumsum(prose)))
    texts = np.concatenate(([0], np.cumsum(lengths)))
    total = max(float(sums[-1]), 1.0)

    def window(of: Floats, reach: int) -> Floats:
        return of[np.minimum(places + reach + 1, number)] - of[np.maximum(places - reach, 0)]

    near, around, far = (window(sums, reach) for reach in (3, 10, 40))
    rows = (
        np.log1p(near) / 6,
        around / max(float(around.max()), 1.0),
        far / max(float(far.max()), 1.0),
        np.log1p(window(texts, 3)) / 6,
        np.log1p(window(texts, 20)) / 8,
        sums[:-1] / total,
        (total - sums[1:]) / total,
        prose / max(float(prose.max()), 1.0),
    )
    for place, row in enumerate(rows):
        dense[at + place] = row
    return at + len(rows)


def _near_same(values: NDArray[np.uint64]) -> tuple[Ints, Ints, Ints]:
    """Tell how often each value comes, and how far off the one before and the next are."""
    number = len(values)
    order = np.argsort(values, kind="stable")
    same = values[order][1:] == values[order][:-1]
    steps = np.where(same, np.diff(order), number)
    above, below = np.full(number, number), np.full(number, number)
    above[order[1:]], below[order[:-1]] = steps, steps
    first = np.concatenate(([True], ~same))
    runs = np.cumsum(first) - 1
    often = np.empty(number, np.intp)
    often[order] = np.bincount(runs)[runs]
    return often, above, below


def _pattern(dense: Floats, at: int, units: _Units, hashed: NDArray[np.uint64]) -> int:
    kinds = np.maximum(units.kinds, codes.CASELESS)  # a letter is a letter
    changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
    changes = np.concatenate(([0], changes))
    steps, backs = _powers(1 << max(15, len(changes).bit_length()))
    sums = np.zeros(len(changes) + 1, np.uint64)
    np.cumsum((kinds[changes] + np.uint64(1)) * steps[: len(changes)], out=sums[1:])
    begins = np.searchsorted(changes, units.begins)
    ends = np.searchsorted(changes, units.ends)
    shapes = (sums[ends] - sums[begins]) * backs[np.minimum(begins, len(backs) - 1)]
    often, above, below = _near_same(shapes)
    _, same_above, same_below = _near_same(hashed)
    rows = (
        np.log1p(often - 1) / 3,
        *(np.log1p(np.minimum(far, 100)) / 4 for far in (above, below, same_above, same_below)),
    )
    for place, row in enumerate(rows):
        dense[at + place] = row
    return at + len(rows)


def _page(dense: Floats, at: int, seen: Seen, lengths: Floats) -> None:
    number, total = len(lengths), max(float(lengths.sum()), 1.0)
    prose = float(lengths[lengths >= PROSE_WORDS].sum())
    page = (
        np.log1p(number) / 6,
        np.log1p(total) / 8,
        prose / total,
        float((seen.groups >= 0).sum()) / number,
        float((seen.gaps > 0).sum()) / number,
    )
    dense[at : at + len(page)] = np.array(page, np.float32)[:, None]


def _rows(hashes: NDArray[np.uint64], salt: int) -> Ints:
    return (hashes * _SALTS[salt] >> _SHIFT).astype(np.intp)


def _looked_up(
    units: _Units, words: _Words, hashed: NDArray[np.uint64]
) -> tuple[Ints, Ints, Ints]:
    number = len(units.ends)
    capped = np.minimum(words.numbers, FIRST_WORDS)
    starts = np.concatenate(([0], np.cumsum(capped)))
    place = np.arange(len(words.begins)) - words.firsts[words.line_of]
    wanted = np.flatnonzero(place < FIRST_WORDS)
    begins = words.begins[wanted]
    stems = units.hashes(begins, np.minimum(begins + STEM, words.ends[wanted]))
    looked_up = np.stack((_rows(words.hashes[wanted], 0), _rows(stems, 1)), axis=1)
    firsts = np.concatenate((words.hashes, [np.uint64(0)]))
    lasts = np.where(words.numbers > 0, words.firsts + words.numbers - 1, len(words.begins))
    heads = np.where(words.numbers > 0, words.firsts, len(words.begins))
    lines = np.stack(
        (_rows(hashed, 2), _rows(firsts[heads], 3), _rows(firsts[lasts], 4)), axis=1
    )
    assert len(lines) == number
    return looked_up, starts, lines
