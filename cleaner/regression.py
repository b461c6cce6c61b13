"""What a test says of a fixture: whether it is met, and if not, which lines and marks are to blame.

Nothing here knows of pytest, so any other runner can use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.errors import FixtureError
from cleaner.fixture_writing import drafted_anew, version, write_fixture
from cleaner.fixtures import DUMP, PAGE, Fixture, read_fixtures
from cleaner.floors import broken, down, floors_of, read_floors
from cleaner.mark import Cleaned, Verdict
from cleaner.score import figures_of, furniture_of, score, totals
from cleaner.score_table import CUT

CONTEXT = 1
"""Lines shown before and after a wrong one."""


def failure(fixture: Fixture, folder: Path, allowed_loss: float = 0, floor: float = 1.0) -> str:
    """Clean a fixture's dump and say what is wrong with the result; the empty text is nothing.

    Args:
        fixture: the fixture.
        folder: its folder, for the message.
        allowed_loss: lines of the article that may go.
        floor: furniture F1 that must be reached.
    """
    cleaned = fixture.explain()
    figures = figures_of(fixture, cleaned)
    if figures.lines_lost <= allowed_loss and figures.f1 >= floor:
        return ""
    missed = figures.furniture - figures.right
    said = (
        f"{fixture.name}: {figures.lines_lost} lines of the article are removed "
        f"({allowed_loss:g} allowed), {missed} of {figures.furniture} lines of furniture are kept "
        f"(F1 {down(figures.f1)}, its floor is {floor:g})"
    )
    if fixture.split == "held-out":
        hint = f"`cleaner score {folder} --split held-out` lists them"
        return f"{said}\nIts lines are not shown, no rule may be made looking at them; {hint}."
    page = folder / (DUMP if fixture.html is None else PAGE)
    return "\n".join((said, str(page), *line_diff(fixture, cleaned)))


def line_diff(fixture: Fixture, cleaned: Cleaned) -> Iterator[str]:
    """Yield the wrong lines with their neighbours, `-` wrongly removed and `+` wrongly kept."""
    texts = fixture.page.texts
    wrong = dict(_wrong(fixture, cleaned))
    near = {n for at in wrong for n in range(at - CONTEXT, at + CONTEXT + 1)}
    last = None
    for number in sorted(n for n in near if 0 <= n < len(texts)):
        if last is not None and number > last + 1:
            yield "   ..."
        last = number
        sign, why = wrong.get(number, (" ", ""))
        text = texts[number] if len(texts[number]) <= CUT else texts[number][: CUT - 1] + "…"
        yield f"{sign} {number + 1:>5}  {text}" + (f"\n           ^ {why}" if why else "")


def _wrong(fixture: Fixture, cleaned: Cleaned) -> Iterator[tuple[int, tuple[str, str]]]:
    group_of = furniture_of(fixture, cleaned)
    for line, mark in cleaned.removed:
        if line.number not in group_of:
            yield line.number, ("-", f"removed by {mark.rule} {mark.because}")
    keeps = {
        n: f"kept by {mark.rule} {mark.because}"
        for mark in cleaned.marks
        if mark.verdict is Verdict.KEEP
        for n in range(mark.start, mark.stop)
    }
    for line in cleaned.kept:
        if line.number in group_of:
            why = keeps.get(line.number, "no rule marks it")
            yield line.number, ("+", f"is furniture ({group_of[line.number]}), {why}")


def redrafted(draft: Fixture, folder: Path) -> bool:
    """Make a draft anew as the rules clean it by now and say whether that changed it.

    Raises:
        FixtureError: it is no draft, or cannot be written.
    """
    if not draft.draft:
        raise FixtureError(f"{folder}: is no draft; a person made it, a person changes it")
    seen = version(folder)
    fresh = drafted_anew(draft)
    if fresh == draft:
        return False
    write_fixture(fresh, folder, seen)
    return True


def fallen(floors: Path, split: str) -> tuple[str, ...]:
    """Say which floors of a split the fixtures beside a floor file fall below."""
    fixtures = [one for one in read_fixtures(floors.parent) if one.part == split]
    present = totals(score(fixtures), lambda one: one.part)
    if split not in present:
        raise FixtureError(f"{floors}: [{split}] holds for no fixture; remove the table")
    return broken(read_floors(floors), {split: floors_of(present[split])})
