"""Hostile pages: seconds, memory and result of each, every one in a process of its own."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cleaner.errors import CleanerError

TEXT = "Es war einmal eine Brücke."
"""What must come out of each page that can be read."""

PAGES: dict[str, Callable[[], str | bytes]] = {
    "100,000 nested div": lambda: "<div>" * 100_000 + TEXT + "</div>" * 100_000,
    "60,000 nested inline tags": lambda: "<b><i><a>" * 20_000 + TEXT,
    "50,000 p in b, none closed": lambda: "<b><p>" * 50_000 + TEXT,
    "text amid 20,000 tables": lambda: "<table><font>" * 20_000 + TEXT,
    "100,000 nested lists": lambda: "<ul><li>" * 50_000 + TEXT,
    "50 MB of <": lambda: "<" * 50_000_000 + f"<p>{TEXT}",
    "1.9 million <": lambda: "<" * 1_900_000 + f"<p>{TEXT}",
    "a 50 MB attribute": lambda: f"<p title='{'x' * 50_000_000}'>{TEXT}",
    "a 20 MB attribute": lambda: f"<p title='{'x' * 20_000_000}'>{TEXT}",
    "a 20 MB text node": lambda: "<p>" + "Ufer " * 4_000_000 + TEXT,
    "200,000 attributes": lambda: f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{TEXT}",
    "200,000 class tokens": lambda: (
        f"<p class='{' '.join(f'a{n}' for n in range(200_000))}'>{TEXT}"
    ),
    "a table of 100,000 rows": lambda: "<table>" + "<tr><td>a<td>b" * 100_000 + f"</table>{TEXT}",
    "NUL bytes": lambda: f"<p>\0{TEXT}\0</p>\0".encode(),
    "lone surrogates": lambda: f"<\ud800a \udc00>{TEXT}",
    "latin-1 declared as UTF-8": lambda: f"<meta charset=utf-8><p>{TEXT}".encode("latin-1"),
    "UTF-8 declared as latin-1": lambda: f"<meta charset=latin1><p>{TEXT}".encode(),
    "nonsense charset": lambda: f"<meta charset=klingon-8><p>{TEXT}".encode(),
    "nonsense charset, latin-1": lambda: f"<meta charset=klingon-8><p>{TEXT}".encode("latin-1"),
    "UTF-16 with a mark": lambda: f"<p>{TEXT}".encode("utf-16"),
    "UTF-16 without": lambda: f"<html><p>{TEXT}".encode("utf-16-le"),
    "gzip bytes": lambda: gzip.compress(f"<p>{TEXT}".encode()),
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "empty": lambda: b"",
}

MOST_MEGABYTES = 1024


def outcome(name: str) -> str:
    """Clean one hostile page and say what came out: its text, nothing, or an error."""
    from cleaner import clean_html

    try:
        text = clean_html(PAGES[name]())
    except CleanerError as error:
        return f"error: {error}"
    if TEXT in text:
        return "text"
    return "empty" if not text else f"WRONG: {text[:60]!r}"


def measure(name: str) -> tuple[float, float, str]:
    """Clean one hostile page in a fresh process.

    Returns:
        seconds, megabytes at most, the outcome; the page's own making is in both figures.
    """
    before = time.perf_counter()
    code = "import sys; from lab.hostile import outcome, peak; print(outcome(sys.argv[1]), peak())"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, name],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    seconds = time.perf_counter() - before
    if done.returncode:
        return seconds, 0.0, f"CRASH {done.returncode}: {done.stderr[-200:]}"
    said, _, memory = done.stdout.rstrip("\n").rpartition(" ")
    return seconds, float(memory), said


def peak() -> float:
    """Return the most megabytes that this process has taken."""
    status = Path("/proc/self/status")
    if status.exists():  # what `getrusage` says there is inherited from who started the process
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def table() -> None:
    """Print the table of all hostile pages."""
    print(f"{'hostile page':28} {'s':>6} {'MB':>6}  result")
    for name in PAGES:
        seconds, megabytes, said = measure(name)
        print(f"{name:28} {seconds:6.2f} {megabytes:6.0f}  {said}")


if __name__ == "__main__":
    table()
