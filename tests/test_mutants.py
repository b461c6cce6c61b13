from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.fixture_writing import draft, write_fixture
from cleaner.fixtures import Fixture
from lab.mutants import Mutant, languages, line_of, main, mutants

MILL = "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen."
GRAIN = "Der neue Müller ist zugleich der jüngste, den das Handwerk in der Gegend je hatte."
DUMP = f"Die Mühle dreht sich\nVon Ada Bruch\n\n{MILL}\n\nKommentare\n"


def fixture(name: str, dump: str, lang: str = "de") -> Fixture:
    return replace(draft(dump, name, lang), draft=False)


def test_a_fixture_notices_what_goes_wrong_without_a_rule() -> None:
    fixtures = [
        fixture("mill", DUMP),
        fixture("plain", f"{MILL}\n"),
        fixture("twice", "\n\n".join([MILL, "Kommentare (2)", GRAIN, "Kommentare (3)", MILL[5:]])),
    ]
    rules = ("comments/heading", "head/byline", "player/controls")
    heading, byline, controls = mutants(fixtures, rules)
    assert heading == Mutant("comments/heading", {"mill": 1, "twice": 2}, 2)
    assert controls == Mutant("player/controls", {}, 0)
    assert byline.marked == 1
    assert languages([heading], fixtures)[0] == 1


def test_what_another_rule_drops_too_goes_unnoticed() -> None:
    wrong = fixture("wrong", f"{MILL}\n\nKommentare\n")
    blind = replace(wrong, clean=wrong.dump.rstrip(), furniture={})  # was wrong all along
    assert mutants([blind], ["comments/heading"]) == (Mutant("comments/heading", {}, 1),)


def test_the_fixtures_that_lose_most_are_named_first() -> None:
    noticed = {"a": 1, "b": 3, "c": 2, "d": 2}
    assert line_of(Mutant("nav/menu", noticed, 9), 10) == "nav/menu    b, c, d and 1 more"
    assert line_of(Mutant("nav/menu", {}, 9), 8) == "nav/menu  nobody, of 9 that it marks"
    assert line_of(Mutant("nav/menu", {}, 0), 8) == "nav/menu  nobody"


def test_too_few_defended_rules_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_fixture(fixture("mill", DUMP), tmp_path / "mill")
    assert main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "comments/heading  " in out
    assert " rules are defended, 0.0" in out


@pytest.mark.slow
def test_the_shipped_fixtures_defend_the_rules(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    assert main([]) == 0, capsys.readouterr().out
