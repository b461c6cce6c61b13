"""Phrases: the index over all phrase tables, and which phrase hits which line.

Matching asks a page two cheap questions about letters alone (is this whole line, or its beginning
or end, that of a phrase? does a phrase's longest word occur at all?) and checks only what answers
yes against the line's key. So the cost hardly grows with the number of phrases, and it is linear in
the page whatever the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cleaner.errors import PhraseFileError
from cleaner.mark import Mark
from cleaner.page import Page, fold, letters_of, words_of

HOLDS_LIMIT = 200
"""Longest line, in characters, in which a phrase is looked for anywhere."""

_EVERYWHERE = ("en", "any")  # English furniture stands on pages of every language
_EDGE_BYTES = 6  # letters that key the index of beginnings and ends: two ideographs, six ASCII
_SLOT = re.compile(r"\{(n|t|name)\}")
_SLOT_PATTERN = {
    "n": r"\d+(?:[.,' ]\d+)*",
    "t": r"-?\d{1,3}(?::\d\d){1,2}",
    "name": r"\S+(?: \S+){0,5}",
}


Entry = tuple[str, str, str, str, bytes]
"""One phrase in the index: phrase, how, rule, language, letters; plain, so that it can be stored."""


class Index(NamedTuple):
    """Entries by what a page is asked first; plain data, so that it can be stored.

    Attributes:
        rules: full name -> about, in the order of files and tables.
        whole: a line's letters -> entries.
        starts: the first letters of a line -> entries.
        ends: the last letters of a line -> entries that begin with a name.
        holds: a word -> entries whose longest word it is.
        words: vocabulary -> language -> words, for rules that are code.
    """

    rules: Mapping[str, str]
    whole: Mapping[bytes, tuple[Entry, ...]]
    starts: Mapping[bytes, tuple[Entry, ...]]
    ends: Mapping[bytes, tuple[Entry, ...]]
    holds: Mapping[bytes, tuple[Entry, ...]]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]

    def find(self, page: Page) -> Iterator[Mark]:
        """Mark each line that a phrase hits; a rule marks a line once."""
        seen: set[tuple[int, str]] = set()
        for number, (phrase, _, rule, lang, _) in self._hits(page):
            spoken = page.lang in (None, lang) or lang in _EVERYWHERE
            if spoken and (number, rule) not in seen:
                seen.add((number, rule))
                yield Mark(number, number + 1, rule, f"“{phrase}”")

    def _hits(self, page: Page) -> Iterator[tuple[int, Entry]]:
        whole, starts, ends, edge = self.whole, self.starts, self.ends, _EDGE_BYTES
        for number, letters in [
            (number, letters)
            for number, letters in zip(page.short, page.letter_lines, strict=True)
            if letters in whole or letters[:edge] in starts or letters[-edge:] in ends
        ]:
            key = page.key(number)
            for entry in (
                *whole.get(letters, ()),
                *starts.get(letters[:edge], ()),
                *ends.get(letters[-edge:], ()),
            ):
                if matches(entry[0], entry[1], key):
                    yield number, entry
        yield from self._held(page)

    def _held(self, page: Page) -> Iterator[tuple[int, Entry]]:
        for word in self.holds.keys() & page.words:
            for entry in self.holds[word]:
                for number in page.lines_with(entry[4]):
                    short = len(page.texts[number]) <= HOLDS_LIMIT
                    if short and matches(entry[0], entry[1], page.key(number)):
                        yield number, entry


def matches(phrase: str, how: str, key: str) -> bool:
    """Tell whether a folded line is hit by a phrase.

    Args:
        phrase: folded, with slots ``{n}`` a number, ``{t}`` a time code, ``{name}`` 1 to 6 words.
        how: ``whole``, ``starts`` or ``holds``.
        key: the line's key.

    >>> matches("{n} sekunden vorwärts", "whole", "10 sekunden vorwärts")
    True
    >>> matches("lesen sie auch", "starts", "lesen sie auch: ein test")
    True
    >>> matches("teile mit", "holds", "dies sind urteile mit folgen")
    False
    """
    if "{" not in phrase:
        if how == "whole":
            return key == phrase
        if how == "starts":
            return key.startswith(phrase) and not _joined(key, len(phrase))
        at = key.find(phrase)
        while at >= 0:
            if not _joined(key, at) and not _joined(key, at + len(phrase)):
                return True
            at = key.find(phrase, at + 1)
        return False
    found = _pattern(phrase).match(key)
    return found is not None and (
        found.end() == len(key) if how == "whole" else not _joined(key, found.end())
    )


def _joined(key: str, at: int) -> bool:
    """Tell whether a place in a key is inside a word of a script that parts words by blanks."""
    return (
        0 < at < len(key)
        and key[at].isalnum()
        and key[at - 1].isalnum()
        and not (_unspaced(key[at]) or _unspaced(key[at - 1]))
    )


def _unspaced(char: str) -> bool:
    return "\u0e00" <= char <= "\u0eff" or "\u1780" <= char <= "\u17ff" or "\u2e80" <= char < "\uac00"


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = _SLOT.split(phrase)
    texts, slots = parts[::2], parts[1::2]
    filled = (_SLOT_PATTERN[slot] + re.escape(text) for slot, text in zip(slots, texts[1:], strict=True))
    whole = re.escape(texts[0]) + "".join(filled)
    # A name at the start or in between must not swallow the line's end, so anchor what is whole.
    return re.compile(whole + (r"\Z" if "{name}" in phrase else ""))


def build_index(
    entries: Iterable[tuple[str, str, str, str]],
    rules: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> Index:
    """Index phrases given as (phrase, how, rule, lang).

    >>> index = build_index([("abspielen", "whole", "player/controls", "de")])
    >>> [mark.because for mark in index.find(Page(("Abspielen",), ""))]
    ['“abspielen”']
    """
    columns: dict[str, dict[bytes, list[Entry]]] = {c: {} for c in ("whole", "starts", "ends", "holds")}
    for phrase, how, rule, lang in entries:
        entry = (phrase, how, rule, lang, letters_of(fold(_SLOT.sub(" ", phrase))))
        column, asked = _place(entry)
        columns[column].setdefault(asked, []).append(entry)
    packed = {name: {k: tuple(v) for k, v in c.items()} for name, c in columns.items()}
    return Index(rules=rules or {}, words=words or {}, **packed)


def _place(entry: Entry) -> tuple[str, bytes]:
    """Choose the column that an entry stands in and what a line is asked to find it."""
    phrase, how, rule, _, letters = entry
    if how == "holds":
        return "holds", max(words_of(fold(phrase)), key=len)
    if how == "whole" and "{name}" not in phrase:
        return "whole", letters
    before, _, after = phrase.partition("{name}")
    for column, part, edge in (
        ("starts", before, slice(_EDGE_BYTES)),
        ("ends", after, slice(-_EDGE_BYTES, None)),
    ):
        beside = letters_of(fold(_SLOT.sub(" ", part)))
        if len(beside) >= _EDGE_BYTES:
            return column, beside[edge]
    raise PhraseFileError(f"{phrase!r} in {rule} is too short to be looked up")
