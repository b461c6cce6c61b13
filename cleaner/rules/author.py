"""Which line names who wrote the article."""

from __future__ import annotations

from cleaner.page import Page, is_prose
from cleaner.patterns import pattern
from cleaner.rules.dates import has_date
from cleaner.rules.vocabulary import opener

NAME_WORDS = 4
"""Most words of an author's name beside a date."""

_DIGIT = pattern(r"\d")
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
    if number > 1 and not page.texts[number - 1].strip() and is_prose(page.texts[number - 2]):
        return True
    beside = [n for n in (number - 1, number + 1) if 0 <= n < len(page.texts)]
    return any(_DIGIT.search(page.texts[n]) and has_date(page.key(n)) for n in beside)
