"""``cleaner score --against trafilatura``: another extractor on the same HTML fixtures.

Both are given the page and nothing else, and asked for the body alone, which is what extractors
give: no head, no captions, no comments. So words of head and captions count for and against none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from cleaner.errors import CleanerError
from cleaner.fixtures import Fixture, without
from cleaner.score import word_f1, words
from cleaner.score_changes import Compared, Scores, compare


class Rival(NamedTuple):
    """What cleaner and another made of one fixture, as plain figures by name.

    Attributes:
        name: the fixture.
        split: its split.
        ours: ``word_f1``, ``article_words_lost`` and ``furniture_words_kept``.
        theirs: the same.
    """

    name: str
    split: str
    ours: Mapping[str, float]
    theirs: Mapping[str, float]

    @property
    def ahead(self) -> float:
        """How much word F1 is ours above theirs."""
        return self.ours["word_f1"] - self.theirs["word_f1"]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return self._asdict()


FIGURES = ("word_f1", "article_words_lost", "furniture_words_kept")


def rivals(fixtures: Iterable[Fixture], other: str) -> tuple[Rival, ...]:
    """Run both over the HTML fixtures that are no drafts; where we are furthest behind comes first.

    Raises:
        CleanerError: no fixture is HTML.
    """
    found = []
    for one in fixtures:
        if one.html is not None and not one.draft:
            ours = figures(one, one.explain(body_only=True).text)
            found.append(Rival(one.name, one.split, ours, figures(one, OTHERS[other](one.html))))
    if not found:
        raise CleanerError(f"no fixture is HTML, and {other} reads no text; add dump.html to one")
    return tuple(sorted(found, key=lambda rival: (rival.ahead, rival.name)))


def figures(fixture: Fixture, text: str) -> dict[str, float]:
    """Compare a text with a fixture's body, in words.

    Returns:
        word F1 as WCXB defines it; words of the body that are not in the text; words of the text
        that are neither of the body nor of head, captions and credits.
    """
    body = without(fixture.page, {**fixture.furniture, **fixture.body_only}).text
    apart = "\n".join(fixture.page.texts[number] for number in fixture.apart)
    wanted, got = Counter(words(body)), Counter(words(text))
    kept = got - wanted - Counter(words(apart))
    lost = (wanted - got).total()
    return dict(zip(FIGURES, (word_f1(body, text), lost, kept.total()), strict=True))


def compared(found: Iterable[Rival]) -> tuple[Compared, ...]:
    """Compare theirs, as what was before, with ours: is the difference beyond chance?"""
    found = tuple(found)
    theirs, ours = (
        {"fixtures": [{"name": one.name, "split": one.split, **side(one)} for one in found]}
        for side in (_theirs, _ours)
    )
    return compare(theirs, ours, FIGURES)


def _theirs(rival: Rival) -> Scores:
    return rival.theirs


def _ours(rival: Rival) -> Scores:
    return rival.ours


def _trafilatura(html: bytes) -> str:
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


OTHERS: dict[str, Callable[[bytes], str]] = {"trafilatura": _trafilatura}
"""Name -> what gives the body of a page as text; the imports are heavy, so each has its own."""
