"""`Line` and `Page`: what a dump is once it is read.

A page is held in columns (`texts`, `short`, `letters`) and hands out `Line` objects only when
asked: making 300 of them costs more than matching every phrase against the page does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cleaner.errors import CleanerError
from cleaner.folding import fold, letters_of, make_key, words_of
from cleaner.lazy import lazy
from cleaner.patterns import pattern
from cleaner.traits import FILLED, FOREIGN, PROSE, SECTION, WORDY, lines, shape

if TYPE_CHECKING:
    from cleaner.markup import Markup

T = TypeVar("T")

PARAGRAPH = 200
"""Length, in characters, from which a line is a paragraph whatever it ends in."""

SENTENCE = 60
"""Length from which a line that ends in a full stop is a paragraph; a third of it in ideographs."""

EXCLAMATION = 100
"""Length from which a line that ends in "?" or "!" is one; headlines end so too."""

SHORT = 300
"""Longest line, in characters, that a phrase is tried on; longer ones are paragraphs."""

THRESHOLD = 0.4
"""Probability of being article below which the line model drops a line."""

GONE, STANDS, BLANK = range(3)
"""What becomes of a line; blank lines stay where text around them does."""

_STATES = bytes([STANDS if traits & FILLED else BLANK for traits in range(256)])
_BLOCK = pattern(rb"\x01{2,}")  # of lines that stand
# `max` takes four times as long to tell, and a range up to the last sign four times to compile.
_WIDE = pattern("[^\0-\u2e7f]")
_CLOSING = "\"”“»«’')]」』 "
_FULL_STOPS = (".", "…", ":", "。", "।", "۔")
_EXCLAMATIONS = ("!", "?", "！", "？", "؟")


def check_probability(threshold: float) -> float:
    """Return a threshold as it is.

    Raises:
        CleanerError: it is not from 0 to 1.
    """
    if not 0 <= threshold <= 1:
        raise CleanerError(f"threshold {threshold!r} is no probability; give one from 0 to 1")
    return threshold


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
        if size < SENTENCE // 3 or not is_wide(text):
            return False
        size *= 3
    bare = text.rstrip(_CLOSING)
    return bare.endswith(_FULL_STOPS) or (size >= EXCLAMATION and bare.endswith(_EXCLAMATIONS))


def width(text: str) -> int:
    """Count a line's characters, twice where it holds ideographs: each says what two letters do.

    >>> width("Teilen"), width("記事を共有")
    (6, 10)
    """
    return 2 * len(text) if is_wide(text) else len(text)


def is_wide(text: str) -> bool:
    """Tell whether a line holds ideographs, or letters that say as much."""
    return not text.isascii() and _WIDE.search(text) is not None


def is_wordy(text: str) -> bool:
    """Tell whether a line is of three words or more, so that it hardly recurs by chance."""
    return text.count(" ") > 1


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
    markup: Markup | None = None
    threshold: float = THRESHOLD
    accurate: bool = False


class Page(_Read):  # a tuple, since importing `dataclasses` takes longer than cleaning ten dumps
    """A dump read into lines; rules look at it and never change it.

    Attributes:
        texts: every line verbatim, blank ones too, without line breaks.
        source: the dump as given; of HTML, its lines joined.
        lang: language code given by the caller, or `None`.
        site: path of the site file given by the caller, or `None`.
        markup: what HTML says about each line, or `None` for a text dump.
        threshold: least probability with which the line model lets a line stay.
        accurate: whether the line model is asked about HTML too.
        had: what `having` hands out; pass one tells it.

    >>> Page(("Abspielen", "", "Es war einmal."), "...").lines[0].key
    'abspielen'
    """

    had: dict[Callable[[str], Any], dict[int, Any]]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what was read, not what was asked of it."""
        return Page, tuple(self)

    @lazy
    def lines(self) -> tuple[Line, ...]:
        """Every line as an object."""
        return tuple(
            Line(n, text, self.key(n), self.markup.of_line(n, text) if self.markup else None)
            for n, text in enumerate(self.texts)
        )

    @lazy
    def traits(self) -> bytes:
        """What each line alone looks like, see `cleaner.traits`; pass one tells more than this."""
        texts = self.unblanked
        traits = bytearray(
            [0 if not text else FILLED | WORDY if text.count(" ") > 1 else FILLED for text in texts]
        )
        likely = [n for n, text in enumerate(texts) if len(text) >= SENTENCE]
        likely += [n for n, shape in zip(self.short, self.shapes, strict=True) if FOREIGN in shape]
        for number in likely:
            if is_prose(texts[number]):
                traits[number] |= PROSE
        return bytes(traits)

    @lazy
    def state(self) -> bytes:
        """What each line is before any mark, a byte a line: `STANDS` or `BLANK`."""
        return self.traits.translate(_STATES)

    @lazy
    def filled(self) -> list[int]:
        """Numbers of the lines that are not blank."""
        return list(lines(self.traits, FILLED))

    @lazy
    def blocks(self) -> list[range]:
        """Runs of two and more filled lines between blank ones."""
        return [range(*found.span()) for found in _BLOCK.finditer(self.state)]

    def neighbours(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the filled lines above and below a filled one.

        >>> Page(("eins", "", "zwei", "drei"), "").neighbours(2)
        (0, 3)
        """
        at = bisect_left(self.filled, number)
        return (*self.filled[max(0, at - 1) : at], *self.filled[at + 1 : at + 2])

    def block(self, number: int) -> range:
        """Return the run of filled lines that a line stands in."""
        stop = self.state.find(BLANK, number)
        start = self.state.rfind(BLANK, 0, number) + 1
        return range(start, len(self.texts) if stop < 0 else stop)

    @lazy
    def unblanked(self) -> Sequence[str]:
        """`texts`, the lines that hold nothing but blanks emptied."""
        if not any(map(str.isspace, self.texts)):
            return self.texts
        return ["" if text.isspace() else text for text in self.texts]

    @lazy
    def short(self) -> list[int]:
        """Numbers of the filled lines that phrases are tried on, those of up to `SHORT` letters."""
        return [n for n, text in enumerate(self.unblanked) if text and len(text) <= SHORT]

    def having(self, see: Callable[[str], T | None]) -> dict[int, T]:
        """Return what a look sees on the `short` lines: number -> what, where it sees anything."""
        return self.had[see]

    @lazy
    def sections(self) -> list[int]:
        """Numbers of the lines that name a section."""
        return list(lines(self.traits, SECTION))

    @lazy
    def shapes(self) -> list[bytes]:
        """The shapes of the `short` lines, see `cleaner.traits.shape`."""
        return shape(self._short_text).split(b"\n") if self.short else []

    @lazy
    def _short_text(self) -> str:
        texts = self.texts
        return "\n".join([texts[n] for n in self.short])

    @lazy
    def signed(self) -> list[int]:
        """Numbers of the `short` lines with a copyright sign."""
        if "©" not in self.source:
            return []
        return [n for n in self.short if "©" in self.texts[n]]

    @lazy
    def folded(self) -> bytes:
        """The `short` lines, folded and joined by line feeds."""
        return fold(self._short_text)

    @lazy
    def letters(self) -> bytes:
        """The `short` lines' letters, joined by line feeds."""
        return letters_of(self.folded)

    @lazy
    def letter_lines(self) -> list[bytes]:
        """The `short` lines' letters, line by line."""
        return self.letters.split(b"\n") if self.short else []

    @lazy
    def words(self) -> frozenset[bytes]:
        """The words of the `short` lines, folded."""
        return frozenset(words_of(self.folded))

    def lines_with(self, letters: bytes) -> Iterator[int]:
        """Yield the numbers of the `short` lines whose letters hold `letters`."""
        at = self.letters.find(letters)
        while at >= 0:
            place = bisect_right(self._letter_ends, at)
            yield self.short[place]
            at = self.letters.find(letters, self._letter_ends[place])

    @lazy
    def _letter_ends(self) -> list[int]:
        """Where the line after each line of `letters` begins."""
        return list(accumulate([len(line) + 1 for line in self.letter_lines]))

    @lazy
    def _keys(self) -> dict[int, str]:
        return {}

    def key(self, number: int) -> str:
        """Fold line `number` for matching; made once."""
        key = self._keys.get(number)
        if key is None:
            key = self._keys[number] = make_key(self.texts[number])
        return key
