"""The net of the HTML model: weights, and the few matrix products that make a probability."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from cleaner.model.html_blocks import Floats, Ints
from cleaner.model.html_features import Features

WEIGHTS = Path(__file__).with_name("html_weights.npz")

WINDOW = 8
"""Lines above and below whose mean the net sees, beside the two next ones on either side."""

NEAR = (0, -1, 1, -2, 2)
"""Lines that the net sees as they are, from a line itself."""

POOLED = (1, 2, 3, 4, 6)
"""Of which of the blocks around a line the net sees the mean of the lines."""

CLIP = 8
"""Standard deviations from the mean at which a feature is cut off."""


class Weights(NamedTuple):
    """What training made; see `lab.train_html`.

    Attributes:
        mean, scale: of the features.
        tokens: a row for each word of tags, classes and ids.
        about: a row for each word about the page.
        line, line_bias, narrow, narrow_bias: from a line's features to what is made of it.
        look, look_bias, heed, heed_bias: from what is around a line to what changes in it.
        out, out_bias: to body and head.
    """

    mean: Floats
    scale: Floats
    tokens: Floats
    about: Floats
    line: Floats
    line_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    look: Floats
    look_bias: Floats
    heed: Floats
    heed_bias: Floats
    out: Floats
    out_bias: Floats


@cache
def weights() -> Weights:
    """Read the weights, once a process."""
    with np.load(WEIGHTS) as file:
        return Weights(**{name: file[name].astype(np.float32) for name in file.files})


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def logits_of(features: Features, weights: Weights, asked: Ints) -> tuple[Floats, Floats]:
    """Tell how likely lines are of the body, and how likely of the head, in logits.

    In one thread: a page's products are so small that several threads mostly wait for each other,
    at ten times the CPU.
    """
    with _threads().limit(limits=1, user_api="blas"):
        return _logits_of(features, weights, asked)


def _logits_of(features: Features, weights: Weights, asked: Ints) -> tuple[Floats, Floats]:
    dense = (features.dense - weights.mean) * weights.scale
    np.clip(dense, -CLIP, CLIP, out=dense)
    about = weights.about[features.about].mean(axis=0)
    bias = weights.line_bias + about @ weights.line[-len(about) :]
    blocks = _block_part(features, weights, dense.shape[1], len(about))
    inner = np.maximum(dense @ weights.line[: dense.shape[1]] + blocks + bias, 0)
    inner = np.maximum(inner @ weights.narrow + weights.narrow_bias, 0)
    seen = _around(inner, features, asked)
    looked = np.maximum(seen @ weights.look + weights.look_bias, 0)
    inner = np.maximum(inner.take(asked, axis=0) + looked @ weights.heed + weights.heed_bias, 0)
    logits = inner @ weights.out + weights.out_bias
    return logits[:, 0], logits[:, 1]


def _block_part(features: Features, weights: Weights, begin: int, width: int) -> Floats:
    """Sum the token rows of the blocks around each line, those that wrap the page apart."""
    named = np.add.reduceat(weights.tokens.take(features.tokens, axis=0), features.starts, axis=0)
    around = named.take(features.kinds[features.around], axis=0)
    masks = np.stack((features.small, ~features.small), axis=1).astype(np.float32)
    far = np.matmul(masks, around).reshape(len(around), -1)
    parts = np.concatenate((around[:, 0], around[:, 1], far), axis=1)
    made: Floats = parts @ weights.line[begin : begin + 4 * width]
    return made


def _pools(features: Features, lines: Ints) -> tuple[Ints, Ints]:
    """Collect the runs of lines whose means the net sees: begins and ends, a row a line."""
    number = len(features.dense)
    outer = features.around.take(lines, axis=0)[:, POOLED]
    begins, ends = np.zeros((2, len(lines), len(POOLED) + 3), np.intp)
    np.maximum(lines - WINDOW, 0, out=begins[:, 0])
    np.minimum(lines + 1, number, out=begins[:, 1])
    features.begins.take(outer, out=begins[:, 2:-1])
    ends[:, 0] = lines
    np.minimum(lines + WINDOW + 1, number, out=ends[:, 1])
    features.ends.take(outer, out=ends[:, 2:-1])
    ends[:, -1] = number
    return begins, ends


def _around(inner: Floats, features: Features, lines: Ints) -> Floats:
    """Put side by side some lines, those next to them, and means of what is around them."""
    number, width = inner.shape
    sums = np.zeros((number + 1, width), np.float32)
    np.cumsum(inner, axis=0, out=sums[1:])
    begins, ends = _pools(features, lines)
    none = np.zeros((2, width), np.float32)
    padded = np.concatenate((none, inner, none))
    near = padded.take(lines[:, None] + (2 + np.array(NEAR)), axis=0)
    means = sums.take(ends, axis=0)
    means -= sums.take(begins, axis=0)
    means *= (1 / np.maximum(ends - begins, 1)).astype(np.float32)[:, :, None]
    return np.concatenate((near, means), axis=1).reshape(len(lines), -1)
