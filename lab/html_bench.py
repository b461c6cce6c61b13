"""HTML: speed beside lxml's bare parse and trafilatura in the same run, memory, hostile pages."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from cleaner import clean_html
from cleaner.read_html import read_html
from lab.bench import cpu, each
from lab.corpora import read_corpus
from lab.hostile import TEXT, peak, table

EVERY = 5
"""One page in so many is measured."""

ROUNDS = 3

LEAST_TIMES, MOST_OF_PARSE = 8, 3
"""What cleaning HTML is meant to reach: pages for one of trafilatura's, times of the bare parse."""

FEWEST = 20
"""Sentences from which a page is long enough for the model to judge."""


def speed(folder: Path) -> None:
    """Print CPU milliseconds a page, one pass over the pages, the best of `ROUNDS` in turns."""
    import trafilatura

    parse_with_lxml = import_module("lxml.html").document_fromstring
    pages = [row["html"] for row in read_corpus(folder, "wcxb")[::EVERY]]
    works: dict[str, Callable[[str], object]] = {
        "lxml, bare parse": parse_with_lxml,
        "read_html": read_html,
        "clean_html, rules alone": lambda page: clean_html(page, body_only=True, skip="model"),
        "clean_html": lambda page: clean_html(page, body_only=True),
        "trafilatura": trafilatura.extract,
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work(pages[0])
    for _ in range(ROUNDS):
        for name, work in works.items():
            spent[name].append(cpu(partial(each, work, pages)) / len(pages))
    parse, theirs = min(spent["lxml, bare parse"]), min(spent["trafilatura"])
    print(f"{len(pages)} pages of wcxb-dev{'':18} ms a page   of lxml   trafilatura's")
    for name, seconds in spent.items():
        least = min(seconds)
        print(f"{name:38} {least * 1e3:9.2f} {least / parse:9.2f} {theirs / least:9.1f} times")
    meant = "to be reached by clean_html"
    print(f"{meant:38} {'':9} {MOST_OF_PARSE:9.2f} {LEAST_TIMES:9.1f} times")


def memory(folder: Path) -> None:
    """Print the memory that reading and cleaning take on top of the page, in times of the page."""
    pages = [row["html"].encode("utf-8", "replace") for row in read_corpus(folder, "wcxb")]
    pages = pages[:: 10 * EVERY]
    _warm_up()
    works: dict[str, Callable[[bytes], float]] = {
        "Python's, read_html": partial(_traced, read_html),
        "Python's, clean_html": partial(_traced, clean_html),
        "process's, clean_html": _resident,
    }
    for name, work in works.items():
        times = [work(page) / len(page) for page in pages]
        middle, most = statistics.median(times), max(times)
        print(f"memory at most, {name:22} {middle:5.1f} times the page (median), {most:.1f} (most)")


def _warm_up() -> None:
    """Have the model and all phrases read, once a process: the second page loads the last."""
    for number in range(2):
        clean_html(f"<h1>Titel {number}</h1><p>{TEXT * FEWEST}")


def _traced(work: Callable[[bytes], object], page: bytes) -> float:
    tracemalloc.start()
    work(page)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def _resident(page: bytes) -> float:
    """Clean a page in a process of its own and return by how many bytes that made it grow."""
    code = "import sys; from lab.html_bench import growth; print(growth(sys.stdin.buffer.read()))"
    command = [sys.executable, "-X", "utf8", "-c", code]
    return float(subprocess.run(command, input=page, capture_output=True, check=True).stdout)


def growth(page: bytes) -> float:
    """Return by how many bytes this process grows at most as it cleans a page."""
    _warm_up()
    before = peak()
    clean_html(page)
    return (peak() - before) * 2**20


def main() -> None:
    """Run all; the corpora's folder is the one argument."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench")
    speed(folder)
    memory(folder)
    table()


if __name__ == "__main__":
    main()
