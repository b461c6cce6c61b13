"""A plain-text dump -> `Page`."""

from __future__ import annotations

from os import PathLike

from cleaner.page import Page


def read_text(text: str, lang: str | None = None, site: str | PathLike[str] | None = None) -> Page:
    r"""Read a dump into a page; lines end at ``\n``, ``\r\n`` or ``\r`` and nowhere else.

    A byte order mark that survived decoding is no part of the first line.

    >>> read_text("Kommentare\r\n\r\nTeilen").texts
    ('Kommentare', '', 'Teilen')
    """
    unmarked = text.removeprefix("\ufeff")
    if "\r" in unmarked:
        unmarked = unmarked.replace("\r\n", "\n").replace("\r", "\n")
    return Page(tuple(unmarked.split("\n")), text, lang, site)
