"""The columns of the phrase index: where a phrase stands, and how the columns are stored."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from cleaner.errors import PhraseFileError
from cleaner.folding import fold, foldings, letters_of, words_of
from cleaner.patterns import pattern

HEAD = 2
"""Bytes of letters by which columns are split into chunks."""

EDGE = 6
"""Bytes of letters that key the index of beginnings: six ASCII letters, two ideographs."""
SLOT = pattern(r"\{(n|t|name)\}")
"""A place in a phrase for a number, a time code or a name."""

T = TypeVar("T")

Entry = tuple[str, ...]
"""One phrase in the index: phrase, how, rule, language, and the letters that a line must hold."""


class Columns(NamedTuple):
    """Entries by what a page is asked first; plain data, so that it can be stored.

    What is asked has its entries in one string, see `_unpack`: a process reads them all from the
    store and looks at a handful, and a string is loaded five times as fast as lists of tuples.

    Attributes:
        whole: a line's letters -> entries.
        starts: the first letters of a line -> entries.
        holds: a word -> the folded words of phrases of which it is the rarest -> entries; nothing
            in place of the word where a script does not part words.
    """

    whole: dict[bytes, str]
    starts: dict[bytes, str]
    holds: dict[bytes, dict[tuple[bytes, ...], str]]


def build_columns(entries: Iterable[tuple[str, str, str, str]]) -> Columns:
    r"""Place phrases given as (phrase, how, rule, lang).

    >>> build_columns([("abspielen", "whole", "player/controls", "de")]).whole
    {b'abspielen': 'abspielen\twhole\tplayer/controls\tde\tabspielen'}
    """
    entries = tuple(entries)
    common = Counter(word for entry in entries for word in words_of(fold(entry[0])))
    columns = Columns({}, {}, {})
    for phrase, how, rule, lang in entries:
        places = set(_places(phrase, how, common))
        if not places:
            raise PhraseFileError(f"{phrase!r} in {rule} is too short to be looked up")
        for column, asked, words in sorted(places):
            entry = "\t".join((phrase, how, rule, lang, b"".join(words).decode()))
            if column == "holds":
                _pack(columns.holds.setdefault(asked, {}), words, entry)
            else:
                _pack(getattr(columns, column), asked, entry)
    return columns


def split_held(columns: Columns) -> dict[bytes, bytes]:
    """Split the column `holds` by its words into chunks to store."""
    return {word: marshal.dumps(held) for word, held in sorted(columns.holds.items())}


def split(columns: Columns) -> dict[bytes, bytes]:
    """Split the columns `whole` and `starts` by the first letters into chunks to store."""
    chunks: dict[bytes, tuple[dict[bytes, str], dict[bytes, str]]] = {}
    for place, column in enumerate((columns.whole, columns.starts)):
        for letters, packed in column.items():
            chunks.setdefault(letters[:HEAD], ({}, {}))[place][letters] = packed
    return {head: marshal.dumps(chunk) for head, chunk in sorted(chunks.items())}


def _pack(packed: dict[T, str], asked: T, entry: str) -> None:
    packed[asked] = f"{packed[asked]}\n{entry}" if asked in packed else entry


def _places(
    phrase: str, how: str, common: Counter[bytes]
) -> Iterator[tuple[str, bytes, tuple[bytes, ...]]]:
    """Yield where an entry stands, what a line is asked to find it, and what letters it must hold.

    A phrase stands in a place for each way of folding it.
    """
    before, name, after = phrase.partition("{name}")
    leads = [letters_of(folded) for folded in foldings(SLOT.sub(" ", before))]
    leads = [lead for lead in leads if lead] or leads
    if how == "whole" and not name:
        yield from (("whole", letters, (letters,)) for letters in leads)
    elif how != "holds" and all(len(lead) >= EDGE for lead in leads):
        yield from (("starts", lead[:EDGE], (lead,)) for lead in leads)
    else:
        for folded in foldings(SLOT.sub(" ", after if how == "whole" else phrase)):
            words = words_of(folded)
            if any(map(unspaced, phrase)) and words:
                yield "holds", b"", tuple(words)
            elif words:
                rarest = min(words, key=lambda word: (common[word], -len(word)))
                yield "holds", rarest, tuple(words)


def unspaced(char: str) -> bool:
    """Tell whether a letter is of a script that does not part words by blanks."""
    return (
        "\u0e00" <= char <= "\u0eff" or "\u1780" <= char <= "\u17ff" or "\u2e80" <= char < "\uac00"
    )
