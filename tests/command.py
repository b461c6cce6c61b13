"""The command as users run it, and dumps to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed" / "krone-2021-05-20.txt"
ONE = "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit."
TWO = "„Größer“ als gedacht sind auch die Kosten, die Über­schreitung trägt das Land."
NEEDS_SEED = pytest.mark.skipif(not SEED.exists(), reason="../shared/seed is not here")
# Without it a stream that cannot be written fails later, at exit, as it does for users.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
BINARY = bytes(range(13, 256)) * 8
COMMAND = (sys.executable, "-m", "cleaner")


def dump(line: str) -> str:
    return f"Abspielen\n{line}\n00:00\n"


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=BUFFERED,
        timeout=60,
        check=False,
    )


def start(*args: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*COMMAND, *args], stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env=BUFFERED
    )
