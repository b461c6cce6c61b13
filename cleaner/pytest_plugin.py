"""Fixture folders as pytest items, in any project that has them: one item a fixture.

pytest loads this in every run of every project that has `cleaner` installed, so it imports nothing
before there is a fixture to run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cleaner.fixtures import Fixture

FOLDERS, LOSS, FLOOR = "cleaner_fixtures", "cleaner_allowed_loss", "cleaner_floor"
UPDATE = "--cleaner-update"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini options and ``--cleaner-update``."""
    about = "folders of fixtures; default: wherever pytest finds a note.toml beside a dump"
    parser.addini(FOLDERS, about, type="paths", default=[])
    parser.addini(LOSS, "lines of the article that each fixture may lose", default="0")
    parser.addini(FLOOR, "furniture F1 that each fixture must reach", default="1.0")
    about = "make fixtures that are drafts anew; writes to no other"
    parser.getgroup("cleaner").addoption(UPDATE, action="store_true", help=about)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the folders of the ini file too where no others were asked for."""
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        return
    asked = [Path(arg).absolute() for arg in config.args]
    for folder in config.getini(FOLDERS):
        if not any(folder.is_relative_to(path) for path in asked):
            config.args.append(str(folder))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a fixture's note for the fixture, and a floor file for its floors."""
    if file_path.name not in ("note.toml", "floors.toml"):
        return None
    folders = parent.config.getini(FOLDERS)
    if folders and not any(file_path.is_relative_to(folder) for folder in folders):
        return None
    if file_path.name == "note.toml":
        if not any((file_path.parent / name).is_file() for name in ("dump.txt", "dump.html")):
            return None
        return _NoteFile.from_parent(parent, path=file_path)
    if not any(file_path.parent.glob("*/note.toml")):
        return None
    return _FloorFile.from_parent(parent, path=file_path)


class _NoteFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        yield FixtureItem.from_parent(self, name=self.path.parent.name)


class _FloorFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        from cleaner.floors import read_floors

        for split in read_floors(self.path):
            yield FloorItem.from_parent(self, name=f"floors of {split}", split=split)


class _Item(pytest.Item):
    """An item whose failures are for people to read: no traceback says more than its message."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - as pytest has it
        from cleaner.errors import CleanerError

        if isinstance(excinfo.value, CleanerError | _Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


class _Failed(Exception):
    """A fixture that is not met, or a floor that does not hold."""


class FixtureItem(_Item):
    """One fixture, cleaned and compared."""

    def runtest(self) -> None:
        """Clean the dump; fail below the ini file's limits; drafts are skipped."""
        from cleaner.fixtures import read_fixture
        from cleaner.regression import failure

        folder = self.path.parent
        fixture = read_fixture(folder)
        if fixture.draft:
            pytest.skip(self._drafted(fixture))
        if fixture.xfail:
            self.add_marker(pytest.mark.xfail(reason=fixture.xfail, strict=True))
        root = self.config.rootpath
        shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
        message = failure(fixture, shown, self._number(LOSS, int), self._number(FLOOR, float))
        if message:
            raise _Failed(message)

    def _drafted(self, fixture: Fixture) -> str:
        if not self.config.getoption(UPDATE):
            return f"is a draft; look it over with `cleaner review {self.path.parent}`"
        from cleaner.regression import redrafted

        changed = redrafted(fixture, self.path.parent)
        return "is a draft, made anew" if changed else "is a draft, still as the rules make it"

    def _number(self, name: str, kind: type[int] | type[float]) -> float:
        text = str(self.config.getini(name))
        try:
            return kind(text)
        except ValueError:
            raise pytest.UsageError(f"{name} = {text}: give a number such as 0 or 0.95") from None


class FloorItem(_Item):
    """The floors of one split, over all fixtures beside the floor file."""

    def __init__(self, *, split: str, **given: Any) -> None:  # noqa: ANN401 - as pytest has it
        super().__init__(**given)
        self._split = split

    def runtest(self) -> None:
        """Score the fixtures of the split."""
        from cleaner.regression import fallen

        said = fallen(self.path, self._split)
        if said:
            raise _Failed("\n".join(said))
