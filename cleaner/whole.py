"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text as UTF-8 so that a reader finds the old file or the new one, never half of one.

    Raises:
        OSError: the file cannot be written; what was there before still is.
    """
    if path.exists() and not path.is_file():  # a pipe or a terminal, which nothing can replace
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
