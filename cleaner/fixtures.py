"""Fixture folders: a dump, its clean text made by hand, and a note on what its furniture is.

::

    fixtures/de-local-bakehouse-revival/
        dump.txt    the page as scraped
        clean.txt   the dump without its furniture, runs of blank lines folded
        note.toml   what the page is; its furniture by group, in line numbers as editors show them

Reading is strict and ends in `check_fixture`, so a fixture in hand never contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from cleaner.errors import FixtureError
from cleaner.fixture_note import Ranges, as_written, read_note
from cleaner.mark import Cleaned, Mark
from cleaner.page import Page
from cleaner.read_text import read_text

FILES = ("dump.txt", "clean.txt", "note.toml")


@dataclass(frozen=True)
class Fixture:
    """A dump and what a person says about each of its lines.

    Attributes:
        name: name of its folder.
        dump: the page as scraped, verbatim.
        clean: what `clean(dump)` ought to return.
        about: one sentence on what makes the page worth having.
        lang: language code, such as ``de``.
        kind: sort of page, such as ``podcast``.
        split: one of `SPLITS`.
        origin: where the text comes from.
        furniture: the lines that ought to go, by group.
        body_only: the lines that ought to go as well when only the body is wanted.
        draft: whether no person has looked it over yet; drafts count in no score.
        xfail: why the rules cannot meet it yet; empty where they ought to.
    """

    name: str
    dump: str
    clean: str
    about: str
    lang: str
    kind: str
    split: str
    origin: str
    furniture: Ranges
    body_only: Ranges
    draft: bool = False
    xfail: str = ""

    @cached_property
    def page(self) -> Page:
        """The dump read into lines, as the pipeline reads it."""
        return read_text(self.dump)

    @cached_property
    def article(self) -> tuple[int, ...]:
        """Numbers of the lines that ought to stay; neither blank nor furniture."""
        texts = self.page.texts
        return tuple(n for n in range(len(texts)) if texts[n].strip() and n not in self.group_of)

    @cached_property
    def group_of(self) -> Mapping[int, str]:
        """Number of each furniture line that is not blank -> its group."""
        return self._flat(self.furniture)

    @cached_property
    def apart(self) -> Mapping[int, str]:
        """Number of each head, caption and credit line that is not blank -> its group."""
        return self._flat(self.body_only)

    def _flat(self, ranges: Ranges) -> dict[int, str]:
        texts = self.page.texts
        return {n: group for group, run in _runs(ranges) for n in run if texts[n].strip()}


def read_fixtures(folder: Path) -> tuple[Fixture, ...]:
    """Read every fixture of a folder, sorted by name; a folder that is a fixture is read as one.

    Raises:
        FixtureError: no fixture there, or one that is broken; hidden folders alone are passed over.
    """
    return tuple(read_fixture(path) for path in fixture_folders(folder))


def fixture_folders(folder: Path) -> tuple[Path, ...]:
    """List the folders that `read_fixtures` reads.

    Raises:
        FixtureError: no fixture there.
    """
    if is_fixture(folder):
        return (folder,)
    if not folder.is_dir():
        raise FixtureError(f"{folder}: is no folder; give the folder that holds the fixtures")
    inner = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
    if not inner:
        raise FixtureError(f"{folder}: holds no fixture; one is a folder of {', '.join(FILES)}")
    return tuple(inner)


def is_fixture(folder: Path) -> bool:
    """Tell whether a folder is meant as a fixture, complete or not."""
    return any((folder / name).is_file() for name in FILES)


def read_fixture(folder: Path) -> Fixture:
    """Read and check one fixture.

    Raises:
        FixtureError: a file that is missing or no UTF-8, a note with an unknown or missing key, an
            unknown group or a bad range, and whatever `check_fixture` refuses.
    """
    name = folder.resolve().name
    dump, clean, note = (_read(folder / file, f"{name}/{file}") for file in FILES)
    fixture = Fixture(
        name=name,
        dump=dump,
        clean=clean.removesuffix("\n"),  # the line break that ends a text file is no blank line
        **read_note(note, f"{name}/note.toml"),
    )
    check_fixture(fixture)
    return fixture


def check_fixture(fixture: Fixture) -> None:
    """Check that ranges and dump give the clean text, rendered as the pipeline renders it.

    Raises:
        FixtureError: ranges that overlap, leave the dump, begin or end on a blank line; otherwise
            the first line in which clean.txt differs from the dump without its furniture.
    """
    _check_ranges(fixture)
    rendered = without(fixture.page, fixture.furniture)
    lines = rendered.text.split("\n")
    for at, (made, given) in enumerate(zip_longest(lines, fixture.clean.split("\n"))):
        if made != given:
            place = _place(rendered, sum(1 for text in lines[:at] if text)) if made else ""
            raise FixtureError(
                f"{fixture.name}/clean.txt: line {at + 1} is {_shown(given)}, but the dump without "
                f"its furniture has {_shown(made)}{place}; mend note.toml or clean.txt"
            )


def without(page: Page, furniture: Ranges) -> Cleaned:
    """Take furniture out of a page as the pipeline would."""
    return Cleaned(page, tuple(Mark(r.start, r.stop, g, "") for g, r in _runs(furniture)))


def _place(rendered: Cleaned, nth: int) -> str:
    return f" from line {rendered.kept[nth].number + 1} of dump.txt"


def _shown(text: str | None) -> str:
    return "past the end" if text is None else repr(text[:80])


def _check_ranges(fixture: Fixture) -> None:
    where, texts = f"{fixture.name}/note.toml", fixture.page.texts
    runs = sorted(
        (run.start, run.stop, group)
        for ranges in (fixture.furniture, fixture.body_only)
        for group, run in _runs(ranges)
    )
    last, owner = 0, ""
    for start, stop, group in runs:
        said = f"{where}: {group} {as_written(start, stop)}"
        if stop > len(texts):
            raise FixtureError(f"{said} is outside the dump, which has {len(texts)} lines")
        if start < last:
            raise FixtureError(f"{said} overlaps {owner}; give each line to one group")
        if not (texts[start].strip() and texts[stop - 1].strip()):
            raise FixtureError(f"{said} begins or ends on a blank line; count the lines again")
        last, owner = stop, f"{group} {as_written(start, stop)}"


def _runs(ranges: Ranges) -> Iterator[tuple[str, range]]:
    for group, runs in ranges.items():
        for run in runs:
            yield group, run


def _read(path: Path, where: str) -> str:
    try:
        # newline="" leaves CRLF as it is: what line breaks a dump has is part of what is tested.
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        raise FixtureError(f"{where}: is missing; a fixture is {', '.join(FILES)}") from None
    except OSError as error:
        raise FixtureError(f"{where}: cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FixtureError(f"{where}: byte {error.start} is no UTF-8; convert the file") from error
