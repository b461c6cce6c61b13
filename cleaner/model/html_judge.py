"""Probabilities -> marks on a page from HTML, with reasons that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

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

STEPS = 3
"""Blocks that a reason names, the innermost and those around it."""

FEWEST = 300
"""Characters of a page from which the model judges: what is shorter has no shape to go by."""


def judge(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the standing lines that the model does not hold for the article."""
    assert page.markup is not None
    sizes = np.array([len(page.texts[number]) for number in page.filled], np.float32)
    if sizes.sum() < FEWEST:
        return
    body, head = probabilities(read_features(page), weights())
    least = threshold(body, sizes)
    words = _Words(page)
    heads, dropped = head >= HEAD, marks.dropped
    for place in np.flatnonzero(body < least).tolist():
        number = page.filled[place]
        if number in dropped:
            continue
        because = f"body {body[place]:.2f} < {least:.2f}"
        if heads[place]:
            yield Mark(number, number + 1, "model/head", because, Verdict.KEEP)
        else:
            because = f"{because}, {words.of_line(number)}"
            yield Mark(number, number + 1, "model/markup", because)


class _Words:
    """Says where lines stand; lines of one block are told once."""

    def __init__(self, page: Page) -> None:
        assert page.markup is not None
        self.markup, self.texts = page.markup, page.texts
        self.paths: dict[int, str] = {}

    def of_line(self, number: int) -> str:
        row, linked = self.markup.rows[number], self.markup.linked[number]
        path = self.paths.get(row)
        if path is None:
            steps = list(islice(self.markup.around(row), STEPS))
            path = "/".join(self.markup.blocks.tags[step] for step in reversed(steps))
            self.paths[row] = path
        if not linked:
            return f"in {path}"
        return f"in {path}, link density {link_density(linked, self.texts[number]):.2f}"


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
