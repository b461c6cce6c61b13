"""Examples -> batches: pages cut, grafted and blinded in part, so that the net learns no page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from cleaner.model.features import NAMES, Features, read_features
from cleaner.model.net import BODY, FURNITURE
from cleaner.model.places import Floats, Seen
from cleaner.model.units import Tables
from lab.examples import Example
from lab.line_net import GAP, Batch

GRAFTED = 0.6
"""Share of pages whose surroundings come from others: what is furniture depends on no one body."""

BESIDE_OWN = 0.3
"""Share of those that keep what stands above, and of those that keep what stands below."""

CUT = 0.1
"""Share of pages of which a piece is shown."""

BARE = 0.1
"""Share of pages that are shown without their furniture, as what has been cleaned before."""

LONGEST = 2500
"""Most lines of a page in training."""

CASELESS = 0.12
"""Share of pages whose case is hidden, as in scripts that have none."""

UNNAMED = 0.15
"""Share of pages where all marks of rules are hidden."""

FEATURES_HIDDEN = 0.12
"""Share of features hidden from a page."""

NOISE = 0.08
"""Spread of what is added to each feature."""

WORDS_COUNT = 0.7
"""Power of a line's words that it weighs; a lost paragraph costs more than a word of a menu."""

_PLACE = {name: place for place, name in enumerate(NAMES)}
_CASE = [
    *(_PLACE[f"shape: {name}"] for name in ("capitals", "capital words", "small words")),
    *(_PLACE[f"first: {name}"] for name in ("capital", "small")),
]
_RULES = [*(n for n, name in enumerate(NAMES) if name.startswith("rule: ")), _PLACE["page: named"]]

Pick = Callable[[str], Example | None]
"""Gives some other page in a renderer's text."""


class Shown(NamedTuple):
    """A page as a step sees it, lines of labels, wanted and said words beside its features."""

    features: Features
    labels: NDArray[np.uint8]
    wanted: Floats
    said: Floats


Piece = tuple[Example, int, int]


def _joined(pieces: Sequence[Piece], owner: Example, tables: Tables) -> Shown:
    """Read the features of pieces of pages as those of one page; the owner's gold alone counts."""
    seen = [example.seen for example, _, _ in pieces]
    cuts = [(s, start, stop) for s, (_, start, stop) in zip(seen, pieces, strict=True)]
    page = Seen(
        [text for s, start, stop in cuts for text in s.texts[start:stop]],
        np.concatenate([*(s.gaps[a:b] for s, a, b in cuts), cuts[-1][0].gaps[cuts[-1][2]][None]]),
        np.concatenate([s.groups[a:b] for s, a, b in cuts]),
        np.concatenate([s.prose[a:b] for s, a, b in cuts]),
    )
    said = [e.sizes[a:b] for e, a, b in pieces]
    shares = [e.shares[a:b] * (e is owner) for e, a, b in pieces]
    words = np.concatenate(said).astype(np.float32)
    labels = np.concatenate([e.labels[a:b] for e, a, b in pieces])
    return Shown(read_features(page, tables), labels, np.concatenate(shares) * words, words)


def _body(example: Example) -> tuple[int, int] | None:
    lines = np.flatnonzero(example.labels == BODY)
    return (int(lines[0]), int(lines[-1]) + 1) if len(lines) else None


def _grafted(example: Example, pick: Pick, rng: np.random.Generator) -> list[Piece] | None:
    """Put the body of a page between what stands above and below those of two others."""
    own, size, chance = _body(example), len(example.labels), rng.random()
    if own is None:
        return None
    start, stop = own
    above, below = pick(example.renderer), pick(example.renderer)
    pieces: list[Piece] = [(example, start, stop)]
    edge = _body(above) if above and chance < 1 - BESIDE_OWN else None
    if above and edge and edge[0]:
        pieces.insert(0, (above, 0, edge[0]))
    elif start:
        pieces[0] = (example, 0, stop)
    edge = _body(below) if below and chance > BESIDE_OWN else None
    if below and edge and edge[1] < len(below.labels):
        pieces.append((below, edge[1], len(below.labels)))
    elif stop < size:
        pieces[-1] = (example, pieces[-1][1], size)
    return pieces


def _bare(example: Example) -> list[Piece] | None:
    """Cut a page down to its head and body."""
    stays = np.pad(example.labels != FURNITURE, 1)
    edges = np.flatnonzero(stays[1:] != stays[:-1]).reshape(-1, 2)
    return [(example, start, stop) for start, stop in edges.tolist()] or None


def altered(example: Example, pick: Pick, tables: Tables, rng: np.random.Generator) -> Shown:
    """Show a page as it is, a piece of it, its article, or that amid other pages' furniture."""
    size, chance = len(example.labels), rng.random()
    pieces: list[Piece] | None = None
    if chance < GRAFTED:
        pieces = _grafted(example, pick, rng)
    elif chance < GRAFTED + CUT and size > 40:
        length = int(rng.integers(size // 3, size))
        start = int(rng.integers(size - length + 1))
        pieces = [(example, start, start + length)]
    elif chance > 1 - BARE:
        pieces = _bare(example)
    if pieces is None or sum(stop - start for _, start, stop in pieces) > LONGEST:
        pieces = [(example, 0, min(size, LONGEST))]
    shown = _joined(pieces, example, tables)
    dense = shown.features.dense.copy()
    if rng.random() < CASELESS:
        lettered = dense[:, [_PLACE["first: capital"], _PLACE["first: small"]]].sum(axis=1) > 0
        dense[:, _CASE] = 0
        dense[lettered, _PLACE["first: caseless"]] = 1
        dense[:, _PLACE["shape: caseless"]] = 1
    if rng.random() < UNNAMED:
        dense[:, _RULES] = 0
    dense *= rng.random(dense.shape[1]) >= FEATURES_HIDDEN
    dense += rng.standard_normal(dense.shape) * NOISE
    return shown._replace(features=shown.features._replace(dense=dense))


def batch_of(shown: Sequence[Shown]) -> Batch:
    """Put pages one below the other."""
    starts = np.cumsum([0, *(len(s.labels) + GAP for s in shown)])
    numbers = [np.diff(s.features.starts) for s in shown]

    def gapped(arrays: Sequence[NDArray[np.generic]]) -> torch.Tensor:
        wide = [np.pad(a, [(0, GAP), *[(0, 0)] * (a.ndim - 1)]) for a in arrays]
        return torch.from_numpy(np.concatenate(wide))

    weights = [(s.said + 0.5) ** WORDS_COUNT for s in shown]
    word_lines = [
        np.repeat(np.arange(len(n)) + start, n)
        for n, start in zip(numbers, starts[:-1], strict=True)
    ]
    return Batch(
        dense=gapped([s.features.dense for s in shown]).float(),
        words=torch.from_numpy(np.concatenate([s.features.words.T for s in shown])),
        word_lines=torch.from_numpy(np.concatenate(word_lines)),
        numbers=gapped(numbers).float(),
        lines=gapped([s.features.lines.T for s in shown]),
        mask=gapped([np.ones(len(n)) for n in numbers]).float(),
        page=torch.from_numpy(np.repeat(np.arange(len(shown)), np.diff(starts))),
        pages=len(shown),
        labels=gapped([s.labels for s in shown]).long(),
        weights=gapped([w / w.sum() for w in weights]).float(),
        wanted=gapped([s.wanted for s in shown]).float(),
        said=gapped([s.said for s in shown]).float(),
    )
