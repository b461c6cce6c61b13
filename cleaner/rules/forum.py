"""Forums: what stands beside a post and is none: its number, its votes, who its author is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from cleaner.folding import make_key
from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import DIGIT, pattern
from cleaner.rules.beside import is_count
from cleaner.rules.labels import is_label
from cleaner.rules.vocabulary import opener, vocabulary

FIELD = 60
"""Longest field of a profile, in characters."""

VALUE = 32
"""Longest value below the name of a field, in characters."""

VALUE_WORDS = 8
"""Most words after the name of a field."""

POST_NUMBER = 24
"""Longest number of a post with its date, in characters."""

RANK = 20
"""Longest rank, in characters."""

KINDS, KNOWN = 2, 5
"""Fewest different fields, and fewest lines in all that forums have, on a page of posts."""

_POST_NUMBER = pattern(r"#\d{1,5}(?: · .*)?")
_FORUM = "label/forum"


def is_post_number(text: str) -> bool:
    """Tell whether a line numbers a post.

    >>> is_post_number("#12"), is_post_number("#12 · Jan 4, 2021"), is_post_number("#Bahn")
    (True, True, False)
    """
    return text.lstrip().startswith("#") and _POST_NUMBER.fullmatch(text.strip()) is not None


def is_rank(text: str) -> bool:
    """Tell whether a line says what a member is: “Moderator”."""
    return make_key(text) in vocabulary("rank")


def profile_field(text: str) -> str | None:
    """Return the name of the field of a profile that a line is, with its value or without.

    >>> profile_field("Joined"), profile_field("Messages: 6,402"), profile_field("Posts by Ada")
    ('joined', 'messages', None)
    >>> profile_field("311 posts · Joined 2019")
    'joined'
    """
    key = make_key(text.rpartition("·")[2]).rstrip(":")
    name = opener("profile", key)
    if name is None or name == key:
        return name
    rest = key[len(name) :]
    valued = rest.startswith(":") or DIGIT.search(rest) is not None
    return name if valued and len(rest.split()) <= VALUE_WORDS else None


def posts(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what stands beside the posts of a page that has several."""
    yield from marks.once(post_marks)


def post_marks(page: Page, marks: Marks) -> list[Mark]:
    """Find what stands beside the posts of a page that has several."""
    return list(_posts(page, marks))


def _posts(page: Page, marks: Marks) -> Iterator[Mark]:
    fields, dropped, texts = page.having(profile_field), marks.dropped, page.texts
    named = [n for n in marks.groups.get("label", ()) if dropped[n].rule == _FORUM]
    kinds = {*fields.values(), *(dropped[n].because for n in named)}
    if len(kinds) < KINDS:
        return
    known = {*fields, *named, *page.having(is_post_number), *page.having(is_rank)}
    if len(known) < KNOWN:
        return
    for number in sorted(known.difference(dropped)):
        yield Mark(number, number + 1, "label/post", "what forums say of a post")
    for number in [n for n, name in fields.items() if page.key(n).rstrip(":") == name]:
        for below in page.neighbours(number)[-1:]:
            if below not in known and below not in dropped and is_label(texts[below], VALUE):
                because = f"what “{page.key(number)}” is"
                yield Mark(below, below + 1, "label/post", because)
    first, last = min(known), max(known)
    for number in page.filled[bisect_left(page.filled, first) : bisect_left(page.filled, last)]:
        text = texts[number].strip()
        if number not in dropped and (len(text) == 1 or is_count(text)):
            yield Mark(number, number + 1, "label/post", "a count amid posts")
