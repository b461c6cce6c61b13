"""Development pages in every rendering, read into features and labels once and kept in a cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from cleaner.fixtures import Fixture
from cleaner.mark import Marks, Verdict
from cleaner.model.places import Seen
from cleaner.model.seen import see
from cleaner.pipeline import explain
from cleaner.plan import APART
from lab.corpora import site_of
from lab.labels import BODY, FURNITURE, HEAD, aligned_shares, head_lines, titles_of, tokens

BODY_SHARE = 0.5
"""Least share of a line's words that the gold must hold for the line to be of the body."""


class Example(NamedTuple):
    """One page in one rendering.

    Attributes:
        page, site, renderer: where it comes from.
        seen: what the features are read from.
        labels: what each line is.
        shares: share of each line's words that the gold holds.
        sizes: words of each line.
    """

    page: str
    site: str
    renderer: str
    seen: Seen
    labels: NDArray[np.uint8]
    shares: NDArray[np.float32]
    sizes: NDArray[np.int32]


def make_example(row: Mapping[str, Any], renderer: str, text: str) -> Example | None:
    """Read one rendering of a page; None where it has no filled line."""
    cleaned = explain(text, skip="model")
    page = cleaned.page
    if not page.filled:
        return None
    lines = [page.texts[n] for n in page.filled]
    shares = aligned_shares(lines, row["gold"])
    body = shares >= BODY_SHARE
    place = {number: n for n, number in enumerate(page.filled)}
    kept = [m for m in cleaned.marks if m.verdict is Verdict.KEEP]
    apart = {group: [place[m.start] for m in kept if m.group == group] for group in APART}
    labels = np.where(body, BODY, FURNITURE).astype(np.uint8)
    titles = titles_of(row["title"] or "", row["html"])
    labels[head_lines(lines, body, titles, apart["head"])] = HEAD
    pictured = np.array(apart["caption"] + apart["credit"], np.intp)
    labels[pictured[labels[pictured] == FURNITURE]] = HEAD
    return Example(
        page=row["id"],
        site=site_of(row["url"] or row["id"]),
        renderer=renderer,
        seen=see(page, cast(Marks, cleaned.marks)),
        labels=labels,
        shares=shares,
        sizes=_sizes(lines),
    )


def from_fixture(fixture: Fixture) -> Example:
    """Read a fixture; its head is what is apart, and players' articles are a site a language."""
    cleaned = explain(fixture.dump, skip="model")
    page = cleaned.page
    place = {number: n for n, number in enumerate(page.filled)}
    labels = np.full(len(place), BODY, np.uint8)
    labels[[place[number] for number in fixture.group_of]] = FURNITURE
    labels[[place[number] for number in fixture.apart]] = HEAD
    return Example(
        page=fixture.name,
        site=f"player-{fixture.lang}" if fixture.name.startswith("player-") else fixture.name,
        renderer="fixture",
        seen=see(page, cast(Marks, cleaned.marks)),
        labels=labels,
        shares=(labels == BODY).astype(np.float32),
        sizes=_sizes([page.texts[n] for n in page.filled]),
    )


def _sizes(lines: Sequence[str]) -> NDArray[np.int32]:
    return np.array([len(tokens(line)) for line in lines], np.int32)
