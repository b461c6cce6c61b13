"""What callers give in more ways than one: names of rules, a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.errors import CleanerError
from cleaner.patterns import pattern

_LANG = pattern(r"([a-z]{2,3})([-_].*)?", re.IGNORECASE)

Names = str | Iterable[str]


def names_of(names: Names) -> tuple[str, ...]:
    """Return names as given: one alone, or several."""
    return (names,) if isinstance(names, str) else tuple(names)


def language(lang: str | None) -> str | None:
    """Return the language of a code such as ``"de-AT"``.

    Raises:
        CleanerError: it is no code.
    """
    if lang is None:
        return None
    code = _LANG.fullmatch(lang)
    if code is None:
        raise CleanerError(f"language {lang!r} is no code; give two or three letters, such as 'de'")
    return code[1].lower()
