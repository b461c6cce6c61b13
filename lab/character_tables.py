"""The tables of the line model: UTF-16 code unit -> kind, and -> folded letter."""

from __future__ import annotations

from unicodedata import category, east_asian_width, name

import numpy as np

from cleaner.model.codes import (
    APOSTROPHE,
    ASKING,
    BLANK,
    BRACKET,
    CASELESS,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    DIVIDER,
    LOWER,
    NEWLINE,
    OTHER,
    QUOTE,
    SIGN,
    SILENT,
    STOP,
    UPPER,
    WIDE,
    WORDLIKE,
)
from cleaner.model.units import Tables

UNITS = 1 << 16

_BY_SIGN = {
    APOSTROPHE: "'’ʼ`´",
    STOP: ".…。｡．।۔։።",
    ASKING: "?!？！؟¿¡⁉⁈",
    COMMA: ",;，、；،؛·",
    COLON: ":：",
    DIVIDER: "|/\\•‣▪●○■□◆►▶▸▷◀◄‹›«»<>＞→←↑↓↗⇒➜➔➤✓✔✕✖×★☆*_=~^+#",
    QUOTE: '"“”„‟「」『』〈〉《》',
    SIGN: "%‰§©®™°",
    NEWLINE: "\n",
}
_BY_CATEGORY = {
    "Ll": LOWER,
    "Lu": UPPER,
    "Lt": UPPER,
    "Nd": DIGIT,
    "Nl": DIGIT,
    "No": DIGIT,
    "Pi": QUOTE,
    "Pf": QUOTE,
    "Pd": DASH,
    "Sc": SIGN,
    "Ps": BRACKET,
    "Pe": BRACKET,
    "Cf": SILENT,
}
_WIDE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "HALFWIDTH", "BOPOMOFO", "YI ")


def kind_of(unit: int) -> int:
    """Tell the kind of one UTF-16 code unit; of a surrogate pair the second unit is silent.

    >>> [kind_of(ord(sign)) for sign in "aA東1"] == [LOWER, UPPER, WIDE, DIGIT]
    True
    """
    sign = chr(unit)
    listed = [kind for kind, signs in _BY_SIGN.items() if sign in signs]
    if listed:
        return listed[0]
    if 0xD800 <= unit < 0xE000:
        return OTHER if unit < 0xDC00 else SILENT
    if sign.isspace():
        return BLANK
    kind = category(sign)
    if kind in ("Lo", "Lm", "Mn", "Mc", "Me"):
        wide = east_asian_width(sign) in "WFH" and name(sign, "").startswith(_WIDE)
        return WIDE if wide else CASELESS
    return _BY_CATEGORY.get(kind, OTHER)


def make_tables() -> Tables:
    """Make both tables, code unit -> kind and code unit -> folded letter, 0 where it is none."""
    kinds = np.array([kind_of(unit) for unit in range(UNITS)], np.uint8)
    letters = np.zeros(UNITS, np.uint16)
    for unit in np.flatnonzero(kinds < WORDLIKE):
        folded = chr(unit).lower()
        letters[unit] = ord(folded[0]) if len(folded) else unit
    letters[kinds == DIGIT] = ord("0")
    return Tables(kinds, letters)
