"""HTML: speed beside lxml's bare parse and trafilatura in the same run, memory, hostile pages."""

from __future__ import annotations

import statistics
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
from lab.hostile import table

EVERY = 5
"""One page in so many is measured."""

ROUNDS = 3


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


def memory(folder: Path) -> None:
    """Print the memory that cleaning takes on top of the page, in times of the page."""
    pages = [row["html"] for row in read_corpus(folder, "wcxb")[:: 10 * EVERY]]
    clean_html(pages[0])
    times = []
    for page in pages:
        tracemalloc.start()
        clean_html(page)
        times.append(tracemalloc.get_traced_memory()[1] / len(page.encode()))
        tracemalloc.stop()
    middle, most = statistics.median(times), max(times)
    print(f"Python memory at most: {middle:.1f} times the page (median), {most:.1f} (most)")


def main() -> None:
    """Run all; the corpora's folder is the one argument."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench")
    speed(folder)
    memory(folder)
    table()


if __name__ == "__main__":
    main()
