"""What tags, roles and attributes mean to who reads HTML for its text."""

from __future__ import annotations

import re

from cleaner.markup import PREFORMATTED, Place

Attributes = tuple[tuple[str, str | None], ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SKIPPED = _words(
    "script style template svg iframe object embed canvas audio video map textarea "
    "datalist noframes noembed annotation annotation-xml rp applet title"
)
_BLOCKS = _words(
    "address article aside blockquote body button center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li "
    "main menu nav ol optgroup option p pre listing xmp plaintext search section select "
    "summary table caption tbody thead tfoot tr td th ul noscript"
)
GAPS = _words(
    "article aside blockquote dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "main nav ol p pre section table ul"
)
"""Blocks with a blank line around them: what browsers give a margin, and the landmarks."""

_PLACES: dict[str, int] = {
    "nav": Place.NAV.value,
    "menu": Place.NAV.value,
    "header": Place.HEADER.value,
    "footer": Place.FOOTER.value,
    "aside": Place.ASIDE.value,
    "main": Place.MAIN.value,
    "article": Place.ARTICLE.value,
    "ul": Place.LIST.value,
    "ol": Place.LIST.value,
    "dl": Place.LIST.value,
    "table": Place.TABLE.value,
    **dict.fromkeys(PREFORMATTED, Place.PRE.value),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Place.HEADING.value),
    "form": Place.FORM.value,
    "select": Place.FORM.value,
    "fieldset": Place.FORM.value,
    "button": Place.BUTTON.value,
    "figure": Place.FIGURE.value,
    "figcaption": Place.CAPTION.value,
    "blockquote": Place.QUOTE.value,
    "p": Place.PARAGRAPH.value,
    "dialog": Place.HIDDEN.value,
    "noscript": Place.HIDDEN.value,
}
BLOCKS = {tag: _PLACES.get(tag, 0) for tag in _BLOCKS}
"""Tags that begin a line of their own -> where the lines in them stand."""

ROLES: dict[str, int] = {
    "navigation": Place.NAV.value,
    "menu": Place.NAV.value,
    "menubar": Place.NAV.value,
    "banner": Place.HEADER.value,
    "contentinfo": Place.FOOTER.value,
    "complementary": Place.ASIDE.value,
    "main": Place.MAIN.value,
    "article": Place.ARTICLE.value,
    "button": Place.BUTTON.value,
    "heading": Place.HEADING.value,
}
# Plain numbers: of every element these are asked, and an `IntFlag` takes ten times as long.
HIDDEN, ARIA_HIDDEN = Place.HIDDEN.value, Place.ARIA_HIDDEN.value
PRE, BODY_TEXT = Place.PRE.value, Place.BODY_TEXT.value
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NAMING = frozenset(("class", "id", "role", "itemprop"))
HIDING = frozenset(("hidden", "style", "aria-hidden"))
RARE = frozenset(("br", "hr", "html", "meta"))
CELLS = frozenset(("td", "th"))
BODY_PROPERTIES = frozenset(("articleBody", "reviewBody"))


def own_evidence(attrs: Attributes) -> tuple[int, str]:
    """Tell by an element's attributes where its lines stand and what it is named.

    >>> own_evidence((("class", "site-nav"), ("id", "top"), ("role", "navigation")))
    (4, 'site-nav top navigation')
    """
    place, names = 0, ""
    for name, value in attrs:
        if name in NAMING:
            if value:
                names = f"{names} {value}" if names else value
                if name == "role":
                    place |= ROLES.get(value, 0)
                elif value in BODY_PROPERTIES and name == "itemprop":
                    place |= BODY_TEXT
        elif name in HIDING:
            place |= _hiding(name, value)
    return place, names


def is_unseen(attrs: Attributes) -> bool:
    """Tell whether attributes hide an element."""
    for name, value in attrs:  # noqa: SIM110 - a generator takes twice as long
        if name in HIDING and _hiding(name, value) & HIDDEN:
            return True
    return False


def _hiding(name: str, value: str | None) -> int:
    if name == "style":
        return HIDDEN if value and _UNSEEN.search(value) else 0
    if name == "hidden":
        return HIDDEN if value != "until-found" else 0
    return ARIA_HIDDEN if value == "true" else 0
