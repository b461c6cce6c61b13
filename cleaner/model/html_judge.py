"""Probabilities -> marks on a page from HTML, with reasons that a person can read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.mark import Mark, Marks, Verdict
from cleaner.markup import link_density
from cleaner.model.html_features import Floats, read_features
from cleaner.model.html_net import probabilities, weights
from cleaner.page import Page

HEAD = 0.5
"""Probability from which a line is of the head, which stays unless only the body is wanted."""

NOTHING = 6.0
"""Expected characters of the article, a word, below which a page is held to have none."""


def judge(page: Page, _: Marks) -> Iterator[Mark]:
    """Mark the lines that the model does not hold for the article."""
    assert page.markup is not None
    body, head = probabilities(read_features(page), weights())
    sizes = np.array([len(page.texts[number]) for number in page.filled], np.float32)
    least = threshold(body, sizes)
    for place in np.flatnonzero(body < least).tolist():
        number = page.filled[place]
        because = f"body {body[place]:.2f} < {least:.2f}"
        if head[place] >= HEAD:
            yield Mark(number, number + 1, "model/head", because, Verdict.KEEP)
            continue
        density = link_density(page.markup.linked[number], page.texts[number])
        place_in = page.markup.of_line(number, "")["path"]
        detail = f"in {place_in}" + (f", link density {density:.2f}" if density else "")
        yield Mark(number, number + 1, "model/markup", f"{because}, {detail}")


def threshold(likely: Floats, sizes: Floats) -> float:
    """Find the least probability with which a line stays, so that word F1 is highest as expected.

    Lines are taken in from the likeliest; each adds the words that are right as expected, and all
    its words to what is taken. The best place to stop lies where a line's probability falls below
    half of the F1 reached (Lipton, Elkan and Naryanaswamy, 2014).

    >>> import numpy as np
    >>> round(threshold(np.array([0.9, 0.8, 0.1]), np.array([50.0, 50.0, 50.0])), 1)
    0.8
    """
    order = np.argsort(-likely, kind="stable")
    right = np.cumsum((likely * sizes)[order])
    if right[-1] < NOTHING:
        return 1.0
    expected = 2 * right / (np.cumsum(sizes[order]) + right[-1])
    return float(likely[order[int(np.argmax(expected))]])
