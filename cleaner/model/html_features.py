"""What the HTML model sees of a page: shape and place of each line, and the blocks around it.

No word of the text is looked at, so a page in any language is seen alike. Measured: words, hashed
and learned, add nothing to shape and markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaner.markup import Markup, Place, words_of_names
from cleaner.model.html_shapes import shapes
from cleaner.page import Page

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

TOKENS = 1 << 12
"""Rows of the table of tag, class and id words, and of the one of words about the page."""

TOKENS_A_BLOCK = 24
"""Most words of a block's names that are looked up."""

AROUND = 10
"""How many blocks around a line are looked at, its own included."""

MEASURED = 6
"""How many of them are measured."""

POOLED = (1, 2, 3, 4, 6)
"""Which of them the net takes the mean of."""

WRAPPER = 1 / 3
"""Share of a page's characters above which a block wraps the page rather than a part of it."""

PROSE = 100
"""Length, in characters, from which a line counts as a paragraph."""

_WORD = re.compile(r"[^\W\d_]+")
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"([^"]{1,40})"')
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PLACES = np.array([place.value for place in Place])


class Features(NamedTuple):
    """What the net is given of a page of n filled lines in b blocks.

    Attributes:
        dense: n rows of numbers.
        tokens: rows of the table of tokens, block after block.
        starts: where in `tokens` each block's begin; b values, each block has one at least.
        around: n rows: the line's block and those around it, from the inside out.
        small: n rows: whether each of them is no wrapper.
        begins, ends: for each block its first line and the one after its last, filled lines only.
        about: rows of the table of words about the page.
    """

    dense: Floats
    tokens: Ints
    starts: Ints
    around: Ints
    small: NDArray[np.bool_]
    begins: Ints
    ends: Ints
    about: Ints


def read_features(page: Page) -> Features:
    """Read the features of a page from HTML with one filled line at least."""
    markup = page.markup
    assert markup is not None
    texts, filled = page.texts, np.array(page.filled)
    blocks = _Blocks(markup, texts)
    rows = np.array(markup.rows)[filled]
    around = blocks.around(rows)
    sizes = blocks.sizes[filled]
    places = np.array(markup.blocks.places)[rows]
    lines = [texts[number] for number in page.filled]
    columns = [
        *shapes(lines),
        *blocks.measures(around),
        *(((places[:, None] & _PLACES) > 0).T.astype(np.float32)),
        *_links(np.array(markup.linked)[filled] / np.maximum(1, sizes)),
        *_witnesses(lines, markup),
        *_headings(blocks.tags[rows], blocks.headings),
        *_position(sizes, blocks.depths(rows)),
    ]
    dense = np.empty((len(lines), len(columns)), np.float32)
    for at, column in enumerate(columns):
        dense[:, at] = column
    tokens, starts = _tokens(markup)
    begins, ends = blocks.filled_begins, blocks.filled_ends
    about = np.array(_about(markup))
    return Features(dense, tokens, starts, around, blocks.small[around], begins, ends, about)


class _Blocks:
    """The blocks of a page as arrays, with what their lines add up to."""

    def __init__(self, markup: Markup, texts: Sequence[str]) -> None:
        evidence, number = markup.blocks, len(texts)
        self.parents = np.array(evidence.parents)
        self.sizes = np.fromiter(map(len, texts), np.float64, number)
        begins = np.minimum(np.array(evidence.begins), number)
        ends = np.clip(np.array(evidence.ends), begins, number)
        filled = self.sizes > 0
        lines = _sums(filled)
        self.filled_begins, self.filled_ends = (lines[at].astype(np.intp) for at in (begins, ends))
        columns = (
            self.sizes,
            np.array(markup.linked),
            np.where(self.sizes >= PROSE, self.sizes, 0),
        )
        self.held, linked, prose = (sums[ends] - sums[begins] for sums in map(_sums, columns))
        short = _sums(filled & (self.sizes < 30))
        self.total = max(1.0, float(self.sizes.sum()))
        self.linked_share = float(np.array(markup.linked).sum()) / self.total
        count = np.maximum(1, self.filled_ends - self.filled_begins)
        self.small = self.held <= WRAPPER * self.total
        codes = {name: code for code, name in enumerate(dict.fromkeys(evidence.names))}
        names = np.array([codes[name] for name in evidence.names])
        self.tags = np.array([_tag_code(tag) for tag in evidence.tags])
        self.headings = self.tags[: len(evidence.tags)]
        alike = names * 256 + self.tags
        some = np.maximum(1, self.held)
        self.columns = (
            np.log1p(self.held) / 8,
            np.minimum(1, linked / some),
            prose / some,
            np.log1p(count) / 5,
            self.held / self.total,
            (short[ends] - short[begins]) / count,
            np.log1p(_often(self.parents * (int(alike.max()) + 1) + alike) - 1) / 3,
            np.log1p(_often(alike) - 1) / 4,
            np.log1p(np.bincount(self.parents, minlength=len(self.parents))) / 3,
        )

    def around(self, rows: Ints) -> Ints:
        """For each line its block and those around it."""
        found = [rows]
        for _ in range(AROUND - 1):
            found.append(self.parents[found[-1]])
        return np.stack(found, axis=1)

    def measures(self, around: Ints) -> list[NDArray[np.float64]]:
        """Measure the blocks around each line; of those further out, only how much they hold."""
        return [
            column[around[:, step]]
            for step in range(MEASURED)
            for column in (self.columns if step < 4 else self.columns[:6])
        ]

    def depths(self, rows: Ints) -> NDArray[np.float64]:
        """How many blocks are around each line; beyond 40 they are not counted."""
        depths = np.zeros(len(rows))
        for _ in range(40):
            if not rows.any():
                break
            depths += rows > 0
            rows = self.parents[rows]
        return depths


def _sums(column: NDArray[np.generic]) -> NDArray[np.float64]:
    sums = np.zeros(len(column) + 1)
    np.cumsum(column, out=sums[1:])
    return sums


def _often(keys: Ints) -> Ints:
    _, same, counts = np.unique(keys, return_inverse=True, return_counts=True)
    often: Ints = counts[same]
    return often


@lru_cache(maxsize=256)
def _tag_code(tag: str) -> int:
    return _HEADINGS.get(tag) or 8 + crc32(tag.encode("utf-8", "replace")) % 248


def _links(density: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    return [np.minimum(1, density), (density > 0.9).astype(float)]


def _witnesses(lines: Sequence[str], markup: Markup) -> list[NDArray[np.float64]]:
    """Look for each line in the title, the description and the article body of the JSON-LD."""
    number = len(lines)
    title, meta = markup.title.lower(), markup.meta
    shared = meta.get("og:title", "").strip().lower()
    about = meta.get("og:description") or meta.get("description") or ""
    body = _article_body(markup.data)
    in_title, is_title, in_about, in_body = np.zeros((4, number))
    for at, line in enumerate(lines):
        if 8 < len(line) <= 250:
            lowered = line.lower()
            if lowered in title:
                in_title[at] = len(lowered) / len(title)
            is_title[at] = lowered == shared
        if len(line) > 20:
            in_about[at] = line[:60] in about
            in_body[at] = line[:60] in body
    size = np.full(number, np.log1p(len(body)) / 10)
    return [in_title, is_title, in_about, in_body, size, np.full(number, in_body.mean())]


_BODY = re.compile(r'"(?:articleBody|reviewBody|description|text)"\s*:\s*"((?:[^"\\]|\\.)*)"')


def _article_body(data: Sequence[str]) -> str:
    from html import unescape
    from json import loads

    held = [text for script in data for text in _BODY.findall(script) if len(text) > 150]
    parts = []
    for text in held:
        try:
            parts.append(unescape(loads(f'"{text}"', strict=False)))
        except ValueError:
            continue
    return " ".join(parts)


def _headings(tags: Ints, all_tags: Ints) -> list[NDArray[np.float64]]:
    number = len(tags)
    heading = tags < 8
    places = np.arange(number)
    above = np.maximum.accumulate(np.where(heading, places, -99))
    tops = np.flatnonzero(tags == 1)
    before = places < tops[0] if len(tops) else np.full(number, 0.5)
    return [
        np.log1p(np.minimum(places - above, 99)) / 4,
        *((tags == level).astype(float) for level in (1, 2, 3)),
        (heading & (tags > 3)).astype(float),
        before.astype(float),
        np.full(number, min(len(tops), 6) / 3),
    ]


def _position(sizes: NDArray[np.float64], depths: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    number = len(sizes)
    places = np.arange(number)
    above = np.cumsum(sizes)
    total = max(1.0, float(above[-1]))
    prose = sizes >= PROSE
    before = np.maximum.accumulate(np.where(prose, places, -number))
    after = np.minimum.accumulate(np.where(prose, places, 2 * number)[::-1])[::-1]
    return [
        places / number,
        np.log1p(places) / 5,
        np.log1p(number - 1 - places) / 5,
        (above - sizes) / total,
        np.log1p(np.minimum(places - before, 200)) / 4,
        np.log1p(np.minimum(after - places, 200)) / 4,
        depths / 20,
        (depths - depths.mean()) / 10,
        np.full(number, np.log1p(number) / 6),
        np.full(number, np.log1p(total) / 10),
        np.full(number, float(sizes[prose].sum()) / total),
    ]


@lru_cache(maxsize=2**16)
def _row(word: str) -> int:
    return crc32(word.encode("utf-8", "replace")) % TOKENS


@lru_cache(maxsize=2**15)
def _block_tokens(tag: str, names: str) -> tuple[int, ...]:
    return (_row(f"<{tag}"), *map(_row, words_of_names(names)[:TOKENS_A_BLOCK]))


def _tokens(markup: Markup) -> tuple[Ints, Ints]:
    blocks = markup.blocks
    each = list(map(_block_tokens, blocks.tags, blocks.names))
    starts = np.zeros(len(each), np.intp)
    np.cumsum(list(map(len, each[:-1])), out=starts[1:])
    return np.fromiter(chain.from_iterable(each), np.intp), starts


def _about(markup: Markup) -> list[int]:
    """Look up words about the page: in its address, in `<meta>`, types of the JSON-LD."""
    words = ["page"]
    if markup.url:
        host, _, path = markup.url.split("//", 1)[-1].partition("/")
        words += [f"url {word.lower()}" for word in _WORD.findall(path)[:12]]
        words += [f"steps {min(6, path.strip('/').count('/'))}", f"host {host.split('.')[0]}"]
    for key in ("og:type", "generator"):
        words += [f"{key} {word.lower()}" for word in _WORD.findall(markup.meta.get(key, ""))[:4]]
    kinds = {kind for script in markup.data for kind in _TYPE.findall(script)}
    words += [f"type {kind}" for kind in sorted(kinds)[:20]]
    return list(map(_row, words))
