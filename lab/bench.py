"""Speed beside trafilatura in the same run, start-up, and growth with the input."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cleaner import clean
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
    """Print CPU milliseconds a page: rules on dumps, trafilatura on the same pages' HTML."""
    import trafilatura

    rows = read_corpus(folder, "fundus")
    dumps, pages = [row["dump"] for row in rows], [row["html"] for row in rows]
    clean(dumps[0])
    trafilatura.extract(pages[0])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(cpu(lambda: [clean(dump) for dump in dumps]) / len(rows))
        theirs.append(cpu(lambda: [trafilatura.extract(page) for page in pages]) / len(rows))
    ratios = sorted(their / our for our, their in zip(ours, theirs, strict=True))
    print(f"rules on page dumps     {min(ours) * 1e3:8.3f} ms a page")
    print(f"trafilatura on the HTML {min(theirs) * 1e3:8.3f} ms a page")
    print(f"times as many pages     {ratios[0]:8.1f} to {ratios[-1]:.1f}")


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
