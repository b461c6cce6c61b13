"""The way of a dump: read -> pass one -> pass two -> guard; `Cleaned` settles and renders.

Order inside a pass cannot matter: rules only look, and pass two sees nothing but pass one's marks,
without those that `cleaner.own` takes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.first_pass import line_memory
from cleaner.guard import guard
from cleaner.mark import Cleaned, Mark, Marks, Verdict
from cleaner.model.rule import HEAD, OF_BODY, SURELY, UNLIKELY, unlikely
from cleaner.options import Names, language, names_of
from cleaner.own import OWN, lasting
from cleaner.page import THRESHOLD, Page, check_probability
from cleaner.read_text import read_text
from cleaner.rule import ContextRule, Find, FindInContext, Rule, select
from cleaner.rules import CONTEXT_RULES, RULES, markup, site
from cleaner.rules.apart import ABOVE, above_body, head
from cleaner.rules.body import orphans_left_out
from cleaner.rules.shapes import hashtags

if TYPE_CHECKING:
    from cleaner.markup import Markup

APART = frozenset({"head", "caption", "credit"})
"""Groups that are no furniture: kept, unless only the body is wanted."""

MARKUP = "model/markup"
"""The model's word on HTML; on lines it is `UNLIKELY`."""

HEADLINES = frozenset({"head/headline", "head/title"})
"""What the model knows better: by lines a head ends at the first paragraph, which shops lack."""

EXTENTS = frozenset({"comments/thread-text", "footer/end"})
"""What goes to the end of a page; where from, the model sees better (forums: .012 of word F1)."""

PROTECTING = APART | {"body"}
"""Groups whose rules keep lines; `only` does not silence them, `skip` does."""

LAST = (unlikely, above_body)
"""What looks at a page when all other rules have; it sees their marks too."""


def clean(  # noqa: PLR0913 - the contract has these names
    text: str,
    *,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
    threshold: float = THRESHOLD,
) -> str:
    r"""Return the article of a dump without the page's furniture; every line left is verbatim.

    Args:
        text: a plain-text dump, one block of the page a line.
        skip: groups or rules that shall remove nothing, such as ``"share"`` or ``"player/clock"``.
        only: groups or rules that alone shall remove lines; empty means all.
        body_only: remove the head (kicker, headline, date, byline), captions and credits too.
        lang: the page's language, such as ``"de"``; `None` tries the phrases of all languages.
        site: a file of the site's own furniture, see `cleaner.site`.
        threshold: how likely, from 0 to 1, a line must be of the body to the line model for it to
            stay with `body_only`; else a tenth of that, and near the body all stays. 0 asks
            nothing of it.

    Raises:
        CleanerError: an unknown group or rule, a language that is no code, a broken site file, a
            threshold beyond 0 and 1.

    >>> clean("Abspielen\n\nEs war einmal eine Brücke.\n\nKommentare")
    'Es war einmal eine Brücke.'
    """
    return explain(
        text,
        skip=skip,
        only=only,
        body_only=body_only,
        lang=lang,
        site=site,
        threshold=threshold,
    ).text


def explain(  # noqa: PLR0913 - as above
    text: str,
    *,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
    threshold: float = THRESHOLD,
) -> Cleaned:
    r"""Clean a dump and say for each line which rule removed it and why; arguments as `clean`.

    >>> cleaned = explain("Abspielen\n\nEs war einmal eine Brücke.")
    >>> [(line.text, mark.rule, mark.because) for line, mark in cleaned.removed]
    [('Abspielen', 'player/controls', '“abspielen”')]
    """
    plan = _plan(names_of(skip), names_of(only), body_only)
    page = read_text(text, language(lang), site, check_probability(threshold))
    return _cleaned(page, plan)


def clean_html(  # noqa: PLR0913 - as above
    html: str | bytes,
    *,
    url: str | None = None,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
) -> str:
    """Return the article of an HTML page without the page's furniture, one block a line.

    Args:
        html: the page as sent, or decoded.
        url: where it is from, if known; evidence on what kind of page it is.
        skip: as for `clean`, and so all that follow.
        only: see above.
        body_only: see above.
        lang: see above.
        site: see above.

    Raises:
        CleanerError: as for `clean`; bytes that are no text, or a page beyond the limits of
            `cleaner.read_html`.

    >>> clean_html("<nav><a href=/>Home</a></nav><p>Es war einmal eine Brücke.")
    'Es war einmal eine Brücke.'
    """
    return explain_html(
        html, url=url, skip=skip, only=only, body_only=body_only, lang=lang, site=site
    ).text


def explain_html(  # noqa: PLR0913 - as above
    html: str | bytes,
    *,
    url: str | None = None,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
    markdown: bool = False,
) -> Cleaned:
    """Clean an HTML page and say for each line which rule removed it and why.

    Args as for `clean_html`; with `markdown`, `cleaner.markdown.to_markdown` can render the result.

    >>> cleaned = explain_html("<nav>Home</nav><p>Es war einmal eine Brücke.", skip="model")
    >>> [(line.text, mark.rule, mark.because) for line, mark in cleaned.removed]
    [('Home', 'nav/breadcrumb', '“home”')]
    """
    from cleaner.read_html import read_html  # the parser takes longer to import than all else here

    plan = _plan(names_of(skip), names_of(only), body_only)
    page = read_html(html, url, lang=language(lang), site=site, markdown=markdown)
    return _cleaned(page, plan)


def _cleaned(page: Page, plan: _Plan) -> Cleaned:
    first, own = _looked_at(page, plan)
    if not own:
        return Cleaned(page, _second_pass(page, first, plan))
    marks = _second_pass(page, Marks(page, (*first, *own)), plan)
    left = lasting(own, first, marks, lambda again: _looked_at(again, plan))
    if len(left) < len(own):
        marks = _second_pass(page, Marks(page, (*first, *left)), plan)
    return Cleaned(page, marks)


def _looked_at(page: Page, plan: _Plan) -> tuple[Marks, list[Mark]]:
    """Return what pass one marks, and what takes some of it back."""
    first = Marks(page, _first_pass(page, plan))
    return first, [m for find in plan.finds_own for m in find(page, first) if m.rule in plan.own]


class _Plan(NamedTuple):
    finds: tuple[Find, ...]
    finds_own: tuple[FindInContext, ...]
    finds_in_context: tuple[FindInContext, ...]
    own: frozenset[str]
    silent: frozenset[str]
    apart: frozenset[str]
    body_only: bool


@lru_cache(maxsize=64)
def _plan(skip: tuple[str, ...], only: tuple[str, ...], body_only: bool) -> _Plan:
    rules: tuple[Rule | ContextRule, ...] = (*RULES, *CONTEXT_RULES)
    protecting = frozenset(rule.name for rule in rules if rule.group in PROTECTING)
    wanted = select(only, rules) | protecting if only else frozenset(rule.name for rule in rules)
    active = wanted - select(skip, rules)
    return _Plan(
        finds=_finds(RULES, active, (hashtags, site, markup)),
        finds_own=tuple(find for find in _finds(CONTEXT_RULES, active, ()) if find in OWN),
        finds_in_context=_finds(CONTEXT_RULES, active, (*OWN, *LAST)),
        own=frozenset(rule.name for rule in CONTEXT_RULES if rule.find in OWN) & active,
        silent=frozenset(rule.name for rule in rules) - active,
        apart=frozenset(rule.name for rule in rules if rule.group in APART),
        body_only=body_only,
    )


def _finds(
    rules: Iterable[Rule | ContextRule], active: frozenset[str], apart: tuple[object, ...]
) -> tuple[Any, ...]:
    """Collect what active rules find, without those that are called apart."""
    return tuple(dict.fromkeys(r.find for r in rules if r.name in active and r.find not in apart))


def _first_pass(page: Page, plan: _Plan) -> list[Mark]:
    marks, silent = line_memory(plan.finds, page.lang).marks(page), plan.silent
    marks += hashtags(page)  # it looks at lines that follow each other
    if page.markup is not None:
        marks = _outside_code(page.markup, marks) + markup(page)
    if page.site is not None:
        marks += site(page)
    return [mark for mark in marks if mark.rule not in silent] if silent else marks


def _outside_code(markup: Markup, marks: list[Mark]) -> list[Mark]:
    """Leave out what rules say of a line of code: a brace, “login”; code goes as a block."""
    code = markup.code()
    if not code:
        return marks
    model = (MARKUP, HEAD)
    return [m for m in marks if m.start not in code or m.stop > m.start + 1 or m.rule in model]


def _second_pass(page: Page, first: Marks, plan: _Plan) -> Marks:
    silent, marks = plan.silent, _in_context(page, first, plan)
    by_markup = page.markup is not None and MARKUP not in silent
    by_lines, judged = page.markup is None and UNLIKELY not in silent, list[Mark]()
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
        marks = list(_body_only(marks, by_markup))
    settled = first.followed_by(Marks(page, marks))
    if by_markup:  # the model has weighed the page as a whole, and may find no article in it
        return settled
    if not _is_evident(first, settled):
        marks = [m for m in marks if m.verdict is Verdict.KEEP or m.rule in plan.apart]
        settled = first.followed_by(Marks(page, marks))
    guarded = settled if ruled is None or not plan.body_only else ruled  # likewise
    guards = list(guard(page, first, guarded, plan.apart))
    if guards:
        settled = first.followed_by(Marks(page, (*marks, *guards)))
    if plan.body_only and ABOVE not in silent and not judged:  # the model knows what the head is
        above = (head if by_lines else above_body)(page, settled)
        dropped = [m._replace(verdict=Verdict.DROP) for m in above if m.rule not in silent]
        settled = settled.followed_by(Marks(page, dropped))
    return settled


def _in_context(page: Page, first: Marks, plan: _Plan) -> list[Mark]:
    """Collect what the rules of pass two find, the last of them aside."""
    finds, silent = plan.finds_in_context, plan.silent
    marks = [m for find in finds for m in find(page, first) if m.rule not in silent]
    if page.markup is None:
        return marks
    if MARKUP not in silent:
        marks = [mark for mark in marks if mark.rule not in EXTENTS]
    return _outside_code(page.markup, marks)


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
