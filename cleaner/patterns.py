"""Regular expressions that are compiled when they are first used.

Compiling those of all rules takes longer than a clean of one dump, which uses few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast


class _Lazy:
    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Callable[..., Any]:
        compiled: re.Pattern[Any] = re.compile(self._source, self._flags)
        method: Callable[..., Any] = getattr(compiled, name)
        setattr(self, name, method)
        return method


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves as ``re.compile(source, flags)`` and costs nothing until it is used.

    >>> pattern(r"[0-9]+").findall("3 von 12")
    ['3', '12']
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


DIGIT = pattern(r"\d")
