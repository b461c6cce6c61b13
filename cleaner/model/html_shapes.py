"""The shape of each line of a page, measured by its characters in a few array calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

_LETTER, _UPPER, _DIGIT, _WIDE, _BLANK, _STOP, _ASKING, _COMMA, _COLON = range(9)
_QUOTE, _BRACKET, _DIVIDER, _SIGN, _OTHER, _END = range(9, 15)
_KINDS = 15
_WORDLIKE = _WIDE + 1
_SIGNS = {
    _STOP: ".…。।۔",
    _ASKING: "?!？！؟",
    _COMMA: ",;，、；،",
    _COLON: ":：",
    _QUOTE: "\"'“”„‟«»‹›「」『』’‘",
    _BRACKET: "()[]{}（）",
    _DIVIDER: "|/\\•·‣▪●»→>-–—*_",
    _SIGN: "%€$£¥₹©®™°+#@&=",
    _END: "\n",
}


@cache
def _kinds() -> NDArray[np.uint8]:
    """Make the table: UTF-16 code unit -> kind of character."""
    kinds = np.full(1 << 16, _OTHER, np.uint8)
    kinds[0x2E80:0xE000] = kinds[0xF900:0xFB00] = kinds[0xFF66:0xFFDD] = _WIDE
    kinds[0xDC00:0xE000] = _OTHER  # second halves of surrogate pairs
    for unit in (*range(0x2E80), *range(0xFB00, 0xFF66)):
        sign = chr(unit)
        if sign.isupper():
            kinds[unit] = _UPPER
        elif sign.isalpha():
            kinds[unit] = _LETTER
        elif sign.isdigit():
            kinds[unit] = _DIGIT
        elif sign.isspace():
            kinds[unit] = _BLANK
    for kind, signs in _SIGNS.items():
        for sign in signs:
            kinds[ord(sign)] = kind
    return kinds


def shapes(lines: Sequence[str]) -> NDArray[np.float64]:
    """Measure each line by its characters."""
    text = "\n".join(lines) + "\n"
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    kinds = _kinds().take(units)
    ends = np.flatnonzero(units == 10)
    begins = np.concatenate(([0], ends[:-1] + 1))
    line_of = np.repeat(np.arange(len(lines)), ends - begins + 1)
    line_kinds = line_of * _KINDS
    line_kinds += kinds
    counts = np.bincount(line_kinds, minlength=len(lines) * _KINDS)
    of = counts.reshape(-1, _KINDS).T.astype(np.float64)
    inside = kinds < _WORDLIKE
    starts = inside[1:] & ~inside[:-1]
    heads = np.flatnonzero(np.concatenate((inside[:1], starts)))
    words = np.bincount(line_of[heads], minlength=len(lines)) + of[_WIDE] / 2
    capital = np.bincount(line_of[heads[kinds[heads] == _UPPER]], minlength=len(lines))
    letters = of[_LETTER] + of[_UPPER] + 2.5 * of[_WIDE]
    some_letters, some_words = np.maximum(letters, 1), np.maximum(words, 1)
    first, last = kinds[begins], kinds[np.maximum(ends - 1, begins)]
    repeats = Counter(lines)
    repeated = np.fromiter(map(repeats.__getitem__, lines), np.float64, len(lines))
    columns = (
        np.log1p(letters) / 5,
        np.log1p(words) / 4,
        np.minimum(letters / some_words, 15) / 6,
        of[_UPPER] / some_letters,
        capital / some_words,
        of[_DIGIT] / (letters + of[_DIGIT] + 1),
        of[_WIDE] / some_letters,
        *np.minimum(of[_STOP:_END], 4) / 4,
        (of[_STOP] + of[_ASKING]) / some_words,
        of[_COMMA] / some_words,
        *(first == kind for kind in (_LETTER, _UPPER, _DIGIT, _DIVIDER, _QUOTE)),
        *(last == kind for kind in (_STOP, _ASKING, _COLON, _DIGIT, _LETTER)),
        np.log1p(repeated - 1) / 2,
    )
    return np.array(columns)
