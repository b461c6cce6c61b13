"""What protects the article: lines that a phrase takes for furniture and the text speaks of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import BLANK, Page
from cleaner.patterns import pattern
from cleaner.rules.amid import labels_of_text
from cleaner.rules.repeats import repeat_marks

STEM = 4
"""Letters of a one-word subhead that the paragraph below must hold: “Suche”, “gesucht”."""

_WORD = pattern(r"\w+")
_NEVER_SUBHEADS = frozenset({"ads", "label", "newsletter"})
_SETTINGS = frozenset({"player/speed", "player/captions", "player/lexicon"})
_NAMES = frozenset({"share/networks", "nav/toggles"})


def subheads(page: Page, marks: Marks) -> list[Mark]:
    """Find the lines above a paragraph that say what the article itself says.

    “Kommentare” over a paragraph about comments is a subhead, whatever the phrase tables hold; so
    it is no evidence for other rules either.
    """
    if not marks.prose:
        return []
    repeated = {mark.start for mark in marks.once(repeat_marks)}
    state, dropped, found = marks.state, marks.dropped, []
    for below in marks.prose:
        number = below - 2 if below > 1 and state[below - 1] == BLANK else below - 1
        if number in dropped and below not in repeated:
            if dropped[number].group == "related":
                because = _said_below(page, marks, number, below)
            else:
                because = _reason(page, marks, number, below, dropped[number])
            if because:
                found.append(Mark(number, number + 1, "body/subhead", because, Verdict.KEEP))
    for number, because in labels_of_text(page, marks):
        found.append(Mark(number, number + 1, "body/subhead", because, Verdict.KEEP))
    return found


def _reason(page: Page, marks: Marks, number: int, below: int, mark: Mark) -> str | None:
    key = page.key(number)
    never = mark.group in _NEVER_SUBHEADS or mark.rule in _NAMES or number - 1 in marks.dropped
    if never or not key.replace(" ", "").isalpha():
        return None
    if mark.rule in _SETTINGS and _is_lone(marks, number):
        return f"“{key}” with no player around it"
    if " " in key:
        said = marks.once(_said)
        if key not in said:
            said[key] = any(key in page.texts[n].casefold() for n in marks.prose)
        return f"the article says “{key}”" if said[key] else None
    if number < marks.prose[0]:
        return None
    if mark.rule == "comments/heading" or key[:STEM] in page.texts[below].casefold():
        return f"“{key}” heads the paragraph below"
    place = bisect_left(marks.prose, below)
    around = " ".join(page.texts[n].casefold() for n in marks.prose[place - 1 : place + 2])
    return f"the paragraphs around speak of “{key}”" if key in _WORD.findall(around) else None


def _said_below(page: Page, marks: Marks, number: int, below: int) -> str | None:
    """Say why a heading of links is a subhead: it stands alone, over a paragraph that says it."""
    key, prose = page.key(number), marks.prose
    alone = prose[0] < number and marks.state[number - 1] == BLANK == marks.state[number + 1]
    said = alone and " " in key and key in page.texts[below].casefold()
    return f"the paragraph below “{key}” says it, no link follows" if said else None


def _is_lone(marks: Marks, number: int) -> bool:
    """Tell whether a paragraph parts a line of a player from the one above it."""
    player, prose = marks.groups["player"], marks.prose
    at, place = bisect_left(player, number), bisect_left(prose, number)
    return place > 0 and (at == 0 or player[at - 1] < prose[place - 1])


def _said(_: Page, __: Marks) -> dict[str, bool]:
    """Remember which labels the paragraphs say; a label recurs and is looked for once."""
    return {}


def orphans_left_out(marks: Iterable[Mark], standing: list[int], later: list[Mark]) -> list[Mark]:
    """Leave out marks that keep a subhead of a line that later marks drop.

    Args:
        marks: of pass one.
        standing: the lines that stand after all rules.
        later: marks of the line model.
    """
    gone = {mark.start for mark in later if mark.verdict is Verdict.DROP}
    below = dict(pairwise(standing))
    return [
        m
        for m in marks
        if m.verdict is not Verdict.KEEP or m.group != "body" or below.get(m.start) not in gone
    ]
