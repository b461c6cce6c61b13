"""Which of a page's lines stay, once a net has said how likely each is of the body."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


SURE = 1e-6
"""What a probability is short of 0 and 1 at least, so that each has a logit."""


def likely_of(logits: Floats) -> Floats:
    """Turn logits into probabilities."""
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def logits_of(likely: Floats) -> Floats:
    """Turn probabilities into logits."""
    clipped = np.clip(likely, SURE, 1 - SURE)
    logits: Floats = np.log(clipped / (1 - clipped)).astype(np.float32)
    return logits


@cache
def common_errors(spread: float) -> tuple[Floats, Floats]:
    """Return errors that a page's lines may have in common and how likely each of them is.

    Chosen by Gauss and Hermite; the one in the middle is none at all.
    """
    errors, weights = np.polynomial.hermite_e.hermegauss(7)
    chances = weights / weights.sum()
    return (spread * errors).astype(np.float32)[:, None], chances.astype(np.float32)


def best_threshold(logits: Floats, sizes: Floats, spread: float) -> float:
    """Find the least logit with which a line stays, so that word F1 is highest as expected.

    Lines are taken in from the likeliest; each adds the words that are right as expected, and all
    its words to what is taken (Ye, Chai, Lee and Chieu, 2012). What the article is, one line tells
    of another: either the reviews of a product belong to it or they do not. So F1 is expected over
    errors that all lines share.

    Args:
        logits: of each line being of the body.
        sizes: characters of each line.
        spread: standard deviation, in logits, of the errors that lines share.

    >>> import numpy as np
    >>> best_threshold(np.array([3.0, 2.0, -2.0]), np.array([50.0, 50.0, 50.0]), 2.0)
    2.0
    """
    order = np.argsort(-logits, kind="stable")
    errors, chances = common_errors(spread)
    right = np.cumsum(sizes[order] * likely_of(logits[order] + errors), axis=1)
    reached = 2 * right / (np.cumsum(sizes[order]) + right[:, -1:])
    return float(logits[order[int(np.argmax(chances @ reached))]])
