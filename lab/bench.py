"""Speed beside trafilatura in the same run, start-up, and growth with the input."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from compileall import compile_dir
from functools import partial
from pathlib import Path

import cleaner
from cleaner import clean
from cleaner.first_pass import line_memory
from lab.corpora import CORPORA, read_corpus

ROUNDS = 5
"""Times that a measure is repeated; the least is printed."""

EVERY = 4
"""One page in so many is measured for speed."""

SEED = Path("../shared/seed/krone-2021-05-20.txt")


def cpu(work: Callable[[], object]) -> float:
    """Measure the CPU seconds of this process that `work` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def speed(folder: Path, corpus: str) -> None:
    """Print CPU milliseconds a page: rules and model on dumps, trafilatura on the same HTML.

    Rules remember short lines, see `cleaner.first_pass`. So there are two figures: for pages none
    of whose lines was met before, and for pages whose short lines all were. A crawl of many pages a
    site lies in between.
    """
    import trafilatura

    rows = read_corpus(folder, corpus)[::EVERY]
    dumps, pages = [row["dump"] for row in rows], [row["html"] for row in rows]
    works: dict[str, Callable[[str], str]] = {
        "rules": partial(clean, skip="model"),
        "rules and model": clean,
        "the same, body only": partial(clean, body_only=True),
    }
    trafilatura.extract(pages[0])
    spent: dict[str, list[float]] = {name: [] for work in works for name in (work, f"{work}, met")}
    theirs = []
    for _ in range(ROUNDS):
        for name, work in works.items():
            line_memory.cache_clear()
            work(dumps[0])
            spent[name].append(cpu(partial(each, work, dumps)) / len(rows))
            spent[f"{name}, met"].append(cpu(partial(each, work, dumps)) / len(rows))
        theirs.append(cpu(partial(each, trafilatura.extract, pages)) / len(rows))
    print(f"{len(rows)} pages of {corpus}-dev; “met”: short lines that were met before")
    print(f"{'trafilatura on the HTML':28} {min(theirs) * 1e3:8.3f} ms a page")
    for name, ours in spent.items():
        ratios = sorted(their / our for our, their in zip(ours, theirs, strict=True))
        print(
            f"{name:28} {min(ours) * 1e3:8.3f} ms a page, "
            f"{ratios[0]:.1f} to {ratios[-1]:.1f} times as many pages"
        )


def each(work: Callable[[str], object], pages: Sequence[str]) -> None:
    """Do the same to every page."""
    for page in pages:
        work(page)


def process_cpu(arguments: list[str], given: bytes = b"") -> float:
    """Measure the CPU seconds of a whole Python process."""
    best = float("inf")
    for _ in range(4 * ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], input=given, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = min(best, spent)
    return best


def start_up() -> None:
    """Print what the whole process costs for one dump, beside a bare interpreter."""
    # As in an installed package, whatever PYTHONDONTWRITEBYTECODE says.
    compile_dir(Path(cleaner.__file__).parent, quiet=1)
    dump = SEED.read_bytes()
    bare, ours = process_cpu(["-c", "pass"]), process_cpu(["-m", "cleaner"], dump)
    print(f"bare python             {bare * 1e3:8.1f} ms")
    print(f"cleaner < seed          {ours * 1e3:8.1f} ms, {ours / bare:.1f} times")


def growth() -> None:
    """Print CPU seconds on one dump repeated, and on hostile lines."""
    seed = SEED.read_text(encoding="utf-8")
    shapes: dict[str, Callable[[int], str]] = {
        "seed repeated": lambda size: seed * (size // len(seed)),
        "one line": lambda size: "a" * size,
        "one-letter lines": lambda size: "a\n" * (size // 2),
        "controls": lambda size: "Abspielen\n" * (size // 10),
        "digits": lambda size: "1 " * (size // 2),
        "blank lines": lambda size: "\n" * size,
    }
    for name, make in shapes.items():
        seconds = [cpu(partial(clean, make(size))) for size in (10**5, 10**6, 10**7)]
        print(f"{name:20} 0.1, 1, 10 MB: " + "  ".join(f"{s:8.3f} s" for s in seconds))


def main() -> None:
    """Run all measures; the corpora's folder is the one argument."""
    for corpus in CORPORA:
        speed(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench"), corpus)
    start_up()
    growth()


if __name__ == "__main__":
    main()
