"""Dates and times told from now, in folded lines."""

from __future__ import annotations

from functools import lru_cache

from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.vocabulary import vocabulary

_DAY_MONTH_YEAR = pattern(
    r"\b\d{1,2}([./-]) ?\d{1,2}\1 ?\d{2,4}\b|(?<!\d)\d{4}([./-]) ?\d{1,2}\2 ?\d{1,2}(?!\d)"
)
_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # 年 and 년 are letters, so no \b stands before them
_NUMBER = pattern(r"\d+")
_WORD = pattern(r"[^\W\d_]+")


@lru_cache(maxsize=2**12)  # several rules ask, and the same labels recur from page to page
def has_date(key: str) -> bool:
    """Tell whether a folded line holds a full date, or a time ago.

    >>> has_date("aktualisiert am 12. märz 2024"), has_date("im märz 2024 geht es los")
    (True, False)
    >>> has_date("2023年9月17日"), has_date("입력 2024.03.14 09:00"), has_date("2024년까지 3천 명")
    (True, True, False)
    """
    if not _NUMBER.search(key):  # most lines that are asked have none
        return key in vocabulary("ago")
    if _DAY_MONTH_YEAR.search(key):
        return True
    if _YEAR.search(key) and len(_NUMBER.findall(key)) > 1:
        return not vocabulary("month").isdisjoint(_WORD.findall(key))
    return _NUMBER.sub("{n}", key) in vocabulary("ago")


def is_dated(page: Page, number: int) -> bool:
    """Tell whether a line of a page holds a full date, or a time ago."""
    return _NUMBER.search(page.texts[number]) is not None and has_date(page.key(number))


def ends_in_time_ago(key: str) -> bool:
    """Tell whether a folded line ends in a time told from now, as over a reader's comment.

    >>> ends_in_time_ago("gartenzwerg77 vor 3 stunden"), ends_in_time_ago("vor stunden")
    (True, False)
    """
    words = _NUMBER.sub("{n}", key).split()
    if "{n}" not in words:
        return False
    ago = vocabulary("ago")
    return " ".join(words[-2:]) in ago or " ".join(words[-3:]) in ago
