"""The lexicon: furniture labels in many languages, generated from translation files.

Beside the phrase files written by hand lie generated ones, ``phrases/lexicon/<group>.toml``: the
labels of video players, comment systems, consent banners and the like, as their own translators
wrote them. Each phrase can be traced to a package and its version::

    [sources]
    "video.js" = "video.js 8.24.1 Apache-2.0"

    [de]
    "video.js" = ["erneut abspielen", "{n} sekunden vorwärts"]

A phrase matches a whole line; the rule of a group's phrases is ``<group>/lexicon``. English stands
once, since it is tried on pages of every language. ``settings.toml`` alone is a vocabulary: plain
words that are controls among a player's controls.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from cleaner.errors import PhraseFileError
from cleaner.folding import make_key, spell

FOLDER = Path(__file__).parent / "phrases" / "lexicon"
RULE = "lexicon"
SOURCES = "sources"
SETTINGS = "settings"

_LANG = re.compile(r"[a-z]{2,3}")
_SLOT = re.compile(r"\{(\w*)\}")
_SLOTS = {"n", "t", "name"}


def read_lexicon(folder: Path = FOLDER) -> Iterator[tuple[str, str, str, str]]:
    """Yield each phrase of the lexicon as (phrase, how, rule, lang), for `build_columns`.

    Raises:
        PhraseFileError: a file is not as `lab.lexicon` writes it; the message names file and place.
    """
    for path in sorted(folder.glob("*.toml")):
        if path.stem != SETTINGS:
            for lang, phrases in _read_group(path, check_phrase):
                yield from ((phrase, "whole", f"{path.stem}/{RULE}", lang) for phrase in phrases)


def read_settings(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """Read the plain words of players: language -> folded words.

    Raises:
        PhraseFileError: as for `read_lexicon`.
    """
    return dict(_read_group(folder / f"{SETTINGS}.toml", check_folded))


def _read_group(
    path: Path, check: Callable[[object, str], str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        languages = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PhraseFileError(f"{path.name}: cannot be read as TOML: {error}") from error
    sources = languages.pop(SOURCES, None)
    if not isinstance(sources, dict) or not sources:
        raise PhraseFileError(f"{path.name}: needs [{SOURCES}], which name package and version")
    for lang, table in languages.items():
        where = f"{path.name} [{lang}]"
        if not _LANG.fullmatch(lang) or not isinstance(table, dict) or not table:
            raise PhraseFileError(f"{where}: is no language with phrases by source")
        if unknown := table.keys() - sources.keys():
            raise PhraseFileError(f"{where}: {min(unknown)!r} is not among the [{SOURCES}]")
        phrases: dict[str, None] = {}
        for source, listed in table.items():
            if not isinstance(listed, list) or not listed:
                raise PhraseFileError(f"{where}: {source!r} must be a list of one or more phrases")
            for phrase in listed:
                if (folded := check(phrase, where)) in phrases:
                    raise PhraseFileError(f"{where}: {phrase!r} is listed twice")
                phrases[folded] = None
        yield lang, tuple(phrases)


def check_folded(phrase: object, where: str) -> str:
    """Return a label as it is matched, unless it is not in folded form.

    Raises:
        PhraseFileError: it is refused, which says why.

    >>> check_folded("schließen", "nav.toml [de]")
    'schliessen'
    """
    if not isinstance(phrase, str):
        raise PhraseFileError(f"{where}: {phrase!r} is no text")
    filled = spell(_SLOT.sub("0", phrase))  # "ß" is "ss" in a key, and readable in a file
    if not filled or filled != make_key(filled) or phrase != phrase.lower():
        raise PhraseFileError(f"{where}: {phrase!r} is not in folded form, as {make_key(phrase)!r}")
    return spell(phrase)


def check_phrase(phrase: object, where: str) -> str:
    """Return a phrase as it is matched, unless it is not in folded form or says too little.

    Raises:
        PhraseFileError: it is refused, which says why.
    """
    folded = check_folded(phrase, where)
    slots = _SLOT.findall(folded)
    if set(slots) - _SLOTS or slots.count("name") > 1:
        raise PhraseFileError(f"{where}: {phrase!r} has a slot that is unknown, or two names")
    letters = [char for char in _SLOT.sub("", folded) if char.isalpha()]
    if len(letters) < (2 if any(ord(char) >= 0x2E80 for char in letters) else 3):
        raise PhraseFileError(f"{where}: {phrase!r} is too short")
    return folded
