"""``floors.toml``: figures that the scorer must not fall below, one table a split, HTML apart.

::

    [develop]
    furniture_f1 = 0.912
    article_lines_lost = 3      # a ceiling, the one figure that is better when lower
    word_f1 = 0.981
    exact = 11
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import FixtureError
from cleaner.fixture_note import PARTS
from cleaner.whole import write_whole

if TYPE_CHECKING:
    from cleaner.score import Figures

FILE = "floors.toml"

_TOP = "# Written by `cleaner score --raise-floors`; article_lines_lost is a ceiling."


@dataclass(frozen=True, slots=True)
class Floors:
    """The figures that are held, for one split; shares in three decimals."""

    furniture_f1: float
    article_lines_lost: int
    word_f1: float
    exact: int


NAMES = tuple(field.name for field in fields(Floors))
_SHARES = ("furniture_f1", "word_f1")


def down(share: float) -> float:
    """Round to three decimals, never up: what is printed as 1.000 is whole.

    >>> down(0.9999), down(0.57), down(1.0)
    (0.999, 0.57, 1.0)
    """
    return float(Decimal(str(share)).quantize(Decimal("0.001"), ROUND_DOWN))


def floors_of(figures: Figures) -> Floors:
    """Take the figures that floors are about, rounded as floors are."""
    return Floors(
        furniture_f1=down(figures.f1),
        article_lines_lost=figures.lines_lost,
        word_f1=down(figures.word_f1),
        exact=figures.exact,
    )


def broken(held: Mapping[str, Floors], present: Mapping[str, Floors]) -> tuple[str, ...]:
    """Say which floors do not hold, each with value and floor; splits not at hand are passed over.

    >>> broken({"develop": Floors(0.9, 2, 0.5, 1)}, {"develop": Floors(0.8, 3, 0.5, 1)})
    ('[develop] furniture_f1 is 0.8, its floor is 0.9', \
'[develop] article_lines_lost is 3, its ceiling is 2')
    """
    found = []
    for split in (split for split in held if split in present):
        pairs = zip(NAMES, astuple(held[split]), astuple(present[split]), strict=True)
        for name, floor, value in pairs:
            if name == "article_lines_lost" and value > floor:
                found.append(f"[{split}] {name} is {value}, its ceiling is {floor}")
            elif name != "article_lines_lost" and value < floor:
                found.append(f"[{split}] {name} is {value}, its floor is {floor}")
    return tuple(found)


def read_floors(path: Path) -> dict[str, Floors]:
    """Read a floor file; none means no floors.

    Raises:
        FixtureError: an unknown or missing key, or a figure that is out of range or too fine.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FixtureError(f"{path}: cannot be read as TOML: {error}") from error
    for split in tables:
        if split not in PARTS:
            raise FixtureError(f"{path}: unknown key {split!r}; known are {', '.join(PARTS)}")
    return {split: _read(table, f"{path}: [{split}]") for split, table in tables.items()}


def _read(table: object, where: str) -> Floors:
    if not isinstance(table, dict):
        raise FixtureError(f"{where} must be a table")
    for name in table:
        if name not in NAMES:
            raise FixtureError(f"{where} unknown key {name!r}; known are {', '.join(NAMES)}")
    for name in NAMES:
        if name not in table:
            raise FixtureError(f"{where} needs `{name}`")
        if name in _SHARES and not _is_share(table[name]):
            raise FixtureError(f"{where} `{name}` must be 0.0 to 1.0, with at most three decimals")
        if name not in _SHARES and not _is_count(table[name]):
            raise FixtureError(f"{where} `{name}` must be a whole number, 0 or more")
    return Floors(**table)


def _is_share(value: object) -> bool:
    return isinstance(value, float) and 0 <= value <= 1 and down(value) == value


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def write_floors(path: Path, floors: Mapping[str, Floors]) -> None:
    """Write a floor file whole or not at all.

    Raises:
        FixtureError: the file cannot be written.
    """
    try:
        write_whole(path, render_floors(floors))
    except OSError as error:
        raise FixtureError(f"{path}: cannot be written: {error.strerror}") from error


def render_floors(floors: Mapping[str, Floors]) -> str:
    r"""Render floors as TOML, splits in their own order.

    >>> print(render_floors({"develop": Floors(0.9, 2, 0.5, 1)}).partition("\n\n")[2], end="")
    [develop]
    furniture_f1 = 0.9
    article_lines_lost = 2
    word_f1 = 0.5
    exact = 1
    """
    lines = [_TOP]
    for split in (split for split in PARTS if split in floors):
        pairs = zip(NAMES, astuple(floors[split]), strict=True)
        lines += ["", f"[{split}]", *(f"{name} = {value}" for name, value in pairs)]
    return "\n".join(lines) + "\n"
