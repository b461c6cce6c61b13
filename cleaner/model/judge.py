"""Probabilities -> marks, with the reasons that a person reads in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from cleaner.mark import Mark, Marks, Verdict
from cleaner.model.features import read_features
from cleaner.model.net import BODY, FURNITURE, read, weights
from cleaner.model.reasons import REASONS, reasons
from cleaner.model.rule import FEW, HEAD, UNLIKELY
from cleaner.model.seen import see
from cleaner.page import Page

_REASONS = tuple(REASONS)


def judge(page: Page, marks: Marks, body_only: bool) -> Iterator[Mark]:
    """Mark the standing lines that are no article, and with `body_only` those of its head."""
    made = weights()
    seen = see(page, marks)
    reading = read(read_features(seen, made.tables), made)
    article, body = 1 - reading.likely[:, FURNITURE], reading.likely[:, BODY]
    unclaimed = seen.groups < 0
    lines = np.flatnonzero(unclaimed & ((body if body_only else article) < page.threshold))
    if not body_only and len(lines) < FEW:
        return
    told = reasons(reading, lines, made)
    filled = page.filled
    percents = np.rint(100 * np.stack((article, body))[:, lines]).astype(int).tolist()
    gone = (article[lines] < page.threshold).tolist()
    for line, is_gone, of_article, of_body, why in zip(
        lines.tolist(), gone, *percents, told, strict=True
    ):
        number = filled[line]
        if is_gone:
            because = _because("", of_article, page.threshold, why)
            yield Mark(number, number + 1, UNLIKELY, because)
        else:
            because = _because("body ", of_body, page.threshold, why)
            yield Mark(number, number + 1, HEAD, because, Verdict.KEEP)


@lru_cache(maxsize=2**14)
def _because(what: str, percent: int, threshold: float, why: tuple[int, ...]) -> str:
    names = ", ".join(_REASONS[n] for n in why)
    return f"{what}{percent / 100:.2f} < {threshold:.2f} by {names}"
