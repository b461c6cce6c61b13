"""Phrases: the index over all phrase tables, and which phrase hits which line.

Matching asks a page two cheap questions about letters alone (is this whole line, or its beginning
or end, that of a phrase? does a phrase's longest word occur at all?) and checks only what answers
yes against the line's key. So the cost hardly grows with the number of phrases, and it is linear in
the page whatever the page is.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cleaner.columns import EDGE, HEAD, SLOT, Columns, Entry, unspaced
from cleaner.folding import fold, letters_of, make_key
from cleaner.mark import Mark
from cleaner.page import Page

Stored = bytes | memoryview

HOLDS_LIMIT = 200
"""Longest line, in characters, in which a phrase is looked for anywhere."""

_EVERYWHERE = ("en", "any")  # English furniture stands on pages of every language
_SLOT_PATTERN = {
    "n": r"\d+(?:[.,' ]\d+)*",
    "t": r"-?\d{1,3}(?::\d\d){1,2}",
    "name": r"\S+(?: \S+){0,5}",
}


class Index:
    """Which phrase hits which line of a page.

    Args:
        columns: the phrases.
        chunks: more of the columns `whole` and `starts`, see `split`. The first page loads what it
            asks for, the second one the rest: a process that cleans one dump starts in half the
            time, and one that cleans many is not held up.
        held: more of the column `holds`, each word's entries loaded when a page has the word.
    """

    def __init__(
        self,
        columns: Columns,
        chunks: Mapping[bytes, Stored] | None = None,
        held: Mapping[bytes, Stored] | None = None,
    ) -> None:
        self.columns = columns
        self._chunks = dict(chunks or {})
        self._held_chunks = dict(held or {})
        self._held_words = frozenset(columns.holds).union(self._held_chunks)
        self._used = False

    def _load(self, heads: Iterable[bytes]) -> None:
        for head in heads:
            chunk = self._chunks.get(head)
            if chunk is not None:
                whole, starts = marshal.loads(chunk)
                self.columns.whole.update(whole)
                self.columns.starts.update(starts)
                self._chunks.pop(head, None)

    def find(self, page: Page) -> list[Mark]:
        """Mark each line that a phrase hits; a rule marks a line once."""
        if self._chunks:
            heads = {letters[:HEAD] for letters in page.letter_lines}
            self._load(tuple(self._chunks) if self._used else heads)
            self._used = self._used or bool(heads)
        whole, starts, texts = self.columns.whole, self.columns.starts, page.texts
        marks = [
            Mark(number, number + 1, rule, because)
            for number, letters in zip(page.short, page.letter_lines, strict=True)
            if letters in whole or letters[:EDGE] in starts
            for rule, because in self._hits_on(texts[number], letters, page.lang)
        ]
        held = list(self._held(page))
        if held:
            seen = {(mark.start, mark.rule) for mark in marks}
            for mark in held:
                if (mark.start, mark.rule) not in seen:
                    seen.add((mark.start, mark.rule))
                    marks.append(mark)
        return marks

    def names(self, text: str) -> bool:
        """Tell whether a text is, as a whole, what some phrase says."""
        letters = letters_of(fold(text))
        if self._chunks:
            self._load((letters[:HEAD],))
        if letters not in self.columns.whole:
            return False
        return any(
            how == "whole" and not _spoken(phrase, text)
            for phrase, how, *_ in _matching(self._entries(letters), text)
        )

    def _entries(self, letters: bytes) -> list[Entry]:
        whole, starts = self.columns.whole.get(letters), self.columns.starts.get(letters[:EDGE])
        entries = list(_unpack(whole)) if whole else []
        if starts and letters.startswith(_leads(starts)):
            line = letters.decode("utf-8", "surrogatepass")
            entries += [entry for entry in _unpack(starts) if line.startswith(entry[4])]
        return entries

    def _hits_on(self, text: str, letters: bytes, lang: str | None) -> tuple[tuple[str, str], ...]:
        """Return rule and reason of each phrase that a line is, or begins with."""
        hits: dict[str, str] = {}
        for phrase, how, rule, _, _ in _matching(self._entries(letters), text, lang):
            if how != "whole" or not _spoken(phrase, text):
                hits.setdefault(rule, f"“{phrase}”")
        return tuple(hits.items())

    def _held(self, page: Page) -> Iterator[Mark]:
        present, holds = page.words, self.columns.holds
        words = sorted(present & self._held_words)
        for word in words if self._held_chunks else ():
            chunk = self._held_chunks.get(word)
            if chunk is not None:  # another thread may be at it
                holds[word] = marshal.loads(chunk)
                self._held_chunks.pop(word, None)
        if b"" in holds and not page.folded.isascii():
            yield from self._held_in(page, holds[b""].items())
        for word in words:
            entries = [item for item in holds[word].items() if present.issuperset(item[0])]
            if entries:
                yield from self._held_in(page, entries)

    def _held_in(self, page: Page, held: Iterable[tuple[tuple[bytes, ...], str]]) -> Iterator[Mark]:
        for words, packed in held:
            for number in page.lines_with(b"".join(words)):
                text = page.texts[number]
                if len(text) <= HOLDS_LIMIT:
                    for phrase, _, rule, *_ in _matching(_unpack(packed), text, page.lang):
                        yield Mark(number, number + 1, rule, f"“{phrase}”")


@lru_cache(maxsize=2**12)
def _unpack(packed: str) -> tuple[Entry, ...]:
    return tuple([tuple(entry.split("\t")) for entry in packed.split("\n")])


@lru_cache(maxsize=2**12)
def _leads(packed: str) -> tuple[bytes, ...]:
    return tuple({entry[4].encode() for entry in _unpack(packed)})


def _matching(entries: Sequence[Entry], text: str, lang: str | None = None) -> list[Entry]:
    """Return the entries of a language, `None` all, that a line's key bears out."""
    if not entries:
        return []
    key = make_key(text)
    spoken = entries if lang is None else [e for e in entries if e[3] in (lang, *_EVERYWHERE)]
    return [entry for entry in spoken if matches(entry[0], entry[1], key)]


def _spoken(phrase: str, text: str) -> bool:
    """Tell a short sentence with its full stop from a button: “Abspielen.” ends an exchange."""
    return phrase.count(" ") < 2 and text.endswith(".") and not text.endswith("..")


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
    before, *between, after = _literals(phrase)
    likely = key.startswith(before) and (how != "whole" or key.endswith(after))
    # Compiling a pattern takes a thousand times as long as this look.
    likely = likely and all(map(key.__contains__, between))
    found = _pattern(phrase).match(key) if likely else None
    return found is not None and (
        found.end() == len(key) if how == "whole" else not _joined(key, found.end())
    )


def _joined(key: str, at: int) -> bool:
    """Tell whether a place in a key is inside a word of a script that parts words by blanks."""
    return (
        0 < at < len(key)
        and key[at].isalnum()
        and key[at - 1].isalnum()
        and not (unspaced(key[at]) or unspaced(key[at - 1]))
    )


@lru_cache(maxsize=4096)
def _literals(phrase: str) -> tuple[str, ...]:
    """Return what stands before, between and after the slots of a phrase."""
    return tuple(SLOT.split(phrase)[::2])


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    texts, slots = _literals(phrase), SLOT.findall(phrase)
    filled = (
        _SLOT_PATTERN[slot] + re.escape(text) for slot, text in zip(slots, texts[1:], strict=True)
    )
    whole = re.escape(texts[0]) + "".join(filled)
    # A name at the start or in between must not swallow the line's end, so anchor what is whole.
    return re.compile(whole + (r"\Z" if "{name}" in phrase else ""))
