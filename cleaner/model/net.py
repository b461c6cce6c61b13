"""The net of the line model: weights, and the few matrix products that make a probability."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.model.features import Features, Floats, Tables

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


@cache
def weights() -> Weights:
    """Read the weights, once a process."""
    with np.load(WEIGHTS) as file:
        made = {name: file[name] for name in file.files}
    tables = Tables(made.pop("kinds"), made.pop("letters"))
    return Weights(tables, **{name: array.astype(np.float32) for name, array in made.items()})


def probabilities(features: Features, weights: Weights) -> Floats:
    """Tell how likely each line is furniture, head or body; a row a line."""
    words = _word_sums(features, weights)
    inner = np.concatenate((features.dense, *words), axis=1) @ weights.line + weights.line_bias
    inner = np.maximum(inner, 0)
    page = np.concatenate((inner.mean(axis=0), inner.max(axis=0)))
    inner += page @ weights.page + weights.page_bias
    for reach, near, bias in zip(REACHES, weights.near, weights.near_bias, strict=True):
        edge = np.zeros((reach, inner.shape[1]), np.float32)
        padded = np.concatenate((edge, inner, edge))
        around = np.concatenate((padded[: -2 * reach], inner, padded[2 * reach :]), axis=1)
        inner += np.maximum(around @ near + bias, 0)
    logits = inner @ weights.out + weights.out_bias
    logits -= logits.max(axis=1, keepdims=True)
    raised = np.exp(logits)
    made: Floats = raised / raised.sum(axis=1, keepdims=True)
    return made


def _word_sums(features: Features, weights: Weights) -> tuple[Floats, Floats]:
    table, starts = weights.words, features.starts
    numbers = np.diff(starts)
    looked_up = table.take(features.words[:, 0], axis=0) + table.take(features.words[:, 1], axis=0)
    padded = np.concatenate((looked_up, np.zeros((1, table.shape[1]), np.float32)))
    sums = np.add.reduceat(padded, starts[:-1], axis=0)
    sums *= (numbers > 0)[:, None] / np.maximum(numbers, 1)[:, None].astype(np.float32)
    lines = features.lines
    return sums, table.take(lines, axis=0).sum(axis=1)
