"""Pass two: what context rules and the models make of the marks of pass one, and how it settles.

Order inside the pass cannot matter: rules only look, and see nothing but pass one's marks; the
models and what names the head look last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaner.guard import guard
from cleaner.mark import Mark, Marks, Verdict
from cleaner.model.rule import HEAD, OF_BODY, SURELY, UNLIKELY, unlikely
from cleaner.page import Page
from cleaner.plan import APART, Plan
from cleaner.rules import model
from cleaner.rules.apart import ABOVE, above_body, head
from cleaner.rules.body import orphans_left_out

if TYPE_CHECKING:
    from cleaner.markup import Markup

MARKUP = "model/markup"
"""The model's word on HTML; on lines it is `UNLIKELY`."""

HEADLINES = frozenset({"head/headline", "head/title"})
"""What the model knows better: by lines a head ends at the first paragraph, which shops lack."""

EXTENTS = frozenset({"comments/thread-text", "footer/end"})
"""What goes to the end of a page; where from, the model sees better (forums: .012 of word F1)."""


def second_pass(page: Page, first: Marks, plan: Plan) -> Marks:
    """Return all marks of a page, settled: those of pass one, and what it makes of them."""
    marks = _in_context(page, first, plan)
    if page.markup is not None and MARKUP not in plan.silent:
        return _judged_by_markup(page, first, marks, plan)
    return _judged_by_lines(page, first, marks, plan)


def _judged_by_markup(page: Page, first: Marks, marks: list[Mark], plan: Plan) -> Marks:
    """Ask the model of HTML; it weighs the page as a whole, and may find no article in it."""
    said = model(page, first.followed_by(Marks(page, marks)))
    marks += [mark for mark in said if mark.rule not in plan.silent]
    if plan.body_only:
        marks = list(_body_only(marks, judged=True))
    return first.followed_by(Marks(page, marks))


def _judged_by_lines(page: Page, first: Marks, marks: list[Mark], plan: Plan) -> Marks:
    """Ask the line model, where the page has lines alone; then guard what is left."""
    silent, judged = plan.silent, list[Mark]()
    by_lines = page.markup is None and UNLIKELY not in silent
    ruled = first.followed_by(Marks(page, marks)) if by_lines else None
    evident = ruled is not None and _is_evident(first, ruled)
    if ruled is not None and (evident or plan.body_only):
        # What nothing is named on may be clean already: there only what is surely head goes.
        asked = page if evident else page._replace(threshold=SURELY * page.threshold)
        said = unlikely(asked, ruled, plan.body_only and plan.apart.isdisjoint(silent))
        judged = [m for m in said if m.rule not in silent and (evident or m.rule == OF_BODY)]
        left = orphans_left_out(first, ruled.standing, judged)
        first = first if len(left) == len(first) else Marks(page, left)
        marks = [*orphans_left_out(marks, ruled.standing, judged), *judged]
    if plan.body_only:
        marks = list(_body_only(marks, judged=False))
    settled = first.followed_by(Marks(page, marks))
    if not _is_evident(first, settled):
        marks = [m for m in marks if m.verdict is Verdict.KEEP or m.rule in plan.apart]
        settled = first.followed_by(Marks(page, marks))
    # The line model may find no article, as that of HTML may: then what the rules leave counts.
    guarded = ruled if ruled is not None and plan.body_only else settled
    guards = list(guard(page, first, guarded, plan.apart))
    if guards:
        settled = first.followed_by(Marks(page, (*marks, *guards)))
    if plan.body_only and ABOVE not in silent and not judged:  # the model knows what the head is
        above = (head if by_lines else above_body)(page, settled)
        dropped = [m._replace(verdict=Verdict.DROP) for m in above if m.rule not in silent]
        settled = settled.followed_by(Marks(page, dropped))
    return settled


def _in_context(page: Page, first: Marks, plan: Plan) -> list[Mark]:
    """Collect what the rules of pass two find, the last of them aside."""
    finds, silent = plan.finds_in_context, plan.silent
    marks = [m for find in finds for m in find(page, first) if m.rule not in silent]
    if page.markup is None:
        return marks
    if MARKUP not in silent:
        marks = [mark for mark in marks if mark.rule not in EXTENTS]
    return outside_code(page.markup, marks)


def _is_evident(first: Marks, settled: Marks) -> bool:
    """Tell whether pass one names any furniture that pass two does not keep.

    Where nothing is named nothing is judged, so what has been cleaned stays as it is.
    """
    return not all(map(settled.state.__getitem__, first.dropped))


def _body_only(marks: list[Mark], judged: bool) -> Iterator[Mark]:
    """Drop what stands apart; where the model judges, it says what the headline is."""
    for mark in marks:
        apart = mark.rule == HEAD or mark.group in APART
        if not (judged and mark.rule in HEADLINES):
            yield mark._replace(verdict=Verdict.DROP) if apart else mark


def outside_code(markup: Markup, marks: list[Mark]) -> list[Mark]:
    """Leave out what rules say of a line of code: a brace, “login”; code goes as a block."""
    code = markup.code()
    if not code:
        return marks
    return [m for m in marks if m.start not in code or m.stop > m.start + 1]
