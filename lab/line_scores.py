"""Word figures of cleaned dumps, by page type, language and renderer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from lab.corpora import words

LANGUAGES = ("de", "en")

Figures = tuple[float, float, float]


def figures(gold: Counter[str], got: Counter[str]) -> Figures:
    """Return word precision, recall and F1 as WCXB defines them.

    >>> figures(words("a b c d"), words("a b x"))[1]
    0.5
    """
    if not gold or not got:
        both_empty = float(not gold and not got)
        return both_empty, both_empty, both_empty
    common = (gold & got).total()
    return (
        common / got.total(),
        common / gold.total(),
        2 * common / (got.total() + gold.total()),
    )


def kinds_of(row: Mapping[str, Any]) -> list[str]:
    """Name the groups of pages that a page counts in."""
    if "lang" not in row:
        return ["wcxb", f"wcxb {row['type']}"]
    return ["fundus", f"fundus {row['lang'] if row['lang'] in LANGUAGES else 'other'}"]


class Scores:
    """Figures of many pages, added up by group and renderer."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str], list[Figures]] = defaultdict(list)

    def add(self, row: Mapping[str, Any], renderer: str, text: str) -> None:
        """Count what became of one page."""
        got = figures(words(row["gold"]), words(text))
        for kind in kinds_of(row):
            self._of[renderer, kind].append(got)

    def mean(self, renderer: str, kind: str) -> Figures:
        """Return the means of a group of pages."""
        of = self._of[renderer, kind]
        precision, recall, f1 = (sum(column) / len(of) for column in zip(*of, strict=True))
        return precision, recall, f1

    def table(self, renderers: Iterable[str]) -> str:
        """Lay out pages, precision, recall and F1."""
        rows = []
        for renderer in renderers:
            for kind in sorted({kind for name, kind in self._of if name == renderer}):
                means = "  ".join(f"{mean:.4f}" for mean in self.mean(renderer, kind))
                pages = len(self._of[renderer, kind])
                rows.append(f"{renderer:18}{kind:22}{pages:5}  {means}")
        return "\n".join(rows)
