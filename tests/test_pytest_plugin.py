from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from cleaner.errors import FixtureError
from cleaner.fixture_writing import draft, groups_of, regrouped, version, write_fixture
from cleaner.fixtures import Fixture, read_fixture
from cleaner.regression import redrafted

pytest_plugins = ["pytester"]

PLUGIN = "cleaner.pytest_plugin"
INSTALLED = any(one.value == PLUGIN for one in entry_points(group="pytest11"))
MILL = "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen."
DUMP = f"Abspielen\n00:00\n\nDie Mühle dreht sich\n\n{MILL}\n\nKommentare\n"

Run = Callable[..., pytest.RunResult]


def reviewed(name: str, **changes: object) -> Fixture:
    made = draft(DUMP, name, "de")
    return Fixture(**{**vars(made), "draft": False, **changes})


def written(fixture: Fixture, folder: Path = Path("fixtures")) -> Path:
    path = folder / fixture.name
    write_fixture(fixture, path)
    return path


def with_groups(fixture: Fixture, **groups: str) -> Fixture:
    """Give other groups to lines, named as `line_4`."""
    by_line = {int(name.removeprefix("line_")) - 1: group for name, group in groups.items()}
    given = [by_line.get(n, group) for n, group in enumerate(groups_of(fixture))]
    return regrouped(fixture, given)


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pytest in a fresh folder, with the plugin that the package declares."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    more = () if INSTALLED else ("-p", PLUGIN)

    def run(*args: str, apart: bool = False) -> pytest.RunResult:
        start = pytester.runpytest_subprocess if apart else pytester.runpytest
        return start(*more, "-p", "no:cacheprovider", *args)

    return run


def text(done: pytest.RunResult) -> str:
    return done.stdout.str()


def test_each_fixture_is_an_item(run: Run) -> None:
    for name in ("one", "two", "three"):
        written(reviewed(name))
    done = run("-v")
    done.assert_outcomes(passed=3)
    assert "fixtures/two/note.toml::two PASSED" in text(done)
    run("fixtures/two").assert_outcomes(passed=1)
    run("fixtures/two/note.toml::two").assert_outcomes(passed=1)
    run("-k", "three").assert_outcomes(passed=1, deselected=2)


def test_a_wrong_line_is_named_with_its_mark_and_its_neighbours(run: Run) -> None:
    written(with_groups(reviewed("lost"), line_1="", line_2=""))
    written(with_groups(reviewed("missed"), line_6="promo"))
    written(with_groups(reviewed("kept"), line_4="promo"))
    done = run()
    done.assert_outcomes(failed=3)
    lines = [
        "lost: 2 lines of the article are removed (0 allowed), 0 of 1 lines of furniture are kept "
        "(F1 0.5, its floor is 1)",
        "fixtures/lost/dump.txt",
        "-     1  Abspielen",
        "           ^ removed by player/controls “abspielen”",
        "      3  ",
        f"+     6  {MILL}",
        "           ^ is furniture (promo), no rule marks it",
        "+     4  Die Mühle dreht sich",
        "           ^ is furniture (promo), kept by head/headline *",
    ]
    for line in lines:
        done.stdout.fnmatch_lines_random([f"*{line}*".replace("[", "[[]")])
    assert "Traceback" not in text(done)
    assert "runtest" not in text(done)


def test_limits_are_set_in_the_ini_file(run: Run, pytester: pytest.Pytester) -> None:
    written(with_groups(reviewed("lost"), line_1=""))
    written(with_groups(reviewed("missed"), line_6="promo"))
    pytester.makeini("[pytest]\ncleaner_allowed_loss = 1\ncleaner_floor = 0.8")
    run().assert_outcomes(passed=2)
    pytester.makeini("[pytest]\ncleaner_allowed_loss = 1\ncleaner_floor = 0.9")
    run().assert_outcomes(failed=2)
    pytester.makeini("[pytest]\ncleaner_floor = 0.5")
    run().assert_outcomes(failed=1, passed=1)
    pytester.makeini("[pytest]\ncleaner_floor = much")
    assert "cleaner_floor = much: give a number such as 0 or 0.95" in text(run())


def test_a_folder_of_the_ini_file_is_collected_beside_testpaths(
    run: Run, pytester: pytest.Pytester
) -> None:
    written(reviewed("mill"), Path("data/pages"))
    written(reviewed("stray"), Path("data/other"))
    pytester.mkdir("tests").joinpath("test_it.py").write_text("def test_it(): pass")
    pytester.makeini("[pytest]\ntestpaths = tests\ncleaner_fixtures = data/pages")
    done = run("-v")
    done.assert_outcomes(passed=2)
    assert "data/pages/mill/note.toml::mill PASSED" in text(done)
    run("tests").assert_outcomes(passed=1)
    run("data").assert_outcomes(passed=1)
    pytester.makeini("[pytest]\ntestpaths = tests data\ncleaner_fixtures = data/pages")
    run().assert_outcomes(passed=2)


def test_xfail_is_strict(run: Run) -> None:
    lost = with_groups(reviewed("lost", xfail="No rule for it."), line_1="")
    written(lost)
    written(reviewed("fine", xfail="Was once broken."))
    done = run("-rx")
    done.assert_outcomes(xfailed=1, failed=1)
    assert "No rule for it." in text(done)
    assert "[XPASS(strict)] Was once broken." in text(done)


def test_a_broken_fixture_fails_with_what_to_mend(run: Run) -> None:
    folder = written(reviewed("mill"))
    (folder / "clean.txt").write_text("Else\n")
    done = run()
    done.assert_outcomes(failed=1)
    assert "mill/clean.txt: line 1 is 'Else', but the dump without its furniture has" in text(done)
    assert "Traceback" not in text(done)


def test_lines_of_held_out_fixtures_are_not_shown(run: Run) -> None:
    written(with_groups(reviewed("held", split="held-out"), line_6="promo"))
    done = run()
    done.assert_outcomes(failed=1)
    assert "Altenbruck" not in text(done)
    assert "`cleaner score " in text(done)


def test_floors_are_items_too(run: Run) -> None:
    written(reviewed("mill"))
    floors = Path("fixtures/floors.toml")
    table = "furniture_f1 = {}\narticle_lines_lost = 0\nword_f1 = 1.0\nexact = 1\n"
    floors.write_text("[develop]\n" + table.format("1.0"))
    run().assert_outcomes(passed=2)
    written(with_groups(reviewed("raft"), line_6="promo"))
    done = run("-k", "develop")
    done.assert_outcomes(failed=1, deselected=2)
    assert "[develop] furniture_f1 is 0.923, its floor is 1.0" in text(done)
    floors.write_text("[held-out]\n" + table.format("1.0"))
    done = run("-k", "held-out")
    assert "[held-out] holds for no fixture; remove the table" in text(done)


def test_update_makes_drafts_anew_and_touches_nothing_else(run: Run) -> None:
    stale = with_groups(draft(DUMP, "stale", "de"), line_6="promo")
    folders = {
        "stale": written(Fixture(**{**vars(stale), "about": "Seen."})),
        "fresh": written(draft(DUMP, "fresh", "de")),
        "wrong": written(with_groups(reviewed("wrong"), line_6="promo")),
    }
    before = {name: version(folder) for name, folder in folders.items()}
    done = run("-rs")
    done.assert_outcomes(skipped=2, failed=1)
    assert "is a draft; look it over with `cleaner review" in text(done)
    assert {name: version(folder) for name, folder in folders.items()} == before
    done = run("-rs", "--cleaner-update")
    done.assert_outcomes(skipped=2, failed=1)
    assert "is a draft, made anew" in text(done)
    after = {name: version(folder) for name, folder in folders.items()}
    assert {name for name in after if after[name] != before[name]} == {"stale"}
    again = read_fixture(folders["stale"])
    assert (again.about, again.draft, again.clean) == ("Seen.", True, draft(DUMP, "x").clean)


def test_nothing_but_a_draft_is_made_anew(tmp_path: Path) -> None:
    made = reviewed("mill")
    with pytest.raises(FixtureError, match="is no draft; a person made it"):
        redrafted(made, written(made, tmp_path))


@pytest.mark.slow
def test_workers_share_the_fixtures(run: Run) -> None:
    for number in range(6):
        written(reviewed(f"page-{number}"))
    written(with_groups(reviewed("wrong"), line_6="promo"))
    written(draft(DUMP, "new"))
    done = run("-n", "2", apart=True)
    done.assert_outcomes(passed=6, failed=1, skipped=1)
    assert "is furniture (promo), no rule marks it" in text(done)


def test_a_run_without_fixtures_is_as_it_was(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it="def test_it(): pass")
    (pytester.path / "note.toml").write_text("not = 'ours'")
    (pytester.path / "floors.toml").write_text("nor this")
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --strict-config --strict-markers")
    done = run(apart=True)
    done.assert_outcomes(passed=1)


def test_the_plugin_imports_next_to_nothing() -> None:
    code = (
        f"import sys; import pytest; before = set(sys.modules); import {PLUGIN};"
        "print(*sorted(name for name in set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = [name for name in done.stdout.split() if name.startswith("cleaner.")]
    assert PLUGIN in ours
    for heavy in ("pipeline", "rules", "fixtures", "score", "regression", "phrases"):
        assert f"cleaner.{heavy}" not in ours
