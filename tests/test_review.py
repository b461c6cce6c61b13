"""`cleaner review`: the shelf of fixtures, the command, whom the server refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from reviewed import DUMP, MILL, request, sent

from cleaner.errors import CleanerError, FixtureChanged, FixtureError
from cleaner.fixture_note import BODY_ONLY, FURNITURE
from cleaner.fixture_writing import draft, version, write_fixture
from cleaner.fixtures import read_fixture
from cleaner.review import main
from cleaner.review_app import WEB, refusal
from cleaner.review_shelf import KEYS, Shelf

pytest.importorskip("starlette", reason="run: pip install 'cleaner[review]'")
pytest.importorskip("uvicorn", reason="run: pip install 'cleaner[review]'")


# --- the shelf


def test_a_shelf_shows_lines_marks_and_groups(mill: Path) -> None:
    shown = Shelf([mill.parent], mill.parent).open("mill")
    assert shown["lines"][5] == MILL
    assert shown["groups"][:2] == shown["guesses"][:2] == ["player", "player"]
    assert shown["marks"][0] == ("drop", "player/controls", "“abspielen”")
    assert shown["marks"][3][:2] == ("keep", "head/headline")
    assert shown["version"] == version(mill)


def test_broken_ones_and_drafts_come_first_then_the_worst(mill: Path) -> None:
    folder = mill.parent
    for name, dropped in (("right", {}), ("lost", {12: ""}), ("missed", {5: "promo"})):
        fixture = draft(DUMP, name, "de")
        write_fixture(fixture, folder / name)
        shelf = Shelf([folder / name], folder)
        groups = [dropped.get(n, g) for n, g in enumerate(shelf.open(name)["groups"])]
        shelf.save(name, sent(shelf, name, groups=groups, draft=False))
    write_fixture(draft(DUMP, "broken"), folder / "broken")
    (folder / "broken" / "note.toml").write_text("about = 3")
    found = Shelf([folder], folder).summaries()
    assert [one["name"] for one in found] == ["broken", "mill", "lost", "missed", "right"]
    assert "broken/note.toml: needs `lang`" in found[0]["error"]
    assert [(one["lost"], one["missed"]) for one in found[2:]] == [(1, 0), (0, 1), (0, 0)]


def test_a_save_is_refused_when_the_folder_changed(mill: Path) -> None:
    shelf = Shelf([mill], mill.parent)
    seen = sent(shelf)
    (mill / "note.toml").write_text((mill / "note.toml").read_text() + "# Mine.\n")
    before = version(mill)
    with pytest.raises(FixtureChanged, match="changed on disk since it was opened"):
        shelf.save("mill", seen)
    assert version(mill) == before


@pytest.mark.parametrize(
    "note", [{"about": ""}, {"lang": "German"}, {"split": "test"}, {"kind": 3}]
)
def test_a_note_that_could_not_be_read_is_not_saved(mill: Path, note: dict[str, Any]) -> None:
    shelf = Shelf([mill], mill.parent)
    before = version(mill)
    with pytest.raises(FixtureError, match=r"mill/note\.toml"):
        shelf.save("mill", sent(shelf, note={**shelf.open("mill")["note"], **note}))
    assert version(mill) == before


def test_a_file_becomes_a_fixture_when_it_is_saved(tmp_path: Path) -> None:
    dump, into = tmp_path / "Mühle.txt", tmp_path / "made"
    dump.write_text(DUMP)
    shelf = Shelf([dump], into)
    assert not into.exists()
    first = shelf.save("muhle", sent(shelf, "muhle"))
    assert read_fixture(into / "muhle").dump == DUMP
    assert sent(Shelf([dump], into), "muhle")["version"] == first
    dump.write_text(DUMP + "Teilen\n")
    with pytest.raises(CleanerError, match="muhle holds another dump; rename the file"):
        Shelf([dump], into)


def test_no_two_fixtures_of_one_name(mill: Path) -> None:
    with pytest.raises(FixtureError, match="'mill' is there twice"):
        Shelf([mill, mill.parent], mill.parent)


def test_each_group_has_a_letter_of_its_own_that_does_nothing_else() -> None:
    assert set(KEYS) == {*FURNITURE, *BODY_ONLY}
    assert len(set(KEYS.values())) == len(KEYS)
    assert all(key in group for group, key in KEYS.items())
    assert not set("jkzyox") & set(KEYS.values())
    colours = (WEB / "groups.css").read_text()
    assert all(f'[data-group="{group}"] {{ --hue' in colours for group in KEYS)


# --- the command


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gone"], "gone: is no folder"),
        (["--port", "x"], "'x' is no port"),
        (["--port", "65536"], "'65536' is no port"),
        (["--prot"], "unrecognized arguments: --prot"),
    ],
)
def test_bad_usage(args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    assert capsys.readouterr().err.startswith("cleaner review: ")
    assert main(args) == 2
    assert message in capsys.readouterr().err


def test_what_is_missing_is_said_with_its_command(
    mill: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main([str(mill)]) == 2
    assert "run: pip install 'cleaner[review]'" in capsys.readouterr().err


def test_a_port_in_use_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    port = address.split(":")[2].split("/")[0]
    assert main(["fixtures", "--port", port]) == 2
    assert "give another --port" in capsys.readouterr().err


def test_who_lacks_the_token_or_comes_from_elsewhere_is_refused(address: str, mill: Path) -> None:
    host = address.rsplit("/", 2)[0]
    body = json.dumps(sent(Shelf([mill], mill))).encode()
    before = version(mill)
    for url in (f"{host}/", f"{host}/fixtures", f"{host}/wrong/fixtures", address[:-1]):
        assert request(url) == (403, request(url)[1])
        assert b"token" in request(url)[1]
    assert b"token" in request(f"{host}/wrong/fixtures/mill", body)[1]
    elsewhere: list[dict[str, str]] = [
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": host.replace("127.0.0.1", "localhost")},
        {"Host": "rebound.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ]
    for headers in elsewhere:
        assert request(f"{address}fixtures/mill", body, **headers)[0] == 403
        assert request(f"{address}fixtures/mill", **headers)[0] == 403
    assert version(mill) == before
    assert request(f"{address}fixtures/mill", body, Origin=host)[0] == 200


def test_only_loopback_is_bound(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert len(address.rsplit("/", 2)[1]) >= 32
    assert refusal({}, "/secret/", "secret", 80) == "host"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("fixtures/gone", None, 404),
        ("fixtures/gone", b"{}", 404),
        ("..%2freview.py", None, 404),
        ("fixtures/mill", b"{", 422),
        ("fixtures/mill", b"[]", 422),
        ("fixtures/mill", b"{}", 422),
    ],
)
def test_what_the_page_would_not_ask(
    address: str, mill: Path, path: str, body: bytes | None, status: int
) -> None:
    before = version(mill)
    assert request(f"{address}{path}", body)[0] == status
    assert version(mill) == before
