"""Speed beside trafilatura in the same run, start-up, and growth with the input."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from compileall import compile_dir
from functools import partial
from pathlib import Path

import cleaner
from cleaner import clean
from cleaner.first_pass import line_memory
from lab.corpora import read_corpus

ROUNDS = 5
"""Times that a measure is repeated; the least is printed."""

SEED = Path("../shared/seed/krone-2021-05-20.txt")


def cpu(work: Callable[[], object]) -> float:
    """Measure the CPU seconds of this process that `work` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def speed(folder: Path) -> None:
    """Print CPU milliseconds a page: rules on dumps, trafilatura on the same pages' HTML.

    Rules remember short lines, see `cleaner.first_pass`. So there are two figures: for pages none
    of whose lines was met before, and for pages whose short lines all were. A crawl of many pages a
    site lies in between.
    """
    import trafilatura

    rows = read_corpus(folder, "fundus")
    dumps, pages = [row["dump"] for row in rows], [row["html"] for row in rows]
    clean(SEED.read_text(encoding="utf-8"))
    trafilatura.extract(pages[0])
    first, again, theirs = [], [], []
    for _ in range(ROUNDS):
        line_memory.cache_clear()
        first.append(cpu(lambda: [clean(dump) for dump in dumps]) / len(rows))
        again.append(cpu(lambda: [clean(dump) for dump in dumps]) / len(rows))
        theirs.append(cpu(lambda: [trafilatura.extract(page) for page in pages]) / len(rows))
    print(f"trafilatura on the HTML     {min(theirs) * 1e3:8.3f} ms a page")
    for name, ours in (("all lines new", first), ("short lines met before", again)):
        ratios = sorted(their / our for our, their in zip(ours, theirs, strict=True))
        print(
            f"rules, {name:22} {min(ours) * 1e3:7.3f} ms a page, "
            f"{ratios[0]:.1f} to {ratios[-1]:.1f} times as many pages"
        )


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
    speed(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench"))
    start_up()
    growth()


if __name__ == "__main__":
    main()
