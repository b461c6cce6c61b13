from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.errors import FixtureChanged, FixtureError
from cleaner.fixture_note import render_note
from cleaner.fixture_writing import (
    draft,
    groups_of,
    guessed_groups,
    regrouped,
    version,
    write_fixture,
)
from cleaner.fixtures import Fixture, read_fixture, read_fixtures
from cleaner.mark import Cleaned, Mark, Verdict
from cleaner.pipeline import explain
from cleaner.read_text import read_text

SHIPPED = Path(__file__).parents[1] / "fixtures"

DUMP = """\
Abspielen
00:00

Die Mühle dreht sich wieder

Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen und Dinkel.

Kommentare
"""


def test_a_draft_is_what_the_pipeline_makes_of_a_dump(tmp_path: Path) -> None:
    made = draft(DUMP, "mill", "de", "https://example.org/mill")
    assert made.draft
    assert made.clean == explain(DUMP).text
    assert made.furniture == {"player": (range(2),), "comments": (range(7, 8),)}
    assert made.origin == "https://example.org/mill"
    write_fixture(made, tmp_path / "mill")
    assert read_fixture(tmp_path / "mill") == made


@pytest.mark.parametrize("dump", ["Abspielen", "\r\n\r\nEin Satz.\r\n", "a\r\rb\n\n\n\nTeilen\n"])
def test_a_draft_of_any_dump_is_a_sound_fixture(dump: str, tmp_path: Path) -> None:
    made = draft(dump, "any")
    write_fixture(made, tmp_path / "any")
    assert read_fixture(tmp_path / "any") == made


def test_what_the_model_removes_is_taken_for_more_of_the_same() -> None:
    page = read_text("Mehr\nWehr\nSatz.\nTeilen\nBild: Ada\nEnde")
    marks = (
        Mark(0, 1, "model/unlikely", "0.1"),
        Mark(1, 2, "related/teasers", "x"),
        Mark(3, 4, "site/listed", "x"),
        Mark(4, 5, "credit/alone", "x", Verdict.KEEP),
    )
    groups = guessed_groups(Cleaned(page, marks))
    assert groups == ["nav", "related", "", "related", "credit", ""]


def test_every_shipped_note_is_rendered_as_it_is_meant() -> None:
    for one in read_fixtures(SHIPPED):
        again = regrouped(one, groups_of(one))
        assert again.group_of == one.group_of
        assert again.apart == one.apart
        assert again.clean == one.clean


def test_a_note_holds_any_text(tmp_path: Path) -> None:
    odd = replace(
        draft(DUMP, "odd"), about='A "quoted" \\ tab\tand \x7f, no\nline', xfail="Ünklar."
    )
    write_fixture(odd, tmp_path / "odd")
    assert read_fixture(tmp_path / "odd") == odd
    assert 'xfail = "Ünklar."' in render_note(odd)


def test_blank_lines_at_the_ends_of_a_run_are_nobodys() -> None:
    made = draft(DUMP, "mill")
    groups = ["player"] * 3 + ["head", ""] + ["", "nav", "comments", ""]
    again = regrouped(made, groups)
    assert again.furniture == {"player": (range(2),), "comments": (range(7, 8),)}
    assert again.body_only == {"head": (range(3, 4),)}


@pytest.mark.parametrize(
    ("groups", "message"),
    [(["player"], "1 groups for 9 lines"), (["model", *[""] * 8], "unknown group 'model'")],
)
def test_groups_that_fit_no_dump_are_refused(groups: list[str], message: str) -> None:
    with pytest.raises(FixtureError, match=message):
        regrouped(draft(DUMP, "mill"), groups)


@pytest.fixture
def written(tmp_path: Path) -> tuple[Fixture, Path, str]:
    made = draft(DUMP, "mill", "de")
    return made, tmp_path / "mill", write_fixture(made, tmp_path / "mill")


def test_a_change_is_written_and_has_a_version_of_its_own(
    written: tuple[Fixture, Path, str],
) -> None:
    made, folder, first = written
    assert first == version(folder)
    note = folder / "note.toml"
    note.write_text("# Seen by Ada.\n" + note.read_text())
    changed = replace(regrouped(made, ["player", *[""] * 8]), draft=False)
    second = write_fixture(changed, folder, version(folder))
    assert second == version(folder) != first
    assert read_fixture(folder) == changed
    assert note.read_text().startswith("# Seen by Ada.\nabout =")
    assert sorted(path.name for path in folder.iterdir()) == ["clean.txt", "dump.txt", "note.toml"]


@pytest.mark.parametrize("file", ["dump.txt", "clean.txt", "note.toml"])
def test_what_somebody_else_changed_is_not_written_over(
    written: tuple[Fixture, Path, str], file: str
) -> None:
    made, folder, first = written
    with (folder / file).open("a") as other:
        other.write("# Mine.\n")
    before = version(folder)
    with pytest.raises(FixtureChanged, match="was changed by somebody else"):
        write_fixture(made, folder, first)
    with pytest.raises(FixtureChanged):
        write_fixture(made, folder)
    assert version(folder) == before != first


def test_a_write_that_fails_leaves_all_as_it_was(
    written: tuple[Fixture, Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, folder, first = written
    replaced: list[str] = []

    def fail_second(self: Path, target: Path) -> None:
        if replaced:
            raise OSError(28, "No space left on device")
        replaced.append(target.name)
        self.rename(target)

    monkeypatch.setattr(Path, "replace", fail_second)
    with pytest.raises(FixtureError, match="cannot be written: No space left"):
        write_fixture(regrouped(made, [""] * 9), folder, first)
    assert replaced == ["clean.txt"]
    assert version(folder) == first
    assert sorted(path.name for path in folder.iterdir()) == ["clean.txt", "dump.txt", "note.toml"]


def test_a_folder_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(FixtureError, match="mill: cannot be written: No space left"):
        write_fixture(draft(DUMP, "mill"), tmp_path / "mill")
    assert list(tmp_path.iterdir()) == []


def test_a_fixture_that_contradicts_itself_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match=r"mill/clean\.txt: line 1"):
        write_fixture(replace(draft(DUMP, "mill"), clean="Else"), tmp_path / "mill")
    assert list(tmp_path.iterdir()) == []
