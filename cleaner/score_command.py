"""``cleaner score``: the scorer's command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaner.commands import Parser, run
from cleaner.errors import CleanerError, FixtureError
from cleaner.fixture_note import SPLITS
from cleaner.fixtures import Fixture, is_fixture, read_fixtures
from cleaner.floors import FILE, broken, floors_of, read_floors, write_floors
from cleaner.score import score, totals
from cleaner.score_table import print_json, print_tables

_ABOUT = (
    f"Measure how clean the fixtures become; exits 1 below a floor of FOLDER/{FILE}. Wrong lines "
    "of held-out fixtures are listed with --split held-out alone: no rule may be fitted to them."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``cleaner score``: 0 done, 1 below a floor, 2 bad usage or a broken fixture."""
    return run("score", lambda: _run(_arguments(argv)))


def _run(asked: argparse.Namespace) -> int:
    path = asked.folder / FILE
    held = read_floors(path)
    scored = score(_chosen(asked))
    present = {s: floors_of(f) for s, f in totals(scored, lambda one: one.split).items()}
    for split in held:
        if split not in present and asked.split in (None, split):
            raise FixtureError(f"{path}: [{split}] holds for no fixture; remove the table")
    fallen = broken(held, present)
    if asked.json:
        print_json(scored, fallen, asked.split)
    else:
        print_tables(scored, asked.wrong, asked.split)
    for message in fallen:
        print(f"cleaner score: {message}", file=sys.stderr)
    if fallen:
        if asked.raise_floors:
            print(f"cleaner score: no floor is lowered; {path} is as it was", file=sys.stderr)
        return 1
    if asked.raise_floors:
        write_floors(path, {**held, **present})
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
    listed = parser.add_mutually_exclusive_group()
    add = listed.add_argument
    add("--wrong", type=_count, default=5, metavar="N", help="list wrong lines of the N worst (5)")
    add("--all", dest="wrong", action="store_const", const=sys.maxsize, help="list all of them")
    return parser.parse_args(argv)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give 0 or more")
    return int(text)
