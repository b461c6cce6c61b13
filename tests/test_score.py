from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cleaner import fixtures as fixtures_module
from cleaner import floors as floors_module
from cleaner.errors import FixtureError
from cleaner.fixture_note import Ranges
from cleaner.fixtures import Fixture, read_fixtures
from cleaner.floors import Floors, read_floors, render_floors
from cleaner.mark import Cleaned, Mark
from cleaner.options import Names
from cleaner.score import (
    Figures,
    GroupFigures,
    Scored,
    body_figures,
    figures_of,
    group_figures,
    score,
    total,
    totals,
    word_f1,
)
from cleaner.score_command import main
from cleaner.score_table import WrongLine, wrong_lines

SHIPPED = Path(__file__).parents[1] / "fixtures"

MILL = """\
Abspielen
00:00

Die Mühle dreht sich wieder
Von Ada Bruch

Nach elf Jahren Stillstand mahlt sie Roggen.

Lesen Sie auch: Der letzte Müller

Ein Korn fiel daneben.
Kommentare
"""

FERRY = """\
Play
The ferry is late
It waits for the tide.
"""


def fixture(
    dump: str, furniture: Ranges, body_only: Ranges | None = None, *, split: str = "develop"
) -> Fixture:
    gone = {n for runs in furniture.values() for run in runs for n in run}
    kept = "\n".join(text for n, text in enumerate(dump.split("\n")) if n not in gone)
    return Fixture(
        name="mill",
        dump=dump,
        clean="\n\n".join(part.strip("\n") for part in kept.split("\n\n") if part.strip("\n")),
        about="A page.",
        lang="de" if split == "develop" else "en",
        kind="local",
        split=split,
        origin="Own prose.",
        furniture=furniture,
        body_only=body_only or {},
    )


def mill() -> Fixture:
    furniture = {
        "player": (range(2),),
        "related": (range(8, 9),),
        "comments": (range(11, 12),),
    }
    return fixture(MILL, furniture, {"head": (range(3, 5),)})


def ferry() -> Fixture:
    return fixture(FERRY, {"player": (range(1),)}, split="held-out")


def cleaned(one: Fixture, *marks: tuple[int, str]) -> Cleaned:
    return Cleaned(one.page, tuple(Mark(n, n + 1, rule, f"“{n}”") for n, rule in marks))


# Both player lines and the comment heading go; so does a line of the article, of seven words; the
# related line stays.
MILL_MARKS = (
    (0, "player/controls"),
    (1, "model/line"),
    (6, "comments/closed"),
    (11, "comments/heading"),
)


def test_the_figures_of_one_fixture_counted_by_hand() -> None:
    figures = figures_of(mill(), cleaned(mill(), *MILL_MARKS))
    # Gold: 5 + 3 + 7 + 4 words. Out: 5 + 3 + 4 of them, and the six of the related line; of those
    # „Sie“ happens to be in the gold too.
    assert figures == Figures(
        fixtures=1,
        furniture=4,
        removed=4,
        right=3,
        words_lost=7,
        word_f1=2 * 13 / (19 + 18),
        exact=0,
    )
    assert figures.lines_lost == 1
    assert (figures.precision, figures.recall, figures.f1) == (3 / 4, 3 / 4, 3 / 4)


def test_a_perfect_clean() -> None:
    figures = figures_of(ferry(), cleaned(ferry(), (0, "player/controls")))
    assert (figures.precision, figures.recall, figures.f1) == (1.0, 1.0, 1.0)
    assert (figures.lines_lost, figures.word_f1, figures.exact) == (0, 1.0, 1)


def test_where_nothing_goes_precision_has_no_value() -> None:
    figures = figures_of(ferry(), cleaned(ferry()))
    assert (figures.precision, figures.recall, figures.f1) == (None, 0.0, 0.0)


def test_where_nothing_ought_to_go_recall_has_no_value() -> None:
    plain = fixture("Ein Satz.\n", {})
    assert figures_of(plain, cleaned(plain)) == Figures(1, 0, 0, 0, 0, 1.0, 1)
    assert figures_of(plain, cleaned(plain)).f1 == 1.0
    lost = figures_of(plain, cleaned(plain, (0, "nav/menu")))
    assert (lost.precision, lost.recall, lost.f1) == (0.0, None, 0.0)


def test_blank_lines_count_for_nothing() -> None:
    one = mill()
    marked = Cleaned(one.page, (Mark(0, 3, "player/run", "a run"),))
    assert figures_of(one, marked).removed == 2


@pytest.mark.parametrize(
    ("gold", "text", "expected"),
    [
        ("", "", 1.0),
        ("…", "", 1.0),
        ("", "Teilen", 0.0),
        ("Teilen", "", 0.0),
        ("Rot, rot", "ROT", 2 / 3),
        ("eins zwei", "zwei eins", 1.0),
        ("eins zwei", "drei", 0.0),
    ],
)
def test_word_f1(gold: str, text: str, expected: float) -> None:
    assert word_f1(gold, text) == expected


def both() -> tuple[Scored, Scored]:
    one, other = mill(), ferry()
    return (
        Scored(one, cleaned(one, *MILL_MARKS), cleaned(one, (3, "head/title"), (10, "nav/menu"))),
        Scored(other, cleaned(other, (0, "player/controls")), cleaned(other)),
    )


def test_lines_are_summed_over_fixtures_and_word_f1_is_a_mean() -> None:
    figures = total([one.figures for one in both()])
    assert figures == Figures(2, 5, 5, 4, 7, (26 / 37 + 1) / 2, 1)
    assert figures.f1 == 4 / 5


def test_totals_by_split_and_by_language() -> None:
    one, other = both()
    assert totals(both(), lambda f: f.split) == {"develop": one.figures, "held-out": other.figures}
    assert list(totals(both(), lambda f: f.lang)) == ["de", "en"]


def test_a_group_has_the_recall_of_its_lines_and_the_precision_of_its_rules() -> None:
    groups = group_figures(both())
    assert groups == (
        GroupFigures("player", furniture=3, found=3, removed=2, right=2),
        GroupFigures("comments", furniture=1, found=1, removed=2, right=1),
        GroupFigures("related", furniture=1, found=0, removed=0, right=0),
        GroupFigures("model", furniture=0, found=0, removed=1, right=1),
    )
    assert [(g.recall, g.precision) for g in groups] == [
        (1.0, 1.0),
        (1.0, 0.5),
        (0.0, None),
        (None, 1.0),
    ]


def test_the_body_alone() -> None:
    # Body lines: 7 and 11 of the mill, 2 and 3 of the ferry; one of them goes, as does one of head.
    figures = body_figures(both())
    assert (figures.article, figures.lines_lost) == (4, 1)
    assert figures.groups == (("head", 2, 1), ("caption", 0, 0), ("credit", 0, 0))


def test_wrong_lines_say_what_happened_and_who_did_it() -> None:
    one = mill()
    assert wrong_lines(one, cleaned(one, *MILL_MARKS)) == (
        WrongLine(
            7, "Nach elf Jahren Stillstand mahlt sie Roggen.", True, "comments/closed", "“6”"
        ),
        WrongLine(9, "Lesen Sie auch: Der letzte Müller", False, "related", ""),
    )


@pytest.mark.parametrize(("size", "shown"), [(80, "x" * 80), (81, "x" * 79 + "…")])
def test_a_wrong_line_is_cut_at_80_characters(size: int, shown: str) -> None:
    one = fixture("x" * size, {"nav": (range(1),)})
    assert [line.text for line in wrong_lines(one, cleaned(one))] == [shown]


# The command, on fixtures of two lines each: the rules are made up here, so that no figure hangs on
# what rules the package has by now.


def write(folder: Path, split: str = "develop", dump: str = "Abspielen\nEin Satz.\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "dump.txt").write_text(dump, encoding="utf-8")
    (folder / "clean.txt").write_text(dump.partition("\n")[2], encoding="utf-8")
    (folder / "note.toml").write_text(
        f'about = "A page."\nlang = "de"\nkind = "local"\nsplit = "{split}"\n'
        'origin = "Own prose."\n[furniture]\nplayer = ["1"]\n[body_only]\n',
        encoding="utf-8",
    )
    return folder


Calls = list[tuple[str, bool]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Replace the pipeline: lines that begin with a word are dropped; each call is noted."""
    made: Calls = []

    def explain(text: str, *, skip: Names, body_only: bool) -> Cleaned:
        made.append((text, body_only))
        page = fixture(text, {}).page
        rules = {"Abspielen": "player/controls", "Reklame": "ads/notice"}
        hits = ((n, line.partition(" ")[0]) for n, line in enumerate(page.texts))
        marks = (Mark(n, n + 1, rules[w], f"“{w.lower()}”") for n, w in hits if w in rules)
        return Cleaned(page, tuple(marks))

    monkeypatch.setattr(fixtures_module, "explain", explain)
    return made


@pytest.fixture
def corpus(tmp_path: Path, calls: Calls) -> Path:
    """Three fixtures: `good` is perfect, `lost` loses a line, `missed` keeps its furniture."""
    write(tmp_path / "good")
    write(tmp_path / "lost", dump="Abspielen\nReklame war sein Beruf.\nEin Satz.\n")
    write(tmp_path / "missed", "held-out", dump="Los!\nEin Satz.\n")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(arg) for arg in argv])
    out, err = capsys.readouterr()
    return code, out, err


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


# Floors

PRESENT = """\
# Written by `cleaner score --raise-floors`; article_lines_lost is a ceiling.

[develop]
furniture_f1 = 0.8
article_lines_lost = 1
word_f1 = 0.75
exact = 1

[held-out]
furniture_f1 = 0.0
article_lines_lost = 0
word_f1 = 0.8
exact = 0
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def floors(corpus: Path) -> Write:
    """Write the present figures as floors, one text of them replaced."""

    def write_floors(old: str, new: str) -> Path:
        assert PRESENT.count(old) == 1
        (corpus / "floors.toml").write_text(PRESENT.replace(old, new), encoding="utf-8")
        return corpus

    return write_floors


def test_floors_are_written_from_the_present_figures(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "floors.toml"
    for _ in range(2):
        assert run(capsys, corpus, "--raise-floors", "--wrong", "0")[0::2] == (0, "")
        assert path.read_text(encoding="utf-8") == PRESENT
    assert run(capsys, corpus)[0] == 0
    assert sorted(p.name for p in corpus.iterdir()) == ["floors.toml", "good", "lost", "missed"]


def test_floors_are_rounded_down(
    tmp_path: Path, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "good")
    write(tmp_path / "lost", dump="Abspielen\nReklame eins.\nReklame zwei.\nEin Satz.\n")
    assert run(capsys, tmp_path, "--raise-floors")[0] == 0
    # Of 4 lines that went 2 are furniture: F1 is 4 / 6. Word F1 is 1 and 2 * 2 / (6 + 2).
    assert read_floors(tmp_path / "floors.toml") == {"develop": Floors(0.666, 2, 0.75, 1)}
    assert run(capsys, tmp_path)[0] == 0


BROKEN_FLOORS = [
    ("f1 = 0.8\nart", "f1 = 0.9\nart", "[develop] furniture_f1 is 0.8, its floor is 0.9"),
    (
        "article_lines_lost = 1",
        "article_lines_lost = 0",
        "[develop] article_lines_lost is 1, its ceiling is 0",
    ),
    ("word_f1 = 0.8\n", "word_f1 = 0.801\n", "[held-out] word_f1 is 0.8, its floor is 0.801"),
    ("exact = 1", "exact = 2", "[develop] exact is 1, its floor is 2"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_FLOORS)
def test_below_a_floor_it_exits_1_and_names_it(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    folder = floors(old, new)
    code, out, err = run(capsys, folder)
    assert (code, err) == (1, f"cleaner score: {message}\n")
    assert "worst first" in out
    assert json.loads(run(capsys, folder, "--json")[1])["floors_broken"] == [message]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_FLOORS)
def test_no_floor_is_lowered(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    path = floors(old, new) / "floors.toml"
    before = path.read_bytes()
    code, _, err = run(capsys, path.parent, "--raise-floors")
    assert code == 1
    assert err.startswith(f"cleaner score: {message}\ncleaner score: no floor is lowered")
    assert path.read_bytes() == before


def test_floors_rise_and_the_ceiling_falls(
    floors: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floors("article_lines_lost = 1", "article_lines_lost = 7") / "floors.toml"
    assert run(capsys, path.parent, "--raise-floors")[0] == 0
    assert path.read_text(encoding="utf-8") == PRESENT


def test_a_split_alone_leaves_the_other_splits_floors(
    floors: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = floors("word_f1 = 0.8\n", "word_f1 = 0.9\n")
    before = (folder / "floors.toml").read_text(encoding="utf-8")
    assert run(capsys, folder, "--split", "develop", "--raise-floors")[0] == 0
    assert (folder / "floors.toml").read_text(encoding="utf-8") == before
    assert run(capsys, folder, "--split", "held-out")[0] == 1


def test_a_write_that_fails_leaves_the_floors_as_they_were(
    floors: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = floors("exact = 1", "exact = 0") / "floors.toml"
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(floors_module.Path, "replace", refuse)
    code, _, err = run(capsys, path.parent, "--raise-floors")
    assert (code, "cannot be written: No space left" in err) == (2, True)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".floors*"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[held-out]", "[test]", "unknown key 'test'; known are develop, held-out"),
        ("[held-out]", "[held-out", "cannot be read as TOML"),
        ("exact = 1", "exact = 1\nspeed = 2", "[develop] unknown key 'speed'; known are furni"),
        ("exact = 1\n", "", "[develop] needs `exact`"),
        ("exact = 1", "exact = 1.0", "[develop] `exact` must be a whole number"),
        ("exact = 1", "exact = true", "[develop] `exact` must be a whole number"),
        ("exact = 1", "exact = -1", "[develop] `exact` must be a whole number"),
        ("word_f1 = 0.75", "word_f1 = 1.001", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", "word_f1 = 0.7501", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", "word_f1 = nan", "[develop] `word_f1` must be 0.0 to 1.0"),
        ("word_f1 = 0.75", 'word_f1 = "0.7"', "[develop] `word_f1` must be 0.0 to 1.0"),
    ],
)
def test_a_broken_floor_file_exits_2(
    floors: Write, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    code, out, err = run(capsys, floors(old, new))
    assert (code, out) == (2, "")
    assert "floors.toml: " in err
    assert message in err


def test_a_floor_file_of_keys_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("develop = 0.5\n")
    with pytest.raises(FixtureError, match=r"floors\.toml: \[develop\] must be a table"):
        read_floors(path)


def test_floors_of_a_split_that_has_no_fixture_are_refused(
    tmp_path: Path, calls: Calls, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "good")
    (tmp_path / "floors.toml").write_text(PRESENT)
    code, _, err = run(capsys, tmp_path)
    assert (code, "[held-out] holds for no fixture; remove the table" in err) == (2, True)


def test_floors_read_back_as_written(tmp_path: Path) -> None:
    held = {"held-out": Floors(1.0, 0, 0.001, 12), "develop": Floors(0.0, 3, 0.999, 0)}
    (tmp_path / "floors.toml").write_text(render_floors(held))
    assert read_floors(tmp_path / "floors.toml") == held


def test_a_hundred_of_the_shipped_fixtures_are_scored_in_a_second() -> None:
    fixtures = read_fixtures(SHIPPED)
    start = process_time()
    figures = total([one.figures for one in score(fixtures)])
    assert figures.fixtures == len(fixtures) >= 40
    assert process_time() - start < len(fixtures) / 100
