"""The index of the shipped phrase files, kept beside them like Python's own bytecode.

Parsing the TOML files costs ten times the whole clean of a dump. So the index is stored in
``phrases/__pycache__`` and is used as long as no phrase file, and no module that builds it, has
changed; where the folder cannot be written it is built anew in each process.
"""

from __future__ import annotations

import marshal
import os
import sys
from functools import cache
from pathlib import Path

from cleaner.phrases import Index, build_index

_FOLDER = Path(__file__).parent / "phrases"
_BUILDERS = ("phrase_cache.py", "phrase_files.py", "phrases.py", "page.py")


@cache
def shipped_index() -> Index:
    """Read the index of all shipped phrases, from the store where that is fresh.

    Raises:
        PhraseFileError: a phrase file breaks the rules for phrase files.
    """
    stored = _FOLDER / "__pycache__" / f"index.{sys.implementation.cache_tag}.marshal"
    stamp = _stamp()
    try:
        found, plain = marshal.loads(stored.read_bytes())
        if found == stamp:
            return Index(*plain)
    except (OSError, ValueError, EOFError, TypeError):
        pass  # none yet, or cut short: build it
    index = _build()
    _store(stored, marshal.dumps((stamp, tuple(index))))
    return index


def _stamp() -> list[tuple[str, int, int]]:
    files = [entry for entry in os.scandir(_FOLDER) if entry.name.endswith(".toml")]
    stats = [(entry.name, entry.stat()) for entry in files]
    stats += [(name, os.stat(_FOLDER.parent / name)) for name in _BUILDERS]
    return sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _build() -> Index:
    from cleaner.phrase_files import entries_of, read_tables, read_words

    tables = read_tables(_FOLDER)
    return build_index(
        entries_of(tables), {table.rule: table.about for table in tables}, read_words(_FOLDER)
    )


def _store(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)  # a read-only installation works, only slower to start
