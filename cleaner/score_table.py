"""How the scorer's figures are shown: tables for people, JSON for machines, and the wrong lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.fixtures import Fixture
from cleaner.floors import down
from cleaner.mark import Cleaned
from cleaner.score import (
    Figures,
    Scored,
    body_figures,
    furniture_of,
    group_figures,
    total,
    totals,
)

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.against import Rival
    from cleaner.score_changes import Changed, Compared

CUT = 80
"""Longest text, in characters, that a wrong line is shown with."""

WIDTH = 140
"""Characters a row may take; a narrower terminal breaks rows, which loses less than cut names."""


class WrongLine(NamedTuple):
    """A line that went though it is the article's, or that stayed though it is furniture.

    Attributes:
        number: its number, counted from 1.
        text: its text, cut at `CUT` characters.
        removed: whether it went.
        rule: the rule that removed it, or the group that it belongs to.
        because: the mark's reason; empty where it stayed.

    >>> print(WrongLine(7, "Kommentare", True, "comments/heading", "“kommentare”"))
        7  removed  comments/heading “kommentare”  Kommentare
    """

    number: int
    text: str
    removed: bool
    rule: str
    because: str

    def __str__(self) -> str:
        """One line for people."""
        who = f"{self.rule} {self.because}" if self.because else self.rule
        return f"{self.number:>5}  {self.wrongly:<7}  {who}  {self.text}"

    @property
    def wrongly(self) -> str:
        """What happened to it: ``removed`` or ``kept``."""
        return "removed" if self.removed else "kept"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; a line has a rule and a reason, or a group."""
        line = {"line": self.number, "text": self.text, "wrongly": self.wrongly}
        if self.removed:
            return {**line, "rule": self.rule, "because": self.because}
        return {**line, "group": self.rule}


def wrong_line(entry: Mapping[str, Any]) -> WrongLine:
    """Return the wrong line that `WrongLine.to_dict` made plain data of."""
    removed = entry["wrongly"] == "removed"
    rule = entry["rule"] if removed else entry["group"]
    return WrongLine(entry["line"], entry["text"], removed, rule, entry.get("because", ""))


def wrong_lines(fixture: Fixture, cleaned: Cleaned) -> tuple[WrongLine, ...]:
    """List the article's lines that went and the furniture that stayed, in order."""
    group_of = furniture_of(fixture, cleaned)
    found = [
        WrongLine(line.number + 1, _cut(line.text), True, mark.rule, mark.because)
        for line, mark in cleaned.removed
        if line.number not in group_of
    ]
    found += [
        WrongLine(line.number + 1, _cut(line.text), False, group_of[line.number], "")
        for line in cleaned.kept
        if line.number in group_of
    ]
    return tuple(sorted(found))


def _cut(text: str) -> str:
    return text if len(text) <= CUT else text[: CUT - 1] + "…"


def may_show(one: Scored, split: str | None) -> bool:
    """Tell whether lines may be shown: those of a held-out fixture only to who asks for them."""
    return one.fixture.split != "held-out" or split == "held-out"


def scores_dict(
    scored: Sequence[Scored], fallen: Sequence[str], split: str | None
) -> dict[str, Any]:
    """Return all figures and wrong lines as plain data for JSON."""
    body = body_figures(scored)
    return {
        "all": _figures_dict(total([one.figures for one in scored])),
        "splits": _figures_dicts(totals(scored, lambda fixture: fixture.part)),
        "languages": _figures_dicts(totals(scored, lambda fixture: fixture.lang)),
        "groups": {
            g.group: {**g._asdict(), "precision": g.precision, "recall": g.recall}
            for g in group_figures(scored)
        },
        "body_only": {
            "article_lines": body.article,
            "article_lines_lost": body.lines_lost,
            **{group: {"lines": lines, "removed": gone} for group, lines, gone in body.groups},
        },
        "fixtures": [_fixture_dict(one, split) for one in scored],
        "floors_broken": list(fallen),
    }


def _fixture_dict(one: Scored, split: str | None) -> dict[str, Any]:
    fixture = one.fixture
    named = {"name": fixture.name, "split": fixture.part, "lang": fixture.lang}
    wrong = wrong_lines(fixture, one.cleaned)
    listed = {"wrong": [line.to_dict() for line in wrong]} if may_show(one, split) else {}
    figures = _figures_dict(one.figures)
    del figures["fixtures"]
    return {**named, **figures, **listed}


def _figures_dicts(parts: Mapping[str, Figures]) -> dict[str, dict[str, Any]]:
    return {name: _figures_dict(figures) for name, figures in parts.items()}


def _figures_dict(figures: Figures) -> dict[str, Any]:
    return {
        "fixtures": figures.fixtures,
        "furniture_lines": figures.furniture,
        "removed_lines": figures.removed,
        "precision": figures.precision,
        "recall": figures.recall,
        "f1": figures.f1,
        "article_lines_lost": figures.lines_lost,
        "article_words_lost": figures.words_lost,
        "word_f1": figures.word_f1,
        "exact": figures.exact,
    }


def print_tables(scored: Sequence[Scored], worst: int, split: str | None) -> None:
    """Print tables for people, then the wrong lines of the worst fixtures."""
    console = _console()
    figures = ("furniture", "P", "R", "F1", "lines lost", "words lost", "word F1", "exact")
    rows = ((f"{o.fixture.name} ({o.fixture.split})", *_cells(o.figures)) for o in scored)
    _table(console, ("worst first", *figures), rows)
    _table(console, ("over", "fixtures", *figures), _summary_rows(scored))
    groups = (
        (g.group, g.furniture, g.found, _shown(g.recall), g.removed, g.right, _shown(g.precision))
        for g in group_figures(scored)
    )
    columns = ("furniture", "found", "R", "removed by its rules", "rightly", "P")
    _table(console, ("group", *columns), groups)
    body = body_figures(scored)
    rest = ((group, lines, gone) for group, lines, gone in body.groups)
    article = ("article", body.article, body.lines_lost)
    _table(console, ("body only", "lines", "removed"), (*rest, article))
    _print_wrong(console, scored, worst, split)


def print_changed(changed: Sequence[Changed]) -> None:
    """Print what is fixed and broken since the baseline, line by line."""
    from cleaner.score_changes import counted

    console = _console()
    for one in changed:
        moved = f"F1 {_shown(one.before)} to {_shown(one.after)}"
        console.print(f"{one.name}  {moved} since the baseline", style="bold", soft_wrap=True)
        for word, lines in (("broken", one.broken), ("fixed", one.fixed)):
            for line in lines:
                console.print(f"  {word:<6} {wrong_line(line)}", soft_wrap=True)
    console.print(f"Since the baseline: {counted(changed)}.")


def print_rivals(found: Iterable[Rival], other: str) -> None:
    """Print what cleaner and another extractor make of each fixture."""
    names = ("word F1", "words lost", "words kept")
    rows = (
        (f"{one.name} ({one.split})", *chain.from_iterable(zip(ours, theirs, strict=True)))
        for one in found
        for ours, theirs in [(_rival_cells(one.ours), _rival_cells(one.theirs))]
    )
    columns = (column for name in names for column in (name, "theirs"))
    _table(_console(), (f"furthest behind {other} first", *columns), rows)


def _rival_cells(figures: Mapping[str, float]) -> tuple[object, ...]:
    share, *counts = figures.values()
    return (_shown(share), *counts)


def print_compared(
    compared: Iterable[Compared], before: str = "before", after: str = "after"
) -> None:
    """Print what two runs differ in."""
    console = _console()
    columns = ("figure", before, after, "difference", "95 % interval", "")
    rows = (
        (
            *(c.over, c.figure, f"{c.before:.4g}", f"{c.after:.4g}", f"{c.after - c.before:+.4g}"),
            *(f"{c.low:+.4g} to {c.high:+.4g}", c.verdict),
        )
        for c in compared
    )
    _table(console, ("over", *columns), rows)


def _console() -> Console:
    from rich.console import Console

    return Console(file=sys.stdout, width=WIDTH, markup=False, emoji=False, highlight=False)


def _summary_rows(scored: Sequence[Scored]) -> Iterable[tuple[object, ...]]:
    parts = {
        "all": total([one.figures for one in scored]),
        **totals(scored, lambda fixture: fixture.part),
        **totals(scored, lambda fixture: fixture.lang),
    }
    return ((name, figures.fixtures, *_cells(figures)) for name, figures in parts.items())


def _cells(f: Figures) -> tuple[object, ...]:
    shares = (_shown(f.precision), _shown(f.recall), _shown(f.f1))
    return (f.furniture, *shares, f.lines_lost, f.words_lost, _shown(f.word_f1), f.exact)


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{down(share):.3f}"


def _table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD if console.is_terminal else None, padding=(0, 1), pad_edge=False)
    for at, name in enumerate(columns):
        table.add_column(name, justify="right" if at else "left", no_wrap=True, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    console.print(table)
    console.print()


def _print_wrong(console: Console, scored: Sequence[Scored], worst: int, split: str | None) -> None:
    shown = [one for one in scored if may_show(one, split)]
    wrong = ((one, wrong_lines(one.fixture, one.cleaned)) for one in shown)
    for one, lines in [(one, lines) for one, lines in wrong if lines][:worst]:
        console.print(f"{one.fixture.name}  {one.fixture.about}", style="bold", soft_wrap=True)
        for line in lines:
            console.print(str(line), soft_wrap=True)
        console.print()
    if worst and len(shown) < len(scored):
        hidden = len(scored) - len(shown)
        console.print(f"Lines of held-out fixtures ({hidden}): --split held-out lists them.")
