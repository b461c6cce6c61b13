"""Furniture that HTML gives away: landmarks, blocks named after it, blocks of links."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from itertools import accumulate, compress, pairwise
from pathlib import Path
from typing import NamedTuple

from cleaner.lazy import Known, lazy
from cleaner.mark import Mark
from cleaner.markup import words_of_names
from cleaner.page import Page, is_prose

LINK_DENSITY = 0.5
"""Share of a block's characters in links above which it is mostly links."""

SHARE = 1 / 3
"""Largest share of a page's characters that a block named after furniture holds: what wraps the
page, `<body class="has-sidebar newsletter-open">`, is no furniture."""

_TOKENS = Path(__file__).with_suffix(".toml")


class Needs(IntEnum):
    """What a block must be, besides being named after furniture, to go."""

    LINKS = 0
    BARE = 1
    SMALL = 2
    NOTHING = 3


class Concept(NamedTuple):
    """What the name of a block says: the rule, the name as a reason, what else the rule needs."""

    rule: str
    named: str
    needs: Needs


_NAV = Concept("nav/landmark", "in <nav>", Needs.NOTHING)
_FOOTER = Concept("footer/landmark", "in <footer>", Needs.NOTHING)
_ASIDE = Concept("related/landmark", "in <aside>", Needs.BARE)
_HEADER = Concept("nav/landmark", "in <header>", Needs.LINKS)  # else it may be the article's
_LANDMARKS = {"nav": _NAV, "footer": _FOOTER, "aside": _ASIDE, "header": _HEADER}
_ROLES = {
    "navigation": _NAV,
    "contentinfo": _FOOTER,
    "complementary": _ASIDE,
    "banner": _HEADER,
}
_NEEDS = {"always": Needs.SMALL, "bare": Needs.BARE}


class _Tokens(NamedTuple):
    """What tokens name.

    Attributes:
        concepts: a token, be it of one word or two -> what it names.
        begins: the words that it takes to look any further: first words of tokens.
    """

    concepts: dict[str, Concept]
    begins: frozenset[str]


@cache
def _tokens() -> _Tokens:
    with _TOKENS.open("rb") as file:
        groups = tomllib.load(file)
    concepts = {
        token: Concept(f"{group}/block", f"class token {token}", _NEEDS[kind])
        for group, kinds in groups.items()
        for kind, tokens in kinds.items()
        for token in tokens
    }
    return _Tokens(concepts, frozenset(token.split()[0] for token in concepts))


def _named(names: str) -> Concept | None:
    """Find what the names of a block say it is: by role, else what goes whatever it holds first."""
    role = next((_ROLES[name] for name in names.split() if name in _ROLES), None)
    if role is not None:
        return role
    words = words_of_names(names)
    known, begins = _tokens()
    if begins.isdisjoint(words):
        return None
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    found = [known[word] for word in (*words, *pairs) if word in known]
    return max(found, key=lambda concept: concept.needs, default=None)


_concepts = Known(_named, most=2**16)


def blocks(page: Page) -> list[Mark]:
    """Mark blocks that tag, role, class or id give away as furniture."""
    if page.markup is None:
        return []
    return list(_blocks(page, _Sums(page)))


class _Sums:
    """How much of a page is in a run of its lines: characters, in links, in paragraphs."""

    def __init__(self, page: Page) -> None:
        assert page.markup is not None
        self.texts = page.texts
        self._linked = page.markup.linked

    @lazy
    def sizes(self) -> list[int]:
        return [0, *accumulate(map(len, self.texts))]

    @lazy
    def linked(self) -> list[int]:
        return [0, *accumulate(self._linked)]

    def share(self, begin: int, end: int) -> float:
        return (self.sizes[end] - self.sizes[begin]) / max(1, self.sizes[-1])

    def link_density(self, begin: int, end: int) -> float:
        return (self.linked[end] - self.linked[begin]) / max(1, self.sizes[end] - self.sizes[begin])

    def has_prose(self, begin: int, end: int) -> bool:
        return any(map(is_prose, self.texts[begin:end]))


def _blocks(page: Page, sums: _Sums) -> Iterator[Mark]:
    assert page.markup is not None
    tags, _, names, _, begins, ends = page.markup.blocks
    concepts = list(map(_LANDMARKS.get, tags, map(_concepts.__getitem__, names)))
    done = 0  # what is inside a marked block is not looked at
    for found, begin, end in compress(zip(concepts, begins, ends, strict=True), concepts):
        if found is None or end <= begin or end <= done:
            continue
        because = _reason(found, sums, begin, end)
        if because:
            yield Mark(begin, end, found.rule, because)
            done = end


def _reason(found: Concept, sums: _Sums, begin: int, end: int) -> str | None:
    """Say why a block goes, if it does."""
    if found.needs is Needs.NOTHING:
        return found.named
    if sums.share(begin, end) > SHARE:
        return None
    if found.needs is Needs.SMALL:
        return found.named
    density = sums.link_density(begin, end)
    if density > LINK_DENSITY:
        return f"{found.named}, link density {density:.2f} > {LINK_DENSITY:.2f}"
    if found.needs is Needs.BARE and not sums.has_prose(begin, end):
        return f"{found.named}, no paragraph in it"
    return None
