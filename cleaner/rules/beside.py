"""Lines that a piece of furniture right beside them gives away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.runs import IN_FURNITURE, is_label, unclaimed
from cleaner.rules.vocabulary import vocabulary

APPEAL = 110
"""Longest appeal to the reader, in characters."""

PRICE = 110
"""Longest line of an offer with its price, in characters."""

_COUNT = pattern(r"\(?\d{1,4}(?:[.,]\d{1,3})?[kKmM]?\)?")
_PRICE = pattern(r"[€£$]\s?\d|\d\s?(?:€|euro\b|chf\b|fr\.)", re.IGNORECASE)
_WORD = pattern(r"\w+")
_SPOKEN = ".?:\"”“»«’'"
_BY_HEADLINE = frozenset({"share", "player", "comments", "newsletter", "consent", "label"})
_NO_NEIGHBOUR = frozenset({"repeat/line", "label/symbols", "repeat/alt-text"})


def names_network(text: str) -> bool:
    """Tell whether a line is the name of a network: “X”, “Threads”."""
    return len(text) <= APPEAL // 5 and make_key(text) in vocabulary("network")


def is_count(text: str) -> bool:
    """Tell whether a line is a bare count: “27”, “1.2k”."""
    return len(text) <= 10 and _COUNT.fullmatch(text.strip()) is not None


def has_price(text: str) -> bool:
    """Tell whether a line tells a price.

    >>> has_price("4 Wochen für 1 €, danach 9,99 € pro Monat"), has_price("Im Jahr 1998")
    (True, False)
    """
    return len(text) <= PRICE and _PRICE.search(text) is not None


def addresses(text: str) -> bool:
    """Tell whether a line speaks to the reader and is no sentence of an article.

    >>> addresses("Sichern Sie sich Ihr Ticket"), addresses("Er fragte: „Kennen Sie den?“")
    (True, False)
    """
    if len(text) > APPEAL or text.rstrip()[-1:] in _SPOKEN:
        return False
    return not vocabulary("you").isdisjoint(_WORD.findall(make_key(text)))


def beside(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what every rule of this module finds."""
    yield from _between(page, marks)
    for number in page.having(names_network):
        neighbour = _beside(page, marks, number)
        if neighbour is not None:
            yield _mark(page, number, "share/network-beside", neighbour)
    for number in page.having(is_count):
        neighbour = _beside(page, marks, number)
        if neighbour is not None and _alone(page, number):
            yield _mark(page, number, "share/counter", neighbour)
    top = marks.once(body_start)
    for number in page.having(addresses):
        neighbour = _touching(marks, number)
        if number > top and neighbour is not None:
            yield _mark(page, number, "promo/appeal", neighbour)
    for number in page.having(has_price) if "paywall" in marks.groups else ():
        neighbour = _touching(marks, number)
        if neighbour is not None and marks.dropped[neighbour].group == "paywall":
            yield _mark(page, number, "paywall/price", neighbour)


def _between(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a label right between two lines that are named."""
    dropped, texts = marks.dropped, page.texts
    for number, mark in dropped.items():
        label = number + 1
        if label + 1 in dropped and label not in dropped and is_label(texts[label]):
            if mark.rule in _NO_NEIGHBOUR or dropped[label + 1].rule in _NO_NEIGHBOUR:
                continue
            if unclaimed(page, marks, label):
                yield _mark(page, label, IN_FURNITURE, number)


def _mark(page: Page, number: int, rule: str, neighbour: int) -> Mark:
    return Mark(number, number + 1, rule, f"beside “{page.key(neighbour)}”")


def _touching(marks: Marks, number: int) -> int | None:
    """Find a named line right above or below a line that is none."""
    dropped = marks.dropped
    if number in dropped:
        return None
    for other in (number - 1, number + 1):
        if other in dropped and dropped[other].rule not in _NO_NEIGHBOUR:
            return other
    return None


def _beside(page: Page, marks: Marks, number: int) -> int | None:
    """Find a named line next to a line that is none, blank lines aside."""
    dropped, filled = marks.dropped, page.filled
    if number in dropped:
        return None
    at = bisect_left(filled, number)
    for other in (*filled[max(0, at - 1) : at], *filled[at + 1 : at + 2]):
        if other in dropped and dropped[other].rule not in _NO_NEIGHBOUR:
            return other
    return None


def _alone(page: Page, number: int) -> bool:
    texts = page.unblanked
    return not (number and texts[number - 1]) and not "".join(texts[number + 1 : number + 2])
