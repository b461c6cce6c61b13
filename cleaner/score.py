"""The scorer: how much furniture goes, and what of the article goes with it.

Figures are pure functions of fixtures and what became of them, counted in lines that are not blank.
Dumps are cleaned without a word about the page: the language in a note only groups figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import NamedTuple

from cleaner.fixture_note import BODY_ONLY, FURNITURE
from cleaner.fixtures import Fixture
from cleaner.mark import Cleaned

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one fixture or of many.

    Attributes:
        fixtures: how many.
        furniture: lines that ought to go.
        removed: lines that went.
        right: lines that ought to go and went.
        words_lost: words of the article's lines that went.
        word_f1: mean over fixtures, see `word_f1`.
        exact: fixtures whose text is the clean text to the letter.
    """

    fixtures: int
    furniture: int
    removed: int
    right: int
    words_lost: int
    word_f1: float
    exact: int

    @property
    def lines_lost(self) -> int:
        """Lines of the article that went."""
        return self.removed - self.right

    @property
    def precision(self) -> float | None:
        """Share of the removed lines that are furniture; `None` if none was removed."""
        return _share(self.right, self.removed)

    @property
    def recall(self) -> float | None:
        """Share of the furniture that was removed; `None` if there is none."""
        return _share(self.right, self.furniture)

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1.0 where nothing ought to go and nothing went."""
        f1 = _share(2 * self.right, self.removed + self.furniture)
        return 1.0 if f1 is None else f1


class GroupFigures(NamedTuple):
    """One group: its furniture, whoever found it, and its rules, whatever they hit.

    Attributes:
        group: name.
        furniture: lines of this group that ought to go.
        found: those of them that went, by any rule.
        removed: lines that rules of this group removed.
        right: those of them that are furniture, of any group.
    """

    group: str
    furniture: int
    found: int
    removed: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of what the group's rules removed that is furniture."""
        return _share(self.right, self.removed)

    @property
    def recall(self) -> float | None:
        """Share of the group's furniture that was removed."""
        return _share(self.found, self.furniture)


class BodyFigures(NamedTuple):
    """What came of fixtures when only the body was wanted.

    Attributes:
        article: lines of the body.
        lines_lost: those of them that went.
        groups: for head, caption and credit: lines that ought to go, and that went.
    """

    article: int
    lines_lost: int
    groups: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Scored:
    """A fixture and what became of its dump, with head, captions and credits and without."""

    fixture: Fixture
    cleaned: Cleaned
    body: Cleaned

    @cached_property
    def figures(self) -> Figures:
        """What came of this fixture."""
        return figures_of(self.fixture, self.cleaned)


def score(fixtures: Iterable[Fixture]) -> tuple[Scored, ...]:
    """Clean each fixture's dump in both modes; worst first: by F1, lines lost, name.

    Drafts are left out: what the rules made proves nothing about the rules.
    """
    judged = [f for f in fixtures if not f.draft]
    scored = [Scored(f, f.explain(), f.explain(body_only=True)) for f in judged]
    scored.sort(key=lambda s: (s.figures.f1, -s.figures.lines_lost, s.fixture.name))
    return tuple(scored)


def figures_of(fixture: Fixture, cleaned: Cleaned) -> Figures:
    """Count one fixture."""
    group_of = furniture_of(fixture, cleaned)
    lost = [line.text for line, _ in cleaned.removed if line.number not in group_of]
    return Figures(
        fixtures=1,
        furniture=len(group_of),
        removed=len(cleaned.removed),
        right=len(cleaned.removed) - len(lost),
        words_lost=sum(len(words(text)) for text in lost),
        word_f1=word_f1(fixture.clean, cleaned.text),
        exact=int(cleaned.text == fixture.clean),
    )


def furniture_of(fixture: Fixture, cleaned: Cleaned) -> dict[int, str]:
    """Return the groups of the lines that ought to go; of a line said twice, either may go.

    Where an article's line went whose words stay on the line that is its repeat, the two change
    places: which of alt text and caption stays makes no other text.
    """
    group_of, texts = dict(fixture.group_of), fixture.page.texts
    gone = [line.number for line, _ in cleaned.removed]
    repeats = group_of.keys() - set(gone)
    said = {texts[n].strip(): n for n in sorted(repeats, reverse=True) if group_of[n] == "repeat"}
    for number in gone if said else ():
        if number not in group_of and texts[number].strip() in said:
            group_of[number] = group_of.pop(said.pop(texts[number].strip()))
    return group_of


def total(figures: Collection[Figures]) -> Figures:
    """Sum the counts of at least one fixture; word F1 alone is a mean, as WCXB defines it."""
    count = sum(f.fixtures for f in figures)
    return Figures(
        fixtures=count,
        furniture=sum(f.furniture for f in figures),
        removed=sum(f.removed for f in figures),
        right=sum(f.right for f in figures),
        words_lost=sum(f.words_lost for f in figures),
        word_f1=fsum(f.word_f1 * f.fixtures for f in figures) / count,
        exact=sum(f.exact for f in figures),
    )


def totals(scored: Iterable[Scored], name: Callable[[Fixture], str]) -> dict[str, Figures]:
    """Sum the fixtures that share a name, such as their split or language; sorted by name."""
    parts: dict[str, list[Figures]] = {}
    for one in scored:
        parts.setdefault(name(one.fixture), []).append(one.figures)
    return {key: total(parts[key]) for key in sorted(parts)}


def group_figures(scored: Iterable[Scored]) -> tuple[GroupFigures, ...]:
    """Count by group: every group of furniture or of a rule that removed a line."""
    furniture, found, removed, right = (Counter[str]() for _ in range(4))
    for one in scored:
        group_of = furniture_of(one.fixture, one.cleaned)
        furniture.update(group_of.values())
        for line, mark in one.cleaned.removed:
            removed[mark.group] += 1
            if line.number in group_of:
                right[mark.group] += 1
                found[group_of[line.number]] += 1
    others = sorted((furniture.keys() | removed.keys()) - set(FURNITURE))
    return tuple(
        GroupFigures(group, furniture[group], found[group], removed[group], right[group])
        for group in (*FURNITURE, *others)
        if furniture[group] or removed[group]
    )


def body_figures(scored: Iterable[Scored]) -> BodyFigures:
    """Count what went when only the body was wanted."""
    article = lost = 0
    lines, gone = Counter[str](), Counter[str]()
    for one in scored:
        apart = one.fixture.apart
        removed = {line.number for line, _ in one.body.removed}
        body = [number for number in one.fixture.article if number not in apart]
        article += len(body)
        lost += len(removed.intersection(body) - furniture_of(one.fixture, one.body).keys())
        lines.update(apart.values())
        gone.update(group for number, group in apart.items() if number in removed)
    return BodyFigures(article, lost, tuple((g, lines[g], gone[g]) for g in BODY_ONLY))


def word_f1(gold: str, text: str) -> float:
    """Compare two texts as bags of words, the metric of WCXB.

    >>> word_f1("Die Brücke bleibt zu.", "Teilen Die Brücke bleibt zu")
    0.8888888888888888
    >>> word_f1("", ""), word_f1("", "Teilen")
    (1.0, 0.0)
    """
    wanted, got = Counter(words(gold)), Counter(words(text))
    if not wanted:
        return 0.0 if got else 1.0
    return 2 * (wanted & got).total() / (wanted.total() + got.total())


def words(text: str) -> list[str]:
    """Return the words of a text as WCXB's metric has them."""
    return _WORD.findall(text.lower())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
