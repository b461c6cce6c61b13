"""Probabilities -> marks, and the reasons that a person reads in them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.mark import Mark, Marks
from cleaner.model.features import read_features
from cleaner.model.net import BODY, FURNITURE, probabilities, weights
from cleaner.model.rule import APART, UNLIKELY
from cleaner.model.seen import see
from cleaner.page import Page


def judge(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the standing lines that are no article, and those of it that are not its body."""
    made = weights()
    likely = probabilities(read_features(see(page, marks), made.tables), made)
    least, dropped = page.threshold, marks.dropped
    article = 1 - likely[:, FURNITURE]
    for place in np.flatnonzero(likely[:, BODY] < least).tolist():
        number = page.filled[place]
        if number not in dropped:
            if article[place] < least:
                because = f"{article[place]:.2f} < {least:.2f}"
                yield Mark(number, number + 1, UNLIKELY, because)
            else:
                because = f"body {likely[place, BODY]:.2f} < {least:.2f}"
                yield Mark(number, number + 1, APART, because)
