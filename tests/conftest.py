from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import ONE, SEED, TWO, dump

from lab.render_players import chromium, lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
