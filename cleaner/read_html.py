"""HTML -> `Page`: one line a block, with what the markup says about it.

The parser builds the tree that the WHATWG standard asks for and hands it over in one walk; lines
are made on the way and no tree is kept. It was chosen by measurement, see `lab.hostile`: lxml is
half as fast and silently loses the text of deeply nested or very large pages. The same parser's
other ways to a page's text were measured too, walking its nodes or parting what it serializes once
inline tags are gone: at best a tenth faster, for twice the code.
"""

from __future__ import annotations

from os import PathLike

from turbohtml.saxparse import sax_parse

from cleaner.decode_html import decode_html
from cleaner.errors import UnreadableInput
from cleaner.html_walk import Walk
from cleaner.markup import without_surrogates
from cleaner.page import Page

MOST_CHARACTERS = 32 * 2**20
"""Longest page that is read; the largest of 1,630 development pages has 6 million characters."""

MOST_TAGS = 2_000_000
"""Most tags of a page that is read: beyond it a page takes gigabytes, whatever its text."""


def read_html(  # noqa: PLR0913 - each is something else that a caller may know
    html: str | bytes,
    url: str | None = None,
    *,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
    charset: str | None = None,
    markdown: bool = False,
) -> Page:
    r"""Read a page's HTML into lines, one a block, a table row or a line of preformatted text.

    Args:
        html: the page as sent, or decoded.
        url: where it is from, if known.
        lang: language code, as for `read_text`.
        site: path of a site file, as for `read_text`.
        charset: encoding that the server's HTTP header names, if any; a byte order mark and bytes
            that are UTF-8 beyond doubt win over it, as over the page's own word.
        markdown: note each line as Markdown too, for `to_markdown`.

    Raises:
        UnreadableInput: bytes that are no text, or a page beyond `MOST_CHARACTERS` or `MOST_TAGS`.

    >>> read_html("<p>Es war <b>ein</b>mal.<ul><li>eins<li>zwei</ul>").texts
    ('Es war einmal.', '', 'eins', 'zwei')
    >>> read_html("<table><tr><td>Meter<td>1,8</table>").texts
    ('Meter\t1,8',)
    """
    text = decode_html(html, charset) if isinstance(html, bytes) else html
    _check_size(text)
    try:
        page = _walked(text, url, markdown).page(url, lang, site)
        _try_encoding(page)
    except UnicodeError:
        text = without_surrogates(text)
        page = _walked(text, url, markdown).page(url, lang, site)
    return page


def _walked(text: str, url: str | None, markdown: bool) -> Walk:
    if markdown:
        from cleaner.markdown import MarkedWalk  # few want it

        walk: Walk = MarkedWalk(url)
    else:
        walk = Walk()
    sax_parse(text, walk)
    return walk


def _try_encoding(page: Page) -> None:
    """Fail on lone surrogates, which are no characters; most of a page's HTML is not kept."""
    assert page.markup is not None
    _, _, blocks, title, meta, data, lang, _, marked = page.markup
    kept = (blocks.tags, blocks.names, (title, lang, *meta, *meta.values()), data, marked or ())
    for text in (page.source, *map("".join, kept)):  # apart, as what is ASCII alone is no work
        text.encode()


def _check_size(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        size = f"{len(text):,} characters, more than {MOST_CHARACTERS:,}"
        raise UnreadableInput(f"the page has {size}; cut it, or clean its text alone")
    tags = text.count("<") if len(text) > MOST_TAGS else 0
    if tags > MOST_TAGS:
        size = f"{tags:,} tags, more than {MOST_TAGS:,}"
        raise UnreadableInput(f"the page has {size}; cut it, or clean its text alone")
