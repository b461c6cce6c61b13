r"""Bytes -> the text of the dumps in them.

A stream holds one dump, or several with separators between them: N separators part N + 1 dumps,
empty ones too, so that ``"\f".join`` before and ``.split("\f")`` after give dumps their answers.
Each dump is decoded by itself, so no more than one is in memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from io import BufferedIOBase
from itertools import chain

from cleaner.errors import UnreadableInput

FORM_FEED = "\f"
"""Parts the dumps of a stream where no other separator is named."""

DAMAGE = 1 / 3
"""Share of the characters beyond ASCII that may be broken in a dump that is still read as UTF-8: a
stray byte, or a last character cut in two by `head -c`. A sentence in another encoding breaks at
0.7 of them and more, measured on thirteen; charset-normalizer would garble the dump as a whole."""

# What pages were written in before UTF-8. Let loose on a short dump, charset-normalizer takes DOS
# and Macintosh code pages, which fit any bytes, for a better guess than cp1252.
_GUESSES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "cp874", "cp932", "euc_jp"),
    *("gb18030", "big5hkscs", "cp949", "utf_16_le", "utf_16_be"),
]
_CHUNK = 1 << 16
_MARKS = {  # UTF-32 first: its little-endian mark begins with that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decode(data: bytes, encoding: str | None = None) -> str:
    r"""Decode one dump; a byte order mark is no part of the text.

    Args:
        data: UTF-8, UTF-16 or UTF-32 with a byte order mark, or an encoding that its bytes betray.
        encoding: the encoding to use instead of looking.

    Raises:
        UnreadableInput: the encoding is unknown, or the bytes do not fit it, or fit none.

    >>> decode("Kommentare\r\n".encode("utf-16"))
    'Kommentare\r\n'
    >>> decode(b"Br\xfccke", "cp1252")
    'Brücke'
    """
    if encoding is not None:
        check_encoding(encoding)
    name = encoding or _marked(data)
    try:
        return data.decode(name or "utf-8").removeprefix("\ufeff")
    except UnicodeError as error:
        if name is None:
            return _damaged(data) or _guessed(data)
        raise _misfit(name) from error


def read_dumps(
    stream: BufferedIOBase,
    separator: str | None = None,
    encoding: str | None = None,
    decoder: Callable[[bytes], str] = decode,
) -> Iterator[tuple[str, bool]]:
    r"""Yield the text of each dump of a stream, and whether a separator ended it.

    Args:
        stream: is read to its end, a piece at a time.
        separator: a line that parts dumps; `None` is a form feed, which need not stand alone.
        encoding: as for `decode`.
        decoder: decodes a dump where no encoding is given and the stream has no byte order mark.

    Raises:
        UnreadableInput: as for `decode`.

    >>> from io import BytesIO
    >>> list(read_dumps(BytesIO(b"one\n\ftwo\n")))
    [('one\n', True), ('two\n', False)]
    >>> list(read_dumps(BytesIO(b"one\n--\ntwo\n"), "--"))
    [('one\n', True), ('two\n', False)]
    """
    begin = stream.read(4)
    chunks: Iterator[bytes] = chain((begin,), iter(lambda: stream.read1(_CHUNK), b""))
    name = encoding or _marked(begin)
    if name is not None:  # its separators need not look like ours in bytes
        chunks = _recode(chunks, name)
    for data, ended in _at_lines(chunks, separator) if separator else _at_feeds(chunks):
        yield decoder(data) if name is None else data.decode("utf-8", "surrogatepass"), ended


def check_encoding(name: str) -> str:
    """Return the name of an encoding, if it is one.

    Raises:
        UnreadableInput: Python knows no text encoding of that name.
    """
    try:
        "".encode(name)
    except (LookupError, UnicodeError) as error:
        known = "such as utf-8, cp1252, iso8859-15, cp1251, gb18030, shift_jis"
        raise UnreadableInput(f"unknown encoding {name!r}; name a known one, {known}") from error
    return name


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)


def _misfit(name: str) -> UnreadableInput:
    return UnreadableInput(f"cannot be decoded as {name}; name its encoding with --encoding NAME")


def _recode(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Turn a stream into UTF-8; a lone surrogate, which a few encodings can hold, passes."""
    check_encoding(name)
    try:
        for text in codecs.iterdecode(chunks, name):
            yield text.encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise _misfit(name) from error


def _damaged(data: bytes) -> str | None:
    """Read bytes as UTF-8 with U+FFFD for the broken characters, if those are few."""
    text = data.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= beyond * DAMAGE else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=_GUESSES)
    best = matches.best()
    if best is None:
        tried = "is neither UTF-8 nor in any other encoding that can be told from its bytes"
        raise UnreadableInput(f"{tried}; if it is text, name its encoding with --encoding NAME")
    for match in matches:  # of those that fit alike, what most old pages are in
        alike = (match.chaos, match.coherence) == (best.chaos, best.coherence)
        if alike and "cp1252" in match.could_be_from_charset:
            return str(match)
    return str(best)


def _at_feeds(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    parts: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\f")
        for end in ended:
            yield b"".join((*parts, end)), True
            parts.clear()
        parts.append(rest)
    yield b"".join(parts), False


def _at_lines(chunks: Iterable[bytes], separator: str) -> Iterator[tuple[bytes, bool]]:
    wanted = separator.encode("utf-8", "surrogatepass")
    parts: list[bytes] = []
    for line in _lines(chunks):
        if line.rstrip(b"\r\n") == wanted:
            yield b"".join(parts), True
            parts.clear()
        else:
            parts.append(line)
    yield b"".join(parts), False


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Join chunks to lines that end where those of a page do, at ``\n``, ``\r\n`` or ``\r``."""
    parts: list[bytes] = []
    for chunk in chunks:
        for line in chunk.splitlines(keepends=True):
            parts.append(line)
            if line.endswith(b"\n"):
                yield from b"".join(parts).splitlines(keepends=True)
                parts.clear()
    yield from b"".join(parts).splitlines(keepends=True)
