from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as etree

import pytest

from cleaner import fixtures
from cleaner.errors import CleanerError
from cleaner.mark import Cleaned, Mark
from cleaner.options import Names
from cleaner.read_text import read_text
from cleaner.score_changes import changes, compare, counted, read_scores
from cleaner.score_command import main

Entry = dict[str, Any]


def entry(name: str, right: int, *, lost: int = 0, of: int = 10, **more: object) -> Entry:
    figures = {"furniture_lines": of, "removed_lines": right + lost, "article_lines_lost": lost}
    return {"name": name, "split": "develop", "word_f1": 1.0, "exact": 1, **figures, **more}


def scores(*entries: Entry) -> dict[str, Any]:
    return {"fixtures": list(entries)}


def kept(line: int, text: str) -> Entry:
    return {"line": line, "text": text, "wrongly": "kept", "group": "player"}


def test_lines_are_fixed_or_broken() -> None:
    before = scores(
        entry("a", 8, wrong=[kept(1, "Play"), kept(2, "Stop")]),
        entry("b", 10, wrong=[]),
        entry("gone", 10, wrong=[]),
        entry("same", 9, wrong=[kept(4, "Mute")]),
    )
    after = scores(
        entry("a", 9, wrong=[kept(2, "Stop")]),
        entry("b", 9, wrong=[kept(7, "Share")]),
        entry("new", 1, wrong=[kept(1, "Play")]),
        entry("same", 9, wrong=[kept(4, "Mute")]),
    )
    found = changes(before, after)
    assert [(one.name, one.broken, one.fixed) for one in found] == [
        ("b", (kept(7, "Share"),), ()),
        ("a", (), (kept(1, "Play"),)),
    ]
    assert (found[0].before, found[0].after) == (1.0, 18 / 19)
    assert counted(found) == "1 lines fixed, 1 broken"


def test_held_out_fixtures_are_told_by_figures_alone() -> None:
    found = changes(scores(entry("h", 8)), scores(entry("h", 9)))
    assert [(one.name, one.broken, one.fixed) for one in found] == [("h", (), ())]


def verdicts(before: list[Entry], after: list[Entry]) -> dict[str, str]:
    return {row.figure: row.verdict for row in compare(scores(*before), scores(*after))}


def test_what_all_fixtures_say_is_progress_and_what_one_says_is_none() -> None:
    names = [f"page-{n}" for n in range(20)]
    before = [entry(name, 7, lost=1) for name in names]
    after = [entry(name, 8, lost=0) for name in names]
    better = {"f1": "better", "article_lines_lost": "better", "word_f1": "the same"}
    assert verdicts(before, after) == {**better, "exact": "the same"}
    worse = {figure: verdict.replace("better", "worse") for figure, verdict in better.items()}
    assert verdicts(after, before) == {**worse, "exact": "the same"}
    mixed = [entry(name, 6 + n % 4, word_f1=0.9 + 0.05 * (n % 3)) for n, name in enumerate(names)]
    shifted = [entry(name, 6 + (n + 1) % 4, word_f1=0.95) for n, name in enumerate(names)]
    assert verdicts(mixed, shifted)["f1"] == "no clear difference"
    one = [entry(name, 8 if n == 3 else 7, lost=1) for n, name in enumerate(names)]
    assert verdicts(before, one)["f1"] == "no clear difference"


def test_pairs_settle_what_the_spread_of_fixtures_would_hide() -> None:
    names = [f"page-{n}" for n in range(20)]
    before = [entry(name, n, of=20, word_f1=n / 20) for n, name in enumerate(names)]
    after = [entry(name, n + 1, of=20, word_f1=(n + 1) / 20) for n, name in enumerate(names)]
    rows = {row.figure: row for row in compare(scores(*before), scores(*after))}
    assert rows["word_f1"].low == pytest.approx(rows["word_f1"].high) == pytest.approx(0.05)
    assert rows["f1"].low < rows["f1"].after - rows["f1"].before < rows["f1"].high


def test_a_comparison_is_repeatable_and_over_each_split() -> None:
    before = [entry("a", 5), entry("b", 6, split="held-out"), entry("c", 7), entry("x", 1)]
    after = [entry("a", 6), entry("b", 6, split="held-out"), entry("c", 9), entry("y", 1)]
    first, again = (compare(scores(*before), scores(*after)) for _ in range(2))
    assert first == again
    assert [row.over for row in first[::4]] == ["all", "develop", "held-out"]
    assert first[0].before == pytest.approx(2 * 18 / (18 + 30))


def test_nothing_in_common_is_an_error() -> None:
    with pytest.raises(CleanerError, match="no fixture in common"):
        compare(scores(entry("a", 1)), scores(entry("b", 1)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "is not what `cleaner score --json` prints"),
        ('{"fixtures": [{"name": "a"}]}', "is not what"),
        ('{"fixtures": 3}', "is not what"),
        (None, "cannot be opened: No such file"),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, text: str | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scores.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CleanerError, match=message):
        read_scores(path)
    assert main(["--compare", str(path), str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"cleaner score: {path}: ")


# --- the command, where only lines that say "Los!" are dropped, or none


def write(folder: Path, dump: str, split: str = "develop", more: str = "") -> None:
    folder.mkdir(parents=True)
    (folder / "dump.txt").write_text(dump)
    (folder / "clean.txt").write_text(dump.partition("\n")[2])
    (folder / "note.toml").write_text(
        f'about = "A <page>."\nlang = "de"\nkind = "local"\nsplit = "{split}"\n'
        f'origin = "Own prose."\n{more}\n[furniture]\nplayer = ["1"]\n[body_only]\n'
    )


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "one", "Los!\nEin \x0b </script> Satz.\n")
    write(tmp_path / "two", "Los!\nNoch einer.\n", "held-out")
    monkeypatch.chdir(tmp_path)
    drop_with(monkeypatch, "Los!")
    return tmp_path


def drop_with(monkeypatch: pytest.MonkeyPatch, *dropped: str) -> None:
    def explain(text: str, *, skip: Names, body_only: bool) -> Cleaned:
        page = read_text(text)
        hits = [n for n, line in enumerate(page.texts) if line in dropped]
        return Cleaned(page, tuple(Mark(n, n + 1, "player/controls", "“los”") for n in hits))

    monkeypatch.setattr(fixtures, "explain", explain)


def saved(corpus: Path, capsys: pytest.CaptureFixture[str], name: str) -> str:
    assert main([".", "--json"]) == 0
    (corpus / name).write_text(capsys.readouterr().out)
    return name


def test_the_baseline_is_told_in_text_page_and_junit(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = saved(corpus, capsys, "base.json")
    drop_with(monkeypatch)
    files = ("--report", "report.html", "--junit", "junit.xml")
    assert main([".", "--baseline", baseline, *files]) == 0
    out = capsys.readouterr().out
    assert "  broken     1  kept     player  Los!\n" in out
    assert out.endswith("Since the baseline: 0 lines fixed, 1 broken.\n")
    page = (corpus / "report.html").read_text()
    assert "0 lines fixed, 1 broken, in 2 fixtures" in page
    suite = etree.fromstring((corpus / "junit.xml").read_text())
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure = suite.find("testcase[@name='one']/failure")
    assert failure is not None
    assert failure.get("message") == "1 lines broke since the baseline"
    assert failure.text == "    1  kept     player  Los!"
    assert suite.find("testcase[@name='two']/*") is None  # held out


def test_floors_fail_in_junit(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main([".", "--raise-floors"]) == 0
    drop_with(monkeypatch)
    assert main([".", "--junit", "junit.xml"]) == 1
    suite = etree.fromstring((corpus / "junit.xml").read_text())
    failures = {case.get("name"): case.find("failure") for case in suite}
    assert len(failures) == 2 * 4 + 2
    message = failures["develop furniture_f1"]
    assert message is not None
    assert message.get("message") == "[develop] furniture_f1 is 0.0, its floor is 1.0"
    assert failures["develop article_lines_lost"] is None


def test_what_xml_cannot_hold_is_replaced(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_with(monkeypatch, "Ein \x0b </script> Satz.")
    assert main([".", "--junit", "junit.xml"]) == 0
    suite = etree.fromstring((corpus / "junit.xml").read_text())
    output = suite.find("testcase[@name='one']/system-out")
    assert output is not None
    assert "Ein � </script> Satz." in str(output.text)


def test_two_runs_are_compared(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = saved(corpus, capsys, "base.json")
    assert main(["--compare", name, name]) == 0
    assert capsys.readouterr().out.count("the same") == 3 * 4
    assert main(["--compare", name, name, "--json"]) == 0
    assert {row["verdict"] for row in json.loads(capsys.readouterr().out)} == {"the same"}


def test_drafts_are_left_out(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(corpus / "draft", "Weiter!\nMehr.\n", more="draft = true")
    assert main([".", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["all"]["fixtures"] == 2
    assert err == "cleaner score: 1 drafts are left out\n"
    assert main(["draft"]) == 2
    assert "holds drafts alone; look one over" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_file_that_cannot_be_written_is_an_error(
    corpus: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([".", option, "gone/file"]) == 2
    assert "gone/file: cannot be written: No such file" in capsys.readouterr().err
