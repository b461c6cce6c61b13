from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import against
from cleaner.against import compared, figures, rivals
from cleaner.errors import CleanerError
from cleaner.fixture_writing import draft, groups_of, regrouped, write_fixture
from cleaner.fixtures import Fixture
from cleaner.score_command import main

PAGE = """<html lang="de"><nav><a href="/">Startseite</a></nav><h1>Die Mühle</h1>
<p>Nach elf Jahren mahlt die Mühle am Wehr wieder Roggen.</p><p>Kommentare</p></html>"""


def page(name: str, text: str = PAGE) -> Fixture:
    made = replace(draft(text.encode(), name, "de"), draft=False)
    groups = groups_of(made)
    groups[2] = "head"
    return regrouped(made, groups)


def test_words_of_the_body_are_lost_and_other_words_kept() -> None:
    mill = page("mill")
    body = "Nach elf Jahren mahlt die Mühle am Wehr wieder Roggen."
    exact = {"word_f1": 1.0, "article_words_lost": 0, "furniture_words_kept": 0}
    assert figures(mill, body) == exact
    assert figures(mill, f"Die Mühle {body}") == {**exact, "word_f1": pytest.approx(20 / 22)}
    assert figures(mill, f"Startseite {body[:-7]}") == {
        "word_f1": pytest.approx(18 / 20),
        "article_words_lost": 1,
        "furniture_words_kept": 1,
    }


def test_where_we_are_furthest_behind_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        against.OTHERS, "half", lambda html: "Nach elf Jahren" if b"Wehr" in html else "Nur das."
    )
    behind = page("behind", "<p>Nur das.<p>Und<p>Kommentare")
    even = replace(page("a"), draft=True)
    text = replace(page("b"), html=None)
    found = rivals([page("mill"), behind, even, text], "half")
    assert {one.name for one in found} == {"behind", "mill"}
    assert found[0].ahead <= found[1].ahead
    rows = {row.figure: row for row in compared(found)}
    assert set(rows) == {"word_f1", "article_words_lost", "furniture_words_kept"}
    assert rows["article_words_lost"].before >= 7
    assert rows["article_words_lost"].after == 0


def test_text_alone_cannot_be_compared() -> None:
    with pytest.raises(CleanerError, match="no fixture is HTML"):
        rivals([replace(page("mill"), html=None)], "trafilatura")


def test_the_command_prints_both_and_tells_machines_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("mill", "weir"):
        write_fixture(page(name), tmp_path / name)
    assert main([str(tmp_path), "--against", "trafilatura"]) == 0
    printed = capsys.readouterr().out
    assert "mill (develop)" in printed
    assert "furniture_words_kept" in printed
    assert main([str(tmp_path), "--against", "trafilatura", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["fixtures"]] == ["mill", "weir"]
    assert {row["figure"] for row in told["compared"]} == set(told["fixtures"][0]["ours"])
    write_fixture(replace(page("text"), html=None), tmp_path / "texts" / "text")
    assert main([str(tmp_path / "texts"), "--against", "trafilatura"]) == 2
    assert "add dump.html" in capsys.readouterr().err
