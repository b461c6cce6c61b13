"""The vocabularies of ``words.toml`` in the shapes that code rules ask for."""

from __future__ import annotations

import re
from functools import cache

from cleaner.phrase_cache import shipped


@cache
def vocabulary(name: str) -> frozenset[str]:
    """Return a vocabulary's folded words, all languages together.

    >>> {"januar", "january"} <= vocabulary("month")
    True
    """
    return frozenset(word for words in shipped().words[name].values() for word in words)


@cache
def openers(name: str) -> re.Pattern[str]:
    """Compile a pattern for keys that begin with a word of a vocabulary, at a word end.

    >>> openers("byline").match("von anna berg").group()
    'von'
    """
    longest_first = sorted(vocabulary(name), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
