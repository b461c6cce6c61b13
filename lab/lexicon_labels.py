"""Labels: the messages of a package by their English text, and how a text becomes a phrase."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from cleaner.columns import build_columns
from cleaner.errors import PhraseFileError
from cleaner.folding import make_key
from cleaner.lexicon import check_phrase
from lab.lexicon_sources import Catalogue

SHORTEST = 4
"""Fewest letters of a phrase that is ASCII alone; a shorter word is one of another language too."""

LONGEST = 140
"""Longest phrase, in characters; what is longer is a paragraph on every page."""

_SLOT = re.compile(
    r"""\{\{[^{}]*\}\} | [%$]?\{[^{}]*\} | \[[A-Z_]+\] | %\(\w+\)[ds] | %\d?\$?[ds] | [%$]\d
      | (?<![\d.,])10(?![\d.,])  # every player's example of seconds to skip""",
    re.VERBOSE,
)
_KIND = re.compile(r"\{(\w+)\}")
_FORMS = re.compile(r"\n|\|+")  # what stands between plural forms
_RESPELT = dict(zip("ßςև", "\ue000\ue001\ue002", strict=True))  # by case folding


class Choice(NamedTuple):
    """A message on the white list."""

    group: str
    phrase: str

    def slots(self, english: str) -> dict[str, str]:
        """Say what each slot of the English text takes: a number, a time, a name.

        >>> Choice("player", "skip {n} seconds").slots("Skip {seconds} seconds")
        {'{seconds}': 'n'}
        >>> Choice("comments", "{n} comments").slots("{site_name} comments")
        {}
        """
        slots = zip(_SLOT.findall(english), _KIND.findall(self.phrase), strict=True)
        return {slot: kind for slot, kind in slots if kind == "name" or "name" not in slot}


class Label(NamedTuple):
    """One form of one message in one language."""

    key: str
    english: str
    lang: str
    text: str


class Labels:
    """A package's messages by the `skeleton` of their English text.

    Attributes:
        keys: skeleton -> (message id, English form) of the messages that have it.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._english: dict[str, list[str]] = {}
        self.keys: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for table in catalogue.get("en", ()):
            for id_, text in table.items():
                self._english.setdefault(id_, []).extend(forms_of(text))
        for id_ in {id_ for tables in catalogue.values() for table in tables for id_ in table}:
            self._english[id_] = self._english.get(id_) or forms_of(id_)
            for form in self._english[id_]:
                self.keys[skeleton(form)].append((id_, form))

    def find(self, wanted: Container[str]) -> Iterator[Label]:
        """Yield every form, in every language, of the messages whose skeleton is wanted."""
        for key, messages in self.keys.items():
            if key in wanted:
                for id_, english in messages:
                    yield from (Label(key, english, "en", form) for form in self._english[id_])
                    for lang, tables in self._catalogue.items():
                        for table in tables:
                            for form in forms_of(table.get(id_, "")):
                                yield Label(key, english, lang, form)


def forms_of(text: str) -> list[str]:
    """Part a message into its plural forms, without HTML entities; HTML is no label."""
    forms = [form.strip() for form in _FORMS.split(html.unescape(text))]
    return [form for form in forms if form and "<" not in form]


def fold_label(text: str) -> str:
    """Fold a label as `make_key` does, but leave it readable in German and Greek.

    >>> fold_label("Schließen …"), fold_label("Ρυθμίσεις")
    ('schließen', 'ρυθμίσεις')
    """
    for letter, stand_in in _RESPELT.items():
        text = text.replace(letter, stand_in)
    text = make_key(text)
    for letter, stand_in in _RESPELT.items():
        text = text.replace(stand_in, letter)
    return text


def skeleton(text: str) -> str:
    """Fold a label, its slots emptied: what messages are chosen by.

    >>> skeleton("Skip forward {1} seconds"), skeleton("skip forward {n} seconds")
    ('skip forward {} seconds', 'skip forward {} seconds')
    """
    return fold_label(_SLOT.sub("{}", text))


def to_phrase(text: str, slots: Mapping[str, str]) -> str | None:
    """Turn a label into a phrase; `None` if it has a slot that the English one lacks, or is long.

    >>> to_phrase("{1} Sekunden vorwärts", {"{1}": "n"})
    '{n} sekunden vorwärts'
    >>> to_phrase("{1} Sekunden vorwärts", {})
    """
    if any(slot not in slots for slot in _SLOT.findall(text)):
        return None
    phrase = fold_label(_SLOT.sub(lambda found: "{" + slots[found[0]] + "}", text))
    return phrase if len(phrase) <= LONGEST else None


def is_phrase(phrase: str) -> bool:
    """Tell whether a phrase says enough to match a line wherever it stands.

    >>> is_phrase("{n} sekunden vorwärts"), is_phrase("{n} / {n}"), is_phrase("aus")
    (True, False, False)
    """
    try:
        build_columns([(check_phrase(phrase, ""), "whole", "", "")])
    except PhraseFileError:
        return False
    return not (phrase.isascii() and sum(map(str.isalpha, _KIND.sub("", phrase))) < SHORTEST)
