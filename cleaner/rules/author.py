"""Which line names who wrote the article."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.mark import Mark, Marks, Verdict
from cleaner.page import STANDS, Page
from cleaner.patterns import pattern
from cleaner.rules.dates import is_dated
from cleaner.rules.vocabulary import opener, vocabulary
from cleaner.traits import PROSE

NAME_WORDS = 4
"""Most words of an author's name beside a date."""

SIGNATURE = 24
"""Longest line that a name and its role make where the role follows, in characters."""

INITIALS = 40
"""Longest line of initials, or of a name and its address, in characters."""

TEASERS = 2
"""Fewest lines below a heading of links of which the last may be the author's name."""

MOST_TEASERS = 15
"""Most lines below such a heading."""

_STANDING = bytes([STANDS])
_CLOSING = ")]】）］ "
_WORD = pattern(r"\w+")
_MAILED = pattern(r"[\u3041-\ud7ff]{2,6}(?: [\u3041-\ud7ff]{2,4})? \S+@\S+\.\w+")
_ADDRESS = pattern(r"\S+@\S+\.\w+")
_INITIALS = pattern(
    r"\((?:[a-zäöüß]{2,4}|[A-ZÄÖÜ]{2,3})(?:[/, ]{1,2}[A-Za-zäöüß]{2,4}){0,3}\)"
    r"|\((?:\w\. ?){2,3}\)|\w\. (?:\w\.[ -]?){1,2}"
)


def is_author(page: Page, number: int) -> bool:
    """Tell whether a line could be a name, “Anna Berg”, beside a date or below a paragraph.

    So is one with a role before it, “Text: Anna Berg”, or after it, “김하나 기자”, wherever it is.
    """
    text = page.texts[number]
    if ":" in text and opener("byline", page.key(number)) == text.split(":")[0].casefold():
        return True
    if is_signature(text):
        return True
    words = _WORD.findall(text)
    if not 2 <= len(words) <= NAME_WORDS or any(word[0].islower() for word in words):
        return False
    if number > 1 and not page.traits[number - 1] and page.traits[number - 2] & PROSE:
        return True
    return any(is_dated(page, n) for n in (number - 1, number + 1) if 0 <= n < len(page.texts))


def is_signature(text: str) -> bool:
    """Tell whether a line ends in its author's role: “김하나 기자”."""
    if len(text) > SIGNATURE:
        return False
    return text.rstrip(_CLOSING).endswith(tuple(vocabulary("signature")))


def initials(page: Page, marks: Marks) -> Iterator[Mark]:
    """Keep what signs an article, whatever stands above it: “(jpf/dpa)”, “김하나 hana@…”."""
    for number in page.having(is_initials).keys() - marks.dropped.keys():
        yield Mark(number, number + 1, "body/initials", "initials in brackets", Verdict.KEEP)
    for address in page.having(is_address).keys() - marks.dropped.keys():
        name = address - 1
        if marks.state[name : name + 1] == _STANDING and is_signature(page.texts[name]):
            yield Mark(name, address + 1, "body/initials", "a name and its address", Verdict.KEEP)
    for heading in marks.groups.get("related", ()):
        if page.texts[heading].rstrip().endswith(":"):
            last = _below_teasers(page, marks, heading)
            if last is not None and _is_name(page.texts[last]):
                because = f"a name below the links of “{page.key(heading)}”"
                yield Mark(last, last + 1, "body/initials", because, Verdict.KEEP)


def _is_name(text: str) -> bool:
    """Tell whether a line is two words, each written as a name is: “Anna Berg”."""
    words = text.split()
    return len(words) == 2 and all(word.isalpha() and word.istitle() for word in words)


def _below_teasers(page: Page, marks: Marks, heading: int) -> int | None:
    """Find the last of two lines or more between a heading and other furniture, in its block."""
    end = heading + 1
    while end - heading <= MOST_TEASERS and marks.state[end : end + 1] == _STANDING:
        end += 1
    return end - 1 if end - heading > TEASERS and end in marks.dropped else None


def is_address(text: str) -> bool:
    """Tell whether a line is nothing but an address to write to.

    >>> is_address("hana@a.kr"), is_address("An hana@a.kr")
    (True, False)
    """
    return _ADDRESS.fullmatch(text.strip()) is not None


def is_initials(text: str) -> bool:
    """Tell whether a line is nothing but initials in brackets, or a name and its address.

    >>> is_initials("(jpf/dpa)"), is_initials("(128)"), is_initials("김하나 hana@a.kr")
    (True, False, True)
    """
    line = text.strip()
    if "@" in line:  # the other pattern takes as long to compile as a clean of one dump
        return line > "\u3041" and _MAILED.fullmatch(line) is not None
    return _INITIALS.fullmatch(line) is not None
