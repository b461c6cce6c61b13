"""Why the net holds a line for furniture: the parts of the sum that it decides by, in words.

What the net says of a line is a sum over what it makes of the line alone, of the page and of its
neighbours; the first is a sum over features again, as long as the same cells of the net are awake.
So the parts are exact, they are no second model's guess.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from cleaner.model.features import NAMES
from cleaner.model.net import BLOCK, BODY, FURNITURE, Reading, Weights, times
from cleaner.model.places import Floats
from cleaner.model.units import Ints

TOLD = 3
"""Reasons that are told."""

REASONS = {
    "length": ("shape: letters", "shape: words", "shape: word length", "density: longest"),
    "capitals": ("shape: capital", "shape: small", "shape: caseless", "first: "),
    "punctuation": ("shape: ", "last: "),
    "place on the page": ("place: ",),
    "said before": ("place: repeated", "place: said before"),
    "gaps around it": ("place: blank", "place: indent"),
    "far from paragraphs": ("place: prose", "density: "),
    "rules": ("rule: ",),
    "the page": ("page: ",),
    "words": ("words: ", "shape: words said often", "shape: words of prose", "shape: short words"),
    "lines around it": (),
}
"""Reason -> how the names of its features begin; the longest beginning that fits counts."""

_AROUND, _PAGE = (list(REASONS).index(name) for name in ("lines around it", "the page"))


def _reason_of(name: str) -> int:
    fits = [
        (len(start), place)
        for place, starts in enumerate(REASONS.values())
        for start in starts
        if name.startswith(start)
    ]
    return max(fits)[1]


@cache
def _grouping(words: int) -> Floats:
    """Tell which reason each column that the net is given belongs to."""
    names = [*NAMES, *["words: "] * words]
    grouping = np.zeros((len(names), len(REASONS)), np.float32)
    for column, name in enumerate(names):
        grouping[column, _reason_of(name)] = 1
    return grouping


def parts(reading: Reading, lines: Ints, weights: Weights) -> Floats:
    """Part what speaks for furniture and against body among `REASONS`; a row a line."""
    towards = weights.out[:, FURNITURE] - weights.out[:, BODY]
    awake = (reading.line[lines] > 0) * towards
    given = reading.given[lines]
    each = times(awake, weights.line.T)
    each *= given
    made = times(each, _grouping(given.shape[1] - len(NAMES)))
    made[:, _AROUND] += reading.near[lines] @ towards
    made[:, _PAGE] += reading.page[lines] @ towards
    return made


def reasons(reading: Reading, lines: Ints, weights: Weights) -> list[tuple[int, ...]]:
    """Find for each line the `REASONS` that stand out most from what is usual in an article."""
    usual, spread = weights.usual
    told: list[tuple[int, ...]] = []
    for start in range(0, len(lines), BLOCK):
        against = parts(reading, lines[start : start + BLOCK], weights) - usual
        against /= spread
        strongest = np.argsort(-against, axis=1)[:, :TOLD]
        told += map(tuple, strongest.tolist())
    return told
