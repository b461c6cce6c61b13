from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import clean, explain
from cleaner.errors import UnreadableInput
from cleaner.mark import Mark, Verdict
from cleaner.page import SHORT
from cleaner.read_text import read_text
from cleaner.site import site_marks

SLOGAN = "Die Stimme der Region seit 1887"
STORY = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "example.org.txt"


def marked(dump: str, site: Path) -> list[str]:
    page = read_text(dump)
    return [page.texts[mark.start] for mark in site_marks(page, site)]


def test_a_listed_line_is_marked_and_says_by_which_file(site: Path) -> None:
    site.write_text(f"{SLOGAN}\n", encoding="utf-8")
    page = read_text(f"{STORY}\n\n{SLOGAN}\n{STORY}")
    assert site_marks(page, str(site)) == [
        Mark(2, 3, "site/listed", "listed in example.org.txt", Verdict.DROP)
    ]


def test_every_occurrence_is_marked(site: Path) -> None:
    site.write_text(SLOGAN, encoding="utf-8")
    assert marked(f"{SLOGAN}\n{STORY}\n{SLOGAN}", site) == [SLOGAN, SLOGAN]


@pytest.mark.parametrize(
    "line", [SLOGAN.upper(), f"  {SLOGAN}  ", f"► {SLOGAN} …", SLOGAN.replace(" ", "\u00a0")]
)
def test_lines_are_compared_by_key(site: Path, line: str) -> None:
    site.write_text(SLOGAN, encoding="utf-8")
    assert marked(f"{STORY}\n{line}", site) == [line]


@pytest.mark.parametrize(
    "line", [f"{SLOGAN}?", "Die Stimme der Region seit 1888", f"„{SLOGAN}“", f"{SLOGAN}: {STORY}"]
)
def test_near_misses_stay(site: Path, line: str) -> None:
    site.write_text(SLOGAN, encoding="utf-8")
    assert marked(f"{STORY}\n{line}", site) == []


def test_blank_lines_and_comments_list_nothing(site: Path) -> None:
    site.write_text(f"# {STORY}\n\n   \n{SLOGAN}\n", encoding="utf-8")
    assert marked(f"{STORY}\n\n   \n# {STORY}\n{SLOGAN}", site) == [SLOGAN]


def test_a_hashtag_is_listed_with_a_blank_before_it(site: Path) -> None:
    site.write_text(" #Coronavirus\n", encoding="utf-8")
    assert marked(f"{STORY}\n#Coronavirus", site) == ["#Coronavirus"]


def test_a_byte_order_mark_and_crlf_are_no_part_of_a_line(site: Path) -> None:
    site.write_bytes(f"\ufeff{SLOGAN}\r\nZur Übersicht\r\n".encode())
    assert marked(f"{SLOGAN}\n{STORY}\nZur Übersicht", site) == [SLOGAN, "Zur Übersicht"]


def test_a_listed_paragraph_is_found_too(site: Path) -> None:
    legal = "Alle Angaben ohne Gewähr. " * 20
    assert len(legal) > SHORT
    site.write_text(f"{legal}\n", encoding="utf-8")
    assert marked(f"{STORY}\n{legal}\n{STORY * 6}", site) == [legal]


def test_a_line_of_symbols_stands_for_itself_alone(site: Path) -> None:
    site.write_text("***\n", encoding="utf-8")
    assert marked(f"{STORY}\n * * *\n---\n***\n\n  \n", site) == ["***"]


@pytest.mark.parametrize("dump", ["", "\n\n", "x" * (SHORT + 1)])
def test_a_page_without_short_lines_has_no_marks(site: Path, dump: str) -> None:
    site.write_text(SLOGAN, encoding="utf-8")
    assert marked(dump, site) == []


LINES = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])).filter(
    lambda text: text.strip() and text[0] not in "#\ufeff"
)


@given(line=LINES, before=st.lists(LINES, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_line_is_listed_is_found(site: Path, line: str, before: list[str]) -> None:
    site.write_bytes(line.encode())
    assert line in marked("\n".join([STORY, *before, line]), site)


def test_the_file_is_read_again_only_when_it_has_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: reads.append(path) or read_bytes(path))
    dump = f"{SLOGAN}\n{STORY}"
    site.write_text(SLOGAN, encoding="utf-8")
    assert marked(dump, site) == marked(dump, site) == [SLOGAN]
    assert reads == [site]
    site.write_text(STORY, encoding="utf-8")
    assert marked(dump, site) == [STORY]
    assert reads == [site, site]


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="the system has no /dev/fd")
def test_a_pipe_serves_many_pages_though_it_can_be_read_once() -> None:
    out, into = os.pipe()
    os.write(into, SLOGAN.encode())
    os.close(into)
    try:
        pipe = Path(f"/dev/fd/{out}")
        assert marked(SLOGAN, pipe) == marked(f"{STORY}\n{SLOGAN}", pipe) == [SLOGAN]
    finally:
        os.close(out)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "lists nothing; write one line"),
        (b"# only a comment\n\n", "lists nothing; write one line"),
        ("Zur Übersicht".encode("cp1252"), "not UTF-8; save it as UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_advice(site: Path, content: bytes, advice: str) -> None:
    site.write_bytes(content)
    with pytest.raises(UnreadableInput, match=advice) as raised:
        site_marks(read_text(STORY), site)
    assert str(site) in str(raised.value)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_is_no_file_is_refused_with_advice(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="give a text file to read"):
        site_marks(read_text(STORY), tmp_path / name)


def test_clean_drops_what_the_site_lists_and_explain_says_so(site: Path) -> None:
    site.write_text(SLOGAN, encoding="utf-8")
    dump = f"{STORY}\n\n{SLOGAN}\n"
    assert SLOGAN in clean(dump)
    assert clean(dump, site=site) == STORY
    reasons = [(line.text, mark.rule) for line, mark in explain(dump, site=site).removed]
    assert reasons == [(SLOGAN, "site/listed")]
