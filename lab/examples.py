"""Development pages in every rendering, read into features and labels once and kept in a cache."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.model.features import Seen
from cleaner.model.seen import see
from cleaner.mark import Marks
from cleaner.page import Page
from cleaner.pipeline import explain
from cleaner.rules import RULES
from lab.labels import BODY, FURNITURE, HEAD, aligned_shares, head_lines, titles_of, tokens

BODY_SHARE = 0.5
"""Least share of a line's words that the gold must hold for the line to be of the body."""


class Example(NamedTuple):
    """One page in one rendering.

    Attributes:
        page, site, kind, lang, renderer: where it comes from.
        seen: what the features are read from.
        labels: what each line is.
        shares: share of each line's words that is in the gold.
        tokens: each word of the dump as a number of this page's own.
        owners: the line of each word.
        gold: how often the gold holds each word.
    """

    page: str
    site: str
    kind: str
    lang: str
    renderer: str
    seen: Seen
    labels: NDArray[np.uint8]
    shares: NDArray[np.float32]
    tokens: NDArray[np.int32]
    owners: NDArray[np.int32]
    gold: NDArray[np.int32]
    rules: NDArray[np.uint8]


def site_of(url: str) -> str:
    """Name the site of an address: its host without what stands before the domain.

    >>> site_of("https://www.news.example.co.uk/a")
    'example.co.uk'
    """
    parts = (urlsplit(url).hostname or url).split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if short else parts[-2:])


def first_marks(page: Page) -> Marks:
    """Make the marks of pass one, by every rule."""
    return Marks(page, [mark for find in dict.fromkeys(r.find for r in RULES) for mark in find(page)])


def make_example(
    row: Mapping[str, Any], renderer: str, text: str
) -> Example | None:
    """Read one rendering of a page; None where it has no filled line."""
    cleaned = explain(text, skip="model")
    page = cleaned.page
    if not page.filled:
        return None
    seen, filled = see(page, first_marks(page)), page.filled
    lines = [page.texts[n] for n in filled]
    shares = aligned_shares(lines, row["gold"])
    body = shares >= BODY_SHARE
    place = {number: n for n, number in enumerate(filled)}
    dated = [place[m.start] for m in cleaned.marks if m.rule in ("head/date", "head/byline")]
    labels = np.where(body, BODY, FURNITURE).astype(np.uint8)
    labels[head_lines(lines, body, titles_of(row["title"] or "", row["html"]), dated)] = HEAD
    numbers: dict[str, int] = {}
    words = [[numbers.setdefault(word, len(numbers)) for word in tokens(line)] for line in lines]
    gold = [numbers.setdefault(word, len(numbers)) for word in tokens(row["gold"])]
    # what the rules alone do: 1 dropped by default, 2 dropped with `body_only` too
    rules = np.zeros(len(lines), np.uint8)
    for bit, found in ((1, cleaned), (2, explain(text, skip="model", body_only=True))):
        rules[[place[line.number] for line, _ in found.removed]] |= bit
    return Example(
        row["id"], site_of(row["url"] or row["id"]), row["type"], row.get("lang", ""), renderer,
        seen, labels, shares,
        np.array([n for line in words for n in line], np.int32),
        np.repeat(np.arange(len(lines)), [len(line) for line in words]).astype(np.int32),
        np.bincount(gold, minlength=len(numbers)).astype(np.int32), rules,
    )
