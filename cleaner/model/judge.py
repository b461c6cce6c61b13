"""Probabilities -> marks, with the reasons that a person reads in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleaner.mark import Mark, Marks, Verdict
from cleaner.model.features import read_features
from cleaner.model.net import BODY, FURNITURE, read, weights
from cleaner.model.places import GROUPS, KEEPING, Floats, Seen
from cleaner.model.reasons import REASONS, reasons
from cleaner.model.rule import FEW, HEAD, OF_BODY, SURELY, UNLIKELY
from cleaner.model.seen import see
from cleaner.model.units import Ints
from cleaner.page import Page

_REASONS = tuple(REASONS)

LIKELY = 0.5
"""Probability from which a line is of the body to its neighbours."""

SCRAPS = 60
"""Expected characters of the body below which a page is held to have none."""

MARGIN = 20
"""Lines above the first likely one and below the last that stay: the head, notes, a table. With 6
the model takes .37 of the words of furniture that rules leave on articles' pages and .0014 of their
gold, with 20 it takes .31 and .0009 (a fold that was not trained on)."""

_APART = [len(GROUPS) + KEEPING.index(group) for group in ("head", "caption", "credit")]


def judge(page: Page, marks: Marks, body_only: bool) -> Iterator[Mark]:
    """Mark the standing lines that are no article, and with `body_only` those of its head."""
    made = weights()
    seen = see(page, marks)
    reading = read(read_features(seen, made.tables), made)
    article, body = 1 - reading.likely[:, FURNITURE], reading.likely[:, BODY]
    if body_only:
        least = _least(seen, body, page.threshold)
        unlikely = body < least
        apart = np.flatnonzero(~unlikely & np.isin(seen.groups, _APART))
        yield from _of_the_body(page, apart, body, least)
    else:
        least = page.threshold * SURELY
        unlikely = (article < least) & _far(body)
    lines = np.flatnonzero(unlikely & (seen.groups < 0))
    if not body_only and len(lines) < FEW:
        return
    told = reasons(reading, lines, made)
    filled = page.filled
    percents = np.rint(100 * np.stack((article, body))[:, lines]).astype(int).tolist()
    gone = (article[lines] < least).tolist()
    for line, is_gone, of_article, of_body, why in zip(
        lines.tolist(), gone, *percents, told, strict=True
    ):
        number = filled[line]
        if is_gone:
            because = _because("", of_article, least, why)
            yield Mark(number, number + 1, UNLIKELY, because)
        else:
            because = _because("body ", of_body, least, why)
            yield Mark(number, number + 1, HEAD, because, Verdict.KEEP)


def _of_the_body(page: Page, lines: Ints, body: Floats, least: float) -> Iterator[Mark]:
    """Keep what rules hold for the head or a caption and the net for the body."""
    for line in lines.tolist():
        number = page.filled[line]
        because = f"body {body[line]:.2f} ≥ {least:.2f}"
        yield Mark(number, number + 1, OF_BODY, because, Verdict.KEEP)


def _least(seen: Seen, body: Floats, threshold: float) -> float:
    """Return the threshold, or 1 where no more than scraps would stay: such a page has no body."""
    stays = np.flatnonzero((body >= threshold) & (seen.groups < 0))
    sizes = [len(seen.texts[line]) for line in stays.tolist()]
    return threshold if body[stays] @ np.array(sizes, np.float32) >= SCRAPS else 1.0


def _far(body: Floats) -> NDArray[np.bool_]:
    """Tell which lines stand apart from all that is likely body; none, if nothing is."""
    far = np.ones(len(body), bool)
    likely = np.flatnonzero(body >= LIKELY)
    first, last = (likely[0], likely[-1]) if len(likely) else (0, len(body))
    far[max(first - MARGIN, 0) : last + MARGIN + 1] = False
    return far


@lru_cache(maxsize=2**14)
def _because(what: str, percent: int, threshold: float, why: tuple[int, ...]) -> str:
    names = ", ".join(_REASONS[n] for n in why)
    return f"{what}{percent / 100:.2f} < {threshold:.2f} by {names}"
