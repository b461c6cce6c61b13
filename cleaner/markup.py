"""`Markup`: what HTML says about each line of a page, in columns like the page itself.

Lines share the evidence of the block that they stand in, and blocks that of the blocks around
them, so a page of 2,000 lines in 600 blocks holds 600 rows of evidence and not 2,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import IntFlag
from functools import lru_cache
from typing import Any, NamedTuple

SHOWN_PATH = 12
"""Most steps of a tag path that is shown to a person; pages nest up to 100,000 deep."""

PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext"))
"""Tags of what is shown as it is written."""

_LETTERS = bytes(sign if 97 <= sign <= 122 else 32 for sign in range(256))  # a to z, blanks
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Place(IntFlag):
    """Where a line stands; a block has its own places and those of the blocks around it."""

    HIDDEN = 1
    ARIA_HIDDEN = 2
    NAV = 4
    HEADER = 8
    FOOTER = 16
    ASIDE = 32
    MAIN = 64
    ARTICLE = 128
    LIST = 256
    TABLE = 512
    PRE = 1024
    HEADING = 2048
    FORM = 4096
    BUTTON = 8192
    FIGURE = 16384
    CAPTION = 32768
    QUOTE = 65536
    PARAGRAPH = 131072
    BODY_TEXT = 262144


class Blocks(NamedTuple):
    """The blocks of a page in document order, each row one block.

    Attributes:
        tags: tag names.
        parents: row of the block around it; the first row is its own parent.
        names: class, id, role and itemprop as written, parted by blanks.
        places: bits of `Place`.
        begins: number of the first line in each block.
        ends: number of the line after its last one.
    """

    tags: list[str]
    parents: list[int]
    names: list[str]
    places: list[int]
    begins: list[int]
    ends: list[int]


class Markup(NamedTuple):
    """What HTML says about the lines of a page.

    Attributes:
        rows: for each line the row of its block in `blocks`; of a blank line that of the one above.
        linked: for each line how many of its characters are in links.
        blocks: the evidence.
        title: text of the page's `<title>`.
        meta: name or property of each `<meta>`, lower case -> its first content.
        data: the JSON-LD scripts as written.
        lang: language that the page says it is in, as written; may be empty.
        url: where the page is from, if the caller said so.
        marked: each line as Markdown, if the caller asked for it.
    """

    rows: list[int]
    linked: list[int]
    blocks: Blocks
    title: str
    meta: Mapping[str, str]
    data: tuple[str, ...]
    lang: str = ""
    url: str | None = None
    marked: list[str] | None = None

    def place(self, number: int) -> Place:
        """Where line `number` stands."""
        return Place(self.blocks.places[self.rows[number]])

    def code(self) -> frozenset[int]:
        """Numbers of the lines of preformatted text."""
        if PREFORMATTED.isdisjoint(self.blocks.tags):
            return frozenset()
        pre, places = Place.PRE.value, self.blocks.places
        return frozenset(number for number, row in enumerate(self.rows) if places[row] & pre)

    def around(self, row: int) -> Iterator[int]:
        """Yield a block and the blocks around it, from the inside out."""
        parents = self.blocks.parents
        while row:
            yield row
            row = parents[row]

    def of_line(self, number: int, text: str) -> dict[str, Any]:
        """Return the evidence on one line in words and numbers that a person understands."""
        row, blocks = self.rows[number], self.blocks
        around = [at for at, _ in zip(self.around(row), range(SHOWN_PATH), strict=False)]
        place = self.place(number)
        return {
            "path": "/".join(blocks.tags[at] for at in reversed(around)),
            "names": tuple(dict.fromkeys(n for at in around for n in blocks.names[at].split())),
            "link_density": link_density(self.linked[number], text),
            "place": tuple(bit.name.lower().replace("_", "-") for bit in place if bit.name),
        }


def without_surrogates(text: str) -> str:
    r"""Replace lone surrogates, which are no characters and which nothing can write.

    >>> ascii(without_surrogates("Bru\udcfcke"))
    "'Bru\\ufffdke'"
    """
    return _SURROGATES.sub("\ufffd", text)


def link_density(linked: int, text: str) -> float:
    """Share of a line's characters that are in links.

    >>> link_density(8, "Mehr zum Thema: ")
    0.53
    """
    return round(min(1.0, linked / max(1, len(text.strip()))), 2)


@lru_cache(maxsize=2**15)
def words_of_names(names: str) -> tuple[str, ...]:
    """Part class and id tokens into their words, lower case.

    >>> words_of_names("c-relatedArticles__list col-12 newsletter_box")
    ('c', 'related', 'articles', 'list', 'col', 'newsletter', 'box')
    """
    if names.islower() and names.isascii():  # four in five, in half the time
        return tuple(names.encode().translate(_LETTERS).decode().split())
    return tuple([word.lower() for word in _WORD.findall(names)])
