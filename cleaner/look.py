"""Looks: what context rules want to know of each line alone, and where it can be seen at all.

Most looks see nothing in most lines, and a look in vain is a call of Python. So each says what the
lines have in which it may see anything, and a page is asked for those in a few calls of C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from cleaner.letters import HEADS, heads, letters
from cleaner.page import SHORT, Page
from cleaner.traits import shape

DIGITS = ("0", "\u0660")
"""Signs that any digit is, of ASCII or of another script."""


class Look(NamedTuple):
    """What is looked for in each line alone, and which lines are worth the look.

    A line is worth it for any of the reasons that are given; each line is, where none is given.

    Attributes:
        see: says what it sees in a line's text; something falsy where it sees nothing.
        longest: longest line, in characters, in which it sees anything.
        signs: the line holds one of these, see `cleaner.traits.shape`.
        says: the line says a word of this vocabulary and nothing else.
        opens: the line begins with a word of this vocabulary.
        holds: the line holds these letters.
        usual: a short line that is not worth the look usually has what is looked for.
    """

    see: Callable[[str], Any]
    longest: int = SHORT
    signs: tuple[str, ...] = ()
    says: str = ""
    opens: str = ""
    holds: tuple[bytes, ...] = ()
    usual: bool = False


Seen = tuple[tuple[Callable[[str], Any], Any], ...]
_Asked = tuple[Callable[[str], Any], int, int]
"""What sees, its longest line, and the trait that it tells; 0 where what it sees is told itself."""


class Looker:
    """Looks at the lines of pages.

    Args:
        looks: what is told of each line.
        traits: what is told as a trait, see `Page.traits`.

    >>> page = Page(("7 Bilder", "Teilen", "Vor 3 Stunden"), "...")
    >>> traits, seen = Looker([Look(str.upper, longest=8, signs=DIGITS)], {}).look(page)
    >>> [value for _, value in seen[0]], len(seen)
    (['7 BILDER'], 1)
    """

    def __init__(self, looks: Iterable[Look], traits: Mapping[int, Look]) -> None:
        asked = (*zip(looks, repeat(0)), *((look, trait) for trait, look in traits.items()))
        by_length = sorted(asked, key=lambda of_lines: -of_lines[0].longest)
        self._asked = tuple((look.see, look.longest, trait) for look, trait in by_length)
        # What a line has -> the looks that ask for it, a bit each.
        self._always = 0
        self._by_sign = [0] * 256
        self._by_letters: list[tuple[frozenset[bytes], int]] = []
        self._by_opening: dict[bytes, int] = {}
        self._by_part: dict[bytes, int] = {}
        for place, (look, _) in enumerate(by_length):
            self._note(look, 1 << place)
        self._openings = frozenset(opening[: HEADS[0]] for opening in self._by_opening)
        self._signed = lru_cache(maxsize=2**12)(self._ask_shape)
        self._chosen = lru_cache(maxsize=2**12)(self._choose)
        usual = [(look.longest, trait) for look, trait in by_length if look.usual]
        self._usual = bytes(
            sum(trait for longest, trait in usual if size <= longest) for size in range(SHORT + 1)
        )

    def _note(self, look: Look, bit: int) -> None:
        """Note what lines have that a look asks for."""
        assert all(map(shape, look.signs)), f"a sign of {look.see.__name__} has no shape"
        if not (look.signs or look.says or look.opens or look.holds):
            self._always |= bit
        for byte in {byte for sign in look.signs for byte in shape(sign)}:
            self._by_sign[byte] |= bit
        if look.says:
            self._by_letters.append((letters(look.says), bit))
        for opening in heads(look.opens) if look.opens else ():
            self._by_opening[opening] = self._by_opening.get(opening, 0) | bit
        for part in look.holds:
            self._by_part[part] = self._by_part.get(part, 0) | bit

    def look(self, page: Page) -> tuple[bytearray, dict[int, Seen]]:
        """Return the traits of a page's lines and what is seen on its `short` ones, by number."""
        texts, traits, usual, chosen = page.texts, bytearray(page.traits), self._usual, self._chosen
        seen: dict[int, Seen] = {}
        for number, asking in zip(page.short, self._asking(page), strict=True):
            text = texts[number]
            size = len(text)
            known = traits[number] | usual[size]
            for see, longest, trait in chosen(asking) if asking else ():
                if size > longest:
                    break  # no look that follows sees anything in longer lines
                value = see(text)
                if not trait:
                    if value:
                        seen[number] = (*seen.get(number, ()), (see, value))
                elif value:
                    known |= trait
                else:
                    known &= ~trait
            traits[number] = known
        return traits, seen

    def _asking(self, page: Page) -> list[int]:
        """Return which looks each `short` line is worth, a bit each."""
        by_line, openings = page.letter_lines, self._openings
        asking = list(map(self._signed, page.shapes))
        for place, opening in enumerate([line[: HEADS[0]] for line in by_line]):
            if opening in openings:
                asking[place] |= self._ask_opening(by_line[place])
        for said, bit in self._by_letters:
            if not said.isdisjoint(by_line):
                for place in [place for place, line in enumerate(by_line) if line in said]:
                    asking[place] |= bit
        for part, bits in self._by_part.items():  # `in` asks first whether the part is a number
            for place in [place for place, line in enumerate(by_line) if line.find(part) >= 0]:
                asking[place] |= bits
        return asking

    def _ask_shape(self, shape: bytes) -> int:
        asking = self._always
        for byte in set(shape):
            asking |= self._by_sign[byte]
        return asking

    def _ask_opening(self, line: bytes) -> int:
        asking = 0
        for size in HEADS:
            asking |= self._by_opening.get(line[:size], 0)
        return asking

    def _choose(self, asking: int) -> tuple[_Asked, ...]:
        return tuple([asked for place, asked in enumerate(self._asked) if asking >> place & 1])
