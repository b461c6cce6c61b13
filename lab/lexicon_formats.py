"""The formats that translation files come in, each read into plain messages: id -> texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from struct import Struct

Messages = dict[str, str]
"""One language's messages: id, or English text where a package uses that as id -> text."""

Value = str | None | Sequence["Value"] | Mapping[str, "Value"]
"""What a literal holds; numbers and names count for nothing."""

_TOKEN = re.compile(
    r"""\s+ | //[^\n]* | \#[^\n]* | /\*.*?\*/                         # nothing
      | (?P<string> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | `(?:[^`\\]|\\.)*` )
      | (?P<word> [\w$.!-]+ )
      | (?P<sign> [{}\[\](),:] )""",
    re.VERBOSE | re.DOTALL,
)
_JOINED = re.compile(r"(?<!\\)(['\"])\s*\+\s*\1")  # a text that is written in pieces
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n|.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b"}
_CLOSE = {"{": "}", "[": "]"}


def flatten(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    r"""Yield the texts of nested tables, each under its path; a list's texts are joined by lines.

    >>> dict(flatten({"a": {"b": "x", "c": ["1", "2"]}}))
    {'a.b': 'x', 'a.c': '1\n2'}
    """
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flatten(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, str):
        yield path, value
    elif value is not None:
        yield path, "\n".join(text for text in value if isinstance(text, str))


def read_literal(source: str, start: int = 0) -> Value:
    r"""Read the JavaScript or Python literal that begins at `start`; what follows it is ignored.

    >>> read_literal("x = {a: 'b', /* c */ 'd-e': ['f\\u0021',],};", 4)
    {'a': 'b', 'd-e': ['f!']}

    Raises:
        ValueError: it is no literal.
    """
    return _value(_tokens(_JOINED.sub("", source[start:])))


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    at = 0
    while (found := _TOKEN.match(source, at)) is not None:
        at = found.end()
        if found.lastgroup:
            yield found.lastgroup, found[found.lastgroup]
    raise ValueError(f"no literal: {source[at : at + 40]!r}")


def _value(tokens: Iterator[tuple[str, str]]) -> Value:
    kind, token = next(tokens)
    if kind == "string":
        return _unquote(token)
    if token not in _CLOSE:
        return None  # a number, a name: nothing that a page shows
    items: list[Value] = []
    table: dict[str, Value] = {}
    while (key := next(tokens))[1] != _CLOSE[token]:
        if key == ("sign", ","):
            continue
        if token == "[":
            items.append(_unquote(key[1]) if key[0] == "string" else None)
        elif next(tokens)[1] == ":":
            table[_unquote(key[1]) if key[0] == "string" else key[1]] = _value(tokens)
        else:
            raise ValueError(f"no literal: {key[1]!r} has no value")
    return items if token == "[" else table


def _unquote(token: str) -> str:
    def unescape(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3].strip("\r\n"))

    return _ESCAPE.sub(unescape, token[1:-1])


_YAML = re.compile(r"( *)([\w.-]+|'[^']+'|\"[^\"]+\") *:(?: +(.*?))? *")
_COMMENT = re.compile(r" +#.*")


def read_yaml(source: str) -> Messages:
    r"""Read the one-line texts of nested YAML tables; a text over several lines is no label.

    >>> read_yaml("a:\n  b: 'x'\n  c: long\n    text\n  d:\n    longer text\n")
    {'a.b': 'x'}
    """
    lines = [line for line in source.split("\n") if line.strip() and line.strip()[0] != "#"]
    messages: Messages = {}
    path: list[tuple[int, str]] = []
    for line, following in pairwise([*lines, ""]):
        found = _YAML.fullmatch(line)
        if found is None:
            continue
        indent, key, text = len(found[1]), found[2].strip("'\""), found[3]
        path = [step for step in path if step[0] < indent] + [(indent, key)]
        goes_on = len(following) - len(following.lstrip()) > indent
        if text and not goes_on and text[0] not in "|>&*[{":
            messages[".".join(step[1] for step in path)] = _scalar(text)
    return messages


def _scalar(text: str) -> str:
    if text[0] == "'":
        return text[1 : text.rfind("'")].replace("''", "'")
    if text[0] == '"':
        return _unquote(text[: text.rfind('"') + 1])
    return _COMMENT.sub("", text)


def read_po(source: str) -> Messages:
    r"""Read a gettext catalogue: English text -> translation, plural forms as lines of one text.

    >>> read_po('msgid "Next"\nmsgstr "Wei"\n"ter"\n\n#, fuzzy\nmsgid "No"\nmsgstr "Ja"\n')
    {'Next': 'Weiter'}
    """
    messages: Messages = {}
    for entry in re.split(r"\n\s*\n", source):
        lines = [line for line in entry.split("\n") if not line.startswith("#")]
        if re.search(r"^#,.*fuzzy", entry, re.MULTILINE):
            continue
        fields: dict[str, str] = {}
        field = ""
        for line in lines:
            name, _, rest = line.partition('"')
            field = name.strip() or field
            fields[field] = fields.get(field, "") + _unquote('"' + rest.rstrip())
        ids = [fields[name] for name in ("msgid", "msgid_plural") if name in fields]
        texts = [text for name, text in fields.items() if name.startswith("msgstr") and text]
        if ids and ids[0] and texts:
            messages["\n".join(ids)] = "\n".join(texts)
    return messages


_PAK_HEADER = Struct("<IBxxxHH")
_PAK_ENTRY = Struct("<HI")


def read_pak(data: bytes) -> Messages:
    """Read Chromium's resource pack, version 5: number -> text.

    Raises:
        ValueError: another version.
    """
    version, _, count, _ = _PAK_HEADER.unpack_from(data)
    if version != 5:
        raise ValueError(f"resource pack of version {version}, only 5 is known")
    entries = [
        _PAK_ENTRY.unpack_from(data, _PAK_HEADER.size + n * _PAK_ENTRY.size)
        for n in range(count + 1)  # the last one only says where the texts end
    ]
    return {
        str(number): data[start:stop].decode("utf-8", "replace")
        for (number, start), (_, stop) in pairwise(entries)
    }
