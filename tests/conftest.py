from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed" / "krone-2021-05-20.txt"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; leave out with -m 'not slow'")


@pytest.fixture(scope="session")
def seed() -> str:
    """The dump that the project began with; it lies beside the repository, not in it."""
    if not SEED.is_file():
        pytest.skip(f"the seed dump is not shipped; put it at {SEED} to run this test")
    return SEED.read_bytes().decode("utf-8")
