"""The dumps of the command line's FILEs and of stdin: text or HTML, one by one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import NamedTuple, cast

from cleaner.decode import read_dumps
from cleaner.errors import UnreadableInput

STDIN = "-"

SNIFFED = 4096
"""Bytes at the beginning of a source that are looked at to tell HTML from text."""


class Dump(NamedTuple):
    """One dump of the input.

    Attributes:
        source: the FILE as named, ``-`` for stdin.
        number: place among the dumps of its source, counted from 1.
        alone: whether its source holds no other.
        text: the dump, decoded.
        html: whether it is HTML.
    """

    source: str
    number: int
    alone: bool
    text: str
    html: bool = False


def check(source: str, args: argparse.Namespace) -> None:
    """Read a file once for its errors only, so that none comes up after output has begun.

    What can be read only once, stdin or a pipe, is spared: there the dumps before an unreadable
    one are written.
    """
    if source == STDIN:
        return
    path = Path(source)
    with suppress(OSError):  # opening it says more
        if path.is_fifo() or path.is_char_device():
            return
    for _ in read(source, args):
        pass


def read(source: str, args: argparse.Namespace) -> Iterator[Dump]:
    """Yield the dumps of a source.

    Raises:
        UnreadableInput: it cannot be opened or decoded; the message names it.
    """
    number = 0
    try:
        with _open(source) as stream:
            html = args.format == "html" or (args.format == "auto" and _is_html(stream))
            parts = _html_dumps if html else read_dumps
            dumps = parts(stream, args.separator, args.encoding)
            for number, (text, ended) in enumerate(dumps, 1):
                yield Dump(source, number, number == 1 and not ended, text, html)
    except (OSError, UnreadableInput) as error:
        place = "stdin" if source == STDIN else source
        place += f", dump {number + 1}" if number else ""
        raise UnreadableInput(f"{place}: {_reason(error)}") from error


def _is_html(stream: BufferedIOBase) -> bool:
    """Look at the beginning of a stream, without reading on in it."""
    if isinstance(stream, BufferedReader):
        begin = stream.peek(SNIFFED)[:SNIFFED]
    else:
        begin = stream.read(SNIFFED)
        stream.seek(0)
    return b"<" in begin and _looks_like_html(begin)


def _looks_like_html(begin: bytes) -> bool:
    from cleaner.decode_html import looks_like_html

    return looks_like_html(begin)


def _html_dumps(
    stream: BufferedIOBase, separator: str | None, charset: str | None
) -> Iterator[tuple[str, bool]]:
    """Yield the pages of a stream: one, unless a separator is named; form feeds part none."""
    from cleaner.decode_html import decode_html

    if separator is None:
        yield decode_html(stream.read(), charset), False
    else:
        yield from read_dumps(stream, separator, decoder=partial(decode_html, charset=charset))


def _open(source: str) -> AbstractContextManager[BufferedIOBase]:
    if source != STDIN:
        return Path(source).open("rb")
    if sys.stdin is None:
        raise UnreadableInput("is closed; name a FILE")
    return nullcontext(cast(BufferedIOBase, sys.stdin.buffer))


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "no such file; check the name, or give `-` to read stdin"
        case IsADirectoryError():
            return "is a directory; name the files in it"
        case PermissionError():
            return "permission denied; make it readable, or pipe it in as a user who may read it"
        case OSError():
            return f"{error.strerror or error}; name a file that can be read"
        case _:
            return str(error)
