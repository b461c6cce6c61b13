"""`Line` and `Page`: what a dump is once it is read.

A page is held in columns (`texts`, `short`, `letters`) and hands out `Line` objects only when
asked: making 300 of them costs more than matching every phrase against the page does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, compress, pairwise
from os import PathLike
from typing import NamedTuple
from unicodedata import is_normalized, normalize

PARAGRAPH = 200
"""Length, in characters, from which a line is a paragraph whatever it ends in."""

SENTENCE = 60
"""Length from which a line that ends in a full stop is a paragraph; a third of it in ideographs."""

EXCLAMATION = 100
"""Length from which a line that ends in "?" or "!" is one; headlines end so too."""

ACCENTS = 0.15
"""Bytes beyond one a character, as a share, up to which text counts as Latin script."""

SHORT = 300
"""Longest line, in characters, that a phrase is tried on; longer ones are paragraphs."""

# Symbols, spaces, arrows, bullets, emoji and the digits that `bytes.translate` cannot reach. Zero-
# width characters and bidirectional marks lie in U+2000-2BFF, soft hyphen and no-break space in
# U+00A0-BF.
_SYMBOLS = (
    "[\u0080-\u00a9\u00ab-\u00b1\u00b4-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0600-\u0605\u060c\u061b\u061f\u066a-\u066d\u0660-\u0669"
    "\u06d4\u06f0-\u06f9\u0964-\u096f\u2000-\u2bff\u3000-\u3004\u3008-\u301f\u30fb\ufe00-\ufe0f\ufeff"
    "\uff01-\uff1f\U0001f000-\U0001faff]+"
)
_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha() and code != 10)
_TO_BLANK = bytes.maketrans(_NOT_LETTERS, b" " * len(_NOT_LETTERS))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("’‘‛′`´", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("–—‒―−‐‑", "-"),
        "ı": "i",
        "\u0307": None,  # Turkish: "I" and "İ" are both "i" where no language is known
    }
)
_EDGE = " .:!|*-_,;/\\<>=+~^•·‧∙▪●○■□◆►▶▸▷◀◄‹›«»→←↑↓↗⇒➜➔➤✓✔✕✖×★☆…#。：！、，・।،؛"
_SPELLED = (("ß", "ss"), ("ı", "i"), ("İ", "i"))  # what `spell` does to letters beyond ASCII
_NOT_LATIN = "[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufe70-\ufefe\uff66-\uffdc]"
_CLOSING = "\"”“»«’')]」』 "
_FULL_STOPS = (".", "…", ":", "。", "।", "۔")
_EXCLAMATIONS = ("!", "?", "！", "？", "؟")
_QUOTED = re.compile(r"[«»‹›].*[«»‹›]\Z", re.DOTALL)


def spell(phrase: str) -> str:
    """Spell a phrase as a key does: case, quotes, dashes, dotless i.

    >>> spell("Straße – YAZILIM"), spell("yazılım")
    ('strasse - yazilim', 'yazilim')
    """
    return phrase.casefold().translate(_FOLDED)


def make_key(text: str) -> str:
    """Fold a line for matching, see `fold_key`; labels recur from page to page, so it is cached."""
    return _cached_key(text) if len(text) <= _CACHED else fold_key(text)


def fold_key(text: str) -> str:
    """Fold a line for matching: case, width, blanks, typographic quotes, edge punctuation.

    Question and quotation marks stay, since „Abspielen“ in quotes is speech, not a button.

    >>> fold_key("  ▶ Jetzt Abspielen … ")
    'jetzt abspielen'
    >>> fold_key("„Abspielen“?")
    '"abspielen"?'
    """
    if text.isascii():
        return " ".join(text.lower().split()).strip(_EDGE)
    text = spell(normalize("NFKC", _INVISIBLE.sub("", text)))
    text = " ".join(text.split())
    if _QUOTED.match(text):
        return text
    return text.strip(_EDGE)


_CACHED = 80
_cached_key = lru_cache(maxsize=2**14)(fold_key)


def fold(text: str) -> bytes:
    """Lower text of any number of lines for `letters_of` and `words_of`.

    Text in Latin script is cut down to ASCII, which is ten times as fast as folding every accent
    and symbol. Phrases are cut down likewise, see `foldings`, and a hit is checked against the key.

    >>> fold("Für Sie"), fold("Для вас") == "для вас".encode()
    (b'fr sie', True)
    """
    spelled_out = text
    for letter, spelled in _SPELLED:
        if letter in spelled_out:
            spelled_out = spelled_out.replace(letter, spelled)
    cut_down = spelled_out.encode("ascii", "ignore")
    accents = len(spelled_out) - len(cut_down)
    most = len(text) * ACCENTS
    # No character has more than three bytes beyond one, so most pages need no exact count.
    if 3 * accents > most and len(text.encode("utf-8", "surrogatepass")) - len(text) > most:
        return _fold_fully(text)
    return cut_down.lower()


def _fold_fully(text: str) -> bytes:
    symbols = re.compile(_SYMBOLS)  # here, since most processes never come by
    text = symbols.sub(" ", text)
    if not is_normalized("NFKC", text):
        # Line by line, since normalising costs ten times as much as finding that there is no need.
        lines = text.split("\n")
        lines = [x if is_normalized("NFKC", x) else normalize("NFKC", x) for x in lines]
        text = symbols.sub(" ", "\n".join(lines))
    return spell(text).encode("utf-8", "surrogatepass")


def foldings(phrase: str) -> set[bytes]:
    r"""Return every way in which `fold` may fold a phrase, whatever page it stands on.

    >>> sorted(foldings("für"))
    [b'fr', b'fur', b'f\xc3\xbcr']
    """
    full = _fold_fully(phrase)
    if re.search(_NOT_LATIN, phrase):
        return {full}
    spelled = spell(phrase)
    return {full, *(normalize(form, spelled).encode("ascii", "ignore") for form in ("NFC", "NFD"))}


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


class _Read(NamedTuple):
    texts: tuple[str, ...]
    source: str
    lang: str | None = None
    site: str | PathLike[str] | None = None


class Page(_Read):  # a tuple, since importing `dataclasses` takes longer than cleaning ten dumps
    """A dump read into lines; rules look at it and never change it.

    Attributes:
        texts: every line verbatim, blank ones too, without line breaks.
        source: the dump as given.
        lang: language code given by the caller, or `None`.
        site: path of the site file given by the caller, or `None`.

    >>> Page(("Abspielen", "", "Es war einmal."), "...").lines[0].key
    'abspielen'
    """

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line as an object."""
        return tuple(Line(n, text, self.key(n)) for n, text in enumerate(self.texts))

    @cached_property
    def blank(self) -> list[int]:
        """Numbers of the lines that hold nothing but blanks."""
        return [n for n, text in enumerate(self.unblanked) if not text]

    @cached_property
    def blocks(self) -> list[range]:
        """Runs of filled lines between blank ones."""
        edges = [-1, *self.blank, len(self.texts)]
        return [range(a + 1, b) for a, b in pairwise(edges) if b - a > 1]

    @cached_property
    def unblanked(self) -> Sequence[str]:
        """`texts`, the lines that hold nothing but blanks emptied."""
        if not any(map(str.isspace, self.texts)):
            return self.texts
        return ["" if text.isspace() else text for text in self.texts]

    @cached_property
    def filled(self) -> list[int]:
        """Numbers of the lines that are not blank."""
        return list(compress(range(len(self.texts)), self.unblanked))

    @cached_property
    def short(self) -> list[int]:
        """Numbers of the filled lines that phrases are tried on, those of up to `SHORT` letters."""
        return [n for n, text in enumerate(self.unblanked) if text and len(text) <= SHORT]

    @cached_property
    def signed(self) -> list[int]:
        """Numbers of the `short` lines with a copyright sign."""
        if "©" not in self.source:
            return []
        return [n for n in self.short if "©" in self.texts[n]]

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
    def words(self) -> list[bytes]:
        """The words of the `short` lines, folded."""
        return words_of(self.folded)

    def lines_with(self, letters: bytes) -> Iterator[int]:
        """Yield the numbers of the `short` lines whose letters hold `letters`."""
        at = self.letters.find(letters)
        while at >= 0:
            place = bisect_right(self._letter_ends, at)
            yield self.short[place]
            at = self.letters.find(letters, self._letter_ends[place])

    @cached_property
    def _letter_ends(self) -> list[int]:
        """Where the line after each line of `letters` begins."""
        return list(accumulate([len(line) + 1 for line in self.letter_lines]))

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {}

    def key(self, number: int) -> str:
        """Fold line `number` for matching; made once."""
        key = self._keys.get(number)
        if key is None:
            key = self._keys[number] = make_key(self.texts[number])
        return key
