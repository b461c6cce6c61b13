"""The development corpora: reading them, and the word measure that they are scored with."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from pathlib import Path
from typing import Any

CORPORA = ("fundus", "wcxb")

_WORD = re.compile(r"\w+")


def read_corpus(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read one corpus; its README names the fields.

    Raises:
        SystemExit: the corpora are not there.
    """
    path = folder / f"{name}-dev.jsonl.xz"
    if not path.is_file():
        raise SystemExit(f"{path} is missing; give the folder that holds the corpora")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words(text: str) -> Counter[str]:
    """Count a text's words as WCXB's metric does.

    >>> words("Der Fluss, der Fluss")["der"]
    2
    """
    return Counter(_WORD.findall(text.lower()))
