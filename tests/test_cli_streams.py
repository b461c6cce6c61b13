"""Text in, text out: encodings, several dumps, pipes that close."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from command import BINARY, BUFFERED, COMMAND, NEEDS_SEED, ONE, ROOT, SEED, TWO, dump, run, start

import cleaner
from cleaner.cli import main
from cleaner.decode import decode, read_dumps
from cleaner.errors import UnreadableInput

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
