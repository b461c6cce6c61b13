from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import ONE, SEED, TWO, dump
from reviewed import DUMP, serving

from cleaner import fixtures as fixtures_module
from cleaner.mark import Cleaned, Mark
from lab.render_players import chromium, lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from scored import Calls

    from cleaner.options import Names


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; leave out with -m 'not slow'")


@pytest.fixture(scope="session")
def seed() -> str:
    """The dump that the project began with; it lies beside the repository, not in it."""
    if not SEED.is_file():
        pytest.skip(f"the seed dump is not shipped; put it at {SEED} to run this test")
    return SEED.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")  # Playwright holds the thread's event loop as long as it runs
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; its tests skip where it is missing."""
    if reason := lacking():
        pytest.skip(reason)
    with chromium() as started:
        yield started


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    paths = (tmp_path / "a.txt", tmp_path / "b.txt")
    for path, line in zip(paths, (ONE, TWO), strict=True):
        path.write_text(dump(line), encoding="utf-8")
    return str(paths[0]), str(paths[1])


# The command, on fixtures of two lines each: the rules are made up here, so that no figure hangs on
# what rules the package has by now.


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Replace the pipeline: lines that begin with a word are dropped; each call is noted."""
    from scored import fixture

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
    from scored import write

    write(tmp_path / "good")
    write(tmp_path / "lost", dump="Abspielen\nReklame war sein Beruf.\nEin Satz.\n")
    write(tmp_path / "missed", "held-out", dump="Los!\nEin Satz.\n")
    return tmp_path


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """The draft of a fixture, to be reviewed."""
    from cleaner.fixture_writing import draft, write_fixture

    folder = tmp_path / "fixtures" / "mill"
    write_fixture(draft(DUMP, "mill", "de"), folder)
    return folder


@pytest.fixture
def address(mill: Path) -> Iterator[str]:
    """Where `cleaner review` serves the mill."""
    with serving(mill) as found:
        yield found
