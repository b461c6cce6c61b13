"""A plain-text dump -> `Page`."""

from __future__ import annotations

from os import PathLike

from cleaner.page import THRESHOLD, Page


def read_text(
    text: str,
    lang: str | None = None,
    site: str | PathLike[str] | None = None,
    threshold: float = THRESHOLD,
) -> Page:
    r"""Read a dump into a page; lines end at ``\n``, ``\r\n`` or ``\r`` and nowhere else.

    >>> read_text("Kommentare\r\n\r\nTeilen").texts
    ('Kommentare', '', 'Teilen')
    """
    broken = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return Page(tuple(broken.split("\n")), text, lang, site, threshold=threshold)
