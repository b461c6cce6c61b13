"""Regular expressions that are compiled when they are first used.

Compiling those of all rules takes longer than a clean of one dump, which uses few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, method)
        return method


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as ``re.compile(source, flags)`` and costs nothing until it is used.

    >>> pattern(r"[0-9]+").findall("3 von 12")
    ['3', '12']
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
