"""A dump under review, and `cleaner review` as people run it."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from command import ROOT

if TYPE_CHECKING:
    from cleaner.review_shelf import Shelf

MILL = "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen."
GRAIN = "Der neue Müller ist zugleich der jüngste, den das Handwerk in der Gegend je hatte."
DUMP = f"""\
Abspielen
00:00

Die Mühle dreht sich wieder

{MILL}

Unser Brotrezept
Zum Nachbacken

{GRAIN}

Kommentare
"""
# Lines as the page counts them: 1, 2 player; 4 headline; 6, 11 article; 8, 9 a promo; 13 comments.


def sent(shelf: Shelf, name: str = "mill", **changes: object) -> dict[str, Any]:
    shown = shelf.open(name)
    return {**{key: shown[key] for key in ("version", "groups", "note", "draft")}, **changes}


@contextmanager
def serving(*args: str | Path) -> Iterator[str]:
    """Run the command as people do and yield the address that it prints."""
    command = [sys.executable, "-m", "cleaner", "review", *map(str, args)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.stdout.read()


def request(url: str, data: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, named)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
