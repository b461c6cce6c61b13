from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.fixture_check import check
from cleaner.fixtures import read_fixture

ROOT = Path(__file__).parents[1]
SENTENCES = [
    "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen.",
    "Der neue Müller ist zugleich der jüngste, den das Handwerk in der Gegend je hatte.",
]
DUMP = "\n\n".join(["Abspielen", *SENTENCES, "Kommentare"]) + "\n"

Done = tuple[int, str, str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Mühle am Wehr.txt").write_bytes(DUMP.encode("cp1252"))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *args: str) -> Done:
    code = main(["fixture", *args])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_dump_becomes_a_draft(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "add", "Mühle am Wehr.txt", "--lang", "de")
    assert (code, err) == (0, "")
    assert "2 of 4 lines are furniture" in out
    made = read_fixture(here / "fixtures" / "de-muhle-am-wehr")
    assert (made.dump, made.lang, made.draft) == (DUMP, "de", True)
    assert made.origin == "Mühle am Wehr.txt."


def test_name_address_and_folder_are_taken(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://example.org/wehr.html"
    named = ("--name", "mill", "--url", url, "--fixtures", "more")
    assert run(capsys, "add", "Mühle am Wehr.txt", *named)[0] == 0
    made = read_fixture(here / "more" / "mill")
    assert (made.origin, made.lang) == (url, "und")
    assert run(capsys, "add", "Mühle am Wehr.txt", "--url", url)[0] == 0
    assert (here / "fixtures" / "example-org-wehr").is_dir()


def test_a_dump_comes_from_stdin(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DUMP.encode())))
    assert run(capsys, "add", "-")[0] == 0
    assert read_fixture(here / "fixtures" / "dump").dump == DUMP


def test_a_fixture_is_not_made_twice(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "Mühle am Wehr.txt", "--name", "mill")
    before = (here / "fixtures/mill/note.toml").stat().st_mtime_ns
    code, out, err = run(capsys, "add", "Mühle am Wehr.txt", "--name", "mill")
    assert (code, out) == (2, "")
    assert err == "cleaner fixture: fixtures/mill: is there already; give another --name\n"
    assert (here / "fixtures/mill/note.toml").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("data", "args", "message"),
    [
        (b" \n", (), "is blank; name a file that holds a dump"),
        (b"a\n\fb\n", (), "holds several dumps, parted by form feeds"),
        (bytes(range(13, 256)) * 8, (), "is neither UTF-8 nor"),
        (None, (), "No such file or directory; name a file"),
        (b"a\n", ("--name", "../a"), "'../a' is no name"),
        (b"a\n", ("--lang", "German"), "'German' is no code"),
        (b"a\n", ("--langs",), "unrecognized arguments: --langs; `cleaner fixture"),
    ],
)
def test_what_cannot_become_a_fixture_leaves_nothing(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    data: bytes | None,
    args: tuple[str, ...],
    message: str,
) -> None:
    if data is not None:
        (here / "dump.txt").write_bytes(data)
    code, out, err = run(capsys, "add", "dump.txt", *args)
    assert (code, out) == (2, "")
    assert message in err
    assert not (here / "fixtures").exists()


def write(folder: Path, sentences: list[str], note: str = 'split = "develop"') -> None:
    folder.mkdir(parents=True)
    text = "\n".join(sentences) + "\n"
    (folder / "dump.txt").write_text(f"Abspielen\n{text}")
    (folder / "clean.txt").write_text(text)
    (folder / "note.toml").write_text(
        f'about = "A page."\nlang = "de"\nkind = "local"\norigin = "Own prose."\n{note}\n'
        '[furniture]\nplayer = ["1"]\n[body_only]\n'
    )


def test_a_sound_folder_passes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for nth, sentence in enumerate(SENTENCES):
        write(here / "fixtures" / f"page-{nth}", [sentence])
    assert run(capsys, "check") == (0, "2 fixtures read, 0 problems.\n", "")


def test_each_problem_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = here / "fixtures"
    write(folder / "broken", SENTENCES)
    (folder / "broken" / "clean.txt").write_text("Else.\n")
    run(capsys, "add", "Mühle am Wehr.txt", "--name", "fresh")
    write(folder / "one", SENTENCES)
    write(folder / "twin", SENTENCES)
    write(folder / "held", [SENTENCES[0], "Kurz."], 'split = "held-out"')
    code, out, err = run(capsys, "check")
    assert code == 2
    assert [line.removeprefix("cleaner fixture: ") for line in err.splitlines()] == [
        "broken/clean.txt: line 1 is 'Else.', but the dump without its furniture has "
        f"{SENTENCES[0][:80]!r} from line 2 of dump.txt; mend note.toml or clean.txt",
        "fresh: is a draft; look it over with `cleaner review`",
        "fresh and held: share 1 of 1 paragraphs and are of different splits; put both in one",
        "held and one: share 1 of 1 paragraphs and are of different splits; put both in one",
        "held and twin: share 1 of 1 paragraphs and are of different splits; put both in one",
        "one and twin: have the same dump; remove one of them",
    ]
    remarks = ["fresh and one: share 2 of 2", "fresh and twin: share 2 of 2"]
    assert out.splitlines() == [
        *(f"remark: {said} paragraphs" for said in remarks),
        "4 fixtures read, 6 problems.",
    ]


def test_a_reviewed_fixture_needs_a_language(here: Path) -> None:
    write(here / "fixtures" / "page", SENTENCES)
    note = here / "fixtures" / "page" / "note.toml"
    note.write_text(note.read_text().replace('lang = "de"', 'lang = "und"'))
    assert check(here / "fixtures").problems == (
        "page: has no language yet; write one into note.toml",
    )


def test_the_shipped_fixtures_are_sound() -> None:
    assert check(ROOT / "fixtures").problems == ()
