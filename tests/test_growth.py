"""Time and memory grow with the dump and no faster, on pages repeated and on hostile dumps."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count, islice

import pytest
from dumps import SENTENCES, furniture

from cleaner import clean

P = SENTENCES[0]

# --- time and memory


def repeat(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text) + 1)


NUMBERS = count(10_000)


def numbered(text: str) -> Callable[[int], str]:
    """Lines that never come again, in this dump or the next, so that no cache knows them."""
    return lambda size: "\n".join(text.format(n) for n in islice(NUMBERS, size // (len(text) + 4)))


PLAYER = (
    "Loading...\n00:00 / 00:00\nAbspielen\nAufklappen\nVorige 10 Sekunden\n1.0x Geschwindigkeit"
)
PAGE = "\n\n".join(
    ("Brücke wird später fertig", "Lokales", *SENTENCES, PLAYER, "Kommentare", "3", "")
)

# Hostile dumps of about a given length, by what is hostile in them.
SHAPES = {
    "a page repeated": repeat(PAGE),
    "one huge word": repeat("a"),
    "one huge sentence": repeat("wort und "),
    "one-letter lines": repeat("a\n"),
    "controls": repeat("Abspielen\n"),
    "digits in one line": repeat("1 "),
    "numbers, a line each": numbered("{}"),
    "blank lines": repeat("\n"),
    "lines of blanks": repeat("  \n"),
    "almost a control": numbered("Abspielen{}"),
    "almost a notice": numbered("hier ist kein Kommentieren noch möglich {}"),
    "almost a credit": numbered("Haus {} (Bild (Foto ((((((: :: ©"),
    "captions and alt texts": numbered("Haus am {0} See (Bild: AFP)\nHaus am {0} See"),
    "dates": repeat("20.05.2021 07:47\n"),
    "paths": repeat("Home > Lokales > Wesselburg\n"),
    "copyright signs": repeat("© © © (c) © © x\n"),
    "one paragraph repeated": repeat(f"{P}\n"),
    "a heading above each paragraph": repeat(f"Kommentare\n{P}\n"),
    "threads": repeat(f"Kommentare\n\nGast\nAntworten\n{P}\n"),
    "opened quotes": repeat('"'),
    "opened brackets": repeat("("),
    "accents": repeat("e\u0301"),
    "lone surrogates": repeat("\ud800\n"),
    "other scripts": repeat("Мост откроется позже\n桥将更晚开放\n"),
    "blank lines after headings": repeat("Kommentare\n\n\n\n\n\n\n\n"),
    "colons": repeat("So lautet die ganze Liste:\n\n"),
}


def half(begin: str, end: str) -> Callable[[int], str]:
    return lambda size: begin * (size // 2 // len(begin)) + end * (size // 2 // len(end))


MANY_HEADINGS = {
    "headings of stories": (repeat("Mehr zum Thema\n\nEine Zeile\n"), 100_000),
    "headings of stories, then prose": (
        lambda size: repeat("Mehr zum Thema\n\nEine Zeile\n")(size) + P,
        100_000,
    ),
    "controls that the text names": (repeat(f"Video abspielen\n\n{P}\n"), 30_000),
    "headings of contents": (half("On this page\n", "Eine Zeile\n"), 100_000),
    "entries of contents that differ": (
        lambda size: (
            f"On this page\n{numbered('Tal {}')(size)}\nHaus\nHaus\n{numbered('{}')(size)}"
        ),
        30_000,
    ),
}


MOST = 25
"""Times the CPU that ten times the input may take; quadratic time is a hundred times."""


def cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def growth(make: Callable[[int], str], size: int) -> float:
    """How many times the CPU ten times the input takes; the least of three, unless it is clear."""
    clean(make(size))
    small = min(cpu(partial(clean, make(size))) for _ in range(3))
    ratio = math.inf
    for _ in range(3):
        ratio = min(ratio, cpu(partial(clean, make(10 * size))) / max(small, 1e-3))
        if ratio <= MOST or ratio > 2 * MOST:
            break
    return ratio


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_input_and_no_faster(shape: str) -> None:
    assert growth(SHAPES[shape], 100_000) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize(("make", "size"), MANY_HEADINGS.values(), ids=MANY_HEADINGS)
def test_time_grows_no_faster_with_many_headings(make: Callable[[int], str], size: int) -> None:
    assert growth(make, size) <= MOST


@pytest.mark.slow
def test_time_grows_no_faster_when_pages_of_all_furniture_are_repeated() -> None:
    page = "\n\n".join(("Brücke wird später fertig", *SENTENCES, *furniture()[::40], ""))
    assert growth(repeat(page), 200_000) <= MOST  # so much that one garbage collection is little


@pytest.mark.slow
def test_time_grows_with_the_seed_repeated(seed: str) -> None:
    assert growth(repeat(f"{seed}\n\n"), 100_000) <= MOST


# Run by a process of its own, which gives its memory back and says how much it took.
FIFTY = """
import resource, sys
from cleaner import clean
piece = sys.stdin.buffer.read().decode()
dump = piece * (50_000_000 // len(piece) + 1)
text = clean(dump)
size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(len(text), len(dump), size)
"""


@pytest.mark.slow
@pytest.mark.parametrize("piece", [PAGE, "a", "Abspielen\n"], ids=["pages", "word", "controls"])
def test_fifty_megabytes_are_cleaned(piece: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIFTY], input=piece.encode(), capture_output=True, check=True
    )
    left, given, gigabytes = map(float, done.stdout.split())
    assert given >= 50_000_000
    if piece == PAGE:
        assert 0 < left < given
    else:
        assert left == (given if piece == "a" else 0)
    assert gigabytes < 6
