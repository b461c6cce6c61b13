"""Floors under the figures of a score: written, held, raised, read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from scored import Calls, run, write

from cleaner import floors as floors_module
from cleaner.errors import FixtureError
from cleaner.floors import Floors, read_floors, render_floors

# Floors

PRESENT = """\
# Written by `cleaner score --raise-floors`; article_lines_lost is a ceiling.

[develop]
furniture_f1 = 0.8
article_lines_lost = 1
word_f1 = 0.75
exact = 1

[held-out]
furniture_f1 = 0.0
article_lines_lost = 0
word_f1 = 0.8
exact = 0
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def floors(corpus: Path) -> Write:
    """Write the present figures as floors, one text of them replaced."""

    def write_floors(old: str, new: str) -> Path:
        assert PRESENT.count(old) == 1
        (corpus / "floors.toml").write_text(PRESENT.replace(old, new), encoding="utf-8")
        return corpus

    return write_floors


def test_floors_are_written_from_the_present_figures(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "floors.toml"
    for _ in range(2):
        assert run(capsys, corpus, "--raise-floors", "--wrong", "0")[0::2] == (0, "")
        assert path.read_text(encoding="utf-8") == PRESENT
    assert run(capsys, corpus)[0] == 0
    assert sorted(p.name for p in corpus.iterdir()) == ["floors.toml", "good", "lost", "missed"]


def test_floors_are_rounded_down(
    tmp_path: Path, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "good")
    write(tmp_path / "lost", dump="Abspielen\nReklame eins.\nReklame zwei.\nEin Satz.\n")
    assert run(capsys, tmp_path, "--raise-floors")[0] == 0
    # Of 4 lines that went 2 are furniture: F1 is 4 / 6. Word F1 is 1 and 2 * 2 / (6 + 2).
    assert read_floors(tmp_path / "floors.toml") == {"develop": Floors(0.666, 2, 0.75, 1)}
    assert run(capsys, tmp_path)[0] == 0


BROKEN_FLOORS = [
    ("f1 = 0.8\nart", "f1 = 0.9\nart", "[develop] furniture_f1 is 0.8, its floor is 0.9"),
    (
        "article_lines_lost = 1",
        "article_lines_lost = 0",
        "[develop] article_lines_lost is 1, its ceiling is 0",
    ),
    ("word_f1 = 0.8\n", "word_f1 = 0.801\n", "[held-out] word_f1 is 0.8, its floor is 0.801"),
    ("exact = 1", "exact = 2", "[develop] exact is 1, its floor is 2"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_FLOORS)
def test_below_a_floor_it_exits_1_and_names_it(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    folder = floors(old, new)
    code, out, err = run(capsys, folder)
    assert (code, err) == (1, f"cleaner score: {message}\n")
    assert "worst first" in out
    assert json.loads(run(capsys, folder, "--json")[1])["floors_broken"] == [message]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_FLOORS)
def test_no_floor_is_lowered(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    path = floors(old, new) / "floors.toml"
    before = path.read_bytes()
    code, _, err = run(capsys, path.parent, "--raise-floors")
    assert code == 1
    assert err.startswith(f"cleaner score: {message}\ncleaner score: no floor is lowered")
    assert path.read_bytes() == before


def test_floors_rise_and_the_ceiling_falls(
    floors: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floors("article_lines_lost = 1", "article_lines_lost = 7") / "floors.toml"
    assert run(capsys, path.parent, "--raise-floors")[0] == 0
    assert path.read_text(encoding="utf-8") == PRESENT


def test_a_split_alone_leaves_the_other_splits_floors(
    floors: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = floors("word_f1 = 0.8\n", "word_f1 = 0.9\n")
    before = (folder / "floors.toml").read_text(encoding="utf-8")
    assert run(capsys, folder, "--split", "develop", "--raise-floors")[0] == 0
    assert (folder / "floors.toml").read_text(encoding="utf-8") == before
    assert run(capsys, folder, "--split", "held-out")[0] == 1


def test_a_write_that_fails_leaves_the_floors_as_they_were(
    floors: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = floors("exact = 1", "exact = 0") / "floors.toml"
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(floors_module.Path, "replace", refuse)
    code, _, err = run(capsys, path.parent, "--raise-floors")
    assert (code, "cannot be written: No space left" in err) == (2, True)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".floors*"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[held-out]", "[test]", "unknown key 'test'; known are develop, held-out"),
        ("[held-out]", "[held-out", "cannot be read as TOML"),
        ("exact = 1", "exact = 1\nspeed = 2", "[develop] unknown key 'speed'; known are furni"),
        ("exact = 1\n", "", "[develop] needs `exact`"),
        ("exact = 1", "exact = 1.0", "[develop] `exact` must be a whole number"),
        ("exact = 1", "exact = true", "[develop] `exact` must be a whole number"),
        ("exact = 1", "exact = -1", "[develop] `exact` must be a whole number"),
        ("word_f1 = 0.75", "word_f1 = 1.001", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", "word_f1 = 0.7501", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", "word_f1 = nan", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", 'word_f1 = "0.7"', "[develop] `word_f1` must be 0.0 to 1.0"),
    ],
)
def test_a_broken_floor_file_exits_2(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    code, out, err = run(capsys, floors(old, new))
    assert (code, out) == (2, "")
    assert "floors.toml: " in err
    assert message in err


def test_a_floor_file_of_keys_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("develop = 0.5\n")
    with pytest.raises(FixtureError, match=r"floors\.toml: \[develop\] must be a table"):
        read_floors(path)


def test_floors_of_a_split_that_has_no_fixture_are_refused(
    tmp_path: Path, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "good")
    (tmp_path / "floors.toml").write_text(PRESENT)
    code, _, err = run(capsys, tmp_path)
    assert (code, "[held-out] holds for no fixture; remove the table" in err) == (2, True)


def test_floors_read_back_as_written(tmp_path: Path) -> None:
    held = {"held-out": Floors(1.0, 0, 0.001, 12), "develop": Floors(0.0, 3, 0.999, 0)}
    (tmp_path / "floors.toml").write_text(render_floors(held))
    assert read_floors(tmp_path / "floors.toml") == held
