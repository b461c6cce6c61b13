"""The index of the shipped phrase files, kept beside them like Python's own bytecode.

Parsing the TOML files costs ten times the whole clean of a dump. So the index is stored in
``phrases/__pycache__`` and is used as long as no phrase file, and no module that builds it, has
changed; where the folder cannot be written it is built anew in each process.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from cleaner.columns import SLOT, Columns, build_columns, split, split_held
from cleaner.folding import foldings, letters_of
from cleaner.phrases import Index

_FOLDER = Path(__file__).parent / "phrases"
_BUILDERS = (
    "columns.py",
    "folding.py",
    "lexicon.py",
    "phrase_cache.py",
    "phrase_files.py",
    "phrases.py",
)
_LEXICON = "A label from the translation files of players, comment boxes and other page parts."


_LENGTH = 8  # bytes that hold the length of a store's head
_Stamp = list[tuple[str, int, int]]
_Words = dict[str, dict[str, tuple[str, ...]]]


class Shipped(NamedTuple):
    """What the shipped phrase files say.

    Attributes:
        rules: full name -> about, in the order of files and tables.
        words: vocabulary -> language -> words, for rules that are code.
        letters: vocabulary -> the letters of its words in each way of folding, a line each.
        index: the phrases, ready to match.
    """

    rules: dict[str, str]
    words: dict[str, dict[str, tuple[str, ...]]]
    letters: dict[str, bytes]
    index: Index  # type: ignore[assignment]  # nobody looks a place up in this tuple


@cache
def shipped() -> Shipped:
    """Read what the shipped phrase files say, from the store where that is fresh.

    Raises:
        PhraseFileError: a phrase file breaks the rules for phrase files.
    """
    stored = _FOLDER / "__pycache__" / f"index.{sys.implementation.cache_tag}.marshal"
    stamp = _stamp()
    try:
        return _read(stored, stamp)
    except (OSError, ValueError, EOFError, TypeError):
        rules, words, columns = _build()  # none yet, or stale, or cut short
    _store(stored, _packed(stamp, rules, words, columns))
    return Shipped(rules, words, _letters(words), Index(columns))


def _packed(stamp: _Stamp, rules: dict[str, str], words: _Words, columns: Columns) -> bytes:
    """Lay out a store: length of the head, the head, and chunks that are read when asked for."""
    chunks, held = split(columns), split_held(columns)
    unspaced = {b"": columns.holds[b""]} if b"" in held else {}
    held.pop(b"", None)
    stops = list(accumulate(map(len, (*chunks.values(), *held.values())), initial=0))
    places = list(pairwise(stops))
    by_head = dict(zip(chunks, places, strict=False))
    by_word = dict(zip(held, places[len(chunks) :], strict=True))
    said = words, _letters(words)
    head = marshal.dumps((stamp, rules, said, unspaced, by_head, by_word, stops[-1]))
    length = len(head).to_bytes(_LENGTH, "little")
    return b"".join((length, head, *chunks.values(), *held.values()))


def _read(path: Path, stamp: _Stamp) -> Shipped:
    with path.open("rb") as file:
        data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    start = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    found, rules, said, unspaced, by_head, by_word, size = marshal.loads(data[_LENGTH:start])
    if found != stamp or start + size != len(data):
        raise ValueError("the store is stale or cut short")
    chunks, held = (
        {asked: data[start + a : start + b] for asked, (a, b) in places.items()}
        for places in (by_head, by_word)
    )
    words, letters = said
    return Shipped(rules, words, letters, Index(Columns({}, {}, unspaced), chunks, held))


def _letters(words: _Words) -> dict[str, bytes]:
    found: dict[str, set[bytes]] = {}
    for name, by_language in words.items():
        said = {SLOT.sub(" ", word) for some in by_language.values() for word in some}
        found[name] = {letters_of(folded) for word in said for folded in foldings(word)}
    return {name: b"\n".join(sorted(some)) for name, some in found.items()}


def _stamp() -> _Stamp:
    entries = (*os.scandir(_FOLDER), *os.scandir(_FOLDER / "lexicon"))
    files = [entry for entry in entries if entry.name.endswith(".toml")]
    stats = [(entry.path[len(str(_FOLDER)) :], entry.stat()) for entry in files]
    stats += [(name, (_FOLDER.parent / name).stat()) for name in _BUILDERS]
    return sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _build() -> tuple[dict[str, str], _Words, Columns]:
    from cleaner.lexicon import SETTINGS, read_lexicon, read_settings
    from cleaner.phrase_files import entries_of, read_tables, read_words

    tables = read_tables(_FOLDER)
    by_hand = tuple(entries_of(tables))
    known = {(phrase, lang) for phrase, _, _, lang in by_hand}
    lexicon = [
        entry
        for entry in read_lexicon(_FOLDER / "lexicon")
        if known.isdisjoint((entry[0], lang) for lang in (entry[3], "en", "any"))
    ]
    rules = {table.rule: table.about for table in tables}
    rules.update({rule: _LEXICON for _, _, rule, _ in lexicon})
    words = read_words(_FOLDER)
    settings = words.setdefault(SETTINGS, {})
    for lang, plain in read_settings(_FOLDER / "lexicon").items():
        settings[lang] = (*settings.get(lang, ()), *plain)
    return rules, words, build_columns((*by_hand, *lexicon))


def _store(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)  # a read-only installation works, only slower to start
