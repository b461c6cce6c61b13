"""Fixtures to score, and the command that scores them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.fixture_note import Ranges
from cleaner.fixtures import Fixture
from cleaner.score_command import main

Calls = list[tuple[str, bool]]


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


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(arg) for arg in argv])
    out, err = capsys.readouterr()
    return code, out, err
