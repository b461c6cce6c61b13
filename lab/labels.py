"""What each line of a dump is, by the gold text of its page: body, head or furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

FURNITURE, HEAD, BODY = range(3)

HEAD_REACH = 30
"""Most filled lines above the body in which its title, date and byline are looked for."""

TITLE_LIKE = 0.8
"""Least share of words that a headline and the page's title have in common."""

_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SITE = re.compile(r"\s+[|–—»·-]\s+")


def tokens(text: str) -> list[str]:
    """Split a text into words as WCXB's metric does."""
    return _WORD.findall(text.lower())


def aligned_shares(lines: Sequence[str], gold: str) -> NDArray[np.float32]:
    """Tell for each line which share of its words the longest common run of words holds.

    >>> aligned_shares(["Menu News", "The bridge is late"], "The bridge is late.").tolist()
    [0.0, 1.0]
    """
    words = [tokens(line) for line in lines]
    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(word, len(numbers)) for line in words for word in line]
    theirs = [numbers.setdefault(word, len(numbers)) for word in tokens(gold)]
    hit = np.zeros(len(ours) + 1, np.float32)
    for block in LCSseq.opcodes(ours, theirs):
        if block.tag == "equal":
            hit[block.src_start : block.src_end] = 1
    sizes = np.array([len(line) for line in words])
    sums = np.concatenate(([0.0], np.cumsum(hit)))
    ends = np.cumsum(sizes)
    shares: NDArray[np.float32] = (sums[ends] - sums[ends - sizes]) / np.maximum(sizes, 1)
    return shares


def _alike(some: set[str], other: set[str]) -> bool:
    return bool(some) and 2 * len(some & other) >= TITLE_LIKE * (len(some) + len(other))


def head_lines(
    lines: Sequence[str], body: NDArray[np.bool_], titles: Sequence[str], likely: Sequence[int]
) -> list[int]:
    """Find the lines above the body that say the page's title, a date or a byline.

    Args:
        lines: the filled lines.
        body: whether each is of the body.
        titles: what the page calls itself.
        likely: lines that rules hold for the head.
    """
    places = np.flatnonzero(body)
    first = int(places[0]) if len(places) else 0
    stop = int(places[min(3, len(places) - 1)]) if len(places) else 0
    near = range(max(0, first - HEAD_REACH), stop)
    wanted = [set(tokens(title)) for title in titles]
    said = [n for n in near if any(_alike(set(tokens(lines[n])), title) for title in wanted)]
    return [n for n in {*said, *(n for n in likely if n in near)} if not body[n]]


def titles_of(title: str, html: str) -> list[str]:
    """Collect what a page calls itself: its title with and without the site, its first headings."""
    parts = _SITE.split(title)
    longest = max(parts, key=len, default="")
    headings = [_TAG.sub(" ", found) for found in _HEADING.findall(html)[:3]]
    return [title, longest, *headings]
