"""The vocabularies of ``words.toml`` in the shapes that code rules ask for."""

from __future__ import annotations

from functools import cache

from cleaner.phrase_cache import shipped


@cache
def vocabulary(name: str) -> frozenset[str]:
    """Return a vocabulary's folded words, all languages together.

    >>> {"januar", "january"} <= vocabulary("month")
    True
    """
    return frozenset(word for words in shipped().words[name].values() for word in words)


def opener(name: str, key: str) -> str | None:
    """Return the longest word of a vocabulary that a key begins with, up to a word end.

    >>> opener("byline", "von anna berg"), opener("byline", "vonseiten der stadt")
    ('von', None)
    """
    sizes = _sizes(name).get(key[: _head(name)])
    if sizes is None:
        return None
    known = vocabulary(name)
    for size in sizes:
        if key[:size] in known and not key[size : size + 1].isalnum():
            return key[:size]
    return None


@cache
def _head(name: str) -> int:
    """Return how many first letters a vocabulary's words are looked up by."""
    return min(2, *map(len, vocabulary(name)))


@cache
def _sizes(name: str) -> dict[str, list[int]]:
    """First letters -> the lengths of a vocabulary's words that begin so, greatest first."""
    sizes: dict[str, set[int]] = {}
    for word in vocabulary(name):
        sizes.setdefault(word[: _head(name)], set()).add(len(word))
    return {letter: sorted(lengths, reverse=True) for letter, lengths in sizes.items()}
