"""Probabilities -> marks on a page from HTML, with reasons that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from cleaner.mark import Mark, Marks, Verdict
from cleaner.markup import Markup, link_density
from cleaner.model.html_blocks import Floats
from cleaner.model.html_features import read_features
from cleaner.model.html_net import logits_of, weights
from cleaner.page import STANDS, Page

HEAD = 0.0
"""Logit from which a line is of the head, which stays unless only the body is wanted."""

NOTHING = 12.0
"""Expected characters of the article, a word, below which a page is held to have none."""

TOGETHER = 2.0
"""Standard deviation of what the net gets wrong of all lines of a page alike, in logits. With 0,
as if it erred on each line anew, cross-validated F1 is .004 lower on WCXB, .02 on collections."""

LINE_MODEL = 0.35
"""How much the line model's word on a line counts where it is asked, beside what markup says."""

LEAST_LIKELY = 1e-4
"""Probability below which the line model's word counts no more."""

FEWEST = 300
"""Characters of a page from which the model judges: what is shorter has no shape to go by."""


def judge(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the standing lines that the model does not hold for the article."""
    assert page.markup is not None
    filled, texts = np.array(page.filled), page.texts
    sizes = np.array([len(texts[number]) for number in page.filled], np.float32)
    if sizes.sum() < FEWEST:
        return
    standing = np.flatnonzero(np.frombuffer(marks.state, np.uint8)[filled] == STANDS)
    if not len(standing):
        return
    body, head = logits_of(read_features(page), weights(), standing)
    if page.accurate:
        body += LINE_MODEL * (_by_line_model(page, marks)[standing] - body)
    least = threshold(body, sizes[standing])
    below = body < least
    limit, reasons = _likely(np.array(least)), _Reasons(page.markup, texts)
    columns = filled[standing[below]], _likely(body[below]), head[below] >= HEAD
    for number, likely, is_head in zip(*(column.tolist() for column in columns), strict=True):
        because = f"body {likely:.2f} < {limit:.2f}"
        if is_head:
            yield Mark(number, number + 1, "model/head", because, Verdict.KEEP)
        else:
            yield Mark(number, number + 1, "model/markup", because + reasons.of_line(number))


def _by_line_model(page: Page, marks: Marks) -> Floats:
    """Return for each filled line the logit that the line model gives it to be of the body."""
    from cleaner.model import features, net, seen  # few ask for it

    made = net.weights()
    reading = net.read(features.read_features(seen.see(page, marks), made.tables), made)
    body = np.clip(reading.likely[:, net.BODY], LEAST_LIKELY, 1 - LEAST_LIKELY)
    logits: Floats = np.log(body / (1 - body))
    return logits


class _Reasons:
    """Says where lines stand."""

    def __init__(self, markup: Markup, texts: Sequence[str]) -> None:
        self.rows, self.linked, self.texts = markup.rows, markup.linked, texts
        self.tags, self.parents = markup.blocks.tags, markup.blocks.parents

    def of_line(self, number: int) -> str:
        path, linked = self._path(self.rows[number]), self.linked[number]
        if not linked:
            return f", in {path}"
        return f", in {path}, link density {link_density(linked, self.texts[number]):.2f}"

    def _path(self, row: int) -> str:
        """Name the line's block and the two around it, but not the page's."""
        tags, around = self.tags, self.parents[row]
        if not around:
            return tags[row]
        above = self.parents[around]
        path = f"{tags[around]}/{tags[row]}"
        return f"{tags[above]}/{path}" if above else path


@cache
def common_errors() -> tuple[Floats, Floats]:
    """Return errors that a page's lines may have in common and how likely each of them is.

    Chosen by Gauss and Hermite; the one in the middle is none at all.
    """
    errors, weights = np.polynomial.hermite_e.hermegauss(7)
    likely = weights / weights.sum()
    return (TOGETHER * errors).astype(np.float32)[:, None], likely.astype(np.float32)


def _likely(logits: Floats) -> Floats:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def threshold(logits: Floats, sizes: Floats) -> float:
    """Find the least logit with which a line stays, so that word F1 is highest as expected.

    Lines are taken in from the likeliest; each adds the words that are right as expected, and all
    its words to what is taken (Ye, Chai, Lee and Chieu, 2012). What the article is, one line tells
    of another: either the reviews of a product belong to it or they do not. So F1 is expected over
    errors that all lines share.

    Args:
        logits: of each line being of the body.
        sizes: characters of each line.

    >>> import numpy as np
    >>> threshold(np.array([3.0, 2.0, -2.0]), np.array([50.0, 50.0, 50.0]))
    2.0
    """
    order = np.argsort(-logits, kind="stable")
    errors, weights = common_errors()
    right = np.cumsum(sizes[order] * _likely(logits[order] + errors), axis=1)
    if right[len(weights) // 2, -1] < NOTHING:
        return np.inf
    reached = 2 * right / (np.cumsum(sizes[order]) + right[:, -1:])
    return float(logits[order[int(np.argmax(weights @ reached))]])
