from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from cleaner.errors import FixtureError
from cleaner.fixtures import check_fixture, is_fixture, read_fixture, read_fixtures

SHIPPED = Path(__file__).parents[1] / "fixtures"

DUMP = """\
Abspielen
00:00

Die Mühle dreht sich wieder
Von Ada Bruch

Nach elf Jahren Stillstand mahlt die Mühle am Wehr wieder Roggen.

Lesen Sie auch: Der letzte Müller

Ein Korn fiel daneben.
Kommentare
"""

CLEAN = """\
Die Mühle dreht sich wieder
Von Ada Bruch

Nach elf Jahren Stillstand mahlt die Mühle am Wehr wieder Roggen.

Ein Korn fiel daneben.
"""

NOTE = """\
about = "A page with a player."
lang = "de"
kind = "local"
split = "develop"
origin = "Own prose."

[furniture]
player = ["1-2"]
related = ["9"]
comments = ["12"]

[body_only]
head = ["4-5"]
"""


def write(folder: Path, dump: str = DUMP, clean: str = CLEAN, note: str = NOTE) -> Path:
    folder.mkdir(parents=True)
    for name, text in (("dump.txt", dump), ("clean.txt", clean), ("note.toml", note)):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def test_a_fixture_holds_what_its_files_say(tmp_path: Path) -> None:
    fixture = read_fixture(write(tmp_path / "mill"))
    assert (fixture.name, fixture.lang, fixture.kind, fixture.split) == (
        "mill",
        "de",
        "local",
        "develop",
    )
    assert fixture.dump == DUMP
    assert fixture.clean == CLEAN[:-1]
    assert fixture.furniture == {
        "player": (range(2),),
        "related": (range(8, 9),),
        "comments": (range(11, 12),),
    }
    assert fixture.body_only == {"head": (range(3, 5),)}


def test_a_note_may_say_draft_and_why_the_rules_fail(tmp_path: Path) -> None:
    plain = read_fixture(write(tmp_path / "mill"))
    assert (plain.draft, plain.xfail) == (False, "")
    note = 'draft = true\nxfail = "No phrase for it."\n' + NOTE
    marked = read_fixture(write(tmp_path / "raft", note=note))
    assert (marked.draft, marked.xfail) == (True, "No phrase for it.")


def test_each_line_that_is_not_blank_is_furniture_or_article(tmp_path: Path) -> None:
    fixture = read_fixture(write(tmp_path / "mill"))
    assert fixture.group_of == {0: "player", 1: "player", 8: "related", 11: "comments"}
    assert fixture.article == (3, 4, 6, 10)
    assert fixture.apart == {3: "head", 4: "head"}


def test_a_range_may_span_blank_lines_but_they_are_nobodys(tmp_path: Path) -> None:
    note = NOTE.replace('["1-2"]', '["1-5"]').replace('head = ["4-5"]', "")
    clean = CLEAN.partition("\n\n")[2]
    fixture = read_fixture(write(tmp_path / "mill", clean=clean, note=note))
    assert sorted(fixture.group_of) == [0, 1, 3, 4, 8, 11]


def test_line_breaks_of_windows_stay_in_the_dump_and_part_its_lines(tmp_path: Path) -> None:
    fixture = read_fixture(write(tmp_path / "mill", dump=DUMP.replace("\n", "\r\n")))
    assert fixture.dump.count("\r\n") == DUMP.count("\n")
    assert fixture.page.texts[0] == "Abspielen"


def test_line_breaks_of_windows_in_the_clean_text_are_shown(tmp_path: Path) -> None:
    folder = write(tmp_path / "mill", clean=CLEAN.replace("\n", "\r\n"))
    with pytest.raises(FixtureError, match=r"line 1 is 'Die Mühle dreht sich wieder\\r'"):
        read_fixture(folder)


def test_a_page_may_be_all_furniture(tmp_path: Path) -> None:
    note = NOTE.partition("[furniture]")[0] + '[furniture]\nplayer = ["1-2"]\n[body_only]\n'
    for name, clean in (("empty", ""), ("newline", "\n")):
        folder = write(tmp_path / name, dump="Abspielen\n00:00\n", clean=clean, note=note)
        assert read_fixture(folder).clean == ""


def test_a_folder_of_fixtures_is_read_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write(tmp_path / name)
    (tmp_path / "floors.toml").write_text("")
    (tmp_path / ".cache").mkdir()
    assert [fixture.name for fixture in read_fixtures(tmp_path)] == ["a", "b", "c"]


def test_a_folder_that_is_a_fixture_is_read_as_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "mill")
    assert is_fixture(folder)
    assert not is_fixture(tmp_path)
    assert [fixture.name for fixture in read_fixtures(folder)] == ["mill"]


def test_no_folder_and_no_fixture_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FixtureError, match=r"gone: is no folder"):
        read_fixtures(tmp_path / "gone")
    with pytest.raises(FixtureError, match="holds no fixture"):
        read_fixtures(tmp_path)
    write(tmp_path / "mill")
    (tmp_path / "notes").mkdir()
    with pytest.raises(FixtureError, match=r"notes/dump\.txt: is missing"):
        read_fixtures(tmp_path)


@pytest.mark.parametrize("file", ["dump.txt", "clean.txt", "note.toml"])
def test_missing_undecodable_and_unopenable_files_are_named(tmp_path: Path, file: str) -> None:
    path = write(tmp_path / "mill") / file
    path.write_bytes(b"ab\xfc")
    with pytest.raises(FixtureError, match=rf"mill/{file}: byte 2 is no UTF-8"):
        read_fixture(path.parent)
    path.unlink()
    with pytest.raises(FixtureError, match=rf"mill/{file}: is missing"):
        read_fixture(path.parent)
    path.mkdir()
    with pytest.raises(FixtureError, match=rf"mill/{file}: cannot be opened"):
        read_fixture(path.parent)


BROKEN = [
    ('lang = "de"', "lang = ", "cannot be read as TOML"),
    ('kind = "local"', 'kind = "local"\nmood = "fine"', "unknown key 'mood'; known are about"),
    ('kind = "local"\n', "", "needs `kind`"),
    ('kind = "local"', "kind = 3", "`kind` must be a text"),
    ('kind = "local"', 'kind = " "', "`kind` must be a text"),
    ('kind = "local"', 'kind = "local"\ndraft = false', "`draft` is true, or not there"),
    ('kind = "local"', 'kind = "local"\nxfail = ""', "`xfail` must be a text"),
    ('lang = "de"', 'lang = "German"', "`lang` is 'German'"),
    ('split = "develop"', 'split = "test"', "`split` is 'test'; write develop or held-out"),
    ('[body_only]\nhead = ["4-5"]\n', "", "needs `body_only`"),
    ('[body_only]\nhead = ["4-5"]\n', "[[body_only]]\n", "`body_only` must be a table"),
    ("related =", "relatives =", r"\[furniture\] unknown group 'relatives'; known are player"),
    ("related =", "head =", r"\[furniture\] unknown group 'head'"),
    ("head =", "player =", r"\[body_only\] unknown group 'player'; known are head, caption"),
    ('["9"]', "[]", "related must be a list"),
    ('["9"]', '"9"', "related must be a list"),
    ('["9"]', "[9]", "related: 9 names no lines"),
    ('["9"]', '["9-8"]', "related: '9-8' names no lines"),
    ('["9"]', '["0"]', "related: '0' names no lines"),
    ('["9"]', '["9 - 9"]', "related: '9 - 9' names no lines"),
    ('["9"]', '["9-"]', "related: '9-' names no lines"),
    ('["9"]', '["९"]', "names no lines"),
    ('["9"]', f'["{"9" * 5000}"]', "names no lines"),
    ('["12"]', '["12-14"]', r'comments "12-14" is outside the dump, which has 13 lines'),
    ('["12"]', '["12-13"]', r'comments "12-13" begins or ends on a blank line'),
    ('["9"]', '["8-9"]', r'related "8-9" begins or ends on a blank line'),
    ('["9"]', '["9", "9"]', r'related "9" overlaps related "9"; give each line to one group'),
    ('["9"]', '["2", "9"]', r'related "2" overlaps player "1-2"'),
    ('["4-5"]', '["2-4"]', r'head "2-4" overlaps player "1-2"'),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_a_broken_note_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert NOTE.count(old) == 1
    folder = write(tmp_path / "mill", note=NOTE.replace(old, new))
    with pytest.raises(FixtureError, match=r"mill/note\.toml: .*" + message):
        read_fixture(folder)


def test_a_range_over_a_line_of_the_article_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "mill", note=NOTE.replace('["9"]', '["7", "9"]'))
    with pytest.raises(
        FixtureError,
        match=r"mill/clean\.txt: line 4 is 'Nach elf .*', but the dump without its furniture has "
        r"'Ein Korn fiel daneben\.' from line 11 of dump\.txt; mend note\.toml or clean\.txt",
    ):
        read_fixture(folder)


def test_furniture_that_nobody_names_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "mill", note=NOTE.replace('comments = ["12"]\n', ""))
    with pytest.raises(FixtureError, match=r"line 7 is past the end, but .* 'Kommentare' from"):
        read_fixture(folder)


@pytest.mark.parametrize(
    ("clean", "message"),
    [
        (CLEAN + "Ein Satz mehr.\n", "line 7 is 'Ein Satz mehr.', but .* has past the end"),
        (CLEAN.replace("\n\n", "\n"), "line 3 is 'Nach elf .*', but .* has ''; mend"),
        (CLEAN.replace("\n\n", "\n\n\n"), "line 4 is '', but .* has 'Nach elf .*' from line 7"),
        ("\n" + CLEAN, "line 1 is '', but"),
        (CLEAN + "\n", "line 7 is '', but"),
        (CLEAN.replace("daneben.", "daneben. "), "line 6 is 'Ein Korn fiel daneben. ', but"),
    ],
)
def test_a_clean_text_that_differs_by_a_blank_is_refused(
    tmp_path: Path, clean: str, message: str
) -> None:
    with pytest.raises(FixtureError, match=message):
        read_fixture(write(tmp_path / "mill", clean=clean))


SHIPPED_FOLDERS = sorted(path for path in SHIPPED.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", SHIPPED_FOLDERS, ids=lambda path: path.name)
def test_shipped_fixtures_agree_with_themselves(folder: Path) -> None:
    check_fixture(read_fixture(folder))


def test_no_shipped_fixture_repeats_a_paragraph_of_another() -> None:
    paragraphs = {
        fixture.name: {
            " ".join(fixture.page.texts[n].casefold().split())
            for n in fixture.article
            if len(fixture.page.texts[n]) >= 60
        }
        for fixture in read_fixtures(SHIPPED)
        if fixture.kind != "player"  # every player of a language stands in the same article
    }
    shared = [(a, b) for a, b in combinations(paragraphs, 2) if paragraphs[a] & paragraphs[b]]
    assert shared == []


def test_shipped_fixtures_cover_both_splits_and_languages() -> None:
    fixtures = read_fixtures(SHIPPED)
    assert {(fixture.split, fixture.lang) for fixture in fixtures} >= {
        ("develop", "de"),
        ("develop", "en"),
        ("held-out", "de"),
        ("held-out", "en"),
    }
