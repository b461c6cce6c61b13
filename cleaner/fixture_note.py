"""``note.toml``: what a fixture's page is, and its furniture by group.

::

    about = "Tabloid report with a video player and a comment notice."
    lang = "de"
    kind = "tabloid"
    split = "develop"
    origin = "Own prose in the shape of a real dump."
    draft = true                        # only while no person has looked it over
    xfail = "No phrase for it as yet."  # only where the rules are known to fail

    [furniture]
    player = ["9-12", "49-55"]

    [body_only]
    head = ["1-4"]
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cleaner.errors import FixtureError

if TYPE_CHECKING:
    from cleaner.fixtures import Fixture

SPLITS = ("develop", "held-out")
"""Rules are written while looking at the first; the second only tells how well they carry over."""

HTML = "-html"
"""Follows the split where HTML fixtures are counted, which are counted apart."""

PARTS = (*SPLITS, *(split + HTML for split in SPLITS))
"""What fixtures are counted by."""

FURNITURE = (
    *("player", "comments", "promo", "share", "newsletter", "consent", "paywall"),
    *("sign-in", "nav", "related", "ads", "footer", "label", "repeat"),
)
"""Groups of furniture that a note may name; `model` and `site` say who found it, not what it is."""

BODY_ONLY = ("head", "caption", "credit")
"""Groups that stay in clean.txt and go when only the body is wanted."""

Ranges = Mapping[str, tuple[range, ...]]
"""Group -> runs of lines, counted from 0."""

TEXTS = ("about", "lang", "kind", "split", "origin")
"""Keys of a note that are texts, all needed."""

UNKNOWN = "und"
"""The language of a page whose language nobody has named yet, as ISO 639-2 writes it."""

_TABLES = {"furniture": FURNITURE, "body_only": BODY_ONLY}
_LANG = re.compile(r"[a-z]{2,3}")
_RANGE = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")


def read_note(text: str, where: str) -> dict[str, Any]:
    """Read a note into what a `Fixture` has of it.

    Raises:
        FixtureError: no TOML, a key that is unknown or missing, an unknown group or a bad range.
    """
    try:
        note = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FixtureError(f"{where}: cannot be read as TOML: {error}") from error
    _check_keys(note, where)
    check_texts(note, where)
    return {**note, **{name: _ranges(note[name], name, where) for name in _TABLES}}


def check_texts(note: Mapping[str, Any], where: str) -> None:
    """Check the texts of a note.

    Raises:
        FixtureError: one that is empty or no text, or says what no note may say.
    """
    for key in (key for key in (*TEXTS, "xfail") if key in note):
        if not isinstance(note[key], str) or not note[key].strip():
            raise FixtureError(f"{where}: `{key}` must be a text that is not empty")
    if note["split"] not in SPLITS:
        raise FixtureError(f"{where}: `split` is {note['split']!r}; write {' or '.join(SPLITS)}")
    if not _LANG.fullmatch(note["lang"]):
        raise FixtureError(f"{where}: `lang` is {note['lang']!r}; write a code such as 'de'")


def _check_keys(note: Mapping[str, object], where: str) -> None:
    needed = (*TEXTS, *_TABLES)
    known = (*needed, "draft", "xfail")
    for key in note:
        if key not in known:
            raise FixtureError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
    for key in needed:
        if key not in note:
            raise FixtureError(f"{where}: needs `{key}`")
    if note.get("draft", True) is not True:
        raise FixtureError(f"{where}: `draft` is true, or not there at all")


def _ranges(table: object, name: str, where: str) -> dict[str, tuple[range, ...]]:
    if not isinstance(table, dict):
        raise FixtureError(f"{where}: `{name}` must be a table, [{name}]")
    for group, runs in table.items():
        if group not in _TABLES[name]:
            known = ", ".join(_TABLES[name])
            raise FixtureError(f"{where}: [{name}] unknown group {group!r}; known are {known}")
        if not isinstance(runs, list) or not runs:
            raise FixtureError(f'{where}: {group} must be a list of lines such as ["41-55", "57"]')
    return {
        group: tuple(_range(text, f"{where}: {group}") for text in runs)
        for group, runs in table.items()
    }


def _range(text: object, where: str) -> range:
    """Read lines as a person writes them, from 1 and the last one included.

    >>> _range("41-55", "note.toml: player"), _range("57", "note.toml: player")
    (range(40, 55), range(56, 57))
    """
    found = _RANGE.fullmatch(text) if isinstance(text, str) else None
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise FixtureError(f'{where}: {text!r} names no lines; write "57" or "41-55"')
    return range(int(found[1]) - 1, int(found[2] or found[1]))


def render_note(fixture: Fixture) -> str:
    """Render note.toml."""
    lines = [f"{key} = {_toml(getattr(fixture, key))}" for key in TEXTS]
    lines += ["draft = true"] if fixture.draft else []
    lines += [f"xfail = {_toml(fixture.xfail)}"] if fixture.xfail else []
    lines += ["", "[furniture]", *_rendered(fixture.furniture)]
    lines += ["", "[body_only]", *_rendered(fixture.body_only)]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rendered(ranges: Ranges) -> list[str]:
    return [
        f"{group} = [{', '.join(as_written(run.start, run.stop) for run in runs)}]"
        for group, runs in ranges.items()
    ]


def as_written(start: int, stop: int) -> str:
    """Write a run of lines as a note does."""
    return f'"{stop}"' if stop == start + 1 else f'"{start + 1}-{stop}"'
