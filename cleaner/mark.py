"""`Verdict`, `Mark`, `Cleaned`: what was found, where, why; and how it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cleaner.lazy import lazy
from cleaner.page import BLANK, GONE, STANDS, Line, Page
from cleaner.patterns import pattern
from cleaner.traits import DROPPED, PROSE, lines, numbers

if TYPE_CHECKING:
    from cleaner.head import Head

T = TypeVar("T")


class Verdict(Enum):
    """What a mark asks for; where both fall on a line, KEEP wins."""

    DROP = "drop"
    KEEP = "keep"


@lru_cache(maxsize=512)
def _group(rule: str) -> str:
    return rule.partition("/")[0]


class Mark(NamedTuple):
    """What one rule found in one run of lines.

    Attributes:
        start: number of the first line, counted from 0.
        stop: number of the line after the last one.
        rule: full name of the rule, ``group/name``.
        because: the phrase that hit, or a number with its limit, for a person to read.
        verdict: what the rule asks for.

    >>> print(Mark(11, 14, "consent/banner", "“we use cookies”", Verdict.DROP))
    12-14  drop  consent/banner  “we use cookies”
    """

    start: int
    stop: int
    rule: str
    because: str
    verdict: Verdict = Verdict.DROP

    @property
    def group(self) -> str:
        """The part of the rule's name before the slash."""
        return _group(self.rule)

    def __str__(self) -> str:
        """One line for `--explain`; lines counted from 1, the last one included."""
        first = self.start + 1
        place = f"{first}" if self.stop == first else f"{first}-{self.stop}"
        return f"{place}  {self.verdict.value}  {self.rule}  {self.because}"


_GONE = bytes.maketrans(bytes([STANDS]), bytes([GONE]))
_BLANK_LINES = pattern("\n\n\n+")
_STANDING = bytes.maketrans(bytes([BLANK]), bytes([GONE]))


class Marks(tuple[Mark, ...]):
    """Marks on a page, and what context rules ask of them."""

    page: Page
    _seen: dict[Callable[..., Any], Any]
    _passes: tuple[Marks, Marks] | None

    def __new__(cls, page: Page, marks: Iterable[Mark]) -> Marks:
        """Hold marks together with the page that they were made on."""
        self = super().__new__(cls, marks)
        self.page = page
        self._seen = {}
        self._passes = None
        return self

    def once(self, look: Callable[[Page, Marks], T]) -> T:
        """Return what `look` finds on this page with these marks, however many rules ask."""
        if look not in self._seen:
            self._seen[look] = look(self.page, self)
        found: T = self._seen[look]
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the marks are, not what was asked of them."""
        if self._passes:
            return Marks.followed_by, self._passes
        return Marks, (self.page, tuple(self))

    def followed_by(self, later: Marks) -> Marks:
        """Return these marks and those of a later pass; where both drop a line, these say why."""
        both = Marks(self.page, (*self, *later))
        both._passes = self, later
        return both

    @lazy
    def state(self) -> bytearray:
        """What becomes of each line, a byte a line: `GONE`, `STANDS` or `BLANK`."""
        as_read, keep = self.page.state, Verdict.KEEP
        earlier, later = self._passes or (None, self)
        state = bytearray(as_read if earlier is None else earlier.state)
        gone = as_read.translate(_GONE)
        for start, stop, _, _, verdict in later:
            if verdict is keep:
                continue
            if stop - start == 1:
                state[start] = gone[start]
            else:
                state[start:stop] = gone[start:stop]
        for start, stop, _, _, verdict in self:
            if verdict is keep:
                state[start:stop] = as_read[start:stop]
        return state

    @lazy
    def drops(self) -> dict[int, Mark]:
        """Line number -> a mark that drops it, of two the first by name; kept or not."""
        if self._passes:
            first, second = self._passes
            return second.drops | first.drops
        keep, drops, texts = Verdict.KEEP, dict[int, Mark](), self.page.unblanked
        for mark in self:
            start, stop, rule, because, verdict = mark
            if verdict is keep:
                continue
            one = stop - start == 1
            for number in (start,) if one else compress(range(start, stop), texts[start:stop]):
                other = drops.setdefault(number, mark)
                if other is not mark and (rule, because) < other[2:4]:
                    drops[number] = mark  # order of marks cannot matter
        return drops

    @lazy
    def dropped(self) -> dict[int, Mark]:
        """Line number -> the first mark that drops it, where no mark keeps it."""
        drops, state = self.drops, self.state
        if state.count(GONE) == len(drops):
            return drops
        return {number: mark for number, mark in drops.items() if state[number] == GONE}

    @lazy
    def traits(self) -> bytearray:
        """The page's traits, and which lines are `DROPPED`."""
        traits = bytearray(self.page.traits)
        for number in self.dropped:
            traits[number] |= DROPPED
        return traits

    @lazy
    def outline(self) -> bytearray:
        """The traits of the page's `filled` lines."""
        return self.traits.translate(None, b"\0")

    @lazy
    def groups(self) -> dict[str, list[int]]:
        """Group -> numbers of the lines dropped by it, in order."""
        groups: dict[str, list[int]] = {}
        dropped = self.dropped
        for number in sorted(dropped):
            groups.setdefault(_group(dropped[number][2]), []).append(number)
        return groups

    @lazy
    def standing(self) -> list[int]:
        """Numbers of the lines that are neither blank nor dropped."""
        return list(compress(numbers(len(self.state)), self.state.translate(_STANDING)))

    @lazy
    def prose(self) -> list[int]:
        """Numbers of the standing lines that read as a paragraph, see `cleaner.page.is_prose`."""
        return list(lines(self.traits, PROSE, DROPPED))

    @lazy
    def prose_set(self) -> frozenset[int]:
        """`prose`, to ask whether a line is in it."""
        return frozenset(self.prose)


class _Marked(NamedTuple):
    page: Page
    marks: tuple[Mark, ...]


class Cleaned(_Marked):
    """What became of a dump: the page and every mark on it; all else follows from these two.

    >>> page = Page(("Abspielen", "", "Es war einmal."), "")
    >>> Cleaned(page, (Mark(0, 1, "player/controls", "“abspielen”"),)).text
    'Es war einmal.'
    """

    @lazy
    def _settled(self) -> Marks:
        marks = self.marks
        return marks if isinstance(marks, Marks) else Marks(self.page, marks)

    @lazy
    def text(self) -> str:
        """The lines that stay, verbatim and in order; runs of blank lines folded into one."""
        kept = compress(self.page.unblanked, self._settled.state)
        return _BLANK_LINES.sub("\n\n", "\n".join(kept).strip("\n"))

    @property
    def kept(self) -> tuple[Line, ...]:
        """The lines that stay, without the blank ones."""
        return tuple(self.page.lines[number] for number in self._settled.standing)

    @property
    def removed(self) -> tuple[tuple[Line, Mark], ...]:
        """Each line that is removed, with the mark responsible; blank lines are left out."""
        lines = self.page.lines
        drops = sorted(self._settled.dropped.items())
        return tuple((lines[n], mark) for n, mark in drops if lines[n].text.strip())

    @property
    def head(self) -> Head:
        """Kicker, headline, section, date and byline, kept or not; of HTML what it says of them."""
        from cleaner.head import Head

        marks = [m for m in self.marks if m.group == "head" or m.rule == "model/head"]
        numbers = {n for m in marks for n in range(m.start, m.stop)}
        return Head((self.page.lines[number] for number in sorted(numbers)), self.page)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; lines counted from 1."""
        head = self.head
        return {
            "text": self.text,
            "head": [line.text for line in head],
            **(head.fields() if self.page.markup else {}),
            "removed": [
                {"line": line.number + 1, "text": line.text, "rule": m.rule, "because": m.because}
                for line, m in self.removed
            ],
        }
