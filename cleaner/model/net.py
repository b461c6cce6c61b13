"""The net of the line model: weights, and the few matrix products that make a probability."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.model.features import Features, Floats
from cleaner.model.units import Tables

WEIGHTS = Path(__file__).with_name("weights.npz")

FURNITURE, HEAD, BODY = range(3)

REACHES = (1, 2, 4, 8, 16)
"""How many lines off each round of looking at neighbours looks: 31 in all, either way."""


CHUNK = 64
"""Lines that are multiplied at a time."""


class Weights(NamedTuple):
    """What training made; see `lab.train`.

    Attributes:
        tables: of characters.
        words: a row for each hashed word.
        line, line_bias: from a line's features to what is made of it.
        page, page_bias: from the page's mean and its most to every line.
        near, near_bias: for each of `REACHES`, from the line above, itself and the line below.
        out, out_bias: to the three classes.
        usual: what each of the reasons says of the lines of an article, see `reasons`.
    """

    tables: Tables
    words: Floats
    line: Floats
    line_bias: Floats
    page: Floats
    page_bias: Floats
    near: Floats
    near_bias: Floats
    out: Floats
    out_bias: Floats
    usual: Floats


class Reading(NamedTuple):
    """What the net makes of a page of n lines, and on the way.

    Attributes:
        likely: how likely each line is furniture, head or body; n rows.
        given: what it is given of each line.
        line: what it makes of each line alone.
        page: what it makes of the page, the same for each line.
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
    size, width = len(features.dense), len(weights.line_bias)
    padded = -(-size // CHUNK) * CHUNK
    given = np.zeros((padded, len(weights.line)), np.float32)
    _give(given[:size], features, weights.words)
    line = times(given, weights.line)[:size]
    line += weights.line_bias
    np.maximum(line, 0, out=line)
    pooled = np.concatenate((line.sum(axis=0) / np.float32(size), line.max(axis=0)))
    page = pooled @ weights.page + weights.page_bias
    inner = line + page
    around = np.zeros((padded, 3 * width), np.float32)
    near = np.zeros_like(inner)
    for reach, into, bias in zip(REACHES, weights.near, weights.near_bias, strict=True):
        around[:reach, :width] = 0
        around[reach:size, :width] = inner[:-reach]
        around[:size, width : 2 * width] = inner
        around[: max(size - reach, 0), 2 * width :] = inner[reach:]
        around[max(size - reach, 0) : size, 2 * width :] = 0
        added = times(around, into)[:size]
        added += bias
        np.maximum(added, 0, out=added)
        inner += added
        near += added
    logits = times(inner, weights.out) + weights.out_bias
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return Reading(raised, given[:size], line, page, near)


def times(rows: Floats, matrix: Floats) -> Floats:
    """Multiply chunk by chunk: with more at a time, BLAS would start threads that cost more."""
    size = len(rows)
    if size % CHUNK:
        rows = np.concatenate((rows, np.zeros((-size % CHUNK, rows.shape[1]), np.float32)))
    chunks = rows.reshape(-1, CHUNK, rows.shape[1]) @ matrix
    product: Floats = chunks.reshape(-1, matrix.shape[1])[:size]
    return product


def _give(given: Floats, features: Features, table: Floats) -> None:
    """Fill in the features, the mean of each line's words, and the line, its first and last word."""
    starts, words = features.starts, features.words
    numbers = np.diff(starts)
    size, width = features.dense.shape[1], table.shape[1]
    given[:, :size] = features.dense
    means, lines = given[:, size : size + width], given[:, size + width :]
    if words.shape[1]:
        looked_up = table.take(words[0], axis=0)
        looked_up += table.take(words[1], axis=0)
        some = np.flatnonzero(numbers)
        sums = np.add.reduceat(looked_up, starts[some], axis=0)
        means[some] = sums / numbers[some, None].astype(np.float32)
    for number in features.lines:
        lines += table.take(number, axis=0)
