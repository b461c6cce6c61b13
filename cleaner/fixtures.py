"""Fixture folders: a dump, its clean text made by hand, and a note on what its furniture is.

::

    fixtures/de-local-bakehouse-revival/
        dump.txt    the page as scraped
        clean.txt   the dump without its furniture, runs of blank lines folded
        note.toml   what the page is; its furniture by group, in line numbers as editors show them

A page may be HTML. Its lines are those that `read_html` makes, and dump.txt, if it is there, holds
them, so that a person can count them and a change of the reader shows::

    fixtures/html-en-recipe-plum-cake/
        dump.html   the page as scraped
        dump.txt    its lines
        clean.txt, note.toml

Reading is strict and ends in `check_fixture`, so a fixture in hand never contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from cleaner.errors import FixtureError, UnreadableInput
from cleaner.fixture_note import HTML, Ranges, as_written, read_note
from cleaner.mark import Cleaned, Mark
from cleaner.options import Names
from cleaner.page import Page
from cleaner.pipeline import explain, explain_html
from cleaner.read_text import read_text

PAGE, DUMP, CLEAN, NOTE = "dump.html", "dump.txt", "clean.txt", "note.toml"

FILES = (PAGE, DUMP, CLEAN, NOTE)

NEEDED = f"{DUMP} or {PAGE}, {CLEAN}, {NOTE}"


@dataclass(frozen=True)
class Fixture:
    """A dump and what a person says about each of its lines.

    Attributes:
        name: name of its folder.
        dump: the page as scraped, verbatim; of HTML its lines.
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
        html: the page as scraped, if it is HTML.
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
    html: bytes | None = None

    @cached_property
    def page(self) -> Page:
        """The dump read into lines, as the pipeline reads it."""
        return read_text(self.dump) if self.html is None else _read_html(self.html, self.name)

    def explain(self, *, skip: Names = (), body_only: bool = False) -> Cleaned:
        """Clean the dump, without a word about the page."""
        if self.html is None:
            return explain(self.dump, skip=skip, body_only=body_only)
        return explain_html(self.html, skip=skip, body_only=body_only)

    @property
    def part(self) -> str:
        """One of `PARTS`: what it is counted with."""
        return self.split if self.html is None else self.split + HTML

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
        raise FixtureError(f"{folder}: holds no fixture; one is a folder of {NEEDED}")
    return tuple(inner)


def is_fixture(folder: Path) -> bool:
    """Tell whether a folder is meant as a fixture, complete or not."""
    return any((folder / name).is_file() for name in FILES)


def read_fixture(folder: Path) -> Fixture:
    """Read and check one fixture.

    Raises:
        FixtureError: whatever `unchecked` and `check_fixture` refuse.
    """
    fixture = unchecked(folder)
    check_fixture(fixture)
    return fixture


def unchecked(folder: Path) -> Fixture:
    """Read a fixture that may contradict itself.

    Raises:
        FixtureError: a file that is missing or no UTF-8, a page that is not to be read, a note with
            an unknown or missing key, an unknown group or a bad range.
    """
    name = folder.resolve().name
    html = _read_bytes(folder / PAGE, name) if (folder / PAGE).is_file() else None
    if html is None:
        dump = _read(folder / DUMP, name)
    elif (folder / DUMP).is_file():
        dump = _read(folder / DUMP, name).removesuffix("\n")
    else:
        dump = _read_html(html, name).source
    return Fixture(
        name=name,
        dump=dump,
        clean=_read(folder / CLEAN, name).removesuffix("\n"),  # a file's last, no blank line
        html=html,
        **read_note(_read(folder / NOTE, name), f"{name}/{NOTE}"),
    )


def check_fixture(fixture: Fixture) -> None:
    """Check that ranges and dump give the clean text, rendered as the pipeline renders it.

    Raises:
        FixtureError: dump.txt beside dump.html does not hold its lines; ranges that overlap, leave
            the dump, begin or end on a blank line; otherwise the first line in which clean.txt
            differs from the dump without its furniture.
    """
    if fixture.html is not None:
        _check_lines(fixture)
    _check_ranges(fixture)
    rendered = without(fixture.page, fixture.furniture)
    lines = rendered.text.split("\n")
    for at, made, given in _differences(rendered.text, fixture.clean):
        place = _place(rendered, sum(1 for text in lines[:at] if text)) if made else ""
        raise FixtureError(
            f"{fixture.name}/{CLEAN}: line {at + 1} is {_shown(given)}, but the dump without "
            f"its furniture has {_shown(made)}{place}; mend {NOTE} or {CLEAN}"
        )


def _check_lines(fixture: Fixture) -> None:
    for at, made, given in _differences(fixture.page.source, fixture.dump):
        raise FixtureError(
            f"{fixture.name}/{DUMP}: line {at + 1} is {_shown(given)}, but {PAGE} reads "
            f"{_shown(made)}; `cleaner fixture reread` writes its lines anew"
        )


def _differences(made: str, given: str) -> Iterator[tuple[int, str | None, str | None]]:
    pairs = zip_longest(made.split("\n"), given.split("\n"))
    return ((at, *pair) for at, pair in enumerate(pairs) if pair[0] != pair[1])


def without(page: Page, furniture: Ranges) -> Cleaned:
    """Take furniture out of a page as the pipeline would."""
    return Cleaned(page, tuple(Mark(r.start, r.stop, g, "") for g, r in _runs(furniture)))


def _place(rendered: Cleaned, nth: int) -> str:
    return f" from line {rendered.kept[nth].number + 1} of {DUMP}"


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


def _read_html(html: bytes, name: str) -> Page:
    from cleaner.read_html import read_html

    try:
        return read_html(html)
    except UnreadableInput as error:
        raise FixtureError(f"{name}/{PAGE}: {error}") from error


def _read(path: Path, name: str) -> str:
    data = _read_bytes(path, name)  # line breaks stay: which a dump has is part of what is tested
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        said = f"byte {error.start} is no UTF-8; convert the file"
        raise FixtureError(f"{name}/{path.name}: {said}") from error


def _read_bytes(path: Path, name: str) -> bytes:
    where = f"{name}/{path.name}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FixtureError(f"{where}: is missing; a fixture is {NEEDED}") from None
    except OSError as error:
        raise FixtureError(f"{where}: cannot be opened: {error.strerror}") from error
