"""Phrase files: strict reading of ``phrases/*.toml`` into tables.

A file is a group, a table a rule, a sub-table one language's phrases with lines they must drop and
near-misses they must keep::

    [closed]
    about = "Notice that an article takes no more comments."
    [closed.de]
    holds = ["kein kommentieren mehr möglich"]
    drop = ["Hier ist kein Kommentieren mehr möglich."]
    keep = ["Kommentieren war früher möglich."]

``words.toml`` is the one other file: vocabularies that code rules look up.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import PhraseFileError
from cleaner.folding import make_key, spell

FOLDER = Path(__file__).parent / "phrases"
HOWS = ("whole", "starts", "holds")
WORDS = "words"

_LANG = re.compile(r"any|[a-z]{2,3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SLOT = re.compile(r"\{(\w*)\}")


class Phrases(NamedTuple):
    """One language's phrases in a table, and the lines that prove them."""

    whole: tuple[str, ...]
    starts: tuple[str, ...]
    holds: tuple[str, ...]
    drop: tuple[str, ...]
    keep: tuple[str, ...]


class Table(NamedTuple):
    """One rule made of phrases."""

    rule: str
    about: str
    langs: Mapping[str, Phrases]


def read_tables(folder: Path = FOLDER) -> tuple[Table, ...]:
    """Read every phrase file of a folder, in order of file name and of table.

    Raises:
        PhraseFileError: an unknown key, an empty list, a phrase that is not in folded form, too
            short for how it matches, or listed twice; the message names file and table.
    """
    tables = tuple(
        table
        for path in sorted(folder.glob("*.toml"))
        if path.stem != WORDS
        for table in _read_group(path)
    )
    _refuse_twice(tables)
    return tables


def read_words(folder: Path = FOLDER) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read ``words.toml``: vocabulary -> language -> folded words.

    Raises:
        PhraseFileError: as for `read_tables`.
    """
    path = folder / f"{WORDS}.toml"
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, body in _load(path).items():
        where = f"{path.name} [{name}]"
        _about(body, where)
        for lang, entry in _languages(body, where):
            listed = _strings(entry, "words", f"{where[:-1]}.{lang}]")
            words.setdefault(name, {})[lang] = tuple(map(spell, listed))
            _refuse_unknown(entry, ("words",), f"{where[:-1]}.{lang}]")
    return words


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PhraseFileError(f"{path.name}: cannot be read as TOML: {error}") from error


def _read_group(path: Path) -> Iterator[Table]:
    for name, body in _load(path).items():
        where = f"{path.name} [{name}]"
        if not _NAME.fullmatch(name):
            raise PhraseFileError(f"{where}: a table's name is kebab-case, it names a rule")
        about = _about(body, where)
        langs = {
            lang: _read_phrases(entry, f"{where[:-1]}.{lang}]")
            for lang, entry in _languages(body, where)
        }
        yield Table(f"{path.stem}/{name}", about, langs)


def _about(body: object, where: str) -> str:
    if not isinstance(body, dict) or not isinstance(body.get("about"), str) or not body["about"]:
        raise PhraseFileError(f"{where}: needs `about`, one sentence on what the table finds")
    return str(body["about"])


def _languages(body: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    langs = [(key, value) for key, value in body.items() if key != "about"]
    if not langs:
        raise PhraseFileError(f"{where}: has no language; add a table such as {where[:-1]}.de]")
    for lang, entry in langs:
        if not _LANG.fullmatch(lang) or not isinstance(entry, dict):
            raise PhraseFileError(
                f"{where}: unknown key {lang!r}; beside `about` a table holds languages (de, any)"
            )
        yield lang, entry


def _read_phrases(entry: dict[str, Any], where: str) -> Phrases:
    _refuse_unknown(entry, (*HOWS, "drop", "keep"), where)
    if not any(how in entry for how in HOWS):
        raise PhraseFileError(f"{where}: needs phrases under one of {', '.join(HOWS)}")
    for proof in ("drop", "keep"):
        if proof not in entry:
            raise PhraseFileError(f"{where}: needs `{proof}`, lines that it must {proof}")
    lists = {key: _strings(entry, key, where) if key in entry else () for key in Phrases._fields}
    for how in HOWS:
        for phrase in lists[how]:
            _check_phrase(phrase, how, where)
    for how in HOWS:
        lists[how] = tuple(map(spell, lists[how]))
    return Phrases(**lists)


def _strings(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(x, str) and x for x in value):
        raise PhraseFileError(f"{where}: `{key}` must be a list of one or more texts")
    return tuple(value)


def _refuse_unknown(entry: dict[str, Any], known: Iterable[str], where: str) -> None:
    for key in entry:
        if key not in known:
            raise PhraseFileError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")


def _check_phrase(phrase: str, how: str, where: str) -> None:
    filled = spell(_SLOT.sub("0", phrase))
    if how == "starts":
        # "lesen sie auch:" is more than "lesen sie auch", and so is "also read |"
        filled = filled.removesuffix(":").removesuffix(" |")
    if filled != make_key(filled) or spell(phrase) != _spelled_out(phrase):
        raise PhraseFileError(f"{where}: {phrase!r} is not in folded form, as {make_key(phrase)!r}")
    slots = _SLOT.findall(phrase)
    allowed = {"whole": {"n", "t", "name"}, "starts": {"n", "t"}, "holds": set()}[how]
    if set(slots) - allowed or slots.count("name") > 1:
        raise PhraseFileError(f"{where}: {phrase!r}: `{how}` cannot take these slots")
    letters = sum(1 for c in _SLOT.sub("", phrase) if c.isalpha())
    unspaced = any(ord(c) >= 0x2E80 for c in phrase)
    least = {"whole": 0, "starts": 3 if unspaced else 7, "holds": 4 if unspaced else 9}[how]
    if letters < least or (how == "holds" and not unspaced and " " not in phrase):
        raise PhraseFileError(f"{where}: {phrase!r} is too short to match as `{how}`")
    if "name" in slots and letters < (2 if unspaced else 3):
        raise PhraseFileError(f"{where}: {phrase!r}: too little beside the name")


def _spelled_out(phrase: str) -> str:
    """Spell what may stand in a file as it is written: “ß” and the dots of a Turkish “i”."""
    return phrase.replace("ß", "ss").replace("ı", "i").replace("\u0307", "")


def _refuse_twice(tables: Iterable[Table]) -> None:
    """Two languages of one rule may share a phrase; two rules, or one list, may not."""
    owners: dict[str, str] = {}
    for table in tables:
        for lang, phrases in table.langs.items():
            listed = (*phrases.whole, *phrases.starts, *phrases.holds)
            for phrase in listed:
                owner = owners.setdefault(phrase, table.rule)
                if owner != table.rule:
                    both = f"in {owner} and in {table.rule}"
                    raise PhraseFileError(f"{phrase!r} is listed twice: {both}")
            if len(set(listed)) < len(listed):
                twice = next(p for p in listed if listed.count(p) > 1)
                raise PhraseFileError(f"{twice!r} is listed twice in {table.rule}, {lang}")


def entries_of(tables: Iterable[Table]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each phrase of the tables as (phrase, how, rule, lang), for `build_columns`."""
    for table in tables:
        for lang, phrases in table.langs.items():
            for how in HOWS:
                for phrase in getattr(phrases, how):
                    yield phrase, how, table.rule, lang
