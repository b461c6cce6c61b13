r"""The bytes of an HTML page -> text, as browsers decode it and then some.

In this order: a byte order mark; bytes that are UTF-8 and not ASCII alone, which is no accident
and may contradict what the page says; the server's word; the page's own; a guess.
"""

from __future__ import annotations

import codecs
import re

from cleaner.decode import decode
from cleaner.errors import UnreadableInput

DAMAGE = 0.01
"""Share of a page's characters beyond ASCII that may be undecodable where an encoding is declared;
above it the declaration is not believed."""

PRESCAN = 1024
"""Bytes at the start in which the standard looks for a page's own word; ours may come later."""

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    rb"</?(?:a|article|br|div|h[1-6]|head|img|li|link|main|meta|nav|p|script|section|span|strong|"
    rb"style|table|td|title|tr|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_FEWEST_TAGS = 3
_DECLARED = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_FORMATS = {
    b"\x1f\x8b": "gzip data; unpack it first, as with gunzip",
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"%PDF-": "a PDF; convert it first, as with pdftotext",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x28\xb5\x2f\xfd": "zstd data; unpack it first",
    b"BZh": "bzip2 data; unpack it first",
    b"\xfd7zXZ": "xz data; unpack it first",
}
# What the standard reads under these names; the names are promises that old servers do not keep.
_MEANT = {
    **dict.fromkeys(
        ("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
    **dict.fromkeys(("big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-7"), "utf-8"),  # read by ASCII bytes
}


def looks_like_html(begin: bytes) -> bool:
    """Tell HTML from text by the first bytes of a file: it begins so, or is full of tags.

    >>> looks_like_html(b"<!doctype html><title>"), looks_like_html(b"<p>Es <b>war</b> einmal.</p>")
    (True, True)
    >>> looks_like_html(b"In HTML, <p> begins a paragraph and </p> ends it.")
    False
    """
    if b"\0" in begin:
        begin = begin.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if _BEGINS.match(begin):
        return True
    tags = len(_TAGS.findall(begin))
    if begin.lstrip()[:1] == b"<":
        return tags >= _FEWEST_TAGS - 1
    return tags >= 4 * _FEWEST_TAGS and _is_tagged_throughout(begin)


def _is_tagged_throughout(begin: bytes) -> bool:
    """Tell a page from a text that quotes some HTML: every other line of a page has a tag."""
    lines = [line for line in begin.splitlines() if line.strip()]
    return 2 * sum(_TAGS.search(line) is not None for line in lines) >= len(lines)


def decode_html(data: bytes, charset: str | None = None) -> str:
    r"""Decode an HTML page.

    Args:
        data: the page's bytes as sent, without any compression.
        charset: encoding that the server's HTTP header names.

    Raises:
        UnreadableInput: compressed data, a PDF, a picture, or bytes that fit no encoding.

    >>> decode_html("<meta charset=utf-8><p>Brücke".encode("cp1252"))
    '<meta charset=utf-8><p>Brücke'
    >>> decode_html("<p>мост".encode("koi8-r"), "KOI8-R")
    '<p>мост'
    """
    for start, what in _FORMATS.items():
        if data.startswith(start):
            raise UnreadableInput(f"is {what}; an HTML page is expected")
    if data.startswith(_MARKS):
        return decode(data)
    wide = next((name for start, name in _WIDE.items() if data.lstrip().startswith(start)), None)
    if wide:
        return data.decode(wide, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # The seven-bit encodings of Japanese and Korean; a lone byte is sought ten times as fast.
        if b"\x1b" not in data or b"\x1b$" not in data:
            return text
    for name in (charset, *_declared(data)):
        declared = name and _fits(data, name)
        if declared:
            return declared
    return decode(data)


def _declared(data: bytes) -> list[str]:
    found = [*_XML_DECLARED.findall(data[:PRESCAN]), *_DECLARED.findall(data[: 8 * PRESCAN])]
    return [name.decode("ascii", "ignore") for name in found]


def _fits(data: bytes, name: str) -> str | None:
    """Decode by a declared encoding, if Python knows it and the bytes are of it."""
    name = name.strip().lower()
    try:
        text = data.decode(_MEANT.get(name, name), "replace")
    except (LookupError, UnicodeError):
        return None
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= beyond * DAMAGE else None
