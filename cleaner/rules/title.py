"""The headline of an HTML page: the heading that says the page's title, or the one `<h1>`.

Measured on the development corpora, with the model cross-validated: of the pages on which a line
is the title, 97 % keep it (WCXB), 77 % without this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.mark import Mark, Verdict
from cleaner.markup import Markup, Place, link_density
from cleaner.page import Page
from cleaner.patterns import pattern

SHARE = 0.5
"""Least share of `<title>`, in characters, that a headline says; the rest names the site."""

LINKED = 0.9
"""Share of a heading's characters in links above which it leads elsewhere, as a logo leads home."""

FEWEST = 3
"""Words from which a heading that begins the title is a headline, wherever it leads."""

_WORD = pattern(r"\w+")
_SAYS = "heading that says the page's title"
_HEADING = Place.HEADING.value
_ELSEWHERE = (Place.NAV | Place.ASIDE | Place.FOOTER).value


def title(page: Page) -> Iterator[Mark]:
    """Mark the headline of a page from HTML, if it has one."""
    assert page.markup is not None
    markup = page.markup
    headings = dict(_headings(page, markup))
    own = [number for number in headings if not _leads_elsewhere(page, markup, number)]
    whole = _words(markup.title)
    named = {whole, _words(markup.meta.get("og:title", ""))}
    said = [number for number, words in headings.items() if words in named]
    said = said or [number for number in own if _is_most_of(whole, headings[number])]
    said = said or [number for number, words in headings.items() if _begins(whole, words)]
    if said:
        best = max(said, key=lambda number: len(headings[number]))
        yield Mark(best, best + 1, "head/title", _SAYS, Verdict.KEEP)
        return
    first = [number for number in own if _is_first_rank(markup, number)]
    if len(first) == 1 and not whole.endswith(f" {headings[first[0]]}"):  # which names the site
        yield Mark(first[0], first[0] + 1, "head/title", "the only <h1>", Verdict.KEEP)


def _headings(page: Page, markup: Markup) -> Iterator[tuple[int, str]]:
    """Yield the lines in headings and their words; not the site's name, which logos say."""
    places, rows = markup.blocks.places, markup.rows
    site = {_words(markup.meta.get("og:site_name", "")), ""}
    for number in page.filled:
        place = places[rows[number]]
        if place & _HEADING and not place & _ELSEWHERE:
            words = _words(page.texts[number])
            if words not in site:
                yield number, words


def _is_most_of(title: str, words: str) -> bool:
    return len(words) >= SHARE * len(title) and f" {words} " in f" {title} "


def _begins(title: str, words: str) -> bool:
    """Tell whether a title begins so; of fewer than `FEWEST` words it may be the site's name."""
    return title.startswith(f"{words} ") and words.count(" ") >= FEWEST - 1


def _leads_elsewhere(page: Page, markup: Markup, number: int) -> bool:
    linked = markup.linked[number]
    return linked > 0 and link_density(linked, page.texts[number]) > LINKED


def _is_first_rank(markup: Markup, number: int) -> bool:
    return any(markup.blocks.tags[row] == "h1" for row in markup.around(markup.rows[number]))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
