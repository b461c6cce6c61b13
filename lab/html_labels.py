"""What each line of a page ought to be, by the gold text of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np

_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"\W+")


def label(lines: Sequence[str], gold: str, title: str) -> tuple[Any, Any, Any]:
    """Align a page with its gold, longest runs of words first.

    Returns:
        for each line how many of its words are in the gold, how many it has, whether it is the
        page's title.

    >>> hits, sizes, heads = label(["Menü", "Die Brücke", "Es war mal."], "Es war.", "Die Brücke")
    >>> hits.tolist(), sizes.tolist(), heads.tolist()
    ([0, 0, 2], [1, 2, 3], [False, True, False])
    """
    held = [_WORD.findall(line.lower()) for line in lines]
    sizes = np.array([len(words) for words in held])
    owners = np.repeat(np.arange(len(lines)), sizes)
    flat = [word for words in held for word in words]
    matcher = SequenceMatcher(None, _WORD.findall(gold.lower()), flat, autojunk=False)
    hits = np.zeros(len(lines), int)
    for _, begin, size in matcher.get_matching_blocks():
        np.add.at(hits, owners[begin : begin + size], 1)
    bare = _BETWEEN.sub("", title or "").lower()
    heads = [
        bool(bare) and len(line) > 5 and _BETWEEN.sub("", line).lower() == bare for line in lines
    ]
    return hits, sizes, np.array(heads)
