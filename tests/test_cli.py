from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest

import cleaner
from cleaner import cli, pipeline
from cleaner.cli import main
from cleaner.decode import decode, read_dumps
from cleaner.errors import UnreadableInput
from cleaner.mark import Cleaned
from cleaner.rules import CONTEXT_RULES, RULES

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed" / "krone-2021-05-20.txt"
ONE = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit."
TWO = "„Größer“ als gedacht sind auch die Kosten, die Über­schreitung trägt das Land."
NEEDS_SEED = pytest.mark.skipif(not SEED.exists(), reason="../shared/seed is not here")
# Without it a stream that cannot be written fails later, at exit, as it does for users.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
BINARY = bytes(range(13, 256)) * 8
COMMAND = (sys.executable, "-m", "cleaner")


def dump(line: str) -> str:
    return f"Abspielen\n{line}\n00:00\n"


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=BUFFERED,
        timeout=60,
        check=False,
    )


def start(*args: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*COMMAND, *args], stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=BUFFERED
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    paths = (tmp_path / "a.txt", tmp_path / "b.txt")
    for path, line in zip(paths, (ONE, TWO), strict=True):
        path.write_text(dump(line), encoding="utf-8")
    return str(paths[0]), str(paths[1])


# Text in, text out


def test_stdin_is_cleaned_to_stdout() -> None:
    done = run(stdin=dump(ONE).encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{ONE}\n".encode(), b"")


def test_a_dash_is_stdin_among_files(files: tuple[str, str]) -> None:
    done = run(files[0], "-", stdin=dump(TWO).encode())
    assert done.stdout.decode() == f"{ONE}\n\f{TWO}\n"


@pytest.mark.parametrize("stdin", [b"", b"\n\n", b"Abspielen\n", b"\xef\xbb\xbf"])
def test_nothing_left_is_nothing_written(stdin: bytes) -> None:
    done = run(stdin=stdin)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@NEEDS_SEED
def test_the_seed_comes_out_as_from_the_library(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(SEED)]) == 0
    text = SEED.read_text(encoding="utf-8")
    assert capsysbinary.readouterr().out.decode() == cleaner.clean(text) + "\n"


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_unicode_and_any_line_end_are_read_untold(encoding: str, line_end: str) -> None:
    data = dump(TWO).replace("\n", line_end).encode(encoding)
    assert run(stdin=data).stdout.decode() == f"{TWO}\n"


def test_big_endian_utf_16_is_known_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + ONE.encode("utf-16-be")) == ONE


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp1252", ONE),
        ("cp1252", "Bron blir färdig senare än väntat, säger kommunen på måndagen."),
        ("cp1252", "Le pont sera achevé plus tard, a déclaré la mairie de Besançon. Ça va."),
        ("cp1250", "Most będzie gotowy później, niż oczekiwano – powiedział burmistrz."),
        ("cp1251", "Мост через реку будет готов позже, чем ожидалось, сообщил город."),
        ("shift_jis", "橋の完成は予定より遅れる見込みだと市が月曜日に発表した。"),
        ("gb18030", "这座桥将比预期晚完工，市政府周一表示。"),
    ],
)
def test_other_encodings_are_found_out(encoding: str, line: str) -> None:
    assert decode(dump(line).encode(encoding)) == dump(line)


def test_an_encoding_found_out_comes_out_as_utf_8() -> None:
    assert run(stdin=dump(ONE).encode("cp1252")).stdout.decode() == f"{ONE}\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16", "gb18030", "utf-7"])
def test_an_encoding_can_be_named(encoding: str) -> None:
    data = f"{dump(ONE)}\f{dump(ONE)}".encode(encoding)
    assert run("--encoding", encoding, stdin=data).stdout.decode() == f"{ONE}\n\f{ONE}\n"


def test_damaged_utf_8_stays_utf_8() -> None:
    data = f"{ONE}\n{TWO}\n".encode()
    assert decode(data[:5] + b"\xff" + data[5:]) == f"{ONE[:5]}\ufffd{ONE[5:]}\n{TWO}\n"
    cut = data[: data.rindex("Ü".encode()) + 1]
    assert decode(cut) == cut[:-1].decode() + "\ufffd"


def test_binary_is_refused_with_what_was_tried_and_what_to_do() -> None:
    done = run(stdin=BINARY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"cleaner: stdin: is neither UTF-8 nor")
    assert b"--encoding" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16", "shift_jis"])
def test_what_does_not_fit_the_named_encoding_is_refused(encoding: str) -> None:
    done = run("--encoding", encoding, stdin=b"Br\xfccke\xff")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"cannot be decoded as {encoding}; name" in done.stderr.decode()


def test_decode_refuses_an_unknown_encoding() -> None:
    with pytest.raises(UnreadableInput, match="unknown encoding 'latin-99'; name a known one"):
        decode(b"", "latin-99")


def test_a_lone_surrogate_does_not_stop_the_output() -> None:
    stdin = rf"{ONE} \ud800 Ende.".encode("raw_unicode_escape")
    args = ("--encoding", "raw_unicode_escape")
    assert run(*args, stdin=stdin).stdout.decode() == rf"{ONE} \ud800 Ende." + "\n"
    assert json.loads(run(*args, "--json", stdin=stdin).stdout)["text"] == f"{ONE} \ud800 Ende."


# Several dumps


def test_form_feeds_part_dumps_and_clean_texts() -> None:
    done = run(stdin=f"{dump(ONE)}\f{dump(TWO)}".encode())
    assert done.stdout.decode() == f"{ONE}\n\f{TWO}\n"


def test_each_dump_has_its_answer_empty_ones_too() -> None:
    dumps = ["", dump(ONE), "Abspielen", "", dump(TWO), ""]
    answers = run(stdin="\f".join(dumps).encode()).stdout.decode().split("\f")
    assert answers == ["", f"{ONE}\n", "", "", f"{TWO}\n", ""]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_can_part_dumps(line_end: str) -> None:
    text = f"{dump(ONE)}== Ö\n\f== Ö \n== Ö\n{dump(TWO)}== Ö".replace("\n", line_end)
    done = run("--separator", "== Ö", stdin=text.encode())
    assert done.stdout.decode() == f"{ONE}\n== Ö\n\f== Ö \n== Ö\n{TWO}\n== Ö\n"


@pytest.mark.parametrize("separator", [None, "-----"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_dumps_larger_than_what_is_read_at_once(separator: str | None, encoding: str) -> None:
    dumps = [f"{size} {'ü' * size}\r\n" for size in (65_533, 65_534, 65_535, 131_070, 300_000)]
    data = ("\f" if separator is None else f"{separator}\r\n").join(dumps).encode(encoding)
    found = list(read_dumps(BytesIO(data), separator))
    assert [text for text, _ in found] == dumps
    assert [ended for _, ended in found] == [True, True, True, True, False]


def test_a_form_feed_is_a_character_not_a_byte() -> None:
    telugu = "ఌ" * 3  # U+0C0C: form feeds all over in UTF-16
    assert run(stdin=f"{telugu}. {ONE}".encode("utf-16")).stdout.decode() == f"{telugu}. {ONE}\n"


def test_dumps_of_one_stream_may_differ_in_encoding() -> None:
    stdin = dump(ONE).encode() + b"\f" + dump(ONE).encode("cp1252")
    assert run(stdin=stdin).stdout.decode() == f"{ONE}\n\f{ONE}\n"


def test_files_are_parted_as_dumps_are(
    files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([*files]) == 0
    assert capsysbinary.readouterr().out.decode() == f"{ONE}\n\f{TWO}\n"
    assert main(["--separator", "=====", *files]) == 0
    assert capsysbinary.readouterr().out.decode() == f"{ONE}\n=====\n{TWO}\n"


def test_an_answer_comes_as_soon_as_its_dump_has_ended() -> None:
    with start() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{dump(ONE)}\f".encode())
        process.stdin.flush()
        assert process.stdout.readline().decode() == f"{ONE}\n"
        assert process.poll() is None
        process.stdin.write(dump(TWO).encode())
        process.stdin.close()
        assert process.stdout.read().decode() == f"\f{TWO}\n"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc for peak memory")
def test_memory_is_bounded_by_one_dump() -> None:
    script = (
        "import sys; from cleaner.cli import main; main([]); status = open('/proc/self/status');"
        "sys.stderr.write(next(line.split()[1] for line in status if line.startswith('VmHWM')))"
    )
    one = "\n\n".join([ONE * 10] * 100).encode()

    def peak(count: int) -> int:
        command = [sys.executable, "-c", script]
        stdin = b"\f".join([one] * count)
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=True)
        assert done.stdout.count(b"\f") == count - 1
        return int(done.stderr)

    assert peak(300) < peak(3) * 1.3  # 23 MB and 0.2 MB


# Pipes that close, disks that are full


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    "line",
    [
        "$CLEANER < $MANY | head -n 1",
        "$CLEANER --json $MANY | head -n 1",
        "$CLEANER --explain $MANY 2>&1 > /dev/null | head -n 1",
        "$CLEANER --rules | true",
        "$CLEANER --help | true",
    ],
)
def test_a_reader_that_leaves_early_is_no_error(line: str, tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text("\f".join([dump(ONE)] * 5_000), encoding="utf-8")
    command, _, reader = line.partition(" | ")
    script = f"{{ {command}; echo $? > $STATUS; }} | {reader}"
    status = tmp_path / "status"
    paths = {"MANY": str(many), "STATUS": str(status), "CLEANER": " ".join(COMMAND)}
    done = subprocess.run(
        script, shell=True, capture_output=True, cwd=ROOT, env=BUFFERED | paths, check=True
    )
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == (reader == "head -n 1")
    assert status.read_text() == "0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_reported_once(files: tuple[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *files], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, env=BUFFERED
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"cleaner: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(("closing", "named"), [("<&-", "stdin"), (">&-", "stdout")])
def test_a_closed_stream_is_reported(closing: str, named: str) -> None:
    line = f"{' '.join(COMMAND)} {closing}"
    done = subprocess.run(line, shell=True, capture_output=True, cwd=ROOT, input=b"")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"cleaner: {named}")


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
    assert main(["--body-only", "--lang", "de", "--site", "s.txt", files[0]]) == 0
    wanted = {"skip": [], "only": [], "body_only": True, "lang": "de", "site": "s.txt"}
    assert asked[-1] == wanted


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
