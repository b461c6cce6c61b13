"""What ``cleaner review`` shows and saves: fixtures, and dumps that become one when saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from cleaner.errors import CleanerError, FixtureChanged, FixtureError
from cleaner.fixture_command import draft_of
from cleaner.fixture_note import TEXTS, check_texts
from cleaner.fixture_writing import groups_of, guessed_groups, regrouped, version, write_fixture
from cleaner.fixtures import Fixture, fixture_folders, is_fixture, read_fixture
from cleaner.mark import Cleaned, Verdict
from cleaner.score import figures_of

KEYS = {
    "player": "p",
    "comments": "c",
    "promo": "m",
    "share": "s",
    "newsletter": "l",
    "consent": "n",
    "paywall": "w",
    "sign-in": "g",
    "nav": "v",
    "related": "r",
    "ads": "d",
    "footer": "f",
    "label": "b",
    "repeat": "t",
    "head": "h",
    "caption": "a",
    "credit": "e",
}
"""Group -> the letter in its name that gives it to a line."""


class _Place(NamedTuple):
    folder: Path
    dump: Fixture | None  # drafted of a file, as long as there is no folder


class Shelf:
    """The fixtures of one review, by name.

    Args:
        places: folders of fixtures, fixtures, or files that hold a dump.
        into: the folder that a dump's fixture is made in.

    Raises:
        CleanerError: nothing there, a dump that cannot be read, or two fixtures of one name.
    """

    def __init__(self, places: Iterable[Path], into: Path) -> None:
        self._places: dict[str, _Place] = {}
        self._summaries: dict[str, tuple[str, dict[str, Any]]] = {}
        self._lock = Lock()
        for place in places:
            for name, found in _found(place, into):
                if name in self._places:
                    raise FixtureError(f"{place}: {name!r} is there twice; review one at a time")
                self._places[name] = found

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def summaries(self) -> list[dict[str, Any]]:
        """Say how the rules do on each: broken ones and drafts first, then the worst."""
        found = [self._summary(name) for name in self._places]
        return sorted(
            found, key=lambda s: (not s["error"], not s["draft"], s["f1"], -s["lost"], s["name"])
        )

    def _summary(self, name: str) -> dict[str, Any]:
        now = version(self._places[name].folder)
        before, summary = self._summaries.get(name, (None, {}))
        if before != now:
            summary = self._summarised(name)
            self._summaries[name] = now, summary
        return summary

    def _summarised(self, name: str) -> dict[str, Any]:
        try:
            fixture = self._read(name)[0]
        except FixtureError as error:
            return {"name": name, "error": str(error), "draft": False, "f1": 0, "lost": 0}
        figures = figures_of(fixture, fixture.explain())
        return {
            "name": name,
            "error": "",
            "draft": fixture.draft,
            "split": fixture.split,
            "lang": fixture.lang,
            "f1": figures.f1,
            "lost": figures.lines_lost,
            "missed": figures.furniture - figures.right,
        }

    def _read(self, name: str) -> tuple[Fixture, str]:
        """Return a fixture and the version that it was read at, empty for one not yet saved."""
        place = self._places[name]
        seen = version(place.folder)
        if not seen and place.dump is not None:
            return place.dump, ""
        return read_fixture(place.folder), seen

    def open(self, name: str) -> dict[str, Any]:
        """Return all that the page shows of a fixture.

        Raises:
            FixtureError: it is broken.
        """
        fixture, seen = self._read(name)
        cleaned = fixture.explain()
        return {
            "name": name,
            "version": seen,
            "draft": fixture.draft,
            "note": {key: getattr(fixture, key) for key in TEXTS},
            "lines": fixture.page.texts,
            "groups": groups_of(fixture),
            "guesses": guessed_groups(cleaned),
            "marks": _marks(cleaned),
        }

    def save(self, name: str, sent: Mapping[str, Any]) -> str:
        """Write what was made of a fixture and return its new version.

        Args:
            name: which.
            sent: ``version`` it was opened at, ``groups`` of all lines, ``note``, ``draft``.

        Raises:
            FixtureChanged: it is no longer what it was when it was opened.
            FixtureError: it would be broken, or cannot be written.
        """
        note = {key: sent["note"][key] for key in TEXTS}
        check_texts(note, f"{name}/note.toml")
        with self._lock:
            fixture, now = self._read(name)
            if now != sent["version"]:
                raise FixtureChanged(f"{name}: was changed on disk since it was opened")
            changed = replace(fixture, **note, draft=sent["draft"] is True)
            return write_fixture(regrouped(changed, sent["groups"]), self._places[name].folder, now)


def _found(place: Path, into: Path) -> Iterable[tuple[str, _Place]]:
    if place.is_file():
        fixture = draft_of(place)
        folder = into / fixture.name
        if is_fixture(folder) and read_fixture(folder).dump != fixture.dump:
            raise CleanerError(f"{place}: {folder} holds another dump; rename the file")
        return [(fixture.name, _Place(folder, fixture))]
    return [(path.resolve().name, _Place(path, None)) for path in fixture_folders(place)]


def _marks(cleaned: Cleaned) -> list[tuple[str, str, str] | None]:
    """Return for each line the mark that decides: verdict, rule and reason."""
    marks: list[tuple[str, str, str] | None] = [None] * len(cleaned.page.texts)
    for mark in cleaned.marks:
        if mark.verdict is Verdict.KEEP:
            said = (mark.verdict.value, mark.rule, mark.because)
            marks[mark.start : mark.stop] = [said] * (mark.stop - mark.start)
    for line, mark in cleaned.removed:
        marks[line.number] = (mark.verdict.value, mark.rule, mark.because)
    return marks
