"""Development pages in every rendering, read into features and labels once and kept in a cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.fixtures import Fixture
from cleaner.mark import Marks, Verdict
from cleaner.model.features import Seen
from cleaner.model.seen import see
from cleaner.pipeline import APART, explain
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


def make_example(row: Mapping[str, Any], renderer: str, text: str) -> Example | None:
    """Read one rendering of a page; None where it has no filled line."""
    cleaned = explain(text, skip="model")
    page = cleaned.page
    if not page.filled:
        return None
    seen, filled = see(page, cast(Marks, cleaned.marks)), page.filled
    lines = [page.texts[n] for n in filled]
    shares = aligned_shares(lines, row["gold"])
    body = shares >= BODY_SHARE
    place = {number: n for n, number in enumerate(filled)}
    kept = [m for m in cleaned.marks if m.verdict is Verdict.KEEP]
    apart = {group: [place[m.start] for m in kept if m.group == group] for group in APART}
    labels = np.where(body, BODY, FURNITURE).astype(np.uint8)
    titles = titles_of(row["title"] or "", row["html"])
    labels[head_lines(lines, body, titles, apart["head"])] = HEAD
    pictured = np.array(apart["caption"] + apart["credit"], np.intp)
    labels[pictured[labels[pictured] == FURNITURE]] = HEAD
    return Example(
        row["id"],
        site_of(row["url"] or row["id"]),
        row["type"],
        row.get("lang", ""),
        renderer,
        seen,
        labels,
        shares,
        *_counted(lines, row["gold"]),
        _by_rules(text, place),
    )


def from_fixture(fixture: Fixture) -> Example:
    """Read a fixture; what is apart is its head, and its players' articles are one site a language."""
    cleaned = explain(fixture.dump, skip="model")
    page = cleaned.page
    place = {number: n for n, number in enumerate(page.filled)}
    labels = np.full(len(place), BODY, np.uint8)
    for lines, label in ((fixture.group_of, FURNITURE), (fixture.apart, HEAD)):
        labels[[place[number] for number in lines]] = label
    lines = [page.texts[n] for n in page.filled]
    body = labels == BODY
    gold = "\n".join(line for line, is_body in zip(lines, body, strict=True) if is_body)
    site = f"player-{fixture.lang}" if fixture.name.startswith("player-") else fixture.name
    return Example(
        fixture.name,
        site,
        "fixture",
        fixture.lang,
        "fixture",
        see(page, cast(Marks, cleaned.marks)),
        labels,
        body.astype(np.float32),
        *_counted(lines, gold),
        _by_rules(fixture.dump, place),
    )


def _counted(lines: list[str], gold: str) -> tuple[NDArray[np.int32], ...]:
    """Number the words of a dump and count those of its gold."""
    numbers: dict[str, int] = {}
    words = [[numbers.setdefault(word, len(numbers)) for word in tokens(line)] for line in lines]
    wanted = [numbers.setdefault(word, len(numbers)) for word in tokens(gold)]
    owners = np.repeat(np.arange(len(lines)), [len(line) for line in words])
    counts = np.bincount(wanted, minlength=len(numbers))
    said = np.array([n for line in words for n in line], np.int32)
    return said, owners.astype(np.int32), counts.astype(np.int32)


def _by_rules(text: str, place: Mapping[int, int]) -> NDArray[np.uint8]:
    """Tell what the rules do: 1 dropped, 2 dropped with `body_only`, 4 and 8 kept likewise."""
    rules = np.zeros(len(place), np.uint8)
    for bit, body_only, skip in ((1, False, ()), (2, True, ()), (16, True, ("head/above",))):
        cleaned = explain(text, skip=("model", *skip), body_only=body_only)
        rules[[place[line.number] for line, _ in cleaned.removed]] |= bit
        for mark in cleaned.marks:
            if mark.verdict is Verdict.KEEP and bit < 4:
                rules[[place[n] for n in range(mark.start, mark.stop) if n in place]] |= 4 * bit
    return rules
