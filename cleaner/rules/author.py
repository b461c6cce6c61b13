"""Which line names who wrote the article."""

from __future__ import annotations

from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.dates import is_dated
from cleaner.rules.vocabulary import opener
from cleaner.traits import PROSE

NAME_WORDS = 4
"""Most words of an author's name beside a date."""

_WORD = pattern(r"\w+")


def is_author(page: Page, number: int) -> bool:
    """Tell whether a line could be a name, “Anna Berg”, beside a date or below a paragraph.

    So is one with a role before it wherever it stands: “Text: Anna Berg”.
    """
    text = page.texts[number]
    if ":" in text and opener("byline", page.key(number)) == text.split(":")[0].casefold():
        return True
    words = _WORD.findall(text)
    if not 2 <= len(words) <= NAME_WORDS or any(word[0].islower() for word in words):
        return False
    if number > 1 and not page.traits[number - 1] and page.traits[number - 2] & PROSE:
        return True
    return any(is_dated(page, n) for n in (number - 1, number + 1) if 0 <= n < len(page.texts))
