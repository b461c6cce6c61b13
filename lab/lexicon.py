"""Build the lexicon: furniture labels in many languages, from translation files of real software.

`lexicon_messages.toml` chooses messages by their English text, `lexicon_limits.toml` says which
translations are left out. The same packages give the same files, byte for byte:
``python -m lab.lexicon PACKAGES``, after ``python -m lab.fetch_packages PACKAGES``.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleaner.lexicon import FOLDER, SETTINGS, SOURCES
from lab.lexicon_labels import Choice, Labels, fold_label, is_phrase, skeleton, to_phrase
from lab.lexicon_sources import Package, read_catalogue, read_packages

MESSAGES = Path(__file__).with_name("lexicon_messages.toml")
LIMITS = Path(__file__).with_name("lexicon_limits.toml")

_BROWSER = "chromium-l10n"
_PLAIN_IN = {"player": SETTINGS, SETTINGS: SETTINGS}  # group -> where its plain words go
_COLUMNS = 100
_BARE = re.compile(r"[\w-]+", re.ASCII)

Groups = dict[str, dict[str, dict[str, str]]]
"""Group -> language -> phrase -> name of the package that it is from."""


class WhiteList(NamedTuple):
    """The messages to take, by skeleton: from most packages, and from the browser."""

    groups: tuple[str, ...]
    texts: Mapping[str, Choice]
    chromium: Mapping[str, Choice]

    def of(self, package: Package) -> Mapping[str, Choice]:
        """Return the choices that a package is searched for."""
        return self.chromium if package.name == _BROWSER else self.texts


class Limits(NamedTuple):
    """What is left out though a package has it, see ``lexicon_limits.toml``."""

    opposites: Mapping[str, frozenset[str]]
    plain: frozenset[str]
    stay: frozenset[str]
    phrases: frozenset[str]
    errors: Mapping[str, frozenset[str]]


class Hit(NamedTuple):
    """A phrase found; hits sort in the order in which they claim a phrase."""

    foreign: bool  # English comes first: what it says, no other language needs to say
    group: int
    lang: str
    source: str
    phrase: str


def read_white_list(path: Path = MESSAGES) -> WhiteList:
    """Read the white list.

    Raises:
        ValueError: a text stands twice in it.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    lists: dict[str, dict[str, Choice]] = {"texts": {}, "chromium": {}}
    for group, entry in table.items():
        for name, choices in lists.items():
            for phrase in entry[name]:
                choice = choices.setdefault(skeleton(phrase), Choice(group, phrase))
                if choice != (group, phrase) or entry[name].count(phrase) > 1:
                    raise ValueError(f"{phrase!r} stands twice, in {choice.group} and in {group}")
    return WhiteList(tuple(table), **lists)


def read_limits(path: Path = LIMITS) -> Limits:
    """Read what is left out."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    opposites: dict[str, set[str]] = defaultdict(set)
    for one, other in table["opposites"]:
        opposites[one].add(other)
        opposites[other].add(one)
    return Limits(
        {text: frozenset(others) for text, others in opposites.items()},
        frozenset(table["plain"]),
        frozenset(table["stay"]),
        frozenset(table["gold"] + table["homographs"]),
        {lang: frozenset(phrases) for lang, phrases in table["errors"].items()},
    )


def phrases_of(
    labels: Labels, choices: Mapping[str, Choice], limits: Limits
) -> Iterator[tuple[str, str, str]]:
    """Yield (group, language, phrase) of each chosen message of a package."""
    said: dict[Choice, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for label in labels.find(choices):
        choice = choices[label.key]
        phrase = to_phrase(label.text, choice.slots(label.english))
        if phrase is not None:
            said[choice][label.lang].add(phrase)
    by_text = {choice.phrase: languages for choice, languages in said.items()}
    for choice, languages in said.items():
        opposites = [by_text[o] for o in limits.opposites.get(choice.phrase, ()) if o in by_text]
        for lang, phrases in languages.items():
            for phrase in phrases:
                if not any(phrase in opposite.get(lang, ()) for opposite in opposites):
                    yield choice.group, lang, phrase


def plain_words(packages: Iterable[Labels], limits: Limits) -> dict[str, set[str]]:
    """Collect what any package gives for the plain words: language -> folded words."""
    plain: dict[str, set[str]] = defaultdict(set)
    stay: dict[str, set[str]] = defaultdict(set)
    for labels in packages:
        for words, wanted in ((plain, limits.plain), (stay, limits.stay)):
            for label in labels.find(wanted):
                words[label.lang].add(fold_label(label.text))
    return defaultdict(set, {lang: words - stay[lang] for lang, words in plain.items()})


def build(
    packages: Mapping[Package, Labels], wanted: WhiteList, limits: Limits
) -> tuple[Groups, set[str]]:
    """Choose from the packages; return the lexicon, and the texts that no package has."""
    hits: set[Hit] = set()
    unknown = {*wanted.texts.values(), *wanted.chromium.values()}
    for package, labels in packages.items():
        choices = wanted.of(package)
        unknown -= {choices[key] for key in choices.keys() & labels.keys.keys()}
        for group, lang, phrase in phrases_of(labels, choices, limits):
            hits.add(Hit(lang != "en", wanted.groups.index(group), lang, package.name, phrase))
    plain = plain_words(packages.values(), limits)
    groups: Groups = {group: defaultdict(dict) for group in wanted.groups}
    taken: set[tuple[str, str]] = set()
    for hit in sorted(hits):
        group, claim = wanted.groups[hit.group], hit.phrase.casefold()
        left_out = plain["en"] | plain[hit.lang] | limits.phrases
        if hit.phrase in left_out or not is_phrase(hit.phrase):
            group = _PLAIN_IN.get(group, "")
        refused = not group or hit.phrase == "" or hit.phrase in limits.errors.get(hit.lang, ())
        if not refused and not taken & {("en", claim), (hit.lang, claim)}:
            taken.add((hit.lang, claim))
            groups[group][hit.lang][hit.phrase] = hit.source
    return groups, {choice.phrase for choice in unknown}


def to_toml(languages: Mapping[str, Mapping[str, str]], origins: Mapping[str, str]) -> str:
    """Write one group: its sources, then language by language the phrases of each source."""
    used = sorted({source for phrases in languages.values() for source in phrases.values()})
    lines = ["# Generated by lab.lexicon, do not edit; see NOTICE.", f"[{SOURCES}]"]
    lines += [f"{_key(source)} = {_text(origins[source])}" for source in used]
    for lang, phrases in sorted(languages.items()):
        lines += ["", f"[{lang}]"]
        for source in sorted(set(phrases.values())):
            mine = sorted(phrase for phrase, origin in phrases.items() if origin == source)
            lines += [f"{_key(source)} = [", *_fill(mine), "]"]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _fill(phrases: Iterable[str]) -> Iterator[str]:
    line = ""
    for phrase in map(_text, phrases):
        if line and len(line) + len(phrase) + 2 > _COLUMNS:
            yield line
            line = ""
        line += f"{' ' if line else '  '}{phrase},"
    yield line


def notice(packages: Iterable[Package]) -> str:
    """Write whose labels the lexicon holds, and under which licences."""
    head = (
        "The phrases in this folder are labels from the translation files of these packages.\n"
        "Each phrase names its package; lab/lexicon.py chose and folded them.\n\n"
    )
    return head + "".join(f"{package.origin}\n    {package.holder}\n" for package in packages)


def write_lexicon(folder: Path, out: Path, packages: Iterable[Package]) -> set[str]:
    """Build the lexicon from a folder of packages; return the texts that no package has."""
    packages = sorted(packages)
    read = {package: Labels(read_catalogue(package, folder)) for package in packages}
    groups, unknown = build(read, read_white_list(), read_limits())
    origins = {package.name: package.origin for package in packages}
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.toml"):
        old.unlink()
    for group, languages in groups.items():
        if languages:
            (out / f"{group}.toml").write_text(to_toml(languages, origins), encoding="utf-8")
    (out / "NOTICE").write_text(notice(packages), encoding="utf-8")
    return unknown


def main() -> None:
    """Build the shipped lexicon from the folder of packages named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit("give the folder that lab.fetch_packages filled")
    unknown = write_lexicon(Path(sys.argv[1]), FOLDER, read_packages())
    if unknown:
        raise SystemExit(f"on the white list, but in no package: {sorted(unknown)}")


if __name__ == "__main__":
    main()
