"""Which rules the fixtures defend: each is disabled in turn, and some fixture ought to notice.

A fixture notices when a line of it goes wrong that was right: furniture that now stays, or a line
of the article, or of the head when only the body is wanted, that is now treated otherwise. What no
fixture notices may break unseen. A table of a phrase file is a rule, so tables count among rules;
how many of their languages some fixture defends is told beside.

Only rules that mark a fixture at all are tried on it, and only `develop` fixtures are looked at.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.fixtures import Fixture, read_fixtures
from cleaner.mark import Cleaned
from cleaner.phrase_files import read_tables
from cleaner.rule import ContextRule, Rule
from cleaner.rules import CONTEXT_RULES, RULES, markup, model, title

FOLDER = Path("fixtures")
LEAST = 0.95
"""Share of the rules that fixtures must defend."""

SHOWN = 3
"""Fixtures named of those that notice, the ones that lose most first."""


class Mutant(NamedTuple):
    """A rule disabled.

    Attributes:
        rule: its name.
        noticed: fixture -> how many of its lines go wrong without the rule.
        marked: how many fixtures it marks at all.
    """

    rule: str
    noticed: Mapping[str, int]
    marked: int


class _Judged(NamedTuple):
    fixture: Fixture
    rules: frozenset[str]
    wrong: tuple[frozenset[int], frozenset[int]]


def mutants(fixtures: Iterable[Fixture], rules: Sequence[str]) -> tuple[Mutant, ...]:
    """Disable each rule in turn and count, for each fixture, the lines that go wrong."""
    judged = [_judge(fixture) for fixture in fixtures]
    found = []
    for rule in rules:
        noticed = {}
        marked = [one for one in judged if rule in one.rules]
        for one in marked:
            without = _judge(one.fixture, rule).wrong
            newly = [now - before for now, before in zip(without, one.wrong, strict=True)]
            if any(newly):
                noticed[one.fixture.name] = len(frozenset.union(*newly))
        found.append(Mutant(rule, noticed, len(marked)))
    return tuple(found)


def _judge(fixture: Fixture, *skip: str) -> _Judged:
    whole = fixture.explain(skip=skip)
    body = fixture.explain(skip=skip, body_only=True)
    furniture = frozenset(fixture.group_of)
    rules = frozenset(mark.rule for mark in (*whole.marks, *body.marks))
    wrong = (_removed(whole) ^ furniture, _removed(body) ^ (furniture | fixture.apart.keys()))
    return _Judged(fixture, rules, wrong)


def _removed(cleaned: Cleaned) -> frozenset[int]:
    return frozenset(line.number for line, _ in cleaned.removed)


def languages(found: Iterable[Mutant], fixtures: Iterable[Fixture]) -> tuple[int, int]:
    """Count the languages of all phrase tables, and those in which a fixture defends the table."""
    spoken = {fixture.name: fixture.lang for fixture in fixtures}
    defended = {(one.rule, spoken[name]) for one in found for name in one.noticed}
    tables = {(table.rule, lang) for table in read_tables() for lang in table.langs}
    return len(tables & defended), len(tables)


def line_of(one: Mutant, width: int) -> str:
    """Say of a rule who notices its absence."""
    names = sorted(one.noticed, key=lambda name: (-one.noticed[name], name))
    if not names:
        names = [f"nobody, of {one.marked} that it marks" if one.marked else "nobody"]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{one.rule:<{width}}  {', '.join(names[:SHOWN])}{more}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print what each rule's absence does; 1 where fixtures defend too few rules."""
    parser = argparse.ArgumentParser(prog="python -m lab.mutants", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[FOLDER], metavar="FIXTURES")
    given = parser.parse_args(argv)
    read = [one for folder in given.folders for one in read_fixtures(folder)]
    fixtures = [one for one in read if one.split == "develop" and not one.draft]
    rules: tuple[Rule | ContextRule, ...] = (*RULES, *CONTEXT_RULES)
    # Where markup says what a line is the model mostly says so too: few miss one of such rules.
    found = mutants(fixtures, [r.name for r in rules if r.find not in (markup, model, title)])
    width = max(len(one.rule) for one in found)
    for one in sorted(found, key=lambda one: (len(one.noticed), one.rule)):
        print(line_of(one, width))
    defended = sum(bool(one.noticed) for one in found)
    held, tables = languages(found, fixtures)
    print(f"\n{defended} of {len(found)} rules are defended, {defended / len(found):.3f} of them,")
    print(f"and {held} of the {tables} languages of phrase tables.")
    return 0 if defended >= LEAST * len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
