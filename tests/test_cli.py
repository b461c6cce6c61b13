"""The command's options, and what it says of input that it cannot read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import pytest
from command import BINARY, NEEDS_SEED, ONE, ROOT, SEED, TWO, dump, run, start

import cleaner
from cleaner import cli, pipeline
from cleaner.cli import main
from cleaner.mark import Cleaned
from cleaner.rules import CONTEXT_RULES, RULES

# What cannot be read: exit 2, what to do instead, nothing on stdout


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("missing.txt", "no such file; check the name"),
        ("folder", "is a directory; name the files in it"),
        ("binary", "is neither UTF-8 nor"),
        ("second-dump", "second-dump, dump 2: is neither UTF-8 nor"),
        ("a" * 300, "File name too long; name a file that can be read"),
    ],
)
def test_no_output_has_begun_when_a_later_file_cannot_be_read(
    name: str,
    advice: str,
    files: tuple[str, str],
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(BINARY)
    (tmp_path / "second-dump").write_bytes(dump(ONE).encode() + b"\f" + BINARY)
    assert main([*files, str(tmp_path / name)]) == 2
    done = capsysbinary.readouterr()
    assert done.out == b""
    assert done.err.decode().startswith(f"cleaner: {tmp_path / name}")
    assert advice in done.err.decode()
    assert done.err.count(b"\n") == 1


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="the system has no user ids")
def test_a_file_that_may_not_be_read(files: tuple[str, str]) -> None:
    Path(files[1]).chmod(0)
    script = (  # root may read every file, so root becomes somebody else, once all is imported
        "import os, sys; from cleaner.cli import main; main(sys.argv[1:2]);"
        "os.geteuid() or os.seteuid(65534); sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, *files]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout.decode()) == (2, f"{ONE}\n")
    assert b"permission denied; make it readable" in done.stderr


def test_of_stdin_the_dumps_before_an_unreadable_one_are_written() -> None:
    done = run(stdin=dump(ONE).encode() + b"\f" + BINARY)
    assert (done.returncode, done.stdout.decode()) == (2, f"{ONE}\n")
    assert done.stderr.startswith(b"cleaner: stdin, dump 2: ")


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="the system has no /dev/fd")
def test_a_pipe_given_as_file_is_read_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out, into = os.pipe()
    os.write(into, dump(ONE).encode())
    os.close(into)
    try:
        assert main([f"/dev/fd/{out}"]) == 0
    finally:
        os.close(out)
    assert capsysbinary.readouterr().out.decode() == f"{ONE}\n"


@pytest.mark.parametrize(
    ("args", "advice"),
    [
        (("--skip", "plaer"), "did you mean player"),
        (("--only", "player/contrls"), "did you mean player/controls"),
        (("--skip", " , "), "names no group or rule; `cleaner --rules` lists them"),
        (("--lang", "Deutsch!"), "give two or three letters, such as 'de'"),
        (("--site", "no/such.txt"), "site file no/such.txt: No such file or directory; give"),
        (("--site", os.devnull), "lists nothing; write one line"),
        (("--encoding", "latin-99"), "unknown encoding 'latin-99'; name a known one"),
        (("--encoding", "base64"), "unknown encoding 'base64'; name a known one"),
        (("--separator", ""), "must be the text of one line that is not blank"),
        (("--separator", "a\nb"), "must be the text of one line that is not blank"),
        (("--explian",), "unrecognized arguments: --explian; `cleaner --help` shows"),
        (("--exp",), "unrecognized arguments: --exp; `cleaner --help` shows"),
        (("--lang",), "expected one argument; `cleaner --help` shows"),
    ],
)
def test_bad_usage_says_what_to_do(
    args: Sequence[str],
    advice: str,
    files: tuple[str, str],
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main([files[0], *args]) == 2
    done = capsysbinary.readouterr()
    assert done.out == b""
    assert done.err.startswith(b"cleaner: ")
    assert advice in done.err.decode()
    assert done.err.count(b"\n") == 1


def test_bad_usage_is_told_before_stdin_ends() -> None:
    with start("--skip", "plaer") as process:
        assert process.wait(timeout=30) == 2


# Options


def test_explain_writes_marks_to_stderr_in_order_of_lines(
    files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--explain", files[0]]) == 0
    done = capsysbinary.readouterr()
    assert done.out.decode() == f"{ONE}\n"
    lines = done.err.decode().splitlines()
    assert set(lines) == {str(mark) for mark in cleaner.explain(dump(ONE)).marks}
    assert lines[0] == "1  drop  player/controls  “abspielen”"
    assert lines[-1] == "3  drop  player/clock  “00:00”"


def test_explain_tells_several_dumps_apart(
    files: tuple[str, str], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    many = tmp_path / "many.txt"
    many.write_text("Abspielen\n\fAbspielen\n", encoding="utf-8")
    mark = "1  drop  player/controls  “abspielen”"

    def first_marks(*args: str) -> list[str]:
        assert main(["--explain", "--only", "player/controls", *args]) == 0
        lines = capsysbinary.readouterr().err.decode().splitlines()
        return [line for line in lines if line.endswith(mark)]

    assert first_marks(str(many)) == [f"1: {mark}", f"2: {mark}"]
    assert first_marks(*files) == [f"{files[0]}: {mark}", f"{files[1]}: {mark}"]
    assert first_marks(files[0], str(many)) == [
        f"{files[0]}: {mark}",
        f"{many}:1: {mark}",
        f"{many}:2: {mark}",
    ]


def test_json_is_one_object_a_dump(files: tuple[str, str]) -> None:
    stdin = f"{dump(TWO)}\f".encode()
    done = run("--json", files[0], "-", stdin=stdin)
    objects = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [(o["source"], o["dump"], o["text"]) for o in objects] == [
        (files[0], 1, ONE),
        ("-", 1, TWO),
        ("-", 2, ""),
    ]
    assert objects[0] == {"source": files[0], "dump": 1, **cleaner.explain(dump(ONE)).to_dict()}
    assert done.stderr == b""


def test_json_with_explain_holds_the_marks(
    files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--json", "--explain", files[0]]) == 0
    done = capsysbinary.readouterr()
    marks = json.loads(done.out)["marks"]
    assert len(marks) == len(cleaner.explain(dump(ONE)).marks)
    assert {
        "first": 3,
        "last": 3,
        "verdict": "drop",
        "rule": "player/clock",
        "because": "“00:00”",
    } in marks
    assert done.err == b""


@pytest.mark.parametrize(
    ("args", "left"),
    [
        (("--skip", "player"), ["Abspielen", ONE, "00:00"]),
        (("--skip", "player/clock"), [ONE, "00:00"]),
        (("--skip", "player/clock,player/controls"), ["Abspielen", ONE, "00:00"]),
        (("--skip", "player/clock", "--skip", "player/controls"), ["Abspielen", ONE, "00:00"]),
        (("--only", "player/clock"), ["Abspielen", ONE]),
        (("--only", "player", "--skip", "player/controls"), ["Abspielen", ONE]),
    ],
)
def test_rules_are_chosen(
    args: Sequence[str],
    left: list[str],
    files: tuple[str, str],
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    # Of the other rules, those that look at neighbours may drop what a skipped rule left.
    only = () if "--only" in args else ("--only", "player/clock,player/controls")
    assert main([*only, *args, files[0]]) == 0
    assert capsysbinary.readouterr().out.decode().splitlines() == left


def test_options_reach_the_library(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[dict[str, object]] = []

    def spy(text: str, **options: object) -> Cleaned:
        asked.append(options)
        return explain(text)

    explain = pipeline.explain
    monkeypatch.setattr(pipeline, "explain", spy)
    args = ["--body-only", "--lang", "de", "--site", "s.txt", "--threshold", "0.2"]
    assert main([*args, files[0]]) == 0
    wanted = {"skip": [], "only": [], "body_only": True, "lang": "de", "site": "s.txt"}
    assert asked[-1] == {**wanted, "threshold": 0.2}


def test_a_site_file_drops_what_it_lists(
    files: tuple[str, str], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    site = tmp_path / "site.txt"
    site.write_text(TWO, encoding="utf-8")
    assert main(["--site", str(site), *files]) == 0
    assert capsysbinary.readouterr().out.decode() == f"{ONE}\n\f"


def test_rules_are_listed_with_what_they_find(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--rules"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    listed = [(name, about.strip()) for name, _, about in (line.partition(" ") for line in lines)]
    assert listed == [(rule.name, rule.about) for rule in (*RULES, *CONTEXT_RULES)]


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"cleaner {cleaner.__version__}\n")


def test_help_teaches_by_examples_that_parse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    page = capsys.readouterr().out
    examples = [line.split("  ")[1] for line in page.splitlines() if line.startswith("  cleaner ")]
    assert len(examples) >= 5
    for example in examples:
        words = example.replace("'", "").split("|")[0].split("<")[0].split(">")[0].split()
        assert cli._parser().parse_args(words[1:]).rules is False


# Subcommands, start-up


def test_score_is_handed_its_own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Sequence[str]] = []
    score = types.ModuleType("cleaner.score_command")
    score.main = lambda argv: seen.append(argv) or 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cleaner.score_command", score)
    assert main(["score", "fixtures", "--json"]) == 1
    assert seen == [["fixtures", "--json"]]


def test_a_file_named_score_is_given_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "score").write_text(dump(ONE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["./score"]) == 0
    assert capsysbinary.readouterr().out.decode() == f"{ONE}\n"


@NEEDS_SEED
def test_cleaning_utf_8_imports_nothing_heavy() -> None:
    run(SEED)  # stores the index of phrases, which otherwise is built from TOML here
    heavy = (
        "numpy lxml trafilatura bs4 rich charset_normalizer tomllib json starlette "
        "cleaner.commands cleaner.site"
    )
    script = (
        "import sys; from cleaner.cli import main; main(sys.argv[1:]);"
        f"sys.stderr.write(' '.join(m for m in '{heavy}'.split() if m in sys.modules))"
    )
    command = [sys.executable, "-c", script, str(SEED)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    assert done.stderr == b""
    assert done.stdout.count(b"\n") > 5
