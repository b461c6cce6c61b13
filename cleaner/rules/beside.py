"""Lines that a piece of furniture right beside them gives away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import GONE, STANDS, Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.runs import IN_FURNITURE, unclaimed
from cleaner.rules.vocabulary import vocabulary

APPEAL = 110
"""Longest appeal to the reader, in characters."""

PRICE = 110
"""Longest line of an offer with its price, in characters."""

NETWORK = 22
"""Longest name of a network, in characters."""

COUNT = 10
"""Longest bare count, in characters."""

RATING = 36
"""Longest line that says how many stars readers give, in characters."""

_ACCOUNT = pattern(r"@\w+")
_COUNT = pattern(r"\(?\d{1,4}(?:[.,]\d{1,3})?[kKmM]?\)?")
_PRICE = pattern(r"[€£$]\s?\d|\d\s?(?:€|euro\b|chf\b|fr\.)")
_NUMBER = pattern(r"\d+(?:[.,]\d+)?")
_WORD = pattern(r"\w+")
_LONE = bytes([GONE, STANDS, GONE])
_NAMED = ": "
# A line that stands, right beside one gone; to begin with one byte makes the search faster.
_TOUCHING = pattern(rb"\x01(?:(?=\x00)|(?<=\x00\x01))")
_SPOKEN = ".?:\"”“»«’'"
_BY_HEADLINE = frozenset({"share", "player", "comments", "newsletter", "consent", "label"})
_ANYWHERE = ("ads",)
_HEADED = frozenset({"nav/toggles", "label/recipe"})
_NO_NEIGHBOUR = frozenset({"repeat/line", "label/symbols", "repeat/alt-text"})


def names_network(text: str) -> bool:
    """Tell whether a line is the name of a network, “X”, “Threads”, or of an account: “@anna”."""
    return make_key(text) in vocabulary("network") or _ACCOUNT.fullmatch(text.strip()) is not None


def is_count(text: str) -> bool:
    """Tell whether a line is a bare count: “27”, “1.2k”."""
    return _COUNT.fullmatch(text.strip()) is not None


def is_rating(text: str) -> bool:
    """Tell whether a line says how many stars readers give: “4,6 von 5 Sternen”."""
    return _NUMBER.sub("{n}", make_key(text)) in vocabulary("rating")


def has_price(text: str) -> bool:
    """Tell whether a line tells a price.

    >>> has_price("4 Wochen für 1 €, danach 9,99 € pro Monat"), has_price("Im Jahr 1998")
    (True, False)
    """
    return _PRICE.search(text.lower()) is not None


@lru_cache(maxsize=2**12)  # lines beside furniture recur from page to page
def addresses(text: str) -> bool:
    """Tell whether a line speaks to the reader and is no sentence of an article.

    >>> addresses("Sichern Sie sich Ihr Ticket"), addresses("Er fragte: „Kennen Sie den?“")
    (True, False)
    """
    if text.rstrip()[-1:] in _SPOKEN:
        return False
    return not vocabulary("you").isdisjoint(_WORD.findall(make_key(text)))


def beside(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what every rule of this module finds."""
    yield from _between(page, marks)
    yield from marks.once(named_beside)


def named_beside(page: Page, marks: Marks) -> list[Mark]:
    """Find the lines that say what they are, if something beside them is named."""
    return list(_named(page, marks))


def _named(page: Page, marks: Marks) -> Iterator[Mark]:
    for number in page.having(names_network):
        yield from _mark(page, number, "share/network-beside", _beside(page, marks, number))
    for number in _counts(page):
        yield from _mark(page, number, "share/counter", _beside(page, marks, number))
    for number in page.having(is_rating):
        yield from _mark(page, number, "comments/stars", _touching(marks, number))
    top, texts, paywall = marks.once(body_start), page.texts, "paywall" in marks.groups
    for found in _TOUCHING.finditer(marks.state):
        number = found.start()
        size = len(texts[number])
        appeals = number > top and size <= APPEAL and addresses(texts[number])
        appeals = appeals and not texts[number][0].isdigit()  # “38:50 Your questions”
        if appeals and not _heads(page, marks, number):
            neighbour = _touching(marks, number)
            if neighbour is not None and marks.dropped[neighbour].rule != "ads/label":
                yield from _mark(page, number, "promo/appeal", neighbour)
        if paywall and size <= PRICE and has_price(texts[number]) and not _is_row(page, number):
            neighbour = _touching(marks, number)
            if neighbour is not None and marks.dropped[neighbour].group == "paywall":
                yield from _mark(page, number, "paywall/price", neighbour)


def _is_row(page: Page, number: int) -> bool:
    """Tell whether a line is one of several that name what they say: “Note: 1,9”, “Preis: 19 €”."""
    near = "".join(page.texts[number - 1 : number]), "".join(page.texts[number + 1 : number + 2])
    return _NAMED in page.texts[number] and any(_NAMED in text for text in near)


def _between(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a label right between two lines that are named."""
    dropped, state, top = marks.dropped, marks.state, marks.once(body_start)
    label = state.find(_LONE) + 1
    while label:
        above, below = dropped[label - 1], dropped[label + 1]
        named = above.rule not in _NO_NEIGHBOUR and below.rule not in _NO_NEIGHBOUR
        if above.rule == below.rule == "label/forum" or below.rule in _HEADED:
            named = False  # who began the thread; what stands over a table or questions
        elif label < top:  # between a menu and the headline stands the section
            named = named and above.group in _BY_HEADLINE and below.group in _BY_HEADLINE
        else:  # an advertisement may stand right above the list that it interrupts
            named = named and (above.group not in _ANYWHERE or above.group == below.group)
        if named and unclaimed(page, marks, label):
            yield from _mark(page, label, IN_FURNITURE, label - 1)
        label = state.find(_LONE, label) + 1


def _mark(page: Page, number: int, rule: str, neighbour: int | None) -> Iterator[Mark]:
    if neighbour is not None:
        yield Mark(number, number + 1, rule, f"beside “{page.key(neighbour)}”")


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
    dropped = marks.dropped
    if number in dropped:
        return None
    for other in page.neighbours(number):
        if other in dropped and dropped[other].rule not in _NO_NEIGHBOUR:
            return other
    return None


def _counts(page: Page) -> list[int]:
    """List the lines that are a bare count between blank lines, unless they count chapters."""
    texts = page.unblanked
    counts = [
        number
        for number in page.having(is_count)
        if not (number and texts[number - 1]) and not "".join(texts[number + 1 : number + 2])
    ]
    values = [texts[number].strip() for number in counts]
    chapters = any(a.isdigit() and b == str(int(a) + 1) for a, b in pairwise(values))
    return [] if chapters else counts


def _heads(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line stands right above a paragraph, as a subhead does."""
    touched = "".join(page.unblanked[number + 1 : number + 2])
    below = number + 1 if touched else number + 2
    if below in marks.prose_set:
        return True
    if below in marks.dropped:  # “Expand all” opens what the subhead stands over
        return marks.dropped[below].rule in _HEADED
    return bool(touched) and bool(marks.prose) and number < marks.prose[-1]
