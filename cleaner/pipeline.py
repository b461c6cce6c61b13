"""The way of a dump: read -> pass one -> pass two -> guard; `Cleaned` settles and renders.

Order inside a pass cannot matter: rules only look, and pass two sees nothing but pass one's marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from os import PathLike
from typing import Any, NamedTuple

from cleaner.errors import CleanerError
from cleaner.first_pass import line_memory
from cleaner.mark import Cleaned, Mark, Marks, Verdict
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.read_text import read_text
from cleaner.rule import ContextRule, Find, FindInContext, Rule, select
from cleaner.rules import CONTEXT_RULES, RULES, markup, site
from cleaner.rules.apart import ABOVE, above_body
from cleaner.rules.shapes import hashtags

APART = frozenset({"head", "caption", "credit"})
"""Groups that are no furniture: kept, unless only the body is wanted."""

MODEL, MODEL_HEAD = "model/markup", "model/head"
"""The model's word on HTML, and on its head."""

HEADLINE = "head/headline"
"""By lines alone a page's head ends at its first paragraph, which shops and forums do not have."""

EXTENTS = frozenset({"comments/thread-text", "footer/end"})
"""What goes from some line to the end of a page: where that is, the model sees better. In forums
the rules' word for it costs .012 of word F1."""

PROTECTING = APART | {"body"}
"""Groups whose rules keep lines; `only` does not silence them, `skip` does."""

GUARD_SHARE = 1 / 7
"""Least share of the text left by pass one that pass two must leave; trafilatura prunes no further
than this either (`htmlprocessing.py`, release 2.3)."""

_LANG = pattern(r"([a-z]{2,3})([-_].*)?", re.IGNORECASE)

Names = str | Iterable[str]


def clean(  # noqa: PLR0913 - the contract has these names
    text: str,
    *,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
) -> str:
    r"""Return the article of a dump without the page's furniture; every line left is verbatim.

    Args:
        text: a plain-text dump, one block of the page a line.
        skip: groups or rules that shall remove nothing, such as ``"share"`` or ``"player/clock"``.
        only: groups or rules that alone shall remove lines; empty means all.
        body_only: remove the head (kicker, headline, date, byline), captions and credits too.
        lang: the page's language, such as ``"de"``; `None` tries the phrases of all languages.
        site: a file of the site's own furniture, see `cleaner.site`.

    Raises:
        CleanerError: an unknown group or rule, a language that is no code, a broken site file.

    >>> clean("Abspielen\n\nEs war einmal eine Brücke.\n\nKommentare")
    'Es war einmal eine Brücke.'
    """
    return explain(text, skip=skip, only=only, body_only=body_only, lang=lang, site=site).text


def explain(  # noqa: PLR0913 - as above
    text: str,
    *,
    skip: Names = (),
    only: Names = (),
    body_only: bool = False,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
) -> Cleaned:
    r"""Clean a dump and say for each line which rule removed it and why; arguments as `clean`.

    >>> cleaned = explain("Abspielen\n\nEs war einmal eine Brücke.")
    >>> [(line.text, mark.rule, mark.because) for line, mark in cleaned.removed]
    [('Abspielen', 'player/controls', '“abspielen”')]
    """
    plan = _plan(_names(skip), _names(only), body_only)
    return _cleaned(read_text(text, _language(lang), site), plan)


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

    plan = _plan(_names(skip), _names(only), body_only)
    page = read_html(html, url, lang=_language(lang), site=site, markdown=markdown)
    return _cleaned(page, plan)


def _cleaned(page: Page, plan: _Plan) -> Cleaned:
    first = Marks(page, _first_pass(page, plan))
    return Cleaned(page, _second_pass(page, first, plan))


class _Plan(NamedTuple):
    finds: tuple[Find, ...]
    finds_in_context: tuple[FindInContext, ...]
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
        finds_in_context=_finds(CONTEXT_RULES, active, (above_body,)),
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
    if page.site is not None:
        marks += site(page)
    if page.markup is not None:
        marks += markup(page)
    return [mark for mark in marks if mark.rule not in silent] if silent else marks


def _second_pass(page: Page, first: Marks, plan: _Plan) -> Marks:
    silent, marks = plan.silent, list[Mark]()
    for find in plan.finds_in_context:
        marks += find(page, first)
    if silent:
        marks = [mark for mark in marks if mark.rule not in silent]
    judged = page.markup is not None and MODEL not in silent
    if judged:
        marks = [mark for mark in marks if mark.rule not in EXTENTS]
    if plan.body_only:
        marks = list(_body_only(marks, judged))
    settled = first.followed_by(Marks(page, marks))
    if judged:  # the model has weighed the page as a whole, and may find no article in it
        return settled
    if all(map(settled.state.__getitem__, first.dropped)):
        # Where nothing is named nothing is judged, so what has been cleaned stays as it is.
        marks = [m for m in marks if m.verdict is Verdict.KEEP or m.rule in plan.apart]
        settled = first.followed_by(Marks(page, marks))
    guards = list(_guard(page, first, settled, plan))
    if guards:
        settled = first.followed_by(Marks(page, (*marks, *guards)))
    if plan.body_only and ABOVE not in silent:
        above = [m._replace(verdict=Verdict.DROP) for m in above_body(page, settled)]
        settled = settled.followed_by(Marks(page, above))
    return settled


def _body_only(marks: list[Mark], judged: bool) -> Iterator[Mark]:
    """Drop what stands apart; where the model judges, it says what the headline is."""
    for mark in marks:
        apart = mark.rule == MODEL_HEAD or mark.group in APART
        if not (judged and mark.rule == HEADLINE):
            yield mark._replace(verdict=Verdict.DROP) if apart else mark


def _guard(page: Page, first: Marks, settled: Marks, plan: _Plan) -> Iterator[Mark]:
    """Take back what pass two drops where it would leave too little of what pass one left."""
    texts, state = page.texts, settled.state
    # Next to every page keeps more than enough in its paragraphs alone, so most add up no more.
    if sum([len(texts[n]) for n in first.prose if state[n]]) >= len(page.source) * GUARD_SHARE:
        return
    judged = [m for m in settled if m.verdict is Verdict.DROP and m.rule not in plan.apart]
    standing = Marks(page, judged).standing
    before, after = (sum(len(texts[n]) for n in lines) for lines in (first.standing, standing))
    if after < before * GUARD_SHARE:
        share = f"less than 1 in {round(1 / GUARD_SHARE)}"
        because = f"would leave {after} of {before} characters, {share}"
        for number in sorted(set(first.standing).difference(standing)):
            yield Mark(number, number + 1, "guard/too-little", because, Verdict.KEEP)


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _language(lang: str | None) -> str | None:
    if lang is None:
        return None
    code = _LANG.fullmatch(lang)
    if code is None:
        raise CleanerError(f"language {lang!r} is no code; give two or three letters, such as 'de'")
    return code[1].lower()
