"""Kinds of characters; `lab.character_tables` tells which UTF-16 code unit is of which."""

from __future__ import annotations

# What words are made of comes first.
LOWER, UPPER, CASELESS, WIDE, DIGIT = range(5)
BLANK, APOSTROPHE, STOP, ASKING, COMMA, COLON, QUOTE = range(5, 12)
BRACKET, DASH, DIVIDER, SIGN, OTHER, NEWLINE, SILENT = range(12, 19)

KINDS = 19

WORDLIKE = DIGIT + 1
"""Kinds below this one make words."""
