"""The way of a dump: read -> pass one -> pass two -> guard; `Cleaned` settles and renders.

Order inside a pass cannot matter: rules only look, and pass two sees nothing but pass one's marks,
without those that `cleaner.own` takes back.
"""

from __future__ import annotations

from os import PathLike

from cleaner.first_pass import line_memory
from cleaner.mark import Cleaned, Mark, Marks
from cleaner.options import Names, language, names_of
from cleaner.own import lasting
from cleaner.page import THRESHOLD, Page, check_probability
from cleaner.plan import Plan, plan_of
from cleaner.read_text import read_text
from cleaner.rules import markup, site
from cleaner.rules.shapes import hashtags
from cleaner.second_pass import outside_code, second_pass


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
    plan = plan_of(names_of(skip), names_of(only), body_only)
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
    accurate: bool = False,
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
        accurate: ask the line model too, which knows words and no markup: a fifth slower.

    Raises:
        CleanerError: as for `clean`; bytes that are no text, or a page beyond the limits of
            `cleaner.read_html`.

    >>> clean_html("<nav><a href=/>Home</a></nav><p>Es war einmal eine Brücke.")
    'Es war einmal eine Brücke.'
    """
    return explain_html(
        html,
        url=url,
        skip=skip,
        only=only,
        body_only=body_only,
        lang=lang,
        site=site,
        accurate=accurate,
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
    accurate: bool = False,
    markdown: bool = False,
) -> Cleaned:
    """Clean an HTML page and say for each line which rule removed it and why.

    Args as for `clean_html`; with `markdown`, `cleaner.markdown.to_markdown` can render the result.

    >>> cleaned = explain_html("<nav>Home</nav><p>Es war einmal eine Brücke.", skip="model")
    >>> [(line.text, mark.rule, mark.because) for line, mark in cleaned.removed]
    [('Home', 'nav/breadcrumb', '“home”')]
    """
    from cleaner.read_html import read_html  # the parser takes longer to import than all else here

    plan = plan_of(names_of(skip), names_of(only), body_only)
    page = read_html(html, url, lang=language(lang), site=site, markdown=markdown)
    return _cleaned(page._replace(accurate=accurate), plan)


def _cleaned(page: Page, plan: Plan) -> Cleaned:
    first, own = _looked_at(page, plan)
    if not own:
        return Cleaned(page, second_pass(page, first, plan))
    marks = second_pass(page, Marks(page, (*first, *own)), plan)
    left = lasting(own, first, marks, lambda again: _looked_at(again, plan))
    if len(left) < len(own):
        marks = second_pass(page, Marks(page, (*first, *left)), plan)
    return Cleaned(page, marks)


def _looked_at(page: Page, plan: Plan) -> tuple[Marks, list[Mark]]:
    """Return what pass one marks, and what takes some of it back."""
    first, silent = Marks(page, _first_pass(page, plan)), plan.silent
    return first, [m for find in plan.finds_own for m in find(page, first) if m.rule not in silent]


def _first_pass(page: Page, plan: Plan) -> list[Mark]:
    marks, silent = line_memory(plan.finds, page.lang).marks(page), plan.silent
    marks += hashtags(page)  # it looks at lines that follow each other
    if page.markup is not None:
        marks = outside_code(page.markup, marks) + markup(page)
    if page.site is not None:
        marks += site(page)
    return [mark for mark in marks if mark.rule not in silent] if silent else marks
