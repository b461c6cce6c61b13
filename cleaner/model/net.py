"""The net of the line model: weights, and the few matrix products that make a probability."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.model.features import Features
from cleaner.model.places import Floats
from cleaner.model.units import Tables

WEIGHTS = Path(__file__).with_name("weights.npz")

FURNITURE, HEAD, BODY = range(3)

REACHES = (1, 2, 4, 8, 16)
"""How many lines off each round of looking at neighbours looks: 31 in all, either way."""

LAST_REACH = 4
"""How many lines off the last round looks, when each line knows what the article is like."""


UNSURE = 0.5
"""Lines that a mean over the page is short of, so that it is none where no line counts."""

CHUNK = 64
"""Lines that are multiplied at a time."""

BLOCK = 32 * CHUNK
"""Lines that are looked at together; what they are given stays in the processor's cache."""


class Weights(NamedTuple):
    """What training made; see `lab.train`.

    Attributes:
        tables: of characters.
        words: a row for each hashed word.
        line, line_bias: from a line's features to what is made of it.
        page, page_bias: from the page's mean and its most to every line.
        near, near_bias: for each of `REACHES`, from the line above, itself and the line below.
        heed, heed_bias: how much each line counts in two means over the page.
        again, again_bias: from a line and both means to every line.
        last, last_bias: as `near`, with `LAST_REACH`.
        out, out_bias: to the three classes.
        usual: what each of the reasons says of the lines of articles in the mean, and how far what
            it says of any lines spreads, see `reasons`.
    """

    tables: Tables
    words: Floats
    line: Floats
    line_bias: Floats
    page: Floats
    page_bias: Floats
    near: Floats
    near_bias: Floats
    heed: Floats
    heed_bias: Floats
    again: Floats
    again_bias: Floats
    last: Floats
    last_bias: Floats
    out: Floats
    out_bias: Floats
    usual: Floats


class Reading(NamedTuple):
    """What the net makes of a page of n lines, and on the way.

    Attributes:
        likely: how likely each line is furniture, head or body; n rows.
        given: what it is given of each line.
        line: what it makes of each line alone.
        page: what the page adds to each line.
        near: what its neighbours add to each line.
    """

    likely: Floats
    given: Floats
    line: Floats
    page: Floats
    near: Floats


@cache
def weights() -> Weights:
    """Read the weights, once a process."""
    with np.load(WEIGHTS) as file:
        made = {name: file[name] for name in file.files}
    tables = Tables(made.pop("kinds"), made.pop("letters"))
    return Weights(tables, **{name: array.astype(np.float32) for name, array in made.items()})


def read(features: Features, weights: Weights) -> Reading:
    """Run the net over a page."""
    size = len(features.dense)
    given = _given(features, weights)
    line = times(given, weights.line)[:size]
    line += weights.line_bias
    np.maximum(line, 0, out=line)
    pooled = np.concatenate((line.sum(axis=0) / np.float32(size), line.max(axis=0)))
    page = np.empty_like(line)
    page[:] = pooled @ weights.page + weights.page_bias
    inner, near = line + page, np.zeros_like(line)
    around = np.zeros((min(len(given), BLOCK), 3 * line.shape[1]), np.float32)
    for reach, into, bias in zip(REACHES, weights.near, weights.near_bias, strict=True):
        near += _look_around(inner, around, reach, into, bias)
    page += _look_again(inner, weights)
    near += _look_around(inner, around, LAST_REACH, weights.last, weights.last_bias)
    logits = times(inner, weights.out)
    logits += weights.out_bias
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return Reading(raised, given[:size], line, page, near)


def _look_around(inner: Floats, around: Floats, reach: int, into: Floats, bias: Floats) -> Floats:
    """Add to each line what it makes of two others, as far off as `reach`; return what is added."""
    size, width = inner.shape
    added = np.empty_like(inner)
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        for column, off in enumerate((-reach, 0, reach)):
            low = max(start + off, 0)
            high = max(min(stop + off, size), low)
            seen = around[: stop - start, column * width : (column + 1) * width]
            if high - low < stop - start:
                seen[:] = 0
            seen[low - off - start : high - off - start] = inner[low:high]
        added[start:stop] = times(around, into)[: stop - start]
    added += bias
    np.maximum(added, 0, out=added)
    inner += added
    return added


def _look_again(inner: Floats, weights: Weights) -> Floats:
    """Add to each line what it makes of the page's means, now that it is known what is article."""
    heed = 1 / (1 + np.exp(-times(inner, weights.heed) - weights.heed_bias))
    blocks = [slice(start, start + BLOCK) for start in range(0, len(inner), BLOCK)]
    heeded = np.sum([heed[block].T @ inner[block] for block in blocks], axis=0)
    means = heeded / (heed.sum(axis=0) + UNSURE)[:, None]
    width = inner.shape[1]
    added = times(inner, weights.again[:width])
    added += means.ravel() @ weights.again[width:] + weights.again_bias
    np.maximum(added, 0, out=added)
    inner += added
    return added


def times(rows: Floats, matrix: Floats) -> Floats:
    """Multiply chunk by chunk: with more at a time, BLAS would start threads that cost more."""
    size = len(rows)
    if size % CHUNK:
        rows = np.concatenate((rows, np.zeros((-size % CHUNK, rows.shape[1]), np.float32)))
    chunks = rows.reshape(-1, CHUNK, rows.shape[1]) @ matrix
    product: Floats = chunks.reshape(-1, matrix.shape[1])[:size]
    return product


def _given(features: Features, weights: Weights) -> Floats:
    """Join features, the mean of each line's words, and the line, its first and last word."""
    starts, words, table = features.starts, features.words, weights.words
    lines, columns = features.dense.shape
    given = np.zeros((-(-lines // CHUNK) * CHUNK, len(weights.line)), np.float32)
    given[:lines, :columns] = features.dense
    means, wholes = np.split(given[:lines, columns:], 2, axis=1)
    if words.shape[1]:
        looked_up = table.take(words[0], axis=0)
        looked_up += table.take(words[1], axis=0)
        numbers = np.diff(starts)
        some = np.flatnonzero(numbers)
        sums = np.add.reduceat(looked_up, starts[some], axis=0)
        means[some] = sums / numbers[some, None].astype(np.float32)
    for number in features.lines:
        wholes += table.take(number, axis=0)
    return given
