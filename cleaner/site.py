"""A site's own furniture, listed in a file.

A *site file* is UTF-8 text with one line of furniture a line, as it stands on the site's pages;
blank lines and lines that begin with ``#`` are ignored, so a hashtag is written with a blank
before it::

    # example.org, lines seen on most pages
    Die Stimme der Region seit 1887
    Zur Übersicht aller Ausgaben
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from cleaner.errors import UnreadableInput
from cleaner.folding import foldings, letters_of, make_key
from cleaner.mark import Mark
from cleaner.page import SHORT, Page
from cleaner.read_text import read_text

RULE = "site/listed"


class _Listed(NamedTuple):
    name: str
    keys: frozenset[str]
    letters: frozenset[bytes]
    longest: int


def site_marks(page: Page, site: str | os.PathLike[str]) -> list[Mark]:
    """Mark each line of a page that a site file lists; case, width and edge punctuation may differ.

    Args:
        page: the page to look at.
        site: path of the site file; it is read again only when it has changed.

    Raises:
        UnreadableInput: the file cannot be read, is no UTF-8, or lists nothing.
    """
    listed = _load(os.fspath(site))
    because = f"listed in {listed.name}"
    return [
        Mark(number, number + 1, RULE, because)
        for number in _candidates(page, listed)
        if _identity(page.texts[number], page.key(number)) in listed.keys
    ]


def _candidates(page: Page, listed: _Listed) -> list[int]:
    """Lines worth a look: short ones with a listed line's letters, long ones of possible length."""
    numbers: list[int] = []
    if page.short:
        lines = page.letters.split(b"\n")
        pairs = zip(page.short, lines, strict=True)
        numbers = [number for number, letters in pairs if letters in listed.letters or not letters]
    if listed.longest > SHORT:
        sizes = range(SHORT + 1, listed.longest + 1)
        numbers += [number for number, text in enumerate(page.texts) if len(text) in sizes]
    return numbers


def _identity(text: str, key: str) -> str:
    """A line's key; for a line of nothing but edge punctuation, which has none, the line itself.

    >>> _identity("Mehr ►", "mehr"), _identity(" *** ", "")
    ('mehr', '***')
    """
    return key or text.strip()


def _load(path: str) -> _Listed:
    try:
        stat = os.stat(path)  # noqa: PTH116 - a Path per page costs more than the look itself
        # A pipe, as in `--site <(...)`, can be read once; reading it changes its time.
        changed = stat.st_mtime_ns if S_ISREG(stat.st_mode) else 0
        return _read(path, stat.st_ino, stat.st_size, changed)
    except OSError as error:
        reason = error.strerror or error
        raise UnreadableInput(f"site file {path}: {reason}; give a text file to read") from error


@lru_cache(maxsize=64)
def _read(path: str, inode: int, size: int, changed: int) -> _Listed:
    """Read a site file; inode, size and time of change are there to key the cache."""
    try:
        page = read_text(Path(path).read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"site file {path}: is not UTF-8; save it as UTF-8") from error
    texts = [text for text in page.texts if text.strip() and not text.startswith("#")]
    if not texts:
        raise UnreadableInput(
            f"site file {path}: lists nothing; write one line of the site's furniture a line"
        )
    return _Listed(
        name=Path(path).name,
        keys=frozenset(_identity(text, make_key(text)) for text in texts),
        letters=frozenset(letters_of(x) for text in texts for x in foldings(text)),
        longest=max(map(len, texts)),
    )
