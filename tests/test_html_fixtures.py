"""HTML fixtures, pages of our own in the shape of real sites: read, drafted, read anew, judged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.errors import FixtureError
from cleaner.fixture_command import main
from cleaner.fixture_writing import draft, regrouped, write_fixture
from cleaner.fixtures import Fixture, read_fixture, read_fixtures, unchecked
from cleaner.review_shelf import Shelf
from cleaner.score import word_f1

SHIPPED = Path(__file__).parents[1] / "fixtures"
PAGES = [one for one in read_fixtures(SHIPPED) if one.html is not None]
LEAST = 0.7
"""Word F1 of the body of any page; their mean must reach more."""

each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])

MILL = b"""<html lang="de"><title>M\xc3\xbchle</title><nav><a href="/">Startseite</a></nav>
<h1>Die M\xc3\xbchle dreht sich</h1><p>Nach elf Jahren mahlt die M\xc3\xbchle am Wehr wieder.</p>
<p>Kommentare</p></html>"""


def body(page: Fixture) -> str:
    return "\n".join(page.page.texts[n] for n in page.article if n not in page.apart)


def test_there_are_pages_of_many_kinds() -> None:
    assert len(PAGES) >= 12
    assert len({page.kind for page in PAGES}) >= 12


@each_page
def test_the_body_of_a_page_comes_out(page: Fixture) -> None:
    assert word_f1(body(page), page.explain(body_only=True).text) >= LEAST


@each_page
def test_what_stays_is_of_the_page_and_the_head_stays_too(page: Fixture) -> None:
    whole, bare = (page.explain(body_only=only).text.split("\n") for only in (False, True))
    assert set(whole) <= {*page.page.texts, ""}
    assert set(bare) <= {*whole, ""}


def test_the_lines_are_read_of_the_page_and_may_stand_beside_it(tmp_path: Path) -> None:
    made = draft(MILL, "mill")
    assert made.dump.split("\n")[:3] == ["Startseite", "", "Die Mühle dreht sich"]
    assert made.page.markup is not None
    write_fixture(made, tmp_path / "mill")
    assert read_fixture(tmp_path / "mill") == made
    (tmp_path / "mill" / "dump.txt").unlink()
    assert read_fixture(tmp_path / "mill") == made
    assert made.part == "develop-html"


def test_lines_beside_a_page_that_are_not_its_own_are_told(tmp_path: Path) -> None:
    write_fixture(draft(MILL, "mill"), tmp_path / "mill")
    (tmp_path / "mill" / "dump.txt").write_text("Startseite\n\nDie Wiese\n", encoding="utf-8")
    told = r"mill/dump\.txt: line 3 is 'Die Wiese', but dump\.html reads 'Die Mühle dreht sich'"
    with pytest.raises(FixtureError, match=told):
        read_fixture(tmp_path / "mill")


def test_a_page_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write_fixture(draft(MILL, "mill"), tmp_path / "mill")
    (tmp_path / "mill" / "dump.html").write_bytes(b"%PDF-1.7")
    with pytest.raises(FixtureError, match=r"mill/dump\.html: is a PDF"):
        read_fixture(tmp_path / "mill")


def test_a_page_becomes_a_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mill.html").write_bytes(MILL)
    assert main(["add", "mill.html"]) == 0
    made = read_fixture(Path("fixtures/mill"))
    assert made.draft
    assert made.html == MILL
    assert made.clean == made.explain().text
    assert made.group_of[0] == "nav"


def test_a_page_is_reviewed_as_a_dump_is(tmp_path: Path) -> None:
    page = tmp_path / "mill.html"
    page.write_bytes(MILL)
    shelf = Shelf([page], tmp_path / "fixtures")
    opened = shelf.open("mill")
    assert opened["lines"][2] == "Die Mühle dreht sich"
    note = {**opened["note"], "lang": "de"}
    sent = {"version": "", "groups": ["nav", *[""] * 6], "note": note, "draft": False}
    shelf.save("mill", sent)
    saved = read_fixture(tmp_path / "fixtures" / "mill")
    assert saved.html == MILL
    assert saved.clean.startswith("Die Mühle dreht sich\n\nNach elf")


def test_lines_that_are_read_anew_keep_their_groups(tmp_path: Path) -> None:
    reviewed = replace(draft(MILL, "mill", "de"), draft=False)
    groups = ["nav", "", "head", "", "", "", "comments"]
    folder = tmp_path / "mill"
    write_fixture(regrouped(reviewed, groups), folder)
    (folder / "dump.html").write_bytes(MILL.replace(b"<p>Komm", b"<p>Neu.</p><p>Komm"))
    with pytest.raises(FixtureError, match="`cleaner fixture reread` writes its lines anew"):
        read_fixture(folder)
    assert main(["reread", str(folder)]) == 0
    assert unchecked(folder) == read_fixture(folder)
    anew = read_fixture(folder)
    assert anew.dump.split("\n")[4:] == [
        "Nach elf Jahren mahlt die Mühle am Wehr wieder.",
        "",
        "Neu.",
        "",
        "Kommentare",
    ]
    assert anew.group_of == {0: "nav", 8: "comments"}
    assert anew.apart == {2: "head"}
    assert anew.clean.endswith("\n\nNeu.")


def test_lines_of_text_are_not_read_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SHIPPED / "de-tabloid-runaway-raft", tmp_path / "raft")
    assert main(["reread", str(tmp_path / "raft")]) == 2
    assert "has no dump.html" in capsys.readouterr().err
