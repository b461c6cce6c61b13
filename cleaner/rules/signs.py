"""Lines that a sign gives away: paths of sections, links that an arrow leads or ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import DIGIT, pattern
from cleaner.rules.dates import has_date
from cleaner.rules.edges import body_start
from cleaner.rules.vocabulary import opener

PATH_SIGNS = {">": 2, "›": 2, "»": 2, "→": 2, "/": 3, "|": 3, "  ": 4}
"""Signs that part the sections of a path, and the fewest sections that make one."""

PATH_ITEM = 30
"""Longest section in a path, in characters."""

ARROW_LINE = 100
"""Longest line, in characters, that an arrow makes a link."""

ARROWS = ("←", "→", "»", "|")
"""Signs that lead or end a line."""

_LED = pattern(r"(?:←|\|)\s*\w")
_ENDED = pattern(r"\w[^|\w]*\s(?:→|»)\Z")
_STEPS = pattern(r" ?[>›»→/|] ?")
_PATH_STEP = {
    sign: pattern(rf"(?:^|\s){re.escape(sign)}(?:\s|$)" if sign.strip() else r"\s{2,}")
    for sign in PATH_SIGNS
}


def path(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a path of sections above the first paragraph: “Home > Lokales > Wesselburg”."""
    yield from marks.once(paths)


def paths(page: Page, marks: Marks) -> list[Mark]:
    """Find the paths of sections above the first paragraph."""
    top, dropped, found = marks.once(body_start), marks.dropped, page.having(path_sections)
    return [
        Mark(number, number + 1, "nav/path", f"a path of {sections} sections")
        for number, sections in found.items()
        if number < top
        and number not in dropped
        and not any(opener("byline", step) for step in _STEPS.split(page.key(number)))
        and found.keys().isdisjoint((number - 1, number + 1))  # these are the rows of a table
    ]


def path_sections(text: str) -> int:
    """Count the sections that a line names as a path, 0 where it does not.

    >>> path_sections("Home > Lokales > Wesselburg"), path_sections("und / oder")
    (3, 0)
    """
    for sign, least in PATH_SIGNS.items():
        if text.count(sign) >= least - 1:
            steps = [step for step in _PATH_STEP[sign].split(text) if step.strip()]
            if len(steps) >= least and all(len(step) <= PATH_ITEM for step in steps[:-1]):
                return len(steps)
    return 0


def arrow(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a short line outside the body that an arrow leads or ends: “← Der erste Frost”."""
    prose, dropped = marks.prose, marks.dropped
    body = range(prose[0], prose[-1] + 1) if prose else range(0)
    for number, sign in page.having(pointing_sign).items():
        if number not in body and number not in dropped:
            yield Mark(number, number + 1, "nav/arrow", f"led or ended by “{sign}”")


def pointing_sign(line: str) -> str | None:
    """Name the arrow that leads or ends a line that is no table row and no quotation.

    >>> pointing_sign("← Der erste Frost")
    '←'
    """
    text = line.strip()
    sign = next((sign for sign in ARROWS if text.count(sign) == 1), None)
    if not sign or "«" in text:
        return None
    if not _LED.match(text) and not (text.endswith(("→", "»")) and _ENDED.search(text)):
        return None
    return None if DIGIT.search(text) and has_date(make_key(text)) else sign
