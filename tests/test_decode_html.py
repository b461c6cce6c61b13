"""HTML that is not as it should be: bytes in any encoding, limits, hostile pages."""

from __future__ import annotations

import subprocess
import sys

import pytest
from command import ROOT

from cleaner import clean_html, read_html
from cleaner.decode_html import decode_html
from cleaner.errors import UnreadableInput
from lab.hostile import MOST_MEGABYTES, PAGES, TEXT, measure


def lines(html: str | bytes) -> tuple[str, ...]:
    return read_html.read_html(html).texts


# --- bytes


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("<p>Brücke".encode(), None),
        ("<p>Brücke".encode("utf-8-sig"), "latin-1"),
        ("<p>Brücke".encode("utf-16"), None),
        ("<html><p>Brücke".encode("utf-16-be"), None),
        ("<p>Brücke".encode("cp1252"), "iso-8859-1"),
        ("<meta charset=iso-8859-1><p>Brücke".encode("cp1252"), None),
        ("<meta charset=iso-8859-1><p>Brücke".encode(), None),
        ("<meta charset=klingon><p>Brücke".encode(), "klingon"),
        ("<meta charset=utf-8><p>Die Brücke über den Fluß".encode("cp1252"), None),
        ("<?xml version='1.0' encoding='iso-8859-15'?><p>Brücke €".encode("iso8859-15"), None),
        ("<meta http-equiv=x content='text/html; charset=windows-1252'>ü€".encode("cp1252"), None),
    ],
)
def test_bytes_are_decoded_as_meant(data: bytes, charset: str | None) -> None:
    text = decode_html(data, charset)
    assert "ü" in text
    assert "\ufffd" not in text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мост будет готов позже", "cp1251"),
        ("橋の完成は予定より遅れる", "shift_jis"),
        ("橋の完成は予定より遅れる", "iso-2022-jp"),
        ("大桥将推迟完工", "gb2312"),
        ("다리 완공이 늦어진다", "euc-kr"),
    ],
)
def test_the_pages_own_word_is_believed_where_it_fits(text: str, encoding: str) -> None:
    data = f"<meta charset={encoding}><p>{text}".encode(encoding)
    assert lines(data) == (text,)


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\x00", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n"])
def test_what_is_no_html_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="an HTML page is expected"):
        decode_html(data + b"rest")


# --- limits and hostile pages


def test_limits_are_errors_that_name_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_html, "MOST_CHARACTERS", 10)
    with pytest.raises(UnreadableInput, match="more than 10"):
        clean_html("<p>länger als zehn")
    monkeypatch.setattr(read_html, "MOST_CHARACTERS", 100)
    monkeypatch.setattr(read_html, "MOST_TAGS", 2)
    with pytest.raises(UnreadableInput, match="tags, more than 2"):
        clean_html("<p><p><p>")


REFUSED = {"50 MB of <", "a 50 MB attribute", "gzip bytes", "a PDF"}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_gives_its_text_or_a_clear_error(name: str) -> None:
    _, megabytes, said = measure(name)
    if name in REFUSED:
        assert said.startswith("error: ")
    else:
        assert said == ("empty" if name == "empty" else "text")
    assert megabytes < MOST_MEGABYTES


def test_reading_text_does_not_import_the_parser() -> None:
    code = f"import sys, cleaner; cleaner.clean({TEXT!r}); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    assert "turbohtml" not in done.stdout.split()
