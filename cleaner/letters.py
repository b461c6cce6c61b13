"""The letters of vocabularies: which lines are worth a look for a word, told before any look."""

from __future__ import annotations

from functools import cache

from cleaner.phrase_cache import shipped


@cache
def letters(name: str) -> frozenset[bytes]:
    """Return the letters of a vocabulary's words, in each way in which a line may be folded.

    >>> b"marz" in letters("month"), b"mrz" in letters("month")
    (True, True)
    """
    return frozenset(shipped().letters[name].split(b"\n"))


HEADS = (2, 3, 4)
"""Letters by which beginnings are told, in bytes; the most that a word has."""

TAIL = 4
"""Letters by which ends are told, in bytes."""


@cache
def heads(name: str) -> frozenset[bytes]:
    """Return what a line's letters begin with if it begins with a vocabulary's word."""
    found = frozenset(word[: HEADS[-1]] for word in letters(name))
    assert set(map(len, found)) <= set(HEADS), f"a word of {name} is too short to be looked up"
    return found


@cache
def tails(name: str) -> frozenset[bytes]:
    """Return what a line's letters end with if it ends with a vocabulary's word."""
    assert min(map(len, letters(name))) >= TAIL, f"a word of {name} is too short to be looked up"
    return frozenset(word[-TAIL:] for word in letters(name))
