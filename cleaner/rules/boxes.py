"""Boxes set into an article that somebody can use: a poll, a newsletter's form, a piece to play."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.edges import body_start
from cleaner.rules.labels import is_label
from cleaner.rules.shapes import asks
from cleaner.rules.vocabulary import opener, vocabulary

ANSWER = 70
"""Longest answer, in characters."""

ANSWERS = 7
"""Most answers, their results included."""

PROMISE = 140
"""Longest line of a newsletter's form, in characters."""

PROMISES = 2
"""Most lines in a row of a newsletter's form that no phrase names."""

PIECE = 100
"""Longest title of a piece to play, in characters."""

TITLE_WORDS = 4
"""Fewest words of a title, without those that say what it is of."""

KIND = 16
"""Longest name of a kind of piece, in characters."""

RUNNING_TIME = 12
"""Longest running time, in characters."""

_SHARE = pattern(r"\d ?[%٪]")
_RUNNING_TIME = pattern(r"\(?\d{1,2}(?::\d\d){1,2}\)?|\d{1,3} ?(?:min\w*\.?|мин\.?|хв\.?|分)")
_SPEECH = ('"', "“", "”", "„", "»", "«", "– ", "— ", "- ")
_COUNT = pattern(r"\d{1,3}(?:[.,'’ \u00a0]?\d{3})*")
_WORD = pattern(r"\w+")
_FORMS = frozenset({"newsletter", "sign-in"})
_PLAYERS = frozenset({"player"})
_BOXES = frozenset({"player", "promo", "label"})


@lru_cache(maxsize=2**12)  # lines beside furniture recur from page to page
def names_newsletter(text: str) -> bool:
    """Tell whether a line speaks of a newsletter.

    >>> names_newsletter("La newsletter «Punto di cima»"), names_newsletter("Alter Brief")
    (True, False)
    """
    return not vocabulary("newsletter").isdisjoint(_WORD.findall(make_key(text)))


def names_piece(text: str) -> bool:
    """Tell whether a line names a piece to play: “Video: Die Stimmen zum Spiel”.

    A shorter one may be a credit: “Video: Anna Berg”.
    """
    key = make_key(text)
    medium = opener("medium", key)
    return medium is not None and key.startswith(":", len(medium)) and key.count(" ") >= TITLE_WORDS


def names_kind(text: str) -> bool:
    """Tell whether a line says no more than what kind of piece there is: “Video”."""
    return text.strip().casefold() in vocabulary("medium")


def is_running_time(text: str) -> bool:
    """Tell whether a line is how long a piece runs.

    >>> is_running_time("02:38"), is_running_time("2 Min"), is_running_time("2:1")
    (True, True, False)
    """
    return _RUNNING_TIME.fullmatch(text.strip().lower()) is not None


def boxes(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what every rule of this module finds."""
    for question in page.having(asks):
        yield from _poll(page, marks, question)
    if "newsletter" in marks.groups:
        yield from _forms(page, marks)
    yield from _titles(page, marks)
    yield from marks.once(piece_marks)


def _poll(page: Page, marks: Marks, question: int) -> Iterator[Mark]:
    """Mark a question to readers and its answers: yes and no, and a button or shares."""
    if question in marks.dropped or question < marks.once(body_start):
        return
    filled = page.filled
    at = bisect_left(filled, question)
    texts, last = page.texts, at
    while last + 1 < len(filled) and last - at < ANSWERS:
        text = texts[filled[last + 1]]
        if filled[last + 1] in marks.dropped or len(text) > ANSWER or asks(text):
            break
        last += 1
    answers = filled[at + 1 : last + 1]
    button = next((n for n in filled[at + 1 : last + 2] if _ends_poll(page, n)), 0)
    if len(answers) < 2 and not (answers and button == answers[0]):
        return
    told = {word: [n for n in answers if opener(word, page.key(n))] for word in ("yes", "no")}
    if button:
        yield Mark(question, button + 1, "promo/poll", f"answers above “{page.key(button)}”")
    elif all(told.values()):
        end = max(told["yes"][0], told["no"][0])
        named = last + 1 < len(filled) and filled[last + 1] in marks.dropped
        if named or all(_SHARE.search(texts[numbers[0]]) for numbers in told.values()):
            because = f"“{page.key(told['yes'][0])}” or “{page.key(told['no'][0])}”"
            yield Mark(question, (answers[-1] if named else end) + 1, "promo/poll", because)


def _ends_poll(page: Page, number: int) -> bool:
    """Tell whether a line is a button to vote, or says how many did: “1.877 Stimmen”."""
    if len(page.texts[number]) > ANSWER:
        return False
    key, told = page.key(number), vocabulary("vote")
    return key in told or (key[:1].isdigit() and _COUNT.sub("{n}", key) in told)


def _forms(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what a newsletter is called and promises, beside or within its form."""
    dropped, top, texts = marks.dropped, marks.once(body_start), page.unblanked
    signs = marks.groups["newsletter"]
    for before, after in pairwise(sorted({*signs, *marks.groups.get("sign-in", ())})):
        between = range(before + 1, after)
        unnamed = 0 < len(between) <= PROMISES and dropped.keys().isdisjoint(between)
        form = "newsletter" in (dropped[before].group, dropped[after].group)
        if unnamed and form and all(texts[n] and _is_promise(page, n, names=True) for n in between):
            yield from (_in_form(page, n, before) for n in between)
    done = 0
    for first in signs:
        if first < done:
            continue
        block = page.block(first)
        done = block.stop
        above = range(block.start, first)
        if top < block.start and 0 < len(above) <= PROMISES and dropped.keys().isdisjoint(above):
            named = sum(n in dropped and dropped[n].group in _FORMS for n in block)
            title = is_label(texts[above[0]], PIECE)  # a sentence may end the article
            if named > 1 and title and all(_is_promise(page, n) for n in above):
                yield from (_in_form(page, n, first) for n in above)
    forms = [number for group in _FORMS for number in marks.groups.get(group, ())]
    for number in {near for form in forms for near in page.neighbours(form)} - dropped.keys():
        if _is_promise(page, number) and names_newsletter(page.texts[number]):
            beside = _beside(page, marks, number, _FORMS)
            if beside is not None:
                yield _in_form(page, number, beside)


def _is_promise(page: Page, number: int, *, names: bool = False) -> bool:
    """Tell whether a line could be of a form; a name in quotation marks too, where one asks."""
    text = page.texts[number].strip()
    named = names and text[:1] in "«“„" and text[-1:] in "»”“"
    return len(text) <= PROMISE and (named or not text.startswith(_SPEECH))


def _in_form(page: Page, number: int, sign: int) -> Mark:
    return Mark(number, number + 1, "newsletter/box", f"with “{page.key(sign)}”")


def _titles(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the title of a piece to play beside a control."""
    for number in page.having(names_piece):
        beside = _beside(page, marks, number, _BOXES)
        if beside is not None:
            yield _in_player(page, number, beside)


def piece_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find the kind of a piece to play beside its running time or a control; no head holds it."""
    return list(_pieces(page, marks))


def _pieces(page: Page, marks: Marks) -> Iterator[Mark]:
    dropped, kinds = marks.dropped, page.having(names_kind)
    for number in kinds:
        beside = _beside(page, marks, number, _PLAYERS)
        if beside is not None and abs(beside - number) == 1:
            yield _in_player(page, number, beside)
    for number in page.having(is_running_time) if kinds else ():
        for other in page.neighbours(number):
            if other in kinds and number not in dropped:
                yield _in_player(page, number, other)
                if other not in dropped:
                    yield _in_player(page, other, number)


def _in_player(page: Page, number: int, sign: int) -> Mark:
    return Mark(number, number + 1, "player/piece", f"beside “{page.key(sign)}”")


def _beside(page: Page, marks: Marks, number: int, groups: frozenset[str]) -> int | None:
    """Find a line of some groups next to a line that stands, blank lines aside."""
    dropped = marks.dropped
    near = () if number in dropped else page.neighbours(number)
    return next((n for n in near if n in dropped and dropped[n].group in groups), None)
