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


def f1(got: Counter[str], gold: Counter[str]) -> tuple[float, float, float]:
    """Measure precision, recall and F1 of words as WCXB does.

    >>> f1(words("Der Fluss"), words("der Fluss steigt"))[:2]
    (1.0, 0.6666666666666666)
    """
    if not got or not gold:
        same = float(not got and not gold)
        return same, same, same
    both = sum((got & gold).values())
    precision, recall = both / sum(got.values()), both / sum(gold.values())
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0
