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
        near: what each of `REACHES` adds to each line.
    """

    likely: Floats
    given: Floats
    line: Floats
    page: Floats
    near: tuple[Floats, ...]


@cache
def weights() -> Weights:
    """Read the weights, once a process."""
    with np.load(WEIGHTS) as file:
        made = {name: file[name] for name in file.files}
    tables = Tables(made.pop("kinds"), made.pop("letters"))
    return Weights(tables, **{name: array.astype(np.float32) for name, array in made.items()})


def read(features: Features, weights: Weights) -> Reading:
    """Run the net over a page."""
    given = np.concatenate((features.dense, *_word_sums(features, weights.words)), axis=1)
    line = given @ weights.line
    line += weights.line_bias
    np.maximum(line, 0, out=line)
    pooled = np.concatenate((line.mean(axis=0), line.max(axis=0)))
    page = pooled @ weights.page + weights.page_bias
    inner = line + page
    size, width = inner.shape
    near = []
    for reach, into, bias in zip(REACHES, weights.near, weights.near_bias, strict=True):
        around = np.zeros((size, 3 * width), np.float32)
        around[reach:, :width] = inner[:-reach]
        around[:, width : 2 * width] = inner
        around[:-reach, 2 * width :] = inner[reach:]
        added = around @ into
        added += bias
        np.maximum(added, 0, out=added)
        inner += added
        near.append(added)
    logits = inner @ weights.out + weights.out_bias
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return Reading(raised, given, line, page, tuple(near))


def _word_sums(features: Features, table: Floats) -> tuple[Floats, Floats]:
    """Add up the rows of each line's words, and those of the line, its first and last word."""
    starts = features.starts
    numbers = np.diff(starts)[:, None]
    looked_up = np.zeros((features.words.shape[1] + 1, table.shape[1]), np.float32)
    np.add(*table.take(features.words, axis=0), out=looked_up[:-1])
    sums = np.add.reduceat(looked_up, starts[:-1], axis=0)
    sums *= (numbers > 0) / np.maximum(numbers, 1).astype(np.float32)
    return sums, table.take(features.lines, axis=0).sum(axis=0)
