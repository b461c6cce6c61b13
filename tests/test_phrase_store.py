"""The store of phrases, on a copy of the package."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.phrase_files import FOLDER

CALL = """
import sys
from pathlib import Path
import cleaner
assert Path(cleaner.__file__).parent.parent == Path(sys.argv[1]), cleaner.__file__
print(cleaner.clean(sys.argv[2]))
"""


@pytest.fixture
def copy() -> Iterator[Path]:
    """A copy of the package where any user may read it, without its stores."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        root.chmod(0o755)
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(FOLDER.parent, root / "cleaner", ignore=ignore)
        yield root
        for path in (root, *(p for p in root.rglob("*") if p.is_dir())):
            path.chmod(0o755)


def clean_by(root: Path, dump: str, user: int | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CALL, str(root), dump],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        user=user,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.removesuffix("\n")


def stores(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.suffix in (".marshal",)]


DUMP = "Abspielen\nEin Satz, der bleibt.\nKommentare"
CLEAN = "Ein Satz, der bleibt."


def test_the_first_clean_stores_the_phrases_and_the_second_reads_them(copy: Path) -> None:
    assert clean_by(copy, DUMP) == CLEAN
    (store,) = stores(copy)
    written = store.stat().st_mtime_ns
    assert clean_by(copy, DUMP) == CLEAN
    assert stores(copy) == [store]
    assert store.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no store at all",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: b"\0" * len(data),
        lambda data: b"\xe9\x05\x00\x00\x00",
        lambda data: b"N",
        lambda data: b")\x04NNNN",
    ],
    ids=["empty", "text", "half", "one byte short", "zeros", "a number", "none", "four nones"],
)
def test_a_damaged_store_is_rebuilt(copy: Path, damage: object) -> None:
    clean_by(copy, DUMP)
    (store,) = stores(copy)
    whole = store.read_bytes()
    store.write_bytes(damage(whole))
    assert clean_by(copy, DUMP) == CLEAN
    assert stores(copy) == [store]
    assert len(store.read_bytes()) == len(whole)


def test_a_stale_store_is_rebuilt(copy: Path) -> None:
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Quarkhobel\nEin Satz"
    table = copy / "cleaner" / "phrases" / "label.toml"
    new = '\n[quark]\nabout = "Quark."\n[quark.de]\nwhole = ["quarkhobel"]\n'
    new += 'drop = ["Quarkhobel"]\nkeep = ["Ein Quarkhobel."]\n'
    old = table.read_text(encoding="utf-8")
    table.write_text(old + new, encoding="utf-8")
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Ein Satz"
    table.write_text(old, encoding="utf-8")
    assert clean_by(copy, "Quarkhobel\nEin Satz") == "Quarkhobel\nEin Satz"


def test_a_broken_phrase_file_is_told_though_a_store_is_there(copy: Path) -> None:
    clean_by(copy, DUMP)
    (copy / "cleaner" / "phrases" / "label.toml").write_text("[broken", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"PhraseFileError.*label\.toml"):
        clean_by(copy, DUMP)


def test_a_folder_that_cannot_be_written_still_cleans(copy: Path) -> None:
    """For a user without the right to write, as `pip install` by an administrator leaves it."""
    user = 65534 if os.geteuid() == 0 else None  # root may write everywhere
    if user is not None:
        try:
            subprocess.run([sys.executable, "-c", ""], user=user, check=True, cwd="/")
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("root may write everywhere, and no other user may run this Python")
    for path in copy.rglob("*"):
        path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH | (0o111 if path.is_dir() else 0))
    copy.chmod(0o555)
    assert clean_by(copy, DUMP, user) == CLEAN
    assert clean_by(copy, DUMP, user) == CLEAN
    assert stores(copy) == []


def test_a_store_that_cannot_be_placed_is_done_without(copy: Path) -> None:
    (copy / "cleaner" / "phrases" / "__pycache__").write_bytes(b"in the way")
    assert clean_by(copy, DUMP) == CLEAN
