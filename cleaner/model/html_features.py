"""What the HTML model sees of a page: shape and place of each line, and the blocks around it.

No word of the text is looked at, so a page in any language is seen alike. Measured: words, hashed
and learned, add nothing to shape and markup, and no more does what the rules found in a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.markup import Markup, Place
from cleaner.model.html_blocks import PROSE, Blocks, Floats, Ints, integers, row_of
from cleaner.model.html_shapes import shapes
from cleaner.page import Page

_WORD = re.compile(r"[^\W\d_]+")
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"([^"]{1,40})"')
LEAST_SAID, LONGEST_TITLE = 8, 250
"""Lengths of the lines that are looked for in the title: longer than the one, up to the other."""

LEAST_TOLD = 20
"""Length beyond which a line is looked for in the description and the article body."""

_PLACES = np.array([place.value for place in Place])


class Features(NamedTuple):
    """What the net is given of a page of n filled lines in b blocks.

    Attributes:
        dense: n rows of numbers.
        kinds: for each block which kind it is: blocks of one tag and with the same names.
        tokens: rows of the table of tokens, kind after kind.
        starts: where in `tokens` each kind's begin; each has one at least.
        around: n rows: the line's block and those around it, from the inside out.
        small: n rows: whether each of them is no wrapper.
        begins, ends: for each block its first line and the one after its last, filled lines only.
        about: rows of the table of words about the page.
    """

    dense: Floats
    kinds: Ints
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
    filled = integers(page.filled)
    sizes = integers(list(map(len, page.texts))).astype(np.float64)
    linked = integers(markup.linked)
    blocks = Blocks(markup, sizes, linked)
    rows, sizes, linked = integers(markup.rows)[filled], sizes[filled], linked[filled]
    around = blocks.around(rows)
    places = integers(markup.blocks.places)[rows]
    lines = [page.texts[number] for number in page.filled]
    parts = (
        shapes(lines),
        *blocks.measures(around),
        (places & _PLACES[:, None]) > 0,
        _links(linked / sizes),
        _witnesses(lines, sizes, markup),
        _headings(blocks.heading[rows]),
        _position(sizes, blocks.depths(rows)),
    )
    return Features(
        np.concatenate(parts, dtype=np.float32).T,
        blocks.kinds,
        blocks.tokens,
        blocks.starts,
        around,
        blocks.small[around],
        blocks.begins,
        blocks.ends,
        np.array(_about(markup)),
    )


def _links(density: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array((np.minimum(1, density), density > 0.9))


def _witnesses(
    lines: Sequence[str], sizes: NDArray[np.float64], markup: Markup
) -> NDArray[np.float64]:
    """Look for each line in the title, the description and the article body of the JSON-LD."""
    title, meta = markup.title.lower(), markup.meta
    shared = meta.get("og:title", "").strip().lower()
    about = meta.get("og:description") or meta.get("description") or ""
    body = _article_body(markup.data)
    found = np.zeros((6, len(lines)))
    in_title, is_title, in_about, in_body, size, all_in_body = found
    longest = min(LONGEST_TITLE, max(len(title), len(shared)))
    short = np.flatnonzero((sizes > LEAST_SAID) & (sizes <= longest)).tolist()
    lowered = "\n".join([lines[at] for at in short]).lower().split("\n")
    for at, line in zip(short, lowered, strict=False):
        if line in title:
            in_title[at] = len(lines[at]) / len(title)
        if line == shared:
            is_title[at] = 1
    long = np.flatnonzero(sizes > LEAST_TOLD)
    begins = [lines[at][:60] for at in long.tolist()] if about or body else []
    for told, column in ((about, in_about), (body, in_body)):
        if told:
            column[long] = [begin in told for begin in begins]
    size[:] = np.log1p(len(body)) / 10
    all_in_body[:] = in_body.mean()
    return found


_BODY = re.compile(  # possessive, so that a long body is not tried sign by sign
    r'"(?:articleBody|reviewBody|description|text)"\s*:\s*'
    r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
)


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


def _headings(levels: Ints) -> NDArray[np.float64]:
    number = len(levels)
    heading = levels <= 6
    places = np.arange(number)
    above = np.maximum.accumulate(np.where(heading, places, -99))
    tops = np.flatnonzero(levels == 1)
    return np.array(
        (
            np.log1p(np.minimum(places - above, 99)) / 4,
            *(levels == level for level in (1, 2, 3)),
            heading & (levels > 3),
            places < tops[0] if len(tops) else np.full(number, 0.5),
            np.full(number, min(len(tops), 6) / 3),
        )
    )


def _position(sizes: NDArray[np.float64], depths: NDArray[np.float64]) -> NDArray[np.float64]:
    number = len(sizes)
    places = np.arange(number)
    above = np.cumsum(sizes)
    total = max(1.0, float(above[-1]))
    prose = sizes >= PROSE
    before = np.maximum.accumulate(np.where(prose, places, -number))
    after = np.minimum.accumulate(np.where(prose, places, 2 * number)[::-1])[::-1]
    return np.array(
        (
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
        )
    )


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
    return list(map(row_of, words))
