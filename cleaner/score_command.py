"""``cleaner score``: the scorer's command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner.against import OTHERS, compared, rivals
from cleaner.commands import Parser, run
from cleaner.errors import CleanerError, FixtureError
from cleaner.fixture_note import HTML, SPLITS
from cleaner.fixtures import Fixture, is_fixture, read_fixtures
from cleaner.floors import FILE, Floors, broken, floors_of, read_floors, write_floors
from cleaner.score import Scored, score, totals
from cleaner.score_changes import Scores, changes, compare, read_scores
from cleaner.score_table import (
    may_show,
    print_changed,
    print_compared,
    print_rivals,
    print_tables,
    scores_dict,
)
from cleaner.whole import write_whole

_ABOUT = (
    f"Measure how clean the fixtures become; exits 1 below a floor of FOLDER/{FILE}. Wrong lines "
    "of held-out fixtures are listed with --split held-out alone: no rule may be fitted to them."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cleaner score``: 0 done, 1 below a floor, 2 bad usage or a broken fixture."""
    return run("score", lambda: _run(_arguments(argv)))


def _run(asked: argparse.Namespace) -> int:
    if asked.compare:
        return _compare(asked)
    if asked.against:
        return _against(asked)
    path = asked.folder / FILE
    held = read_floors(path)
    baseline = read_scores(asked.baseline) if asked.baseline else None
    scored = score(_chosen(asked))
    present = {s: floors_of(f) for s, f in totals(scored, lambda one: one.part).items()}
    for split in held:
        if split not in present and asked.split in (None, split.removesuffix(HTML)):
            raise FixtureError(f"{path}: [{split}] holds for no fixture; remove the table")
    fallen = broken(held, present)
    if asked.json:
        print(json.dumps(scores_dict(scored, fallen, asked.split), ensure_ascii=False, indent=2))
    else:
        print_tables(scored, asked.wrong, asked.split)
    _write_files(asked, scored, {s: held[s] for s in held if s in present}, fallen, baseline)
    for message in fallen:
        print(f"cleaner score: {message}", file=sys.stderr)
    if fallen:
        if asked.raise_floors:
            print(f"cleaner score: no floor is lowered; {path} is as it was", file=sys.stderr)
        return 1
    if asked.raise_floors:
        write_floors(path, {**held, **present})
    return 0


def _write_files(
    asked: argparse.Namespace,
    scored: Sequence[Scored],
    held: Mapping[str, Floors],
    fallen: Sequence[str],
    baseline: Scores | None,
) -> None:
    scores = scores_dict(scored, fallen, asked.split)
    changed = None if baseline is None else changes(baseline, scores)
    shown = [one.fixture.name for one in scored if may_show(one, asked.split)]
    if asked.report:
        from cleaner.report import render_report

        _write(asked.report, render_report(scored, fallen, changed, shown))
    if asked.junit:
        from cleaner.junit import render_junit

        _write(asked.junit, render_junit(scored, held, fallen, changed or (), shown))
    if changed is not None and not asked.json:
        print_changed(changed)


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise CleanerError(f"{path}: cannot be written: {error.strerror}") from error


def _compare(asked: argparse.Namespace) -> int:
    before, after = (read_scores(path) for path in asked.compare)
    compared = compare(before, after)
    if asked.json:
        rows = [one._asdict() for one in compared]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print_compared(compared)
    return 0


def _against(asked: argparse.Namespace) -> int:
    found = rivals(_chosen(asked), asked.against)
    rows = compared(found)
    if asked.json:
        data = {
            "against": asked.against,
            "fixtures": [one.to_dict() for one in found],
            "compared": [row._asdict() for row in rows],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print_rivals(found, asked.against)
        print_compared(rows, asked.against, "cleaner")
    return 0


def _chosen(asked: argparse.Namespace) -> list[Fixture]:
    if asked.raise_floors and is_fixture(asked.folder):
        raise CleanerError("--raise-floors is for a folder of fixtures, not for a single one")
    chosen = [f for f in read_fixtures(asked.folder) if asked.split in (None, f.split)]
    if not chosen:
        raise CleanerError(f"{asked.folder}: no fixture is of the split {asked.split!r}")
    drafts = sum(f.draft for f in chosen)
    if drafts == len(chosen):
        raise CleanerError(f"{asked.folder}: holds drafts alone; look one over: `cleaner review`")
    if drafts:
        print(f"cleaner score: {drafts} drafts are left out", file=sys.stderr)
    return chosen


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser("cleaner score", description=_ABOUT, allow_abbrev=False)
    add = parser.add_argument
    add("folder", nargs="?", type=Path, default=Path("fixtures"), help="default: ./fixtures")
    add("--split", choices=SPLITS, help="score these fixtures alone")
    add("--json", action="store_true", help="print one object, with every wrong line")
    add("--raise-floors", action="store_true", help=f"write {FILE} from these figures")
    add("--report", type=Path, metavar="FILE", help="write a page to look at, HTML")
    add("--junit", type=Path, metavar="FILE", help="write what build servers show")
    about = "what --json printed before: tell what is fixed and broken since"
    add("--baseline", type=Path, metavar="SCORES", help=about)
    about = "compare two outputs of --json with intervals instead of scoring"
    add("--compare", type=Path, nargs=2, metavar="SCORES", help=about)
    about = "compare with another extractor on the HTML fixtures instead of scoring"
    add("--against", choices=OTHERS, help=about)
    listed = parser.add_mutually_exclusive_group()
    add = listed.add_argument
    add("--wrong", type=_count, default=5, metavar="N", help="list wrong lines of the N worst (5)")
    add("--all", dest="wrong", action="store_const", const=sys.maxsize, help="list all of them")
    return parser.parse_args(argv)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give 0 or more")
    return int(text)
