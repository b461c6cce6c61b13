"""Build the lexicon: furniture labels of many languages, from translation files of real software.

`lexicon_messages.toml` chooses messages by their English text, `lexicon_limits.toml` says which
translations are left out. The same packages give the same files, byte for byte:
``python -m lab.lexicon PACKAGES``, with the packages fetched by ``python -m lab.fetch_packages``.
"""

from __future__ import annotations

import html
import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import cleaner.lexicon
from cleaner.page import make_key
from lab.lexicon_sources import Catalogue, Package, read_catalogue, read_packages

OUT = cleaner.lexicon.FOLDER
LONGEST = 200
"""Longest phrase, in characters; what is longer is a paragraph on every page."""

_BROWSER = "chromium-l10n"
_COLUMNS = 100
_SLOT = re.compile(
    r"""\{\{[^{}]*\}\} | [%$]?\{[^{}]*\} | \[[A-Z_]+\] | %\(\w+\)[ds] | %\d?\$?[ds] | [%$]\d"""
    r"""| (?<![\d.,])10(?![\d.,])""",  # every player's example of seconds to skip
    re.VERBOSE,
)
_FORMS = re.compile(r"\n|\|+")  # plural forms
_KIND = re.compile(r"\{(\w+)\}")
_KEPT = dict(zip("ßςև", "\ue000\ue001\ue002", strict=True))  # case folding respells these

Found = dict[str, dict[str, dict[str, str]]]
"""Group -> language -> phrase -> the package that it is from."""


class Choice(NamedTuple):
    """A message on the white list: its group, and what its slots take."""

    group: str
    phrase: str

    @property
    def kinds(self) -> list[str]:
        """What each slot takes, in order."""
        return _KIND.findall(self.phrase)


class Limits(NamedTuple):
    """What is left out of the lexicon; all by folded text."""

    opposites: Mapping[str, frozenset[str]]
    plain: frozenset[str]
    gold: frozenset[str]
    errors: Mapping[str, frozenset[str]]


def fold_label(text: str) -> str:
    """Fold a label as a phrase file holds it: as `make_key` does, but readable in German or Greek.

    >>> fold_label("Schließen …"), fold_label("Ρυθμίσεις")
    ('schließen', 'ρυθμίσεις')
    """
    for letter, stand_in in _KEPT.items():
        text = text.replace(letter, stand_in)
    text = make_key(text)
    for letter, stand_in in _KEPT.items():
        text = text.replace(stand_in, letter)
    return text


def forms_of(text: str) -> list[str]:
    """Part a message into its plural forms, without HTML entities; HTML is no label."""
    forms = (form.strip() for form in _FORMS.split(html.unescape(text)))
    return [form for form in forms if form and "<" not in form]


def skeleton(text: str) -> str:
    """Fold a label, its slots emptied: what an English text is looked up by.

    >>> skeleton("Skip forward {1} seconds"), skeleton("skip forward {n} seconds")
    ('skip forward {} seconds', 'skip forward {} seconds')
    """
    return fold_label(_SLOT.sub("{}", text))


def to_phrase(text: str, kinds: Mapping[str, str]) -> str | None:
    """Turn a translation into a phrase, or `None` where it has a slot that English has not.

    >>> to_phrase("{1} Sekunden vorwärts", {"{1}": "n"})
    '{n} sekunden vorwärts'
    """
    slots = _SLOT.findall(text)
    if any(slot not in kinds for slot in slots) or [kinds[s] for s in slots].count("name") > 1:
        return None
    return fold_label(_SLOT.sub(lambda found: "{" + kinds[found[0]] + "}", text))


def read_choices(browser: bool, messages: Path) -> dict[str, Choice]:
    """Read the white list of one kind of package: skeleton -> choice.

    Raises:
        ValueError: a text stands twice in it.
    """
    choices: dict[str, Choice] = {}
    for group, lists in tomllib.loads(messages.read_text(encoding="utf-8")).items():
        for phrase in lists["chromium" if browser else "texts"]:
            key = skeleton(_KIND.sub("{}", phrase))
            if key in choices:
                raise ValueError(f"{phrase!r} stands in {group} and in {choices[key].group}")
            choices[key] = Choice(group, phrase)
    return choices


def read_limits(path: Path) -> Limits:
    """Read what is left out."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    opposites: dict[str, set[str]] = defaultdict(set)
    for one, other in table["opposites"]:
        opposites[one].add(other)
        opposites[other].add(one)
    return Limits(
        {text: frozenset(others) for text, others in opposites.items()},
        frozenset(table["plain"]),
        frozenset(table["gold"]),
        {lang: frozenset(phrases) for lang, phrases in table["errors"].items()},
    )


class Labels:
    """One package's labels: messages by their English text.

    Attributes:
        package: where they are from.
        english: message id -> English texts, the id among them.
    """

    def __init__(self, package: Package, catalogue: Catalogue) -> None:
        self.package = package
        self._catalogue = catalogue
        self.english: dict[str, list[str]] = {}
        for tables in catalogue.values():
            for table in tables:
                for id_ in table:
                    self.english.setdefault(id_, forms_of(id_))
        for table in catalogue.get("en", ()):
            for id_, text in table.items():
                self.english[id_] += forms_of(text)

    def translations(self, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
        """Yield (key in `wanted`, English form, language, form) of each wanted message."""
        ids = {
            id_: (skeleton(form), form)
            for id_, forms in self.english.items()
            for form in forms
            if skeleton(form) in wanted
        }
        for lang, tables in self._catalogue.items():
            for table in tables:
                for id_ in ids.keys() & table.keys():
                    for form in forms_of(table[id_]):
                        yield *ids[id_], lang, form


def collect(
    labels: Labels, choices: Mapping[str, Choice], limits: Limits
) -> Iterator[tuple[str, str, str]]:
    """Yield (group, language, phrase) for every chosen message of a package."""
    taken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, english, lang, form in labels.translations(choices):
        choice = choices[key]
        phrase = to_phrase(form, dict(zip(_SLOT.findall(english), choice.kinds, strict=True)))
        if phrase is not None and is_usable(phrase):
            taken[choice.phrase, lang].add(phrase)
    by_phrase = {choice.phrase: choice.group for choice in choices.values()}
    for (text, lang), phrases in taken.items():
        for other in limits.opposites.get(text, ()):
            phrases = phrases - taken.get((other, lang), set())
        yield from ((by_phrase[text], lang, phrase) for phrase in phrases)


def is_usable(phrase: str) -> bool:
    """Tell whether a phrase can be matched: letters enough, and in folded form.

    >>> is_usable("{n} / {n}"), is_usable("关闭"), is_usable("fermer")
    (False, True, True)
    """
    try:
        cleaner.lexicon.check_phrase(phrase)
    except ValueError:
        return False
    return len(phrase) <= LONGEST


def plain_words(labels: Iterable[Labels], limits: Limits) -> dict[str, set[str]]:
    """Find what every package gives for the plain words: language -> folded words."""
    words: dict[str, set[str]] = defaultdict(set)
    words["en"] |= limits.plain
    for package in labels:
        for _, _, lang, form in package.translations(dict.fromkeys(limits.plain)):
            words[lang].add(fold_label(form))
    return words


def build(
    folder: Path, packages: Iterable[Package], messages: Path, limits: Limits
) -> tuple[Found, set[str]]:
    """Read the packages of a folder; return what was found and which choices hit nothing."""
    labels = [Labels(package, read_catalogue(package, folder)) for package in packages]
    plain = plain_words(labels, limits)
    groups = list(tomllib.loads(messages.read_text(encoding="utf-8")))
    hits = []
    unused = set()
    for package in labels:
        choices = read_choices(package.package.name == _BROWSER, messages)
        hits += [(*hit, package.package.name) for hit in collect(package, choices, limits)]
        known = {skeleton(form) for forms in package.english.values() for form in forms}
        unused |= {(choices[key].phrase) for key in choices.keys() - known}
    found: Found = {group: {} for group in groups}
    owners: dict[tuple[str, str], str] = {}
    for group, lang, phrase, name in sorted(
        hits, key=lambda hit: (hit[1] != "en", groups.index(hit[0]), hit[1], hit[3], hit[2])
    ):
        left_out = phrase in plain["en"] | plain[lang] | limits.gold
        error = phrase in limits.errors.get(lang, ())
        if left_out or error or ("en", phrase) in owners or (lang, phrase) in owners:
            continue  # English is tried on every page, so a phrase of it is held once
        owners[lang, phrase] = group
        found[group].setdefault(lang, {})[phrase] = name
    return found, unused
