"""The lexicon: furniture labels in many languages, generated from translation files.

Beside the phrase files written by hand lie generated ones, ``phrases/lexicon/<group>.toml``: the
labels of video players, comment systems, consent banners and the like, as their own translators
wrote them. Each phrase can be traced to a package and its version::

    [sources]
    "video.js" = "video.js 8.24.1 Apache-2.0"

    [de]
    "video.js" = ["erneut abspielen", "{n} sekunden vorwärts"]

A phrase matches a whole line; the rule of a group's phrases is ``<group>/lexicon``. English stands
once, since it is tried on pages of every language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from cleaner.errors import PhraseFileError
from cleaner.folding import make_key, spell

FOLDER = Path(__file__).parent / "phrases" / "lexicon"
RULE = "lexicon"
SOURCES = "sources"

_LANG = re.compile(r"[a-z]{2,3}")
_SLOT = re.compile(r"\{(\w*)\}")
_SLOTS = {"n", "t", "name"}


def read_lexicon(folder: Path = FOLDER) -> Iterator[tuple[str, str, str, str]]:
    """Yield each phrase of the lexicon as (phrase, how, rule, lang), for `build_columns`.

    Raises:
        PhraseFileError: a file is not as `lab.lexicon` writes it; the message names file and place.
    """
    for path in sorted(folder.glob("*.toml")):
        try:
            languages = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise PhraseFileError(f"{path.name}: cannot be read as TOML: {error}") from error
        sources = languages.pop(SOURCES, None)
        if not isinstance(sources, dict) or not sources:
            raise PhraseFileError(f"{path.name}: needs [{SOURCES}], which name package and version")
        for lang, table in languages.items():
            for phrase in _read_language(table, lang, sources, f"{path.name} [{lang}]"):
                yield phrase, "whole", f"{path.stem}/{RULE}", lang


def _read_language(table: object, lang: str, sources: dict[str, str], where: str) -> Iterator[str]:
    if not _LANG.fullmatch(lang) or not isinstance(table, dict) or not table:
        raise PhraseFileError(f"{where}: is no language with phrases by source")
    seen: set[str] = set()
    for source, phrases in table.items():
        if source not in sources:
            raise PhraseFileError(f"{where}: {source!r} is not among the [{SOURCES}]")
        if not isinstance(phrases, list) or not phrases:
            raise PhraseFileError(f"{where}: {source!r} must be a list of one or more phrases")
        for phrase in phrases:
            folded = check_phrase(phrase, where)
            if folded in seen:
                raise PhraseFileError(f"{where}: {phrase!r} is listed twice")
            seen.add(folded)
            yield folded


def check_phrase(phrase: object, where: str) -> str:
    """Return a phrase as it is matched, unless it is not in folded form or says too little.

    Raises:
        PhraseFileError: it is refused, which says why.

    >>> check_phrase("schließen", "nav.toml [de]")
    'schliessen'
    """
    if not isinstance(phrase, str):
        raise PhraseFileError(f"{where}: {phrase!r} is no text")
    filled = spell(_SLOT.sub("0", phrase))  # "ß" is "ss" in a key, and readable in a file
    if filled != make_key(filled) or phrase != phrase.lower():
        raise PhraseFileError(f"{where}: {phrase!r} is not in folded form, as {make_key(phrase)!r}")
    slots = _SLOT.findall(phrase)
    if set(slots) - _SLOTS or slots.count("name") > 1:
        raise PhraseFileError(f"{where}: {phrase!r} has a slot that is unknown, or two names")
    letters = [char for char in _SLOT.sub("", phrase) if char.isalpha()]
    if len(letters) < (2 if any(ord(char) >= 0x2E80 for char in letters) else 3):
        raise PhraseFileError(f"{where}: {phrase!r} is too short")
    return spell(phrase)
