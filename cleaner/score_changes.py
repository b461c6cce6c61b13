"""What changed from one run of the scorer to another, line by line and beyond chance.

Both work on what ``cleaner score --json`` prints, so an old version needs no more than its output.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from cleaner.errors import CleanerError

Scores = Mapping[str, Any]
"""One run: the object that ``cleaner score --json`` prints."""

RESAMPLES = 2000
"""Bootstrap samples, which settles the ends of an interval to about its second digit (Efron and
Tibshirani, An Introduction to the Bootstrap, chapter 13, ask for 1,000 and more)."""

SEED = 20210520
"""Of the samples: the same two runs always compare alike."""

LEVEL = 0.95
"""Share of the samples inside an interval."""

FIGURES = ("f1", "article_lines_lost", "word_f1", "exact")
"""What two runs of the scorer are compared by."""

_COUNTS = ("furniture_lines", "removed_lines", "article_lines_lost")
_NEEDED = ("name", "split", "word_f1", "exact", *_COUNTS)


class Changed(NamedTuple):
    """What changed in one fixture.

    Attributes:
        name: the fixture.
        broken: lines that are wrong now and were right, as the scorer prints wrong lines.
        fixed: lines that were wrong and are right now.
        before: its furniture F1 before.
        after: its furniture F1 now.
    """

    name: str
    broken: tuple[Scores, ...]
    fixed: tuple[Scores, ...]
    before: float
    after: float


class Compared(NamedTuple):
    """One figure of two runs over the same fixtures.

    Attributes:
        over: the split, or ``all``.
        figure: name as in the scorer's JSON.
        before: value of the first run.
        after: value of the second run.
        low: lower end of the interval of the difference.
        high: upper end.
        verdict: ``better``, ``worse``, ``the same``, or ``no clear difference``.
    """

    over: str
    figure: str
    before: float
    after: float
    low: float
    high: float
    verdict: str


def read_scores(path: Path) -> dict[str, Any]:
    """Read what ``cleaner score --json`` printed.

    Raises:
        CleanerError: the file cannot be read or is something else.
    """
    try:
        scores: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CleanerError(f"{path}: cannot be opened: {error.strerror}") from error
    except ValueError as error:
        raise CleanerError(f"{path}: is no JSON: {error}") from error
    listed = scores.get("fixtures") if isinstance(scores, dict) else None
    entries = listed if isinstance(listed, list) else [None]
    if any(not isinstance(one, dict) or not set(_NEEDED) <= one.keys() for one in entries):
        raise CleanerError(f"{path}: is not what `cleaner score --json` prints; make it anew")
    return scores


def changes(before: Scores, after: Scores) -> tuple[Changed, ...]:
    """List the fixtures of both runs whose wrong lines changed; those with most broken come first.

    A held-out fixture, whose lines are not listed, is told by its figures alone.
    """
    olds = {one["name"]: one for one in before["fixtures"]}
    found = []
    for new in (one for one in after["fixtures"] if one["name"] in olds):
        old = olds[new["name"]]
        was, now = (
            {(line["line"], line["text"], line["wrongly"]): line for line in one.get("wrong", ())}
            for one in (old, new)
        )
        listed = "wrong" in old and "wrong" in new
        broken = tuple(now[key] for key in now if key not in was) if listed else ()
        fixed = tuple(was[key] for key in was if key not in now) if listed else ()
        if broken or fixed or any(old[key] != new[key] for key in _COUNTS):
            found.append(Changed(new["name"], broken, fixed, _f1([old]), _f1([new])))
    return tuple(sorted(found, key=lambda one: (-len(one.broken), one.after - one.before)))


def counted(changed: Sequence[Changed]) -> str:
    """Say how many lines changed."""
    fixed = sum(len(one.fixed) for one in changed)
    return f"{fixed} lines fixed, {sum(len(one.broken) for one in changed)} broken"


def compare(
    before: Scores, after: Scores, figures: Sequence[str] = FIGURES
) -> tuple[Compared, ...]:
    """Compare two runs over the fixtures that both have, with paired bootstrap intervals.

    Of each fixture a run holds ``name``, ``split`` and the figures that are asked for. Fixtures are
    what is drawn anew: another set of pages would give other figures, and a difference that hangs
    on a few of them is none. Percentile intervals as in Efron and Tibshirani.

    Raises:
        CleanerError: no fixture is in both.
    """
    olds = {one["name"]: one for one in before["fixtures"]}
    pairs = [(olds[one["name"]], one) for one in after["fixtures"] if one["name"] in olds]
    if not pairs:
        raise CleanerError("the two files have no fixture in common; score the same folder twice")
    splits = sorted({new["split"] for _, new in pairs})
    parts = {"all": pairs} if len(splits) > 1 else {}
    for split in splits:
        parts[split] = [pair for pair in pairs if pair[1]["split"] == split]
    return tuple(row for over, part in parts.items() for row in _compared(over, part, figures))


_Pairs = Sequence[tuple[Scores, Scores]]


def _compared(over: str, pairs: _Pairs, figures: Sequence[str]) -> Iterator[Compared]:
    random, places = Random(SEED), range(len(pairs))
    samples = [random.choices(places, k=len(pairs)) for _ in range(RESAMPLES)]
    for figure in figures:
        value, sign = _FIGURES[figure]
        before, after = value([old for old, _ in pairs]), value([new for _, new in pairs])
        drawn = sorted(_differences(figure, pairs, samples))
        outside = round(RESAMPLES * (1 - LEVEL) / 2)
        low, high = drawn[outside], drawn[-1 - outside]
        yield Compared(over, figure, before, after, low, high, _verdict(low * sign, high * sign))


def _differences(figure: str, pairs: _Pairs, samples: Sequence[Sequence[int]]) -> Iterator[float]:
    if figure == "f1":
        rights, wholes = ([[f(one) for one in pair] for pair in pairs] for f in (_right, _whole))
        for sample in samples:
            (a, b), (c, d) = (
                [sum(column) for column in zip(*(rows[n] for n in sample), strict=True)]
                for rows in (rights, wholes)
            )
            yield (b / d if d else 1.0) - (a / c if c else 1.0)
        return
    size = len(pairs) if figure == "word_f1" else 1
    steps = [new[figure] - old[figure] for old, new in pairs]
    for sample in samples:
        yield fsum(steps[n] for n in sample) / size


def _right(one: Scores) -> int:
    return 2 * int(one["removed_lines"] - one["article_lines_lost"])


def _whole(one: Scores) -> int:
    return int(one["removed_lines"] + one["furniture_lines"])


def _f1(ones: Sequence[Scores]) -> float:
    whole = sum(map(_whole, ones))
    return sum(map(_right, ones)) / whole if whole else 1.0


def _summed(key: str) -> Callable[[Sequence[Scores]], float]:
    return lambda ones: sum(one[key] for one in ones)


_FIGURES: dict[str, tuple[Callable[[Sequence[Scores]], float], int]] = {
    "f1": (_f1, 1),
    "article_lines_lost": (_summed("article_lines_lost"), -1),
    "article_words_lost": (_summed("article_words_lost"), -1),
    "furniture_words_kept": (_summed("furniture_words_kept"), -1),
    "word_f1": (lambda ones: fsum(one["word_f1"] for one in ones) / len(ones), 1),
    "exact": (_summed("exact"), 1),
}


def _verdict(one: float, other: float) -> str:
    """Judge the ends of an interval, in the direction in which more is better."""
    low, high = min(one, other), max(one, other)
    if low == high == 0:
        return "the same"
    return "better" if low > 0 else "worse" if high < 0 else "no clear difference"
