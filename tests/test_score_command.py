"""`cleaner score`: its JSON, its tables, its options, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scored import Calls, run, write

from cleaner.fixtures import read_fixtures
from cleaner.score import score


def report(capsys: pytest.CaptureFixture[str], *argv: object) -> dict[str, Any]:
    code, out, err = run(capsys, *argv, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_each_fixture_is_cleaned_once_a_mode_and_the_worst_comes_first(
    corpus: Path, calls: Calls
) -> None:
    scored = score(read_fixtures(corpus))
    assert len(set(calls)) == len(calls) == 6
    assert [one.fixture.name for one in scored] == ["missed", "lost", "good"]


def test_json_holds_every_figure(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, corpus)
    assert found["all"] == {
        "fixtures": 3,
        "furniture_lines": 3,
        "removed_lines": 3,
        "precision": 2 / 3,
        "recall": 2 / 3,
        "f1": 2 / 3,
        "article_lines_lost": 1,
        "article_words_lost": 4,
        "word_f1": pytest.approx((1 + 4 / 8 + 4 / 5) / 3),
        "exact": 1,
    }
    assert list(found["splits"]) == ["develop", "held-out"]
    assert list(found["languages"]) == ["de"]
    assert found["groups"]["ads"] == {
        "group": "ads",
        "furniture": 0,
        "found": 0,
        "removed": 1,
        "right": 0,
        "precision": 0.0,
        "recall": None,
    }
    assert found["body_only"] == {
        "article_lines": 4,
        "article_lines_lost": 1,
        "head": {"lines": 0, "removed": 0},
        "caption": {"lines": 0, "removed": 0},
        "credit": {"lines": 0, "removed": 0},
    }
    assert found["fixtures"][1]["wrong"] == [
        {
            "line": 2,
            "text": "Reklame war sein Beruf.",
            "wrongly": "removed",
            "rule": "ads/notice",
            "because": "“reklame”",
        }
    ]
    assert found["floors_broken"] == []


def test_lines_of_held_out_fixtures_are_shown_to_who_asks_for_them_alone(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "wrong" not in report(capsys, corpus)["fixtures"][0]
    shown = report(capsys, corpus, "--split", "held-out")["fixtures"]
    assert [one["wrong"] for one in shown] == [
        [{"line": 1, "text": "Los!", "wrongly": "kept", "group": "player"}]
    ]
    assert "Los!" not in run(capsys, corpus, "--all")[1]
    assert "    1  kept     player  Los!" in run(capsys, corpus, "--split", "held-out")[1]


def test_the_tables_are_plain_where_no_terminal_is(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, corpus)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert rows["all"] == ["3", "3", "0.666", "0.666", "0.666", "1", "4", "0.766", "1"]
    assert rows["develop"] == ["2", "2", "0.666", "1.000", "0.800", "1", "4", "0.750", "1"]
    assert rows["held-out"] == ["1", "1", "–", "0.000", "0.000", "0", "0", "0.800", "0"]
    assert rows["player"] == ["3", "2", "0.666", "2", "2", "1.000"]
    assert rows["article"] == ["4", "1"]
    assert "    2  removed  ads/notice “reklame”  Reklame war sein Beruf." in out


def test_wrong_says_how_many_fixtures_list_their_lines(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(corpus / "worse", dump="Abspielen\nReklame.\nReklame war es.\nReklame blieb es.\n")
    listed = ("Reklame war sein Beruf.", "Reklame blieb es.")
    for argv, expected in (
        ([], [True, True]),
        (["--all"], [True, True]),
        (["--wrong", "1"], [False, True]),
        (["--wrong", "0"], [False, False]),
    ):
        out = run(capsys, corpus, *argv)[1]
        assert [text in out for text in listed] == expected


def test_a_split_is_scored_alone(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, corpus, "--split", "develop")
    assert [one["name"] for one in found["fixtures"]] == ["lost", "good"]


def test_the_default_folder_is_fixtures(
    tmp_path: Path,
    calls: Calls,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path / "fixtures" / "good")
    monkeypatch.chdir(tmp_path)
    assert report(capsys)["all"]["exact"] == 1


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--split", "test"], "argument --split: invalid choice: 'test'"),
        (["--wrong", "-1"], "'-1' is no count"),
        (["--wrong", "few"], "'few' is no count"),
        (["--wrong", "1", "--all"], "not allowed with argument"),
        (["--jso"], "unrecognized arguments: --jso"),
        (["gone"], "gone: is no folder"),
        (["good", "--split", "held-out"], "no fixture is of the split 'held-out'"),
        (["good", "--raise-floors"], "--raise-floors is for a folder of fixtures"),
    ],
)
def test_bad_usage_exits_2_and_says_what_to_do(
    tmp_path: Path,
    calls: Calls,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
    message: str,
) -> None:
    write(tmp_path / "good")
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert err.startswith("cleaner score: ")
    assert message in err


def test_a_broken_fixture_exits_2(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "good" / "clean.txt").unlink()
    code, out, err = run(capsys, corpus)
    assert (code, out) == (2, "")
    assert err.startswith("cleaner score: good/clean.txt: is missing")
