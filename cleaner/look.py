"""Looks: what context rules want to know of each line alone, and where it can be seen at all.

Most looks see nothing in most lines, and a look in vain is a call of Python. So each says what the
lines have in which it may see anything, and a page is asked for those in a few calls of C.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
_Asked = tuple[Look, int]
"""A look, and the trait that it tells; 0 where what it sees is told itself."""


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
        self._asked = sorted(asked, key=lambda of_lines: -of_lines[0].longest)
        self._unsigned = [asked for asked in self._asked if _needs_no_sign(asked[0])]
        self._asking = [0] * 256  # byte of a shape -> the looks that ask for it, a bit each
        for place, (look, _) in enumerate(self._asked):
            assert all(map(shape, look.signs)), f"a sign of {look.see.__name__} has no shape"
            for byte in {byte for sign in look.signs for byte in shape(sign)}:
                self._asking[byte] |= 1 << place
        self._chosen = lru_cache(maxsize=2**12)(self._choose)
        self._signed = lru_cache(maxsize=2**12)(self._looks_at)
        self._usual = bytes(
            sum(trait for look, trait in self._asked if look.usual and size <= look.longest)
            for size in range(SHORT + 1)
        )

    def look(self, page: Page) -> tuple[bytearray, dict[int, Seen]]:
        """Return the traits of a page's lines and what is seen on its `short` ones, by number."""
        texts, traits, usual = page.texts, bytearray(page.traits), self._usual
        for number in page.short:
            traits[number] |= usual[len(texts[number])]
        seen: dict[int, Seen] = {}
        for number, (look, trait) in self._worth_it(page):
            value = look.see(texts[number])
            if not trait:
                if value:
                    seen[number] = (*seen.get(number, ()), (look.see, value))
            elif value:
                traits[number] |= trait
            else:
                traits[number] &= ~trait
        return traits, seen

    def _looks_at(self, shape: bytes) -> tuple[_Asked, ...]:
        """Return the looks for which a line of this shape holds a sign."""
        asking = 0
        for byte in set(shape):
            asking |= self._asking[byte]
        return self._chosen(asking)

    def _choose(self, asking: int) -> tuple[_Asked, ...]:
        return tuple([asked for place, asked in enumerate(self._asked) if asking >> place & 1])

    def _worth_it(self, page: Page) -> Iterator[tuple[int, _Asked]]:
        """Yield the lines that are worth a look, with the look."""
        texts, short, by_line = page.texts, page.short, page.letter_lines
        for number, looks in zip(short, map(self._signed, page.shapes), strict=True):
            for asked in looks:
                if len(texts[number]) > asked[0].longest:
                    break  # no look that follows sees anything in longer lines
                yield number, asked
        begin = {size: [line[:size] for line in by_line] for size in HEADS}
        for asked in self._unsigned:
            _, _, signs, says, opens, holds, _ = asked[0]
            lines: list[int] = [] if signs or says or opens or holds else short
            if says:
                said = letters(says).intersection(by_line)
                lines = [n for n, line in zip(short, by_line, strict=True) if line in said]
            for size, opening in heads(opens).items() if opens else ():
                pairs = zip(short, begin[size], strict=True)
                lines += [number for number, head in pairs if head in opening]
            for held in holds:
                lines += [n for n, line in zip(short, by_line, strict=True) if held in line]
            for number in lines:
                if len(texts[number]) <= asked[0].longest:
                    yield number, asked


def _needs_no_sign(look: Look) -> bool:
    return not look.signs or bool(look.says or look.opens or look.holds)
