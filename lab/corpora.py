"""The development corpora: reading them, their folds of sites, how their words are counted."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

CORPORA = ("fundus", "wcxb")

FOLDS = 5

_TYPED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "…": "..."}
    | dict.fromkeys("\u00ad\u200b")
)

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


def as_typed(text: str) -> str:
    r"""Write quotes, dashes and blanks as people type them, as WCXB's gold and snippets do.

    Of the snippets that must be found .95 are on their pages so, verbatim .89.

    >>> as_typed("„Der Fluss“ –\n steigt")
    '"Der Fluss" - steigt'
    """
    return " ".join(text.translate(_TYPED).split())


def site_of(url: str) -> str:
    """Name the site of an address: its host without what stands before the domain.

    >>> site_of("https://www.news.example.co.uk/a")
    'example.co.uk'
    """
    parts = (urlsplit(url).hostname or url).split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if short else parts[-2:])


def fold_of(site: str) -> int:
    """Put a site into a fold, the same one in every run and for both models."""
    return crc32(site.encode()) % FOLDS
