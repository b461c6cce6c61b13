"""Fixtures made and changed: drafts from the pipeline, lines regrouped by hand, folders written.

What is written is whole or not there, and never takes the place of what somebody else wrote
meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from cleaner.errors import FixtureChanged, FixtureError
from cleaner.fixture_note import BODY_ONLY, FURNITURE, UNKNOWN, render_note
from cleaner.fixtures import CLEAN, DUMP, FILES, NOTE, PAGE, Fixture, check_fixture, without
from cleaner.mark import Cleaned
from cleaner.model.rule import HEAD

_NOBODY_SAYS = "nav"
"""Group of a draft's line that only the model or a site file removes, no furniture before it."""


def draft(dump: str | bytes, name: str, lang: str = UNKNOWN, origin: str = "Unknown.") -> Fixture:
    """Make a fixture of a dump as the pipeline cleans it, for a person to mend.

    Args:
        dump: the page as scraped; bytes are HTML.
        name: name of its folder.
        lang: its language code.
        origin: where the text comes from, such as its address.
    """
    fixture = Fixture(
        name=name,
        dump="" if isinstance(dump, bytes) else dump,
        clean="",
        about="Not looked over yet.",
        lang=lang,
        kind="page",
        split="develop",
        origin=origin,
        furniture={},
        body_only={},
        draft=True,
        html=dump if isinstance(dump, bytes) else None,
    )
    return drafted_anew(fixture)


def drafted_anew(fixture: Fixture) -> Fixture:
    """Return a fixture with the lines and groups that its dump has for the pipeline by now."""
    read = replace(fixture, dump=fixture.page.source)
    return regrouped(read, guessed_groups(read.explain()))


def reread(fixture: Fixture) -> Fixture:
    """Return an HTML fixture with the lines that are read of its page by now.

    Each line keeps its group; lines that were not there are the article's until a person says more.
    """
    before, page = groups_of(replace(fixture, html=None)), fixture.page
    groups = [""] * len(page.texts)
    same = SequenceMatcher(None, fixture.dump.split("\n"), page.texts, autojunk=False)
    for was, now, size in same.get_matching_blocks():
        groups[now : now + size] = before[was : was + size]
    return regrouped(replace(fixture, dump=page.source), groups)


def guessed_groups(cleaned: Cleaned) -> list[str]:
    """Say for each line what the marks hold it for; the empty text is the article.

    The model and a site file find furniture and do not say what it is: such a line is taken for
    more of what was removed before it.
    """
    groups = [""] * len(cleaned.page.texts)
    for mark in cleaned.marks:
        group = "head" if mark.rule == HEAD else mark.group
        if group in BODY_ONLY:
            groups[mark.start : mark.stop] = [group] * (mark.stop - mark.start)
    last = _NOBODY_SAYS
    for line, mark in cleaned.removed:
        last = groups[line.number] = mark.group if mark.group in FURNITURE else last
    return groups


def regrouped(fixture: Fixture, groups: Sequence[str]) -> Fixture:
    """Return a fixture with other furniture, and the clean text that follows from it.

    Args:
        fixture: any fixture.
        groups: for each line of its dump the group that it is of, empty for the article.

    Raises:
        FixtureError: a group that no note may name, or not one for each line.
    """
    texts = fixture.page.texts
    if len(groups) != len(texts):
        raise FixtureError(f"{fixture.name}: {len(groups)} groups for {len(texts)} lines")
    ranges: dict[str, list[range]] = {}
    for group, numbers in groupby(range(len(groups)), lambda n: groups[n]):
        filled = [n for n in numbers if texts[n].strip()]
        if group and filled:
            ranges.setdefault(group, []).append(range(filled[0], filled[-1] + 1))
    if unknown := ranges.keys() - {*FURNITURE, *BODY_ONLY}:
        raise FixtureError(f"{fixture.name}: unknown group {min(unknown)!r}")
    furniture = {group: tuple(ranges[group]) for group in FURNITURE if group in ranges}
    return replace(
        fixture,
        clean=without(fixture.page, furniture).text,
        furniture=furniture,
        body_only={group: tuple(ranges[group]) for group in BODY_ONLY if group in ranges},
    )


def groups_of(fixture: Fixture) -> list[str]:
    """Say for each line what group the note gives it; the empty text is the article."""
    groups = [""] * len(fixture.page.texts)
    for ranges in (fixture.furniture, fixture.body_only):
        for group, runs in ranges.items():
            for run in runs:
                groups[run.start : run.stop] = [group] * len(run)
    return groups


def version(folder: Path) -> str:
    """Return a text that changes when any file of a fixture does; of no folder it is empty.

    Raises:
        FixtureError: a file that cannot be read.
    """
    digest = sha256()
    try:
        if not folder.exists():
            return ""
        for path in (folder / name for name in FILES):
            data = path.read_bytes() if path.exists() else b""
            digest.update(b"%d\0%s" % (len(data), data))
    except OSError as error:
        raise FixtureError(f"{folder}: cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def write_fixture(fixture: Fixture, folder: Path, seen: str = "") -> str:
    """Write a fixture and return the version that is now on disk.

    Args:
        fixture: what to write; its dump is written only where there is no folder yet.
        folder: where.
        seen: the `version` that the fixture was read at; empty: there was no folder.

    Raises:
        FixtureChanged: the folder is not what it was when it was read.
        FixtureError: the fixture contradicts itself, or cannot be written; nothing has changed.
    """
    check_fixture(fixture)
    if version(folder) != seen:
        raise FixtureChanged(f"{folder}: was changed by somebody else; read it again")
    clean = f"{fixture.clean}\n" if fixture.clean else ""
    files = {CLEAN: clean.encode(), NOTE: (_comments(folder) + render_note(fixture)).encode()}
    if fixture.html is not None:
        files[DUMP] = f"{fixture.dump}\n".encode()
    try:
        if seen:
            _replace(folder, files)
        elif fixture.html is not None:
            _make(folder, {PAGE: fixture.html, **files})
        else:
            _make(folder, {DUMP: fixture.dump.encode(), **files})
    except OSError as error:
        raise FixtureError(f"{folder}: cannot be written: {error.strerror}") from error
    return version(folder)


def _comments(folder: Path) -> str:
    """Return the comments of a note that is about to be written anew, to put them on its top."""
    note = folder / NOTE
    lines = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
    return "".join(f"{line}\n" for line in lines if line.startswith("#"))


def _make(folder: Path, files: Mapping[str, bytes]) -> None:
    part = folder.with_name(f".{folder.name}.part")
    part.mkdir(parents=True)
    try:
        for name, data in files.items():
            (part / name).write_bytes(data)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files in place, or leave all as they were."""
    before = {name: (folder / name).read_bytes() for name in files if (folder / name).exists()}
    parts = {name: folder / f".{name}.part" for name in files}
    try:
        for name, data in files.items():
            parts[name].write_bytes(data)
        try:
            for name, part in parts.items():
                part.replace(folder / name)
        except OSError:
            for name, data in before.items():
                (folder / name).write_bytes(data)
            raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
