"""What is wrong with a folder of fixtures as a whole: broken ones, doubles, drafts left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import FixtureError
from cleaner.fixture_note import UNKNOWN
from cleaner.fixtures import Fixture, fixture_folders, read_fixture
from cleaner.page import is_prose

NEAR = 1 / 2
"""Least share of the smaller article's paragraphs that a near-duplicate holds."""


class Checked(NamedTuple):
    """What a check of fixtures found.

    Attributes:
        fixtures: those that can be read.
        problems: what must be mended, one sentence each.
        remarks: what may be meant so.
    """

    fixtures: tuple[Fixture, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def check(folder: Path) -> Checked:
    """Check every fixture of a folder, and them all together.

    Raises:
        FixtureError: no fixture there.
    """
    fixtures, problems = list[Fixture](), list[str]()
    for path in fixture_folders(folder):
        try:
            fixtures.append(read_fixture(path))
        except FixtureError as error:
            problems.append(str(error))
    for one in fixtures:
        if one.draft:
            problems.append(f"{one.name}: is a draft; look it over with `cleaner review`")
        elif one.lang == UNKNOWN:
            problems.append(f"{one.name}: has no language yet; write one into note.toml")
    doubles = list(_doubles(fixtures))
    return Checked(
        tuple(fixtures),
        (*problems, *(said for said, wrong in doubles if wrong)),
        tuple(said for said, wrong in doubles if not wrong),
    )


def _doubles(fixtures: Sequence[Fixture]) -> Iterator[tuple[str, bool]]:
    """Yield each pair that is alike, and whether that is wrong in any case.

    Two pages of one article may both be worth having, around different players; not so when one is
    held out, since rules made for the other are then made for it.
    """
    paragraphs = [_paragraphs(one) for one in fixtures]
    pairs = zip(combinations(fixtures, 2), combinations(paragraphs, 2), strict=True)
    for (one, other), (held, also) in pairs:
        both = f"{one.name} and {other.name}"
        if one.dump == other.dump:
            yield f"{both}: have the same dump; remove one of them", True
            continue
        shared, least = (held & also).total(), min(held.total(), also.total())
        if shared and shared >= NEAR * least:
            said = f"{both}: share {shared} of {least} paragraphs"
            if one.split == other.split:
                yield said, False
            else:
                yield f"{said} and are of different splits; put both in one", True


def _paragraphs(fixture: Fixture) -> Counter[str]:
    texts = (fixture.page.texts[n] for n in fixture.article)
    return Counter(" ".join(text.casefold().split()) for text in texts if is_prose(text))
