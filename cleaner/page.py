"""`Line` and `Page`: what a dump is once it is read.

A page is held in columns (`texts`, `short`, `letters`) and hands out `Line` objects only when
asked: making 300 of them costs more than matching every phrase against the page does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple
from unicodedata import is_normalized, normalize

PARAGRAPH = 200
"""Length, in characters, from which a line is a paragraph whatever it ends in."""

SENTENCE = 60
"""Length from which a line that ends in a full stop is a paragraph; a third of it in ideographs."""

EXCLAMATION = 100
"""Length from which a line that ends in "?" or "!" is one; headlines end so too."""

SHORT = 300
"""Longest line, in characters, that a phrase is tried on; longer ones are paragraphs."""

# Symbols, spaces, arrows, bullets, emoji and the digits that `bytes.translate` cannot reach. Zero-
# width characters and bidirectional marks lie in U+2000-2BFF, soft hyphen and no-break space in
# U+00A0-BF.
_SYMBOLS = re.compile(
    "[\u0080-\u00a9\u00ab-\u00b1\u00b4-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0600-\u0605\u060c\u061b\u061f\u066a-\u066d\u0660-\u0669"
    "\u06d4\u06f0-\u06f9\u0964-\u096f\u2000-\u2bff\u3000-\u3004\u3008-\u301f\u30fb\ufe00-\ufe0f\ufeff"
    "\uff01-\uff1f\U0001f000-\U0001faff]+"
)
_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha() and code != 10)
_TO_BLANK = bytes.maketrans(_NOT_LETTERS, b" " * len(_NOT_LETTERS))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_FOLDED = str.maketrans({**dict.fromkeys("’‘‛′`´", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("–—‒―−‑", "-")})
_EDGE = " .:!|*-_,;/\\<>=+~^•·‧∙▪●○■□◆►▶▸▷◀◄‹›«»→←↑↓↗⇒➜➔➤✓✔✕✖×…#。：！、，・।،؛"
_CLOSING = "\"”“»«’')]」』 "
_FULL_STOPS = (".", "…", ":", "。", "।", "۔")
_EXCLAMATIONS = ("!", "?", "！", "？", "؟")
_QUOTED = re.compile(r"[«»‹›].*[«»‹›]\Z", re.DOTALL)


def make_key(text: str) -> str:
    """Fold a line for matching: case, width, blanks, typographic quotes, edge punctuation.

    Question and quotation marks stay, since „Abspielen“ in quotes is speech, not a button.

    >>> make_key("  ▶ Jetzt Abspielen … ")
    'jetzt abspielen'
    >>> make_key("„Abspielen“?")
    '"abspielen"?'
    """
    if text.isascii():
        return " ".join(text.lower().split()).strip(_EDGE)
    text = normalize("NFKC", _INVISIBLE.sub("", text)).casefold().translate(_FOLDED)
    text = " ".join(text.split())
    if _QUOTED.match(text):
        return text
    return text.strip(_EDGE)


def fold(text: str) -> bytes:
    """Case-fold text of any number of lines for `letters_of` and `words_of`, symbols to blanks."""
    if not text.isascii():
        text = _SYMBOLS.sub(" ", text)
        if not is_normalized("NFKC", text):
            text = _SYMBOLS.sub(" ", normalize("NFKC", text))
    return text.casefold().encode("utf-8", "surrogatepass")


def letters_of(folded: bytes) -> bytes:
    r"""Reduce folded text to its letters, line by line: what an index can look up fast.

    Lines with one key have one run of letters; a run that hits is checked against the key.

    >>> letters_of(fold("1.0x Geschwindigkeit\n00:00 / 00:00"))
    b'xgeschwindigkeit\n'
    """
    return folded.translate(None, _NOT_LETTERS)


def words_of(folded: bytes) -> list[bytes]:
    """Split folded text into runs of letters.

    >>> words_of(fold("12 Kommentare, alle lesen!"))
    [b'kommentare', b'alle', b'lesen']
    """
    return folded.translate(_TO_BLANK).split()


def is_prose(text: str) -> bool:
    """Tell whether a line reads as a paragraph: long, or a sentence with its end mark.

    >>> is_prose("Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag mit.")
    True
    >>> is_prose("Brücke wird später fertig")
    False
    """
    size = len(text)
    if size >= PARAGRAPH:
        return True
    if size < SENTENCE:
        if size < SENTENCE // 3 or text.isascii() or max(text) < "\u2e80":
            return False
        size *= 3
    bare = text.rstrip(_CLOSING)
    return bare.endswith(_FULL_STOPS) or (size >= EXCLAMATION and bare.endswith(_EXCLAMATIONS))


class Line(NamedTuple):
    """One line of a dump.

    Attributes:
        number: place in the page, counted from 0.
        text: the line verbatim, without its line break.
        key: `text` folded for matching, see `make_key`.
        markup: evidence from HTML, `None` in a text dump.
    """

    number: int
    text: str
    key: str
    markup: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Page:
    """A dump read into lines; rules look at it and never change it.

    Attributes:
        texts: every line verbatim, blank ones too, without line breaks.
        source: the dump as given.
        lang: language code given by the caller, or `None`.

    >>> Page(("Abspielen", "", "Es war einmal."), "...").lines[0].key
    'abspielen'
    """

    texts: tuple[str, ...]
    source: str
    lang: str | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line as an object."""
        return tuple(Line(n, text, self.key(n)) for n, text in enumerate(self.texts))

    @cached_property
    def filled(self) -> list[int]:
        """Numbers of the lines that are not blank."""
        return [n for n, text in enumerate(self.texts) if text and not text.isspace()]

    @cached_property
    def short(self) -> list[int]:
        """Numbers of the filled lines that phrases are tried on, those of up to `SHORT` letters."""
        texts = self.texts
        return [n for n in self.filled if len(texts[n]) <= SHORT]

    @cached_property
    def blocks(self) -> list[range]:
        """Runs of filled lines between blank ones."""
        filled = self.filled
        breaks = [i for i in range(1, len(filled)) if filled[i] != filled[i - 1] + 1]
        edges = [0, *breaks, len(filled)] if filled else []
        return [range(filled[a], filled[b - 1] + 1) for a, b in pairwise(edges)]

    @cached_property
    def folded(self) -> bytes:
        """The `short` lines, folded and joined by line feeds."""
        texts = self.texts
        return fold("\n".join([texts[n] for n in self.short]))

    @cached_property
    def letters(self) -> bytes:
        """The `short` lines' letters, joined by line feeds."""
        return letters_of(self.folded)

    @cached_property
    def letter_lines(self) -> list[bytes]:
        """The `short` lines' letters, line by line."""
        return self.letters.split(b"\n") if self.short else []

    @cached_property
    def letter_starts(self) -> list[int]:
        """Where each line of `letters` begins, and the end of the last one."""
        lengths = [len(line) + 1 for line in self.letter_lines]
        return list(accumulate(lengths, initial=0))

    @cached_property
    def words(self) -> frozenset[bytes]:
        """The words of the `short` lines, folded."""
        return frozenset(words_of(self.folded))

    def lines_with(self, letters: bytes) -> Iterator[int]:
        """Yield the numbers of the `short` lines whose letters hold `letters`."""
        at = self.letters.find(letters)
        while at >= 0:
            place = bisect_right(self.letter_starts, at) - 1
            yield self.short[place]
            at = self.letters.find(letters, self.letter_starts[place + 1])

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {}

    def key(self, number: int) -> str:
        """Fold line `number` for matching; made once."""
        key = self._keys.get(number)
        if key is None:
            key = self._keys[number] = make_key(self.texts[number])
        return key
